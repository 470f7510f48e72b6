"""Find the places that a text names, by official or usual short names, and resolve ambiguous names.

A name of several divisions (鼓楼区, 朝阳区) is resolved by the name directly before it (徐州市鼓楼区), by cities and
provinces elsewhere in the text, or by the portal's division; otherwise it stays ambiguous, without a code. A short
name that is also a word (东方, 日照), and every short name of a county (合作, 富裕), counts only after a division
that contains it, if the text also has its full name, or on a portal of that place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from newscrawl.places.divisions import DIVISIONS, codes_of, lies_in
from newscrawl.text import simplify

# Names that are words, or other things, more often than places.
_WORDS = frozenset(
    re.findall(
        r"\w+",
        "东方 朝阳 中山 大同 白银 来宾 安康 日照 黄山 德州 安顺 保山 三明 平凉 天水 巴中 海东 海西 海北 文山 通化 阳江"
        " 城区 郊区 矿区",
    )
)
# Words that only look like a place: 西南山区 contains no 南山区. They are longer, so they are matched first.
_BLINDS = ("东南", "西南", "东北", "西北", "华东", "华南", "华中", "华北", "孙中山", "中山装", "中山陵")
_STREET = re.compile("[东西南北中一二三四五六七八九十]{0,2}(?:路|街|大街|大道|胡同)")


class Place(NamedTuple):
    """A place that a text names: as printed, its code (None if ambiguous), and how often."""

    name: str
    code: str | None
    mentions: int


@dataclass(slots=True)
class _Mention:
    name: str
    codes: tuple[str, ...]
    start: int
    is_weak: bool
    before: _Mention | None  # the mention directly before it
    code: str | None = field(default=None)


class _Entry(NamedTuple):
    name: str
    codes: tuple[str, ...]
    is_weak: bool


def find(text: str, home: str | None = None) -> list[Place]:
    """Return the places that a text names, in order of their first mention.

    Args:
        text: title and body.
        home: code of the division that its portal is of.
    """
    mentions = list(_mentions(text))
    for mention in mentions:
        mention.codes = _behind(mention)
        if len(mention.codes) == 1 and not mention.is_weak:
            mention.code = mention.codes[0]
    certain = {mention.code for mention in mentions if mention.code is not None}
    for mention in mentions:
        if mention.code is None:
            mention.code = _settled(mention, certain, home)
    counted: dict[tuple[str, str | None], int] = {}
    for mention in mentions:
        if mention.code or not mention.is_weak:
            key = (mention.name, mention.code)
            counted[key] = counted.get(key, 0) + 1
    return [Place(name, code, number) for (name, code), number in counted.items()]


def _mentions(text: str) -> list[_Mention]:
    """Read a text from left to right, the longest name at each place."""
    text = simplify(text)
    heads, found, place = _heads(), list[_Mention](), 0
    last: _Mention | None = None
    last_end = -1
    for match in _may_begin().finditer(text):
        if (start := match.start()) < place:
            continue
        entries = heads.get(text[start : start + 2], ())
        entry = next((entry for entry in entries if text.startswith(entry.name, start)), None)
        if entry is None:
            continue
        place = start + len(entry.name)
        if not entry.codes or _STREET.match(text, place):
            continue
        last = _Mention(entry.name, entry.codes, start, entry.is_weak, last if last_end == start else None)
        last_end = place
        found.append(last)
    return found


def _behind(mention: _Mention) -> tuple[str, ...]:
    """Return the divisions that a mention may mean, limited to those within the place directly before it, if any."""
    if mention.before is None:
        return mention.codes
    inside = tuple(code for code in mention.codes if any(lies_in(code, outer) for outer in mention.before.codes))
    if inside:
        mention.is_weak = False
        mention.before.codes = tuple(
            outer for outer in mention.before.codes if any(lies_in(code, outer) for code in inside)
        )
    return inside or mention.codes


def _settled(mention: _Mention, certain: set[str], home: str | None) -> str | None:
    """Return the one division that text and portal leave possible, by the nearest evidence first; else None."""
    if mention.is_weak:
        left = [code for code in mention.codes if code in certain or (home and lies_in(home, code))]
        return left[0] if len(left) == 1 else None
    own = {home} if home else set()
    for digits, others in ((4, certain), (4, own), (2, certain), (2, own)):
        near = {other[:digits] for other in others if not (digits == 4 and other.endswith("0000"))}
        left = [code for code in mention.codes if code[:digits] in near]
        if left:
            return left[0] if len(left) == 1 else None
    return None


@cache
def _heads() -> dict[str, tuple[_Entry, ...]]:
    """Return all names by their first two characters, the longest first; words that are no places have no codes."""
    names: dict[str, _Entry] = {blind: _Entry(blind, (), is_weak=False) for blind in _BLINDS}
    for division in DIVISIONS.values():
        for name in division.names:
            codes = codes_of(name)
            is_short = all(DIVISIONS[code].name != name for code in codes)
            county = is_short and name == division.short and all(DIVISIONS[code].level == "county" for code in codes)
            if len(name) > 1:
                names[name] = _Entry(name, codes, is_weak=name in _WORDS or county)
    heads: dict[str, list[_Entry]] = {}
    for entry in names.values():
        heads.setdefault(entry.name[:2], []).append(entry)
    return {head: tuple(sorted(entries, key=lambda entry: -len(entry.name))) for head, entries in heads.items()}


@cache
def _may_begin() -> re.Pattern[str]:
    """Return what finds where a name may begin: a first character of one before a second character of one."""
    first, second = ("".join(sorted(set(characters))) for characters in zip(*_heads(), strict=True))
    return re.compile(f"[{first}](?=[{second}])")
