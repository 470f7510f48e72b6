"""The grammar of bylines and credits: reads a line as tokens.

A token is a labelled value, a date, an outlet, a person, or something else; buttons, counters and hosts are none. Lines
that hold nothing but tokens are bylines, over the story, or credits, under it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.extract.language import names as people
from newscrawl.extract.language import signing
from newscrawl.extract.language.dates import DATED
from newscrawl.extract.language.labels import PIECE, bare, labelled, may_label, words
from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.language.patterns import searched
from newscrawl.extract.language.phrases import REPORTERS, signed
from newscrawl.extract.language.plain import plain
from newscrawl.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

# Longer than this and a line says more than who, when and where from.
_LONGEST = 160
_LONGEST_VALUE = 40
_LONGEST_OTHER = 15  # letters that are no date, label, outlet or person, in a line with a date
_LONGEST_UNDATED = 6  # in one without, beside its outlets
_DATES = {"published", "updated", "written"}
_DATED = {*_DATES, "occasion"}
_PERSONS = {"author", "editor"}
_CREDITS = {"editor", "source", "credit"}
_NOISE = re.compile(f"(?:{words('host')})|(?:{words('counter')})|(?:{words('button')})")
_NOISE_BUT_HOSTS = searched(words("counter"), words("button"))
_OUTLET = re.compile(rf"(?:{words('outlet')})(?:综合)?(?:\W*|[\[(【《].{{0,12}})$")
_NO_OUTLET = re.compile(rf"(?:网站|平台)?(?:{words('nobody')})")
_MAY_DATE = re.compile(r"[\d今昨前刚年]")  # what any date has
_CLOCK = re.compile(
    r"t?\s?\d{1,2}\s?[:时点]\s?\d{1,2}(?:\s?[:分]\s?\d{1,2})?(?:\s?秒|分|\.\d+)?(?:z|\+\d\d:?\d\d)?"
    r"|星期[一二三四五六日天]|[上下]午"
    r"|(?<![a-z])(?:[ap]m|hkt|[ecp][sd]t|gmt|utc|jst|kst|北京时间)(?![a-z])|beijing time"
    r"|(?<![a-z])(?:mon|tue|wed|thu|fri|sat|sun)(?:day|s?day|nesday|rsday|urday)?(?![a-z])"
)
_MAY_CLOCK = re.compile("[\\d午星北a-z]")
_UPDATED = re.compile(r"\s*[(（]?(?:最[后近新])?(?:更新|修改|updated)(?!\w)")
_UPDATED_BEHIND = re.compile(r"\d\s?(?:[最后近新]*(?:更新|修改))$")
_SEAM = re.compile(rf"(?=[\s/|丨╱,;<>»])(?:[{PIECE}|丨╱,;<>»]|(?<![文图摄影])/(?![文图摄])|\s[•·@-]\s|\s{{2,}})")
_DESK = re.compile(
    rf"(\w\S{{1,13}}?(?:{words('outlet')}))\s?(?=(?:首席|特约|见习|实习|全媒体|融媒体|特派)*(?:记者|通讯员)|讯)"
)
_EDITOR = re.compile(r"(?:责任|执行|网络|实习)?(?:编辑|责编)([\u3400-\u9fff]{2,3})")  # without a colon
_DESK_NAME, _DESK_BARS = re.compile(words("desk")), frozenset("/／╱")
_DESK_BEHIND = re.compile(rf"\S{{2,12}}?(?:{words('outlet')})([\u3400-\u9fff]{{3}})")  # 云溪网／新闻中心张小山
# The paper, day and page of a printed article: 《 某某日报 》（ 2024年05月10日 04 版）
IMPRINT = re.compile(r"[（(]?《([^《》]{2,20})》[\s（(]*(?:19|20)\d\d\s?年[^。]{3,12}日[^。]{0,8}版[\s)）]*")
# （张三 编译）, （李四 编辑）
_SIGNED = re.compile(r"\(\s*([\u3400-\u9fff、\s]{2,20})\s(?:责任)?(编[译辑审]|校对|审核)\s*\)")
# （示例新闻编辑张三）, （某某县纪委监委 | 责任编辑 张三）
_EDITED_BY = re.compile(
    r"\(\s*(?:[\u3400-\u9fff]{0,10}[网报社台端刊闻]|[\u3400-\u9fff]{2,20}\s*[|丨]{1,2}\s*)?\s?(?:(?:责任)?编辑|责编)[\s:]?"
    r"([\u3400-\u9fff、\s]{2,12}?)\s*\)"
)
_UNLABELLED_CREDIT = re.compile("[《编編审審]")  # what an imprint or a signature has, if no label's characters
_SPACES = " \t\u3000"
_BESIDE = re.compile(r"[\s(（□■/／]")  # what separates an outlet from its reporters
_SEVERAL = re.compile(r"[、，,\s]|^[\u3400-\u9fff]{4,9}$")  # what several names have between them, or no name alone
# Words of a byline that name nobody
_FILLER = re.compile(
    r"^(?:发布于|发表于|来自|报[道导])$|快讯$|^(?:相关|关联)|(?:记者|通讯员|撰稿人)(?:供稿)?$"
    r"|^(?:和|与|及|and|on|(?:written|posted|published)(?: on)?)$"
)
_POST = re.compile(r"(?:教授|研究员|博士|学者|律师|作家|专家|评论员|院士)$")  # of a person beside it
_COUNTRY = re.compile(r"[\[［(（【〔][\u3400-\u9fff]{1,3}[\]］)）】〕]\s?(?=[\u3400-\u9fff])")  # [美]约翰·史密斯
_ASIDE = re.compile(r"\s?[(（][^()（）]{2,30}[)）]$")  # 张三（云溪大学教授）
_SUPPLIED = "供稿"
_SUPPLIES = re.compile(rf"(?:.*由)?([^给为向由]{{2,}}?)\s?({words('supplied')})")  # but not 给县报供稿
_REPORT = re.compile(r"报[道导]$")  # 記者張小豐／台北即時報導
_ASKED = re.compile("[?!？！]")
_RUNNING = re.compile("[，,：:]?")
_ROLE = re.compile(r"(?:记者|通讯员)\s*([\u3400-\u9fff]{3})")
# From one hour to another: when something takes place, 9月8日19:00-21:00.
_FROM_TO = re.compile(r"日[^\d:]{0,8}\d{1,2}[:点]\d\d\s?[-–—~至到]\s?\d{1,2}[:点]\d\d")
_EVENT_TIME, _EVENT_PLACE = Cues("event_time"), Cues("event_place")
_EVENT_PART = re.compile(r"[\s，,;；]")
_MAY_CREDIT = re.compile("[编稿]")  # what a credit without a colon has: 编辑张三, 县水利局供稿
_LETTER = re.compile(r"[^\W_]")
_NO_LETTER = re.compile(r"[\W_]+")
# The signing date of an official document is part of it; a portal's byline date has a clock or no 年月日.
_SIGNING_DATE = re.compile(
    r"[\s(]*[\d〇零○一二三四五六七八九十]{2,4}\s?年\s?[\d一二三四五六七八九十]{1,2}\s?月\s?[\d一二三四五六七八九十]{1,3}\s?日[\s)]*"
)


class Token(NamedTuple):
    """What a part of a byline is.

    `kind` is a label's, or else `date`, `outlet`, `person`, `other`; `text` as printed; `label` plain, empty for what
    has none; `start` is its place in the line.
    """

    kind: str
    text: str
    start: int
    label: str = ""


def tells_event(text: str, below: str) -> bool:
    """Whether a line tells when something takes place: 时间, and behind it or at the next line's start 地点."""
    if _EVENT_TIME(text) is None:
        return False
    return any(_EVENT_PLACE(part) for part in (below, *_EVENT_PART.split(text)))


