"""CMS families shared by three or more portals: the form of their addresses, their marks, where their lists go on.

A portal names its family (`family = "trs"`); `family_of` tells it from a page. A family is evidence, never a condition:
pages of an unknown system are read by the general rules alone.
"""

from __future__ import annotations

from newscrawl.cms.catalogue import ENORTH, FAMILIES, FOUNDER, JPAGE, TRS, VSB
from newscrawl.cms.family import Family
from newscrawl.cms.recognise import family_of

__all__ = ["ENORTH", "FAMILIES", "FOUNDER", "JPAGE", "TRS", "VSB", "Family", "family_of"]
