"""Features from the words of a line: the families `cue` and `dated`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.extract.language import signing
from newscrawl.extract.language.byline import is_credit
from newscrawl.extract.language.furniture import line_kind
from newscrawl.extract.language.labels import labelled, may_label
from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.zones.prose import is_furniture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DATE = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d|\d{1,2}[-/月]\d{1,2}日?\s+\d{1,2}:\d\d|(?:分钟|小时|天)前"
)
_DATE_HINT = re.compile("[12前]")
_CUES = {
    kind: number
    for number, kind in enumerate(
        ("related", "share", "crumb", "pager", "player", "comment", "promo", "imprint", "copyright"), 1
    )
}
SIGNED, ANNEX, CREDIT, AUTHOR, CONTACT = range(len(_CUES) + 1, len(_CUES) + 6)  # cues of closing lines
# The date of signing, and how official documents close: 特此公告。 （此件公开发布）
_SIGNED_BY = re.compile(
    r"[\s(（]*[\d〇零○一二三四五六七八九十]{2,4}\s?年\s?[\d一二三四五六七八九十]{1,2}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日[\s)）]*"
    r"|[(（]此件[^()（）]{0,6}公开(?:发布|属性)?[)）]|(?:特此|此)(?:公[告示]|通[知告报]|批?复|函[复告达]|报告|证明)[。.]?"
)
ITEM = re.compile(r"附\s?件\s?\d{0,2}\s?[:：]|\d{1,2}\s?[.．、]|[一二三四五六七八九十]{1,2}、")
_ANNEX, NUMBERED = Cues("annex"), re.compile(r"\d{1,2}\s?[.．、]")
_LONGEST_CLOSING, _LONGEST_CONTACT = 60, 160  # characters of such lines


def are_annexes(texts: Iterable[str]) -> Iterator[bool]:
    """Whether each line names a document's annexes, or is numbered and follows one that does."""
    annexes = False
    for text in texts:
        annexes = _ANNEX(text) is not None or (annexes and NUMBERED.match(text) is not None)
        yield annexes


def cue(text: str, own: int) -> int:
    """The kind of furniture a line is, or of a story's closing line."""
    if kind := line_kind(text):
        return _CUES.get(kind, 0)
    if own <= _LONGEST_CLOSING and (closing := _closes(text)):
        return closing
    return CONTACT if own <= _LONGEST_CONTACT and is_furniture(text) else 0


def _closes(text: str) -> int:
    """How a line closes a story: by a date, an annex, a credit, its author; 0 for other lines."""
    if _SIGNED_BY.fullmatch(text):
        return SIGNED
    if ITEM.match(text):
        return ANNEX
    if is_credit(text):
        return CREDIT
    return AUTHOR if signing.in_line(text) or signing.in_signature(text) else 0


def dated(text: str, own: int) -> int:
    """1: a short line with a date; 2: with a byline's label as well; 3: a label alone."""
    if own < 1 or "。" in text:
        return 0
    label = may_label(text) and any(value.kind not in {"occasion", "other"} for value in labelled(text))
    if _DATE_HINT.search(text) and (date := _DATE.search(text)) and (label or len(text) - len(date[0]) < 24):
        return 2 if label else 1
    return 3 if label and own < 40 else 0
