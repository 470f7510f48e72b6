"""Guess the kind of page that a link leads to, from its address and text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from newscrawl.discover.not_news import HEADLINE
from newscrawl.discover.shapes import ARTICLE, CERTAIN, LIST, is_tag_address, shape

if TYPE_CHECKING:
    import re

    from newscrawl.discover.lead import Kind

_READ_ON = frozenset({"详细", "详情", "全文", "阅读全文", "查看全文", "查看详情", "详细内容", "点击查看", "阅读"})


def kind_of(url: str, text: str, *, article_url: re.Pattern[str] | None = None) -> tuple[Kind, int]:
    """Return the kind of a link's target, and how certain it is (0 to 5), from address and text."""
    if article_url is not None and article_url.search(url):
        return "article", CERTAIN + 1
    score = shape(url)
    voice = headline_voice(text)
    if _says_more(text):
        return ("list", 2) if score < CERTAIN else ("article", 0)
    if score <= LIST:
        unsure = score == LIST and (voice == HEADLINE or is_tag_address(url))
        return ("unknown", 1) if unsure else ("list", int(score < LIST))
    if score + voice >= ARTICLE or voice == HEADLINE or (voice == 1 and score >= 0):
        return "article", min(CERTAIN, max(0, score + voice - 1))
    return ("list", 0) if score < 0 and voice < 0 else ("unknown", max(0, voice))


@lru_cache(maxsize=8192)  # as a site's navigation is repeated on every page
def headline_voice(text: str) -> int:
    """Score a link's text for being a headline: 2 for one of 12 characters, -2 for a channel's name."""
    if not text or text.strip("[]【】（）()>》» ") in _READ_ON:
        return 0
    if text.isdigit():
        return -4
    wide = sum(map("\u2e7f".__lt__, text))
    length = wide if wide * 2 >= len(text) else wide + 2 * len(text.split())  # a Latin word counts as two characters
    return HEADLINE if length >= 12 else 1 if length >= 8 else -2 if length <= 4 else 0


def _says_more(text: str) -> bool:
    return len(text) <= 6 and ("更多" in text or "more" in text.lower())