@lru_cache(maxsize=4096)  # several analyses read the same few lines
def tokens(line: str) -> tuple[Token, ...]:
    """Read a line; it may carry the seams of `run_together`."""
    read = plain(line)
    found: list[Token] = []
    position = 0
    for value in labelled(line):
        found += _unlabelled(line, read, position, value.start)
        position = value.end
        text, kind = value.value, value.kind
        if kind == "published" and _UPDATED_BEHIND.search(plain(text)):  # 16:25 发布 17:00 更新
            kind = "updated"
        elif kind == "published" and _FROM_TO.search(plain(text)):
            kind = "occasion"
        if value.kind not in _DATED and (date := DATED.search(read, value.begins, value.end)):
            text, position = bare(line[value.begins : date.start()].removesuffix("于")), date.start()
        written = value.label == _SUPPLIED and all(map(people.is_name, text.replace("、", " ").split() or [""]))
        found.append(Token("author" if written else kind, text, value.start, value.label))
        if value.kind == "source" and (seam := _BESIDE.search(text)):
            found += (
                Token("person", name, value.begins) for name in _side_by_side(text[seam.start() :].rstrip(")）】]"))
            )
    found += _unlabelled(line, read, position, len(line))
    return tuple(found)


def _unlabelled(line: str, read: str, start: int, end: int) -> Iterator[Token]:
    """What stands between labels: dates, and what is left between them."""
    for date in DATED.finditer(read, start, end) if _MAY_DATE.search(read, start, end) else ():
        yield from _names(line, read, start, date.start())
        start = date.end()
        behind = _UPDATED.match(read, start, end)
        start = behind.end() if behind else start
        yield Token("updated" if behind else "date", line[date.start() : date.end()].replace(PIECE, " "), date.start())
    yield from _names(line, read, start, end)


