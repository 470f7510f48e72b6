"""Which links of a page lead on, and which first."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from newscrawl.discover.anchors import anchors
from newscrawl.discover.lead import FROM_ARTICLE, FROM_LIST, LINK, NEXT_LINK, NEXT_LIST, PAGER, PART, Lead
from newscrawl.discover.lists import is_list, next_list_page, other_pages
from newscrawl.discover.parts import parts_of
from newscrawl.discover.shapes import ARTICLE, CERTAIN, LIST, is_tag_address, shape
from newscrawl.discover.worth import edition_of, worth_fetching

if TYPE_CHECKING:
    import re

    from newscrawl.discover.lead import Kind
    from newscrawl.discover.scope import Scope
    from newscrawl.extract.page.document import Document

_READ_ON = frozenset({"详细", "详情", "全文", "阅读全文", "查看全文", "查看详情", "详细内容", "点击查看", "阅读"})


def links_of(document: Document, scope: Scope, *, article_url: re.Pattern[str] | None = None) -> list[Lead]:
    """Give the links of a page worth fetching: in page order, each once, ranked by kind and by where they stand.

    Args:
        document: the page.
        scope: hosts to stay on.
        article_url: searched in addresses; what it finds is an article for certain (a portal's or a family's pattern).
    """
    # an article's page without its story (a script loads it) looks like a list, and must not rank like one
    on_list = is_list(document) and shape(document.url) < CERTAIN
    certain, others = _certain(document), set(map(_key, other_pages(document)))
    own = _key(document.url)
    ranks = FROM_LIST if on_list else FROM_ARTICLE
    edition = edition_of(document.url)
    merged: dict[str, tuple[str, str]] = {}
    for anchor in document.once(anchors):
        key = _key(anchor.url)
        known = merged.get(key)
        if known is None:
            merged[key] = (anchor.url, anchor.text)
        elif len(anchor.text) > len(known[1]):
            merged[key] = (known[0], anchor.text)
    merged.pop(own, None)
    for key, (url, _, _) in certain.items():
        merged.setdefault(key, (url, ""))
    leads = []
    for key, (url, text) in merged.items():
        if not scope.allows(url) or not worth_fetching(url, text, edition):
            continue
        if key in certain:
            _, kind, priority = certain[key]
            leads.append(Lead(url, kind, text or None, priority, why=NEXT_LINK if kind == "list" else LINK))
            continue
        kind, sure = kind_of(url, text, article_url=article_url)
        if kind != "article" and key in others:
            leads.append(Lead(url, "list", text or None, NEXT_LIST, why=PAGER))
            continue
        leads.append(Lead(url, kind, text or None, ranks[kind] + sure))
    return leads


def kind_of(url: str, text: str, *, article_url: re.Pattern[str] | None = None) -> tuple[Kind, int]:
    """Judge a link by its address and its text: the kind, and how sure (0 to 5)."""
    if article_url is not None and article_url.search(url):
        return "article", 5
    return _judged(url, text)


@lru_cache(maxsize=16_384)
def _judged(url: str, text: str) -> tuple[Kind, int]:
    """`kind_of` without a pattern; cached, for the navigation of a site stands on each of its pages."""
    score = shape(url)
    voice = _voice(text)
    if _says_more(text):
        return ("list", 2) if score < 4 else ("article", 0)
    if score <= LIST:
        unsure = score == LIST and (voice == 2 or is_tag_address(url))
        return ("unknown", 1) if unsure else ("list", int(score < LIST))
    if score + voice >= ARTICLE or voice == 2 or (voice == 1 and score >= 0):
        return "article", min(5, max(0, score + voice - 1))
    return ("list", 0) if score < 0 and voice < 0 else ("unknown", max(0, voice))


def _voice(text: str) -> int:
    """What a link's text says for an article: 2 for a headline of 12 characters, -2 for a channel's name."""
    if not text or text.strip("[]【】（）()>》» ") in _READ_ON:
        return 0
    if text.isdigit():
        return -4
    wide = sum(map("\u2e7f".__lt__, text))
    length = wide if wide * 2 >= len(text) else wide + 2 * len(text.split())  # a Latin word weighs two characters
    return 2 if length >= 12 else 1 if length >= 8 else -2 if length <= 4 else 0


def _says_more(text: str) -> bool:
    return len(text) <= 6 and ("更多" in text or "more" in text.lower())


def _certain(document: Document) -> dict[str, tuple[str, Kind, int]]:
    """Links whose kind the page's pager tells: the next list page, the parts of the story."""
    found: dict[str, tuple[str, Kind, int]] = {}
    for url in next_list_page(document):
        found[_key(url)] = (url, "list", NEXT_LIST)
    parts = parts_of(document)
    for number, url in enumerate(parts.urls if parts else (), 1):
        if parts and number != parts.number:
            found[_key(url)] = (url, "part", PART)
    return found


def _key(url: str) -> str:
    """What makes two links of one page the same; the frontier knows the finer rules."""
    return url.partition("://")[2].rstrip("?")
