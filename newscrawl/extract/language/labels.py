"""The labels of a Chinese byline and what stands behind them: `来源：新华网 编辑：张三 2024-05-20 16:25`.

Labels come in any order, run together, in brackets, with empty values, in simplified and traditional characters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.extract.language import names as people
from newscrawl.extract.language import vocabulary as words
from newscrawl.extract.language.patterns import searched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Between two text nodes: a value ends there, unless it has not begun yet.
PIECE = "\t"


class Labelled(NamedTuple):
    """A value and what its label says it is."""

    kind: str  # published, updated, source, author, editor or other
    value: str  # as printed, without the brackets around it; may be empty
    label: str
    start: int  # where the label begins in the line
    end: int  # where the value ends


_KINDS = {
    "updated": words.UPDATED,
    "published": words.PUBLISHED,
    "other": words.OTHER,
    "editor": words.EDITOR,
    "source": words.SOURCE,
    "author": words.AUTHOR,
}
_BARS = "[/／╱|｜丨]"
_LABEL = re.compile(
    "|".join(rf"(?P<{kind}>(?:{label}))\s*[:：︰∶]" for kind, label in _KINDS.items())
    + rf"|(?P<bar_author>(?<![\w图])(?:文[/／、]?图|图[/／、]?文|文字|撰文|采写|执笔|作者|记者|文))\s*{_BARS}\s*"
    + rf"|(?P<bar_editor>责任编辑|责编|编辑)\s*{_BARS}\s*"
    + rf"|(?P<bar_source>文章来源|来源|來源)\s*{_BARS}\s*"
    + rf"|(?P<bar_other>(?<!\w)(?:图片|摄影|审核|校对|视频|排版|图))\s*{_BARS}\s*"
    + r"|(?P<space_updated>(?:最[后近新後]更新|更新[时時]间|更新于)\s*(?=[\d\t]))"
    + r"|(?P<start_source>^\W*(?:摘自|转自|转载自|轉載自|(?:本文)?来源于|稿件来源于"
    + r"|本文(?:来自|转自|转载自|首发于)(?:微信)?公众号[:：\s]{0,3}))(?=[^\s:：])"
    + r"|(?P<space_source>(?:^|(?<=[\s（(【\[]))(?:来源|來源|稿源))\s+(?=[\u4e00-\u9fff])"
    + r"|(?P<space_author>(?<=\s)(?:本报|本网|全媒体)?记者\s+(?=[\u4e00-\u9fff]{2}))"
    + r"|(?P<space_editor>(?:^|(?<=[\s（(【\[]))(?:责任编辑|责编|编辑))\s+(?=[\u4e00-\u9fff])"
    + r"|(?P<space_other>(?:^|(?<=[\s（(【\[]))(?:校对|审核|监制|签发|摄影))\s+(?=[\u4e00-\u9fff])"
)
# Where a label can begin: at one of its characters, with more of them up to a colon, a bar, white space or a digit.
_CHARACTERS = "".join(sorted(set(re.findall("[\u3400-\u9fff]", _LABEL.pattern))))
_FIRST = re.compile(rf"[{_CHARACTERS}](?=[{_CHARACTERS}、]*[\s\d:：︰∶{_BARS[1:]})")
# What any label has: a quick test for the many lines that have none.
_HINT = searched(
    *("[:：︰∶]", _BARS, "编辑|责编|[来來]源|稿源|更新|[摘转轉载載]自"),
    *(rf"{word}\s" for word in ("校对", "审核", "监制", "签发", "摄影")),
)
# What a line has whose text nodes, run together, have a label: a node that is one alone needs no colon.
_MAY_LABEL = re.compile(f"[:：︰∶编来來稿更自校审监签摄作记时日{_BARS[1:]}")
# A text node that is a label alone: its value stands in the next one.
_ALONE = re.compile(
    "(?:(?:本文)?来源于?|來源|作者|记者|编辑|责任编辑|责编|发布时间|发布日期|发表时间|时间|日期|更新时间|稿源)(?=\\s*$)"
)
_CLOCK = re.compile(r"[\d\s:：/.年月日时分秒-]+")
_YEAR = re.compile(r"[\s(（\[]*(?:19|20)\d\d\s?[-/.年]")
_EDGES = " \t\r\n\u3000\xa0,，。;；、|｜/／丨·•-—_:：>»"


def run_together(pieces: Iterable[str]) -> str:
    """One line from text nodes, the seams marked, a lone label given its colon."""
    return PIECE.join(f"{piece}：" if _ALONE.fullmatch(piece) else piece for piece in pieces)


def may_label(line: str) -> bool:
    """Tell quickly that no label can stand in a line, however its text nodes are told apart."""
    return _MAY_LABEL.search(line) is not None


@lru_cache(maxsize=4096)  # several analyses read the same few lines
def labelled(line: str) -> tuple[Labelled, ...]:
    """Read the labelled values of a line, in order; `line` may carry the seams of `run_together`."""
    if not _HINT.search(line):
        return ()
    found = list(_found(line))
    values = []
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(line)
        kind = (match.lastgroup or "other").rpartition("_")[2]
        text = _value(line[match.end() : end], kind)
        label = re.sub(r"\s", "", match[0]).strip(":：︰∶/／|｜丨")
        values.append(Labelled(kind, bare(text), label, match.start(), match.end() + len(text)))
    return tuple(values)


def _found(line: str) -> Iterator[re.Match[str]]:
    """Give the labels; what `_LABEL.finditer` gives, without trying its alternatives at every character."""
    position = 0
    while True:
        if match := _LABEL.match(line, position):
            yield match
        first = _FIRST.search(line, match.end() if match else position + 1)
        if first is None:
            return
        position = first.start()


def _value(text: str, kind: str) -> str:
    """The part of a text that is the label's value; what stands in later text nodes mostly is not."""
    start = len(text) - len(text.lstrip(_EDGES))
    if kind in {"author", "editor"}:
        return _people(text, start)
    end = text.find(PIECE, start)
    while kind in {"published", "updated"} and end >= 0:  # day and time
        following = text.find(PIECE, end + 1)
        if not _CLOCK.fullmatch(text[end + 1 : following if following >= 0 else len(text)]):
            break
        end = following
    return text if end < 0 else text[:end]


def _people(text: str, start: int) -> str:
    """Persons may stand in a text node each; no date does, and nothing else behind a name."""
    if date := _YEAR.search(text, start):
        text = text[: date.start()]
    end = text.find(PIECE, start)
    while end >= 0:
        following = text.find(PIECE, end + 1)
        piece = text[end + 1 : following if following >= 0 else len(text)].strip(_EDGES)
        if piece and not people.is_name(piece):
            return text[:end]
        end = following
    return text


def bare(text: str) -> str:
    """Take off white space, separators, and brackets that have lost their partner."""
    text = text.replace(PIECE, " ").strip(_EDGES)
    for left, right in ("（）", "()", "【】", "[]", "［］", "〔〕"):
        text = text.removesuffix(left)  # of the label that follows
        if text.startswith(left) and text.endswith(right) and text.count(left) == 1:
            text = text[1:-1]
        elif text.count(right) > text.count(left):
            text = text[: text.index(right)] if not text.startswith(right) else text[1:]
    return text.strip(_EDGES)
