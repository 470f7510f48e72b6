"""The breadcrumb: `当前位置：首页 > 科技 > 正文`, in links or bare text, with any of its separators or none.

The candidates near the headline (`crumbs.py`) are weighed by what holds for them: separators, a label, the home page
first, 正文 last, links that lead into the page's own path, the distance from the headline, a menu around them. The
weights (`links/weights.json`) are learnt by `make learn-channel` from labelled pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.extract.fields.crumbs import Crumbs, candidates, without_title
from newscrawl.extract.links.weights import BREADCRUMB, score
from newscrawl.extract.zones.headline import headline
from newscrawl.text import Json, fold, han, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.extract.page.document import Document


def _score(crumbs: Crumbs) -> float:
    return score(BREADCRUMB, crumbs.names)


def breadcrumb(document: Document) -> list[str]:
    """The breadcrumb in order, without the title and the word 正文; empty where the page has none."""
    best = max(candidates(document), key=_score, default=None)
    if best is not None and _score(best) > 0:
        return list(best.items)
    return _structured(document, fold(headline(document) or ""))


def _structured(document: Document, title: str) -> list[str]:
    """The items of a JSON-LD BreadcrumbList in Chinese; in other words it is written for search engines alone."""
    for thing in document.jsonld:
        if thing.get("@type") == "BreadcrumbList" and isinstance(items := thing.get("itemListElement"), list):
            names = [tidy(name) for name in _item_names(items) if name]
            return without_title(names, title)[0] if any(map(han, names)) else []
    return []


def _item_names(items: list[Json]) -> Iterator[str]:
    for item in items:
        if isinstance(item, dict):
            inner = item.get("item")
            name = item.get("name") or (inner.get("name") if isinstance(inner, dict) else None)
            if isinstance(name, str):
                yield name
