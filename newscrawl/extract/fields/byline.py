"""Bylines and credits: which lines are one, and the 来源 they name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from newscrawl.extract.language import names as people
from newscrawl.extract.language import vocabulary as words
from newscrawl.extract.language.labels import PIECE, Labelled, labelled, may_label, run_together
from newscrawl.extract.language.patterns import searched
from newscrawl.text import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

# Longer than this and a line says more than who, when and where from.
_LONGEST = 160
_LONGEST_UNLABELLED = 15  # an outlet, or outlet and reporter, beside the date
_DATE = re.compile(
    r"(?=[\d昨前今刚A-Z〇零一二三四五六七八九])"  # what any begins with: spares most characters the rest
    r"(?:(?:[12]\d{3}|(?<!\d)\d{2})\s?[-/.年—–]{1,2}\s?\d{1,2}\s?[-/.月—–]{1,2}\s?\d{1,2}\s?日?"
    r"|(?<!\d)\d{1,2}[-月]\d{1,2}日?(?=\s+\d{1,2}:)"
    r"|\d+\s?(?:分钟|分鐘|小时|小時|天)前|(?:昨天|前天|今天)\s?\d{1,2}[:：]\d{2}|刚刚$"
    r"|(?<![A-Za-z])(?:[A-Z][a-z]{2,8}\.? \d{1,2},?|\d{1,2} [A-Z][a-z]{2,8}\.?,?) (?:19|20)\d\d"
    r"|[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
# What any date has.
_DATE_HINT = re.compile(r"[\d年刚]")
_CLOCK = re.compile(
    r"T?\s?\d{1,2}\s?[:：时點点]\s?\d{1,2}(?:\s?[:：分]\s?\d{1,2})?(?:\s?秒|分|\.\d+)?(?:Z|\+\d\d:?\d\d)?"
    r"|星期[一二三四五六日天]|[上下]午|(?<![A-Za-z])(?:[AaPp][Mm]|HKT|CST|GMT|UTC|EST|北京时间)(?![A-Za-z])"
)
_FURNITURE = re.compile(words.FURNITURE)
_OUTLET = searched(rf"(?:{words.OUTLET_ENDINGS})(?:\W|$)")
# The paper, day and page of a printed article: 《 某某日报 》（ 2024年05月10日 04 版）
IMPRINT = re.compile(r"[（(]?《([^《》]{2,20})》[\s（(]*(?:19|20)\d\d\s?年[^。]{3,12}日[^。]{0,8}版[\s)）]*")
# （张三 编译）, （李四 编辑）
_SIGNED = re.compile(
    r"[（(]\s*[\u3400-\u9fff、·\s]{2,20}\s(?:责任)?(?:编[译辑审]|編[譯輯審]|校对|校對|审核|審核)\s*[)）]"
)
# （示例新闻编辑张三）, （某某县纪委监委 | 责任编辑 张三）
_EDITED_BY = re.compile(
    r"[（(]\s*(?:[\u3400-\u9fff]{0,10}[网报社台端刊闻]|[\u3400-\u9fff]{2,20}\s*[|｜丨]{1,2}\s*)?\s?(?:(?:责任)?编辑|责编)[\s:：]?"
    r"([\u3400-\u9fff、\s]{2,12}?)\s*[)）]"
)
_UNLABELLED_CREDIT = re.compile("[《編審]")  # what an imprint or a signature has, if no label's characters
_LEFT_OVER = re.compile(r"[\W_]+")
# The signing date of an official document is part of it; a portal's byline date has a clock or no 年月日.
_SIGNING_DATE = re.compile(
    r"[\s(（]*[\d〇零○一二三四五六七八九十]{2,4}\s?年\s?[\d一二三四五六七八九十]{1,2}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日[\s)）]*"
)


@lru_cache(maxsize=4096)
def is_byline(line: str) -> bool:
    """A line over the story is only byline, date, source, authors and the furniture between them.

    Takes what the reader sees, in one line; for lines between headline and story, and the first of the story.
    The signing date of a document (`2012年6月24日` alone) is none.
    """
    line = tidy(line)
    if not line or len(line) > _LONGEST or "。" in line or _SIGNING_DATE.fullmatch(line):
        return False
    values = [value for value in labelled(line) if value.label not in words.STORY_LABELS]
    dates = _DATE_HINT.search(line) is not None and _DATE.search(line) is not None
    if not dates and all(value.kind == "other" for value in values):
        return False
    if any(len(value.value) > 40 or _is_statement(value) for value in values):
        return False
    rest = _without(line, values)
    rest = _FURNITURE.sub("", _CLOCK.sub("", _DATE.sub("", rest)))
    # An outlet's name may stand beside date or labels without one of its own.
    longest = 6 if not dates else _LONGEST_UNLABELLED - 5 * ("，" in rest)
    return len(_LEFT_OVER.sub("", rest)) <= longest


def is_credit(line: str) -> bool:
    """A line under the story is only 责任编辑, 来源, 审核, 校对 and the like.

    A printed article's imprint (`《某某日报》（2024年05月10日 04 版）`) is one as well. A closing author line
    (`（记者 张三）`, `文/张三`) is part of the story: not a credit.
    """
    if not may_label(line) and not _UNLABELLED_CREDIT.search(line):
        return False
    line = tidy(line)
    if not line or len(line) > _LONGEST or "。" in line:
        return False
    values = [value for value in labelled(line) if value.label not in words.STORY_LABELS]
    if IMPRINT.fullmatch(line) or _SIGNED.fullmatch(line) or edited_by(line):
        return True
    if not any(value.kind in {"editor", "source"} or value.label in words.CREDIT_LABELS for value in values):
        return False
    if any(len(value.value) > 40 for value in values):
        return False
    rest = _FURNITURE.sub("", _CLOCK.sub("", _DATE.sub("", _without(line, values))))
    return len(_LEFT_OVER.sub("", rest)) <= 4


def edited_by(line: str) -> list[str]:
    """The editors a line in brackets names without a colon: `（示例新闻编辑张三）`."""
    match = _EDITED_BY.fullmatch(line)
    return people.names(match[1], strict=True) if match else []


def _is_statement(value: Labelled) -> bool:
    """What stands behind the label is said, not credited: `评论员：再驳“产能过剩论”`."""
    return value.kind == "author" and len(value.value) > 6 and not people.names(value.value)


def _without(line: str, values: Sequence[Labelled]) -> str:
    rest, position = [], 0
    for value in values:
        rest.append(line[position : value.start])
        position = value.end
    rest.append(line[position:])
    return PIECE.join(rest)


def is_outlet(name: str) -> bool:
    """A name ends as outlets' names do: 网, 报, 社, 台, 在线 and the like."""
    return _OUTLET.search(name) is not None


