"""Families of content management systems (CMSs): their URL patterns, marks in the source, and list data.

A portal may declare its family (`family = "trs"`); otherwise each page is recognised by its marks. The family only
adds evidence: pages of an unknown CMS are read by the general rules alone.
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
