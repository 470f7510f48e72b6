"""Families of content management systems: the form of their addresses, their marks, where their rows are.

A portal may name its family (`family = "trs"`); else the marks of each page tell it. A family is evidence, never a
condition: pages of an unknown system are read by the general rules alone.
"""

from __future__ import annotations

from newscrawl.cms.catalogue import (
    ENORTH,
    FAMILIES,
    FOUNDER,
    GKMLPT,
    JPAAS,
    JPAGE,
    TRS,
    UCAP,
    VSB,
    WORDPRESS,
    XINHUA,
)  # fmt: skip
from newscrawl.cms.family import Family
from newscrawl.cms.recognise import family_of, read_with_family

__all__ = [
    "ENORTH", "FAMILIES", "FOUNDER", "GKMLPT", "JPAAS", "JPAGE", "TRS", "UCAP", "VSB", "WORDPRESS", "XINHUA",
    "Family", "family_of", "read_with_family",
]  # fmt: skip
