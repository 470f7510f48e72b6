"""The labels of a Chinese byline and what stands behind them: `来源：新华网 编辑：张三 2024-05-20 16:25`.

Labels come in any order, run together, in brackets, with empty values. Their words are data: `labels.toml`, written
plain, and so matched on the plain text (`plain`), while values are given as printed.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, NotRequired, TypedDict

from newscrawl.extract.language import names as people
from newscrawl.extract.language.patterns import firsts
from newscrawl.extract.language.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

# Between two text nodes: a value ends there, unless it has not begun yet.
PIECE = "\t"


class Labelled(NamedTuple):
    """A value and what its label says it is."""

    kind: str  # published, updated, written, occasion, source, poster, author, editor, credit, story or other
    value: str  # as printed, without the brackets around it; may be empty
    label: str  # plain
    start: int  # where the label begins in the line
    begins: int  # where the value begins
    end: int  # where it ends


class Row(TypedDict):
    """A row of labels.toml."""

    kind: str
    where: NotRequired[list[str]]  # of a label
    words: list[str]


TABLE: dict[str, list[Row]] = tomllib.loads(files(__package__).joinpath("labels.toml").read_text("utf-8"))


def _compiled(where: str) -> re.Pattern[str]:
    """One pattern for what may announce a value at such a place, a group for each kind."""
    rows = [row for row in TABLE["label"] if where in row["where"]]
    return re.compile("|".join(f"(?P<{row['kind']}_{n}>{'|'.join(row['words'])})" for n, row in enumerate(rows)))


def _begins(where: str) -> frozenset[str]:
    """What a label at such a place begins with; what may repeat in front of a word may be absent as well."""
    rows = [row for row in TABLE["label"] if where in row["where"]]
    return frozenset[str]().union(*(firsts(word.replace(")*", ")?")) or () for row in rows for word in row["words"]))


def words(*kinds: str) -> str:
    """An alternation of all words of some kinds, for a pattern."""
    return "|".join(word for row in TABLE["word"] if row["kind"] in kinds for word in row["words"])


_LABELS = {where: _compiled(where) for where in ("colon", "bar", "space", "date", "start")}
_BEGINS = {where: _begins(where) for where in _LABELS if where != "start"}
# Where a label can end: before a colon, a bar, white space and a character, a date.
_ENDS = re.compile(
    r"(?=[\s:∶︰,/|丨╱\d昨今前jfmasond])"  # what any begins with: spares most characters the rest
    r"(?:\s*(?P<colon>[:∶︰]|(?<=^作者),)|\s*(?P<bar>[/|丨╱])\s*"
    r"|(?P<date>(?<=[\u3400-\u9fffa-z])\s*(?=(?:19|20)\d\d\s?[-/.年]|\d\d?[-/月.]\d|\d+\s?(?:秒|分|小时|天)|[昨今前][天日]"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d))"
    r"|(?P<space>(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff]{2}|[\u3400-\u9fff] [\u3400-\u9fff])))"
)
_LONGEST_LABEL = 12
# What a line has that has a label, however its text nodes are told apart: a node that is one alone needs no colon.
_MAY_LABEL = re.compile(
    "[:：∶︰编編来來稿更修改自出校审審监監签簽籤类類栏欄摄攝作记記时時日发發/／╱|｜丨]|[Pp]ublish|[Uu]pdate"
)
# A text node that is a label alone: its value stands in the next one.
_ALONE = re.compile(
    "(?:(?:本文)?来源于?|作者|记者|编辑|责任编辑|责编|发布时间|发布日期|发表时间|时间|日期|更新时间|稿源|(?:来信|答复|回复)(?:时间|日期))(?=\\s*$)"
)
_CLOCK = re.compile(r"[\d\s:：/.年月日时時分秒-]+")
# 【作者】张三 【编辑】李四: a label in brackets needs no colon.
_IN_BRACKETS = re.compile(r"[\[【]([\u3400-\u9fff/|]{1,6})[\]】](?=\s?[\u3400-\u9fff])")
# A label of other persons behind a name: 张三 审稿人：李四
_OTHER_LABEL = re.compile(r"(?<=\s)[\u3400-\u9fff]{2,6}\s?[:：|｜丨]")
_GLUED = re.compile(r"(?<=[\u3400-\u9fff])\s[\u3400-\u9fff]{2,3}$")  # 张三 云经 before 云经编辑
_YEAR = re.compile(r"[\s(（\[]*(?:19|20)\d\d\s?[-/.年]")
_EDGES = "#＃ \t\r\n\u3000\xa0,，。;；、|｜/／丨·•-–—_:：>»"


def run_together(pieces: Iterable[str]) -> str:
    """One line from text nodes, the seams marked, a lone label given its colon."""
    return PIECE.join(
        f"{piece}：" if len(piece) <= _LONGEST_LABEL and _ALONE.fullmatch(plain(piece)) else piece for piece in pieces
    )


@lru_cache(maxsize=4096)  # several analyses ask
def may_label(line: str) -> bool:
    """Tell quickly that no label can stand in a line, however its text nodes are told apart."""
    return _MAY_LABEL.search(line) is not None


@lru_cache(maxsize=4096)  # several analyses read the same few lines
def labelled(line: str) -> tuple[Labelled, ...]:
    """Read the labelled values of a line, in order; `line` may carry the seams of `run_together`."""
    if not may_label(line):
        return ()
    text = plain(line)
    if "】" in line or "]" in line:
        text = _IN_BRACKETS.sub(lambda match: f" {match[1]}:", text)
    found = sorted(_found(text))
    values = []
    for number, (start, begins, kind) in enumerate(found):
        end = found[number + 1][0] if number + 1 < len(found) else len(line)
        value = _value(line[begins:end], kind)
        stop = begins + len(value)
        if end < len(line) and (glued := _GLUED.search(value)) and not people.is_name(glued[0].strip()):
            value = value[: glued.start()]
        label = re.sub(r"[\s:∶︰/|丨╱]", "", text[start:begins])
        values.append(Labelled(kind, bare(value), label, start, begins, stop))
    return tuple(values)


def _found(text: str) -> list[tuple[int, int, str]]:
    """Where labels begin, where their values begin, and what they announce: those before a colon first."""
    found: list[tuple[int, int, str]] = []
    if match := _LABELS["start"].match(text, len(text) - len(text.lstrip("([【 \t"))):
        behind = re.compile(r"[\s:]*").match(text, match.end())
        if behind and behind.end() < len(text):
            found.append((match.start(), behind.end(), _kind(match)))
    ends = list(_ENDS.finditer(text))
    for colon in (True, False):
        for end in ends:
            if (end.lastgroup == "colon") is not colon:
                continue
            begun = max((begins for _, begins, _ in found if begins <= end.start()), default=0)
            label = _before(text, begun, end)
            if label and not any(start < end.end() and label[0] < begins for start, begins, _ in found):
                found.append((label[0], end.end(), label[1]))
    return found


def _before(text: str, begun: int, end: re.Match[str]) -> tuple[int, str] | None:
    """The longest label that ends at this place, and its kind."""
    where, stop = end.lastgroup or "", end.start()
    first = max(begun, stop - _LONGEST_LABEL)
    spread = len(text[first:stop].split()) > 1
    begins = _BEGINS[where]
    for start in range(first, stop):
        if text[start] not in begins:
            continue
        free = start == 0 or not (text[start - 1].isalnum() or text[start - 1] in "/、")
        if not (free or (where == "colon" and text[start] > "\u3400")):
            continue
        label = text[start:stop]
        if kind := _announced(_squeezed(label) if spread else label, where):
            # 记者 张三 on a line of its own signs the story.
            return (start, kind) if (where, kind) != ("space", "author") or text[start - 1 : start].isspace() else None
    return None


def _squeezed(label: str) -> str:
    """A label whose characters are spread over the line, without the white space: 作　者, 责 任 编 辑."""
    parts = label.split()
    return "".join(parts) if len(parts) < 2 or label.isascii() or max(map(len, parts)) == 1 else label


@lru_cache(maxsize=4096)
def _announced(label: str, where: str) -> str | None:
    match = _LABELS[where].fullmatch(label)
    return _kind(match) if match else None


def _kind(match: re.Match[str]) -> str:
    return (match.lastgroup or "other_").rpartition("_")[0]


def _value(text: str, kind: str) -> str:
    """The value after a label; it mostly ends with the text node."""
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
    """The persons after a label: each may have its own text node; a date or any other text ends them."""
    if date := _YEAR.search(text, start):
        text = text[: date.start()]
    if (other := _OTHER_LABEL.search(text, start)) and not people.is_name(other[0][:-1].strip()):
        text = text[: other.start()]
    end = text.find(PIECE, start)
    while end >= 0:
        following = text.find(PIECE, end + 1)
        piece = text[end + 1 : following if following >= 0 else len(text)].strip(_EDGES)
        if piece and not people.is_name(piece):
            return text[:end]
        end = following
    return text


def bare(text: str) -> str:
    """Strip white space, separators, and unpaired brackets."""
    text = text.replace(PIECE, " ").strip(_EDGES)
    if text.isalnum():  # no brackets, as in most
        return text
    for left, right in ("（）", "()", "【】", "[]", "［］", "〔〕"):
        text = text.removesuffix(left)  # of the label that follows
        if text.startswith(left) and text.endswith(right) and text.count(left) == 1:
            text = text[1:-1]
        elif text.count(right) > text.count(left):
            text = text[: _unpaired(text, left, right)] if not text.startswith(right) else text[1:]
    return text.strip(_EDGES)


def _unpaired(text: str, left: str, right: str) -> int:
    """Where the first bracket stands that closes none: behind 李四 in `张三(实习生)、李四)`."""
    depth = 0
    for place, character in enumerate(text):
        depth += (character == left) - (character == right)
        if depth < 0:
            return place
    return len(text)