def _names(line: str, read: str, start: int, end: int) -> Iterator[Token]:
    """Outlets, persons and other words, without buttons, counters, hosts and clocks."""
    if not _LETTER.search(read, start, end):
        return
    blank = _without_noise(read[start:end])
    found: list[tuple[Token, str]] = []  # and what separates it from the next
    position, barred = 0, False
    for seam in (*_SEAM.finditer(blank), None):
        stop = seam.start() if seam else len(blank)
        behind = line[start + stop : start + seam.end()] if seam else ""
        for at, chunk, named in _told_apart(blank[position:stop], position):
            printed = line[start + at : start + at + len(chunk)]
            found += ((token, behind) for token in _named(printed, start + at, barred=barred or named))
        barred = seam is not None and seam[0] in "/|丨╱"
        position = seam.end() if seam else stop
    following = [token.kind for token, _ in found[1:]] + [""]
    for (token, behind), kind in zip(found, following, strict=False):
        yield token._replace(kind="filler") if _is_desk(token, behind, kind) else token


def _is_desk(token: Token, behind: str, following: str) -> bool:
    """A desk or a column before its author: 國際中心／張小豐, 雲溪透視／張小豐."""
    if behind not in _DESK_BARS:
        return False
    column = token.kind == "other" and following == "person" and behind != "/" and not is_short_name(token.text)
    return column or _DESK_NAME.fullmatch(plain(token.text)) is not None


def _without_noise(text: str) -> str:
    if _MAY_CLOCK.search(text):
        text = _CLOCK.sub(lambda clock: PIECE * len(clock[0]), text)
    noise = _NOISE if "." in text else _NOISE_BUT_HOSTS
    return noise.sub(lambda found: PIECE * len(found[0]), text)


def _told_apart(text: str, at: int) -> Iterator[tuple[int, str, bool]]:
    """Outlet and reporters that stand side by side: 示例日报 张小明; and whether any name there is a person's."""
    parts = text.split()
    if len(parts) > 1 and all(is_outlet(part) or people.is_name(part) or _POST.search(part) for part in parts):
        named = any(map(people.is_plain_name, parts))
        for part in parts:
            yield at + text.index(part), part, named
            at, text = at + text.index(part) + len(part), text[text.index(part) + len(part) :]
    elif _LETTER.search(text):
        yield at + len(text) - len(text.lstrip(_SPACES)), text.strip(_SPACES), False


