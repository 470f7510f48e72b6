"""来源: the outlet a page credits, by label, beside the date, as an account, in scripts."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from newscrawl.extract.fields.people import account_lines, author_names, read_credits
from newscrawl.extract.language import names as people
from newscrawl.extract.language import signing
from newscrawl.extract.language.byline import IMPRINT, is_furniture, is_nobody, is_outlet, is_short_name
from newscrawl.extract.language.furniture import line_kind
from newscrawl.extract.language.labels import bare, may_label, words
from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.language.phrases import signed
from newscrawl.extract.language.plain import plain
from newscrawl.extract.page.scripts import values_after
from newscrawl.extract.zones.nearby import nearby
from newscrawl.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newscrawl.extract.language.byline import Token
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line
    from newscrawl.extract.zones.nearby import Nearby

_LONGEST_ALONE = 20  # an outlet's name on a line of its own
_BESIDE = 3  # lines from such a line to the date's
_CREDITS = 6  # lines behind the story
_ABOVE = 4  # lines over the headline in which an outlet may stand beside the date
_DATES = {"date", "published"}
_NUMBER = re.compile(r"[〔\[［【(（](?:19|20)\d\d[〕\]］】)）]|\d号$")  # of an official document: 云政办发〔2024〕5号
_QUOTED = re.compile("[“\"'][^“”]*[”\"']")
_LONGEST_SOURCE = 40
_LONGEST_IMPRINT = 80
_SOURCE_TAIL = re.compile(
    r"\s*(?:\[[^\]]*\]?|【.*|官方[账帐]号|\(.*|（.*|\s(?:作者|责编|编辑|责任编辑).*|[,，](?:原?作者|记者|编辑|责编).*|\s[Bb]y\s.*|\s\d.*)$"
)
_SCRIPT_SOURCES = ("media", "media_name", "mediaName", "mediaSource", "source", "sourceName", "source_name")
_SCRIPT_VALUE = re.compile(r"""["']?\s*[:=]\s*["']([^"'<>{}]{2,30})["']""")
_PLATFORM = re.compile(rf"(?:{words('platform')})(?!\w)")  # of accounts, whose own names stand elsewhere
_REPORTER = re.compile(r"(?:首席|特约|见习|实习|全媒体|融媒体)*记者$|(?<=[网網报報社台])[专專]?[讯訊]$")
_PATH = re.compile(r"\s[>»›＞]\s")  # a breadcrumb with the date behind it
_TODAY = Cues("now", "week_day")
_FIRST = 4  # lines of a story that may open with its outlet
_OPENED = re.compile(r"[（(【]([^()（）【】\d，。：:]{3,16}?)(?:\s?(?:19|20)\d\d年\d\d?月\d\d?日)?[)）】]")
_LONGEST_UNKNOWN = 15  # longest outlet beside a date if no word of it names an outlet
_LABEL = re.compile("[:：]")  # of a label that no table knows: 指导老师：
_DATE_TAIL = re.compile(r"\s*[(（]?(?:19|20)\d\d\s?[-/.年].*$")
_HOST_TAIL = re.compile(rf"\s*(?:{words('host')}).*$", re.IGNORECASE)
_BAR_TAIL = re.compile(r"\s+[|｜丨].*$")
_BARRED = re.compile(r"\s*[/／╱|｜丨]")
_FILED_TAIL = re.compile(
    r"\s?[/／╱][^/／╱网網报報社端刊闻聞]{2,8}(?:即時)?(?:專|专)?(?:[電电]|報導|报道)$"
)  # 云溪社／台北20日電
_CHANNEL_HEAD = re.compile(r"(?:微信)?公[众眾][号號]\s?[:：]\s?")  # 公众号：山里人家
_TWO_LETTERS = re.compile(r"[^\W\d_].*[^\W\d_]")
_PAGE = re.compile(r"第\s?\w{1,4}\s?版")
# What no person's name ends in: an account (山野记), a town (石塘镇), an outlet (金融界)
_NO_PERSON_END = re.compile("[号號记記说說谈談侃圈控站刊讯訊镇鎮乡鄉界园園]$")


def credited_source(document: Document) -> Iterator[str]:
    """Give the outlets that the page credits, the surest first."""
    near, found = nearby(document), read_credits(document)
    credited = [token.text for token in found.above if token.kind == "source"]
    accounts = [text for text in account_lines(document) if not _is_person(text)]
    for text in credited:
        yield from accounts if _PLATFORM.search(plain(text)) else (text,)
    # A CMS wrote these behind the story; 来源 alone there may be an account's own trailer.
    yield from (token.text for token in found.below if token.label == "稿源")
    yield from _credited_behind([near.tokens(line) if may_label(line.text) else () for line in near.after[:_CREDITS]])
    yield from accounts
    bylines = [*_bylines(near)]
    yield from (token.text for line in bylines[:1] for token in _by_outlet(near, line) if token.kind == "outlet")
    alone, authors = [*_alone(near)], set(author_names(document))
    yield from filter(is_outlet, alone)
    yield from credited
    yield from (outlet for line in near.below if (outlet := _before_reporter(line.text, near.tokens(line))))
    for lines in (bylines[:1], bylines[1:]):
        read = [
            token
            for kind in ("outlet", "poster", "other")
            for line in lines
            for token in _by_outlet(near, line)
            if token.kind == kind and not (kind == "other" and token.label)
        ]
        for text in (*(token.text for token in read), *(alone if lines == bylines[:1] else ())):
            if (
                len(text) <= _LONGEST_UNKNOWN
                and not _LABEL.search(text)
                and text not in authors
                and not _is_person(text)
                and not people.is_word(text)
            ):
                yield text
    yield from (token.text for token in found.above if token.kind == "poster" and not _is_person(token.text))
    yield from _scripted(document)
    yield from (token.text for token in found.below if token.kind == "source")
    yield from _in_dateline(near)
    named = document.metas.get("mediaid", ())  # the account, whose card stands beside the story
    yield from (line.text for line in near.above if line.text in named and not _is_person(line.text))


