"""Telling a page's family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.cms.catalogue import FAMILIES
from newscrawl.discover.anchors import anchors

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newscrawl.cms.family import Family
    from newscrawl.extract.page.document import Document

FEWEST_LINKS = 5  # article links of one form before they tell a family


def family_of(document: Document, families: Iterable[Family] = FAMILIES) -> Family | None:
    """Tell a page's family by a mark of its source, by its address, or by the form of most of its article links."""
    known = tuple(families)
    source = document.decoded.text
    marked = [family for family in known if any(mark in source for mark in family.marks)]
    addressed = [family for family in known if family.article_url.search(document.url)]
    if len(marked) == 1:
        return marked[0]
    if len(addressed) == 1 and (not marked or addressed[0] in marked):
        return addressed[0]
    links = {anchor.url for anchor in document.once(anchors)}
    counts = {family.name: sum(bool(family.article_url.search(url)) for url in links) for family in marked or known}
    best = max(marked or known, key=lambda family: counts[family.name], default=None)
    return best if best is not None and counts[best.name] >= FEWEST_LINKS else None