def is_furniture(text: str) -> bool:
    """A text is only page furniture: counters, sharing, text size."""
    return not _LEFT_OVER.sub("", _FURNITURE.sub("", text))


def unlabelled(pieces: Sequence[str]) -> list[str]:
    """What stands in a byline beside date and labels: names like outlets' first, then the nearest to the date."""
    left: list[tuple[bool, int, str]] = []
    line = run_together(pieces)
    rest = _DATE.sub("\x1f", _without(line, labelled(line)))
    dated = rest.find("\x1f")
    position = 0
    for part in re.split(f"[{PIECE}\x1f]", _CLOCK.sub(PIECE, rest)):
        for run in _told_apart(part):
            bare = _FURNITURE.sub("", run).strip()
            if _LEFT_OVER.sub("", bare):
                left.append((_OUTLET.search(bare) is None, abs(position - dated), run if _OUTLET.search(run) else bare))
        position += len(part) + 1
    return [part.strip() for _, _, part in sorted(left, key=lambda item: item[:2])]


def _told_apart(text: str) -> list[str]:
    """An outlet and reporters that stand side by side: 示例日报 张小明."""
    words_ = text.split()
    outlets = [word for word in words_ if is_outlet(word)]
    apart = outlets and all(word in outlets or people.is_name(word) for word in words_)
    return words_ if apart else [text]