def _in_dateline(near: Nearby) -> Iterator[str]:
    """The outlet in brackets that opens the story: （云溪之声中文网）, 【云溪之声2024年5月20日】."""
    for line in near.opening[:_FIRST]:
        opened = _OPENED.match(line.text)
        if opened and is_outlet(opened[1]) and not signed(opened[1]).names:
            yield opened[1]


def _credited_behind(lines: Sequence[Sequence[Token]]) -> Iterator[str]:
    """Give the sources that stand in one line with the author or editor, or next to the lines of the editors."""
    kinds: list[set[str]] = [set(), *({token.kind for token in read} for read in lines), set()]
    for number, read in enumerate(lines, 1):
        next_to = kinds[number - 1] | kinds[number + 1]
        if kinds[number] & {"author", "editor"} or next_to & {"editor", "credit"}:
            yield from (token.text for token in read if token.kind == "source")


def _bylines(near: Nearby) -> Iterator[Line]:
    """Give the bylines with a date, from the headline down, then upwards."""
    for line in (*near.below, *reversed(near.above[-_ABOVE:])):
        told = near.is_byline(line) and not (_TODAY(line.text) or _PATH.search(line.text))
        if told and line.linked <= 0.9 * len(line.text):
            yield line


def _by_outlet(near: Nearby, line: Line) -> list[Token]:
    """The tokens of a byline, the nearest to its date first, those behind it before those in front."""
    read = near.tokens(line)
    date = next((place for place, token in enumerate(read) if token.kind in _DATES), 0)
    return [token for _, token in sorted(enumerate(read), key=lambda item: (abs(item[0] - date), item[0] < date))]


def _alone(near: Nearby) -> Iterator[str]:
    """Give the short lines between the headline and the date, the nearest to it first, and the one right behind it."""
    below = near.below
    dated = next((n for n, line in enumerate(below) if any(t.kind in _DATES for t in near.tokens(line))), None)
    if dated is None:
        return
    for line in (*reversed(below[max(0, dated - _BESIDE) : dated]), *below[dated + 1 : dated + 2]):
        read = near.tokens(line)
        left = [token for token in read if token.kind != "person" and not is_short_name(token.text)]  # 石红/云溪日报
        whole = len(left) == 1 and left[0].kind in {"outlet", "other"} and not line.text.endswith((":", "："))
        if not whole or len(line.text) > _LONGEST_ALONE or line_kind(line.text):  # 正在缓冲, of a player
            continue
        if len(left) == len(read) or left[0].kind == "outlet":
            yield left[0].text


def _before_reporter(text: str, read: Sequence[Token]) -> str | None:
    """The outlet that a bar parts from its reporter, on a line of its own: 云溪報／記者張小豐／台北報導."""
    kinds = [token.kind for token in read]
    if kinds[:2] != ["outlet", "person"] or not set(kinds[2:]) <= {"person", "filler"} or len(read[0].text) < 3:
        return None
    return read[0].text if _BARRED.match(text, read[0].start + len(read[0].text)) else None


def _is_person(text: str) -> bool:
    return people.is_name(text) or people.is_plain_name(text) or bool(signing.in_line(text))


def _scripted(document: Document) -> list[str]:
    """The outlet named in scripts, if all of them name the same one."""
    values = set(values_after(document.script_text, _SCRIPT_SOURCES, _SCRIPT_VALUE))
    values = {value for value in values if re.search("[\u3400-\u9fff]", value)}
    return list(values) if len(values) == 1 else []


def printed_in(document: Document) -> list[str]:
    """The paper whose day and page stand near the story: 《某某日报》（2024年05月10日 04版）."""
    near = nearby(document)
    lines = (line.text for line in chain(near.below, near.closing, near.after) if "版" in line.text)
    found = [match[1].strip() for text in lines if len(text) <= _LONGEST_IMPRINT and (match := IMPRINT.search(text))]
    return [name for name in found if name.endswith(("报", "報", "刊"))]


def clean_source(name: str) -> str | None:
    """An outlet's name without further words after it; None if it is no outlet (网络, 综合)."""
    name = _CHANNEL_HEAD.sub("", _FILED_TAIL.sub("", bare(tidy(name)).strip(" :：|｜·-—/,，。;；>")), count=1)
    head, _, tail = name.replace("／", "/").rpartition("/")
    name = head if head and people.is_plain_name(tail) else name  # 云溪日报/张小山
    name = _BAR_TAIL.sub("", _HOST_TAIL.sub("", _DATE_TAIL.sub("", name)))
    name = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff]).*$", "", name)
    name = _REPORTER.sub("", _SOURCE_TAIL.sub("", name)).strip(" ·|")
    name = (
        name.strip("“”\"'") if name.count("“") != name.count("”") or re.fullmatch("[“\"'][^“”]*[”\"']", name) else name
    )
    if re.fullmatch("《[^《》]*》", name) or name.count("《") != name.count("》"):
        name = name.strip("《》 ")
    if not 2 <= len(name) <= _LONGEST_SOURCE or is_nobody(name) or not (_TWO_LETTERS.search(name) or is_outlet(name)):
        return None
    # Three characters that are a person's name credit a person, not an outlet.
    if re.search(r"[。！？]|https?:", name) or is_furniture(name) or _PAGE.match(name) or _NUMBER.search(name):
        return None
    if len(name) == 3 and people.is_name(name) and not _NO_PERSON_END.search(name):
        return None
    return name
