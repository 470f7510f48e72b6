"""Who made an article: 来源, authors and editors, from bylines, datelines, signatures, credits and accounts."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.extract import people
from newscrawl.extract import vocabulary as words
from newscrawl.extract.byline import is_byline, is_credit, is_outlet, unlabelled
from newscrawl.extract.labels import Labelled, labelled, run_together
from newscrawl.extract.nearby import nearby, pieces
from newscrawl.extract.scripts import values_after
from newscrawl.extract.walk import walk
from newscrawl.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newscrawl.extract.document import Document
    from newscrawl.extract.walk import Line

_LONGEST_CREDIT = 200
_JUST_AFTER = 4  # lines
_LAST = 2  # lines in which a name in brackets is a signature
_LONGEST_VALUE = 20
_LONGEST_SOURCE = 40
_NO_SOURCE = re.compile(rf"(?:本站|本网|网站|平台)?(?:{words.NO_OUTLET})")
_SOURCE_TAIL = re.compile(r"\s*(?:\[[^\]]*\]?|【.*|官方账号|官方帐号|\(.*|（.*|作者.*|责编.*|编辑.*|责任编辑.*)$")
# A class or id that names an element as the account's name; CMSs of self-media agree on these words.
_ACCOUNT = re.compile(
    r"(?:[a-z]+[-_])*(?:author|media|account|source|user|nick|profile|publisher)(?:[-_]?(?:name|nickname|title))?|js_name",
    re.IGNORECASE,
)
_SCRIPT_SOURCES = ("media", "media_name", "mediaName", "mediaSource", "source", "sourceName", "source_name")
_SCRIPT_VALUE = re.compile(r"""["']?\s*[:=]\s*["']([^"'<>{}]{2,30})["']""")
_WECHAT_ACCOUNT = re.compile(r"""nickname\s*=\s*(?:htmlDecode\()?["']([^"'<>]{2,30})["']""")
_ADMIN = re.compile(r"\w{0,4}管理员")
_SOURCE_LABEL = re.compile(rf"^(?:{words.SOURCE})\s*[:：]")
_REPORTER = re.compile(r"(?:首席|特约|见习|实习|全媒体|融媒体)*记者$")
_REPORT = re.compile(r"(?:报道|報道|報導)$")
_TODAY = re.compile("星期|今天是")
_BAR = re.compile(r"\s*[/／╱|｜]\s*")


class Credits(NamedTuple):
    """What the lines around headline and story say of who made the article."""

    above: list[Labelled]  # labelled values between headline and story
    below: list[Labelled]  # and behind the story


def read_credits(document: Document) -> Credits:
    """Read the labelled values near the story: `document.once(read_credits)`."""
    near, page = document.once(nearby), document.once(walk)

    def values(lines: Iterable[Line], *, credit: bool) -> list[Labelled]:
        found: list[Labelled] = []
        alone: Labelled | None = None  # a label on a line of its own, as in a table: its value is the next line
        for line in lines:
            text = line.text
            if len(text) > _LONGEST_CREDIT:
                continue
            read = labelled(run_together(pieces(page, line)))
            if alone and not read and len(text) <= _LONGEST_VALUE and not is_byline(text):
                found.append(alone._replace(value=text))
            elif not credit or is_credit(text) or is_byline(text):
                found += read
            whole = len(read) == 1 and not read[0].value and len(text) <= len(read[0].label) + 2
            alone = read[0] if whole and read[0].kind in {"source", "author", "editor"} else None
        return found

    head = values(chain(near.below, reversed(near.above)), credit=False)
    head += values(near.opening[:3], credit=True)
    # Further down, author and date alone belong to other articles.
    further = [line for line in near.after[_JUST_AFTER:] if is_credit(line.text)]
    return Credits(head, values(chain(near.closing, near.after[:_JUST_AFTER], further), credit=True))


def labelled_source(document: Document) -> list[str]:
    """来源 with its label, between headline and story; 稿源 behind the story as well: a CMS wrote it, no account."""
    found = document.once(read_credits)
    values = [value.value for value in found.above if value.kind == "source"]
    return values + [value.value for value in found.below if value.label == "稿源"]


def beside_date(document: Document) -> Iterator[str]:
    """An outlet's name that stands without a label beside the date."""
    near, page = document.once(nearby), document.once(walk)
    authors = set(author_names(document))
    for line in chain(near.below, reversed(near.above[-4:])):
        if is_byline(line.text) and line.linked <= 0.6 * len(line.text) and not _TODAY.search(line.text):
            for name in unlabelled(pieces(page, line)):
                desk = _BAR.split(name)[0]
                if name not in authors and not people.is_name(name) and (desk == name or is_outlet(desk)):
                    yield desk
    for line, following in pairwise(near.below):
        for text, other in ((line.text, following.text), (following.text, line.text)):
            alone = len(text) <= _LONGEST_VALUE and is_outlet(text) and not labelled(text)
            if alone and is_byline(other) and not is_byline(text):
                yield text