def _named(printed: str, start: int, *, barred: bool) -> Iterator[Token]:
    """An outlet, a person, an outlet's reporter; behind a bar any name is a person's: 快訊／范姜佳鈺."""
    text = bare(_COUNTRY.sub("", printed, count=1) if printed[:1] in "[［(（【〔" else printed)
    text = text.lstrip("[［【 ") if not text.endswith(("]", "］", "】")) else text
    read = plain(text)
    role = _ROLE.search(read)
    if persons := _side_by_side(text) or ([text[slice(*role.span(1))]] if role else []):
        if desk := _DESK.match(read):
            yield Token("outlet", text[: desk.end(1)], start)
        yield from (Token("person", name, start) for name in persons if people.is_name(name) or not role)
    elif (editor := _EDITOR.fullmatch(read)) and (people.is_plain_name(editor[1]) or is_short_name(editor[1])):
        yield Token("editor", text[editor.start(1) :], start, "编辑")
    elif barred and (desk := _DESK_BEHIND.fullmatch(read)) and people.is_plain_name(desk[1]):
        yield Token("person", text[desk.start(1) :], start)
    elif supplier := _supplier(text):
        yield Token("source", supplier, start, _SUPPLIED)
    elif is_outlet(name := _ASIDE.sub("", text) if text.endswith((")", "）")) else text):
        yield Token("outlet", text, start)
    elif people.is_plain_name(name) or (barred and people.is_name(name)):
        yield Token("person", name, start)
    elif _LETTER.search(text):
        filler = _POST.search(read) or _FILLER.search(read) or (barred and _REPORT.search(read))
        yield Token("filler" if filler else "other", text, start)


def _supplier(text: str) -> str:
    """The office or outlet whose text it is, by words without a colon: 县水利局供稿, 云溪网专稿."""
    supplied = _SUPPLIES.fullmatch(plain(text))
    if supplied is None or REPORTERS.search(supplied[1]):
        return ""
    name = text[slice(*supplied.span(1))]
    return name if supplied[2] == _SUPPLIED or is_outlet(name) else ""


def _side_by_side(text: str) -> list[str]:
    """The persons named by a part of a byline that holds nothing else: 本报记者 张三, 张建国、李明."""
    if text[:1] in "/／ \u3000" and (people.is_plain_name(text[1:]) or is_short_name(text[1:])):  # 云溪日报/张小山
        return [text[1:]]
    several = _SEVERAL.search(text) and (people.may_name(text) or signing.may_tell(text))
    found = signed(text) if several else None
    listed = (
        found is not None
        and len(found.names) > 1
        and not found.says_more
        and (any(map(people.is_plain_name, found.names)) or all(map(people.is_common, found.names)))
    )
    return list(found.names) if found and listed else signing.in_line(text)


def reporters_of(line: str) -> list[str]:
    """The persons of a line that holds an outlet and names, nothing else: 云溪县融媒体中心 项小琦."""
    outlet, *persons = line.split() or [""]
    return persons if is_outlet(outlet) and all(people.is_name(person) for person in persons) else []


def is_short_name(text: str) -> bool:
    """Whether a text is a common surname and one character, as many words are: it takes more to be sure of a person."""
    return len(text) == 2 and people.is_common(text) and people.is_name(text)


def may_be_byline(line: str) -> bool:
    """Tell quickly whether a line may be a byline's: it has what a label has, or a character of a date."""
    return may_label(line) or _MAY_DATE.search(plain(line)) is not None


def is_byline(line: str) -> bool:
    """Whether a line is a byline: only date, source, authors, and buttons between them.

    Takes what the reader sees, in one line; for lines between headline and story, and the first of the story.
    The signing date of a document (`2012年6月24日` alone) is none, nor is a headline that begins or ends with a date.
    """
    line = tidy(line)
    if len(line) > _LONGEST or "。" in line:
        return False
    read = plain(line)
    # Without a date, a label or a credit, none of it is a byline's.
    told = (_MAY_DATE.search(read) and DATED.search(read)) or _MAY_CREDIT.search(read) or labelled(line)
    return bool(told) and reads_as_byline(line, tokens(line))


