"""Headings of link blocks: recognise them, the kind of block they announce, and rows of tabs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newscrawl.extract.language.lexicon import BULLETS, CLOSING_MARKS, Cues

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEIGHBOUR, _MORE = Cues("neighbour"), Cues("more")
MAY_BE_NEIGHBOUR = re.compile("[篇则則条條]")  # characters in labels like 上一篇
NEIGHBOUR_FIRST = frozenset("阅閱上下前后後")
_KINDS = Cues("related_list", "hot_list", "recommended_list", "latest_list")
_FOREIGN, _NO_HEADING, _NAMES = Cues("foreign_list"), Cues("no_heading"), Cues("heading_name")
_LEADING = f" \u3000{BULLETS}▌▎<>»›/#【[「『:：—-"
_TRAILING = f" \u3000{CLOSING_MARKS}|/】]」』:：︰—-"
_SENTENCE = re.compile(r"[。！？；，,;!?]")
# 更多, 更多青石消息, or HOT NEWS, in a text node of its own
_ASIDE = re.compile(r"\W*(?:(?:查看)?更多.{0,8}|全部|换一[换批组])\W*|[^\w\s]?\s?[A-Za-z][A-Za-z &'/.+-]+")
_SHORTEST_TAB = 4  # characters of a tab that is a heading of its own: 推荐, 阅读 may be one
_IN_FULL = re.compile("更多|(?<![a-z])more(?![a-z])", re.IGNORECASE)
LONGEST = 18  # characters: the longest heading of a block


def heading_of(text: str) -> str | None:
    """A line as a block's heading, without 更多, arrows and brackets around it; None where it cannot be one."""
    return _heading_of(text) if len(text) <= LONGEST + 8 else None


def says_more(text: str) -> bool:
    """Whether a short line leads to a list in full, as 更多>> beside a heading does."""
    return len(text) <= LONGEST + 8 and _IN_FULL.search(text) is not None


@lru_cache(maxsize=4096)
def _heading_of(text: str) -> str | None:
    heading = _MORE.without(text).lstrip(_LEADING).rstrip(_TRAILING)
    if not 1 < len(heading) <= LONGEST or _NO_HEADING(heading) or _SENTENCE.search(heading):
        return None
    return heading


def without_aside(text: str, parts: Sequence[str]) -> str:
    """A line's words without the link to more of them before the heading, its translation, and the tabs behind it.

    Args:
        text: the line.
        parts: the text nodes it is made of.
    """
    if len(parts) < 2 or len(text) > LONGEST + 8:
        return text
    tabs = [part for part in parts if len(part) >= _SHORTEST_TAB and kind_of(heading_of(part)) != "other"]
    if len(tabs) == len(parts):
        return tabs[0]  # 点击排行 | 评论排行 over one list: what is shown first
    for part in parts:
        if _ASIDE.fullmatch(part) and len(part) < len(text):
            text = text.replace(part, "", 1)
    return text


def are_tabs(parts: Sequence[str]) -> bool:
    """Whether the parts of a line are short tabs that only order the list below: 最热 | 最新."""
    tabs = [part for part in parts if part.isalnum()]
    return len(tabs) > 1 and all(len(tab) < _SHORTEST_TAB and kind_of(tab) != "other" for tab in tabs)


@lru_cache(maxsize=4096)
def kind_of(heading: str | None) -> str:
    """related, hot, latest, recommended, neighbour or other."""
    if heading:
        if neighbour_label(heading):
            return "neighbour"
        if found := _KINDS(heading):
            return str(found.lastgroup).removesuffix("_list")
    return "other"


def neighbour_label(text: str) -> str | None:
    """上一篇, 下一則, 阅读下一篇 at the start of a text, as printed; None for any other text."""
    if text[:1].isalpha() and text[0] not in NEIGHBOUR_FIRST:
        return None
    if not MAY_BE_NEIGHBOUR.search(text):
        return None
    bare = text.lstrip(_LEADING)
    found = _NEIGHBOUR(bare)
    return bare[: found.end()] if found and not found.start() else None


def neighbour_before(text: str, title: str) -> str | None:
    """The last 上一篇 or 下一篇 before a title in a line: `上一篇：没有了 下一篇：…` has one link."""
    before = text.rpartition(title)[0]
    return next((before[slice(*found.span())] for found in reversed([*_NEIGHBOUR.each(before)])), None)


@lru_cache(maxsize=256)  # asked for each link of a line
def tells_of_neighbour(text: str) -> bool:
    """Whether 上一篇 or its like stands anywhere in a text."""
    return MAY_BE_NEIGHBOUR.search(text) is not None and _NEIGHBOUR(text) is not None


def is_foreign(heading: str | None) -> bool:
    """Whether a heading announces links that are no articles: friends, services, downloads."""
    return bool(heading) and _FOREIGN(heading or "") is not None


@lru_cache(maxsize=4096)
def names_heading(*names: str | None) -> bool:
    """Whether class or id of an element speak of a heading or a tab."""
    return any(name and _NAMES(name) for name in names)
