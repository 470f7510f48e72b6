"""来源: the outlet a page credits, by label, beside the date, as an account, in scripts."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from newscrawl.extract.fields.byline import IMPRINT, is_byline, is_furniture, is_outlet, unlabelled
from newscrawl.extract.fields.people import account_lines, author_names, read_credits
from newscrawl.extract.language import names as people
from newscrawl.extract.language import vocabulary as words
from newscrawl.extract.language.labels import bare, labelled
from newscrawl.extract.page.lines import walk
from newscrawl.extract.page.scripts import values_after
from newscrawl.extract.zones.nearby import labels_in, nearby, pieces
from newscrawl.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.extract.page.document import Document

_LONGEST_ALONE = 20  # an outlet's name on a line of its own
_JUST_AFTER = 4  # lines behind the story
_ABOVE = 4  # lines over the headline in which an outlet may stand beside the date
_LONGEST_SOURCE = 40
_LONGEST_IMPRINT = 80
_NO_SOURCE = re.compile(rf"(?:网站|平台)?(?:{words.NO_OUTLET})")
_SOURCE_TAIL = re.compile(r"\s*(?:\[[^\]]*\]?|【.*|官方账号|官方帐号|\(.*|（.*|作者.*|责编.*|编辑.*|责任编辑.*)$")
_SCRIPT_SOURCES = ("media", "media_name", "mediaName", "mediaSource", "source", "sourceName", "source_name")
_SCRIPT_VALUE = re.compile(r"""["']?\s*[:=]\s*["']([^"'<>{}]{2,30})["']""")
_SOURCE_LABEL = re.compile(rf"^(?:{words.SOURCE})\s*[:：]")
_REPORTER = re.compile(r"(?:首席|特约|见习|实习|全媒体|融媒体)*记者$|(?<=[网报社台])讯$")
_TODAY = re.compile("星期|今天是")
_DATE_TAIL = re.compile(r"\s*[(（]?(?:19|20)\d\d\s?[-/.年].*$")
_HOST_TAIL = re.compile(rf"\s*{words.HOST}.*$")
_TWO_LETTERS = re.compile(r"[^\W\d_].*[^\W\d_]")
_PAGE = re.compile(r"第\s?\w{1,4}\s?版")
_ACCOUNT_END = re.compile("[记記说說谈談侃圈控站刊讯訊]$")  # 山野记 is no person
_BAR = re.compile(r"\s*[/／╱|｜]\s*")


def labelled_source(document: Document) -> list[str]:
    """来源 with its label, between headline and story; 稿源 behind the story as well: a CMS wrote it, no account."""
    found = document.once(read_credits)
    values = [value.value for value in found.above if value.kind == "source"]
    return values + [value.value for value in found.below if value.label == "稿源"]


def credited_behind(document: Document) -> Iterator[str]:
    """来源 behind the story beside 作者 or 编辑: a CMS wrote it, and the name beside the date is the site's."""
    near, page = document.once(nearby), document.once(walk)
    for line in near.after[:_JUST_AFTER]:
        read = labels_in(page, line)
        if {value.kind for value in read} & {"author", "editor"}:
            yield from (value.value for value in read if value.kind == "source")


def beside_date(document: Document) -> Iterator[str]:
    """An outlet's name that stands without a label beside the date."""
    near, page = document.once(nearby), document.once(walk)
    authors = set(author_names(document))
    for line in chain(near.below, reversed(near.above[-_ABOVE:])):
        if is_byline(line.text) and line.linked <= 0.6 * len(line.text) and not _TODAY.search(line.text):
            for name in unlabelled(pieces(page, line)):
                desk = _BAR.split(name)[0]
                if name not in authors and not people.is_name(name) and (desk == name or is_outlet(desk)):
                    yield desk
    for line, following in pairwise(near.below):
        for text, other in ((line.text, following.text), (following.text, line.text)):
            alone = len(text) <= _LONGEST_ALONE and is_outlet(text) and not labelled(text)
            if alone and is_byline(other) and not is_byline(text):
                yield text


def account_name(document: Document) -> list[str]:
    """The account a self-media page shows as publisher, near the headline; a person's name is an author's."""
    return [text for text in document.once(account_lines) if not people.is_name(text) and not people.in_line(text)]


def stated_source(document: Document) -> list[str]:
    """The outlet that the page's scripts name, where all of them name the same: lists of other articles do not."""
    values = set(values_after(document.script_text, _SCRIPT_SOURCES, _SCRIPT_VALUE))
    values = {value for value in values if re.search("[\u3400-\u9fff]", value)}
    return list(values) if len(values) == 1 else []


def trailing_source(document: Document) -> list[str]:
    """来源 with its label, behind the story."""
    return [value.value for value in document.once(read_credits).below if value.kind == "source"]


def printed_in(document: Document) -> list[str]:
    """The paper whose day and page stand near the story: 《某某日报》（2024年05月10日 04版）."""
    near = document.once(nearby)
    lines = (line.text for line in chain(near.below, near.closing, near.after) if "版" in line.text)
    found = [match[1].strip() for text in lines if len(text) <= _LONGEST_IMPRINT and (match := IMPRINT.search(text))]
    return [name for name in found if name.endswith(("报", "報", "刊"))]


def clean_source(name: str) -> str | None:
    """An outlet's name without what runs on behind it; None for what names no outlet (网络, 综合)."""
    name = bare(_SOURCE_LABEL.sub("", tidy(name))).strip(" :：|｜·-—/,，。;；>")
    name = _HOST_TAIL.sub("", _DATE_TAIL.sub("", name))
    name = re.sub(r"(?<=[\u3400-\u9fff\w])\s+(?=[\u3400-\u9fff]).*$", "", name)
    name = _REPORTER.sub("", _SOURCE_TAIL.sub("", name)).strip(" “”\"'·|")
    if re.fullmatch("《[^《》]*》", name) or name.count("《") != name.count("》"):
        name = name.strip("《》 ")
    if not 2 <= len(name) <= _LONGEST_SOURCE or _NO_SOURCE.fullmatch(name) or not _TWO_LETTERS.search(name):
        return None
    # Three characters that are a person's name credit a person, not an outlet.
    if re.search(r"[。！？]|https?:", name) or is_furniture(name) or _PAGE.match(name):
        return None
    if len(name) == 3 and people.is_name(name) and not _ACCOUNT_END.search(name):
        return None
    return name