def reads_as_byline(line: str, found: tuple[Token, ...]) -> bool:
    """Whether a line is a byline by its tokens."""
    if not found or len(line) > _LONGEST or "。" in line or _SIGNING_DATE.fullmatch(plain(line)):
        return False
    kinds = {token.kind for token in found}
    dated = not kinds.isdisjoint({"date", *_DATES})
    if not dated and kinds.isdisjoint({"source", "poster", *_PERSONS}):
        return False
    if _runs_on(line, found) or any(map(is_statement, found)):
        return False
    if dated:
        return left_over(found) <= _LONGEST_OTHER
    return left_over(tuple(token for token in found if token.kind not in {"outlet", "filler"})) <= _LONGEST_UNDATED


def _runs_on(line: str, found: tuple[Token, ...]) -> bool:
    """Whether a date without a time runs on in other words, as in a headline: `2024年5月20日云溪天气预报`."""
    for place, date in enumerate(found):
        if date.kind != "date" or ":" in plain(date.text):
            continue
        end = date.start + len(date.text)
        behind = next(
            (token for token in found[place + 1 : place + 2] if _RUNNING.fullmatch(line[end : token.start])), None
        )
        before = next(
            (token for token in found[max(0, place - 1) : place] if token.start + len(token.text) == date.start), None
        )
        written = "年" in date.text or "." in date.text
        if any(token and (token.kind == "other" or (written and token.kind == "outlet")) for token in (behind, before)):
            return True
    return False


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
    if IMPRINT.fullmatch(line) or _SIGNED.fullmatch(plain(line)) or edited_by(line):
        return True
    if all(value.kind not in _CREDITS for value in labelled(line)):
        return False
    found = tokens(line)
    return left_over(found) <= 4 and not any(map(_is_long, found))


def edited_by(line: str) -> list[str]:
    """The editors a line in brackets names without a colon: `（示例新闻编辑张三）`, `（张三 编辑）`."""
    read = plain(line)
    match = _SIGNED.fullmatch(read)
    match = (match if match and match[2] == "编辑" else None) or _EDITED_BY.fullmatch(read)
    return signing.names(line[match.start(1) : match.end(1)], strict=True) if match else []


def is_dated(line: str) -> bool:
    """A line holds a date that is no update, or a source."""
    if any(value.kind in {"published", "source"} for value in labelled(line)):
        return True
    return DATED.search(plain(line)) is not None and any(token.kind == "date" for token in tokens(line))


def left_over(found: tuple[Token, ...]) -> int:
    """How many letters of a line are neither date, label nor labelled value."""
    story = sum(len(_NO_LETTER.sub("", token.label + token.text)) for token in found if token.kind == "story")
    return story + sum(
        len(_NO_LETTER.sub("", token.text))
        for token in found
        if not token.label and token.kind not in {"date", "updated"}
    )


def _is_long(token: Token) -> bool:
    return len(token.text) > _LONGEST_VALUE


def is_statement(token: Token) -> bool:
    """Whether the text after a label is a statement, not a name: `评论员：再驳“产能过剩论”`, `记者：收成如何？`."""
    if token.kind == "author" and _ASKED.search(token.text):
        return True
    unread = token.kind == "author" and len(token.text) > 6 and not signing.names(token.text)
    return bool(token.label) and (_is_long(token) or unread)


def is_outlet(name: str) -> bool:
    """A name ends as outlets' names do: 网, 报, 社, 台, 在线 and the like."""
    return _OUTLET.search(plain(name)) is not None


def is_nobody(name: str) -> bool:
    """A word that stands where a name should, and is none: 佚名, 网络."""
    return _NO_OUTLET.fullmatch(plain(name)) is not None


def is_furniture(text: str) -> bool:
    """A text is only page furniture: counters, sharing, text size."""
    return not _NO_LETTER.sub("", _NOISE.sub("", plain(text)))