def account_name(document: Document) -> Iterator[str]:
    """The account a self-media page shows as publisher, near the headline."""
    near, page = document.once(nearby), document.once(walk)
    for line in chain(near.below, near.opening[:2]):
        if 2 <= len(line.text) <= 20:
            around = [page.elements[line.start], page.elements[line.block], page.elements[page.parents[line.start]]]
            names = (name for element in around for name in f"{element.get('class')} {element.get('id')}".split())
            if any(map(_ACCOUNT.fullmatch, names)) and not labelled(line.text):
                yield line.text


def wechat_account(document: Document) -> list[str]:
    """The account of a WeChat article, which its script names."""
    return list(values_after(document.script_text, ("var ",), _WECHAT_ACCOUNT))


def stated_source(document: Document) -> list[str]:
    """The outlet that the page's scripts name, where all of them name the same: lists of other articles do not."""
    values = set(values_after(document.script_text, _SCRIPT_SOURCES, _SCRIPT_VALUE))
    values = {value for value in values if re.search("[\u3400-\u9fff]", value)}
    return list(values) if len(values) == 1 else []


def trailing_source(document: Document) -> list[str]:
    """来源 with its label, behind the story."""
    return [value.value for value in document.once(read_credits).below if value.kind == "source"]


def clean_source(name: str) -> str | None:
    """An outlet's name without what runs on behind it; None for what names no outlet (网络, 本站, 综合)."""
    name = _SOURCE_LABEL.sub("", tidy(name)).strip(" :：|｜·-—/,，。;；>》")
    name = re.sub(
        r"\s*[(（]?(?:19|20)\d\d\s?[-/.年].*$|\s*(?:https?://)?(?:[\w-]+\.)+(?:com|cn|net|org|ca|tw|hk)\b.*$", "", name
    )
    name = re.sub(r"(?<=[\u3400-\u9fff\w])\s+(?=[\u3400-\u9fff]).*$", "", name)
    name = _REPORTER.sub("", _SOURCE_TAIL.sub("", name)).strip(" 《》“”\"'·|")
    if not 2 <= len(name) <= _LONGEST_SOURCE or _NO_SOURCE.fullmatch(name) or not re.search(r"[^\W\d_]", name):
        return None
    # Three characters that are a person's name credit a person, not an outlet.
    if re.search(r"[。！？]|https?:", name) or (len(name) == 3 and people.is_name(name)):
        return None
    return name


def author_names(document: Document) -> list[str]:
    """Persons credited with the text: in the byline, in the dateline, in a closing signature."""
    return document.once(find_authors)


def find_authors(document: Document) -> list[str]:
    """Gather the authors from all the places they stand in."""
    near, page, found = document.once(nearby), document.once(walk), document.once(read_credits)
    authors: list[str] = []
    for value in chain(found.above, found.below):
        if value.kind == "author":
            # 记者 sign with their names; an interview has 记者：是吗？
            authors += people.names(value.value, strict="者" in value.label and "作者" not in value.label)
    for line in chain(reversed(near.above[-3:]), near.below, near.opening):
        authors += people.in_line(line.text) or people.in_dateline(line.text)
    for line in chain(near.below, reversed(near.above)):
        if is_byline(line.text):  # 快訊／范姜佳鈺: the desk and the reporter
            for text in unlabelled(pieces(page, line)):
                parts = _BAR.split(text)[1:] or ([text] if _REPORT.search(text) else [])
                authors += [name for part in parts for name in people.names(part, strict=True)] or people.in_line(text)
    for place, line in enumerate(reversed(near.closing)):
        authors += people.in_line(line.text) or people.in_signature(line.text, bare=place < _LAST)
    if wechat_account(document):
        authors += [name for value in document.metas.get("author", ()) for name in people.names(value)]
    authors = list(dict.fromkeys(authors))
    # Some CMSs fill in the editor as author.
    return [name for name in authors if name not in editor_names(document)] or authors


def editor_names(document: Document) -> list[str]:
    """编辑, 责任编辑 and 责编, without staff codes; an account name (系统管理员) where the page credits that."""
    found = document.once(read_credits)
    editors = [value.value for value in chain(found.above, found.below) if value.kind == "editor"]
    return list(dict.fromkeys(name for text in editors for name in (people.names(text) or _ADMIN.findall(text))))
