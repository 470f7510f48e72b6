"""Who made an article: authors and editors, from bylines, datelines, signatures, credits and accounts."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.extract.fields.byline import edited_by, is_byline, is_credit, is_outlet, unlabelled
from newscrawl.extract.language import names as people
from newscrawl.extract.language.labels import Labelled, bare, labelled
from newscrawl.extract.page.lines import walk, words_inside
from newscrawl.extract.page.scripts import values_after
from newscrawl.extract.zones.nearby import labels_in, nearby, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line

_LONGEST_CREDIT = 200
_JUST_AFTER = 4  # lines
_LAST = 2  # lines in which a name in brackets is a signature
_LONGEST_VALUE = 20
# A class or id that names an element as the account's name; CMSs of self-media agree on these words.
_ACCOUNT = re.compile(
    r"(?:[a-z]+[-_]{1,2})*(?:author|account|source|publisher)(?:[-_]?(?:name|nickname|title))?(?:[-_]\w{1,8})?"
    r"|(?:[a-z]+[-_]{1,2})*(?:media|user|nick|profile)[-_]?(?:name|nickname|user)(?:[-_]\w{1,8})?|js_name",
    re.IGNORECASE,
)
_WECHAT_ACCOUNT = re.compile(r"""\s*=\s*(?:htmlDecode\()?["']([^"'<>]{2,30})["']""")
# A credit that runs on at the end of the last paragraph: …全部售完。（责任编辑：张三）
_ENDING = re.compile(r"(?:责任编辑|責任編輯|责编|编辑|来源|稿源)\s*[:：][^。！？，]{2,24}$")
# 本文来自微信公众号“山里人家”，作者：张三，…授权发布。
_REPRINTED = re.compile(r"本文.{0,4}(?:来自|转自|转载自|首发于|原载于?)")
_ADMIN = re.compile(r"\w{0,4}管理员")
_REPORT = re.compile(r"(?:报道|報道|報導)$")
_BY = re.compile(r"(?:^|[\s|·,，])(?:[Bb]y|由)\s+([\u3400-\u9fff·]{2,8})(?=$|[\s|·,，])")
_SIGNED_EDITOR = re.compile(r"[（(]\s*([\u3400-\u9fff、\s]{2,12}?)\s*(?:责任)?(?:编辑|編輯)\s*[)）]")  # （张三 编辑）
_BAR = re.compile(r"\s*[/／╱|｜]\s*")


class Credits(NamedTuple):
    """What the lines around headline and story say of who made the article."""

    above: list[Labelled]  # labelled values between headline and story
    below: list[Labelled]  # and behind the story


def read_credits(document: Document) -> Credits:
    """Read the labelled values near the story: `document.once(read_credits)`."""
    near, page = document.once(nearby), document.once(walk)

    def values(lines: Iterable[Line], *, credit: bool, upwards: bool = False) -> list[Labelled]:
        found: list[list[Labelled]] = []
        alone: Labelled | None = None  # a label on a line of its own, as in a table: its value is the next line
        for line in lines:
            text = line.text
            read = labels_in(page, line) if len(text) <= _LONGEST_CREDIT else ()
            if alone and not read and len(text) <= _LONGEST_VALUE and not is_byline(text):
                found.append([alone._replace(value=bare(text))])
            elif read and (not credit or _is_told(text)):
                found.append(list(read))
            elif credit and (":" in text or "：" in text) and (ending := _ENDING.search(text)):
                found.append(list(labelled(ending[0])))
            whole = len(read) == 1 and not read[0].value and len(text) <= len(read[0].label) + 2
            alone = read[0] if whole and read[0].kind in {"source", "author", "editor"} else None
        return list(chain.from_iterable(reversed(found) if upwards else found))

    head = values(near.below, credit=False) + values(near.above, credit=False, upwards=True)
    head += values(near.opening[:3], credit=True)
    # Further down, author and date alone belong to other articles.
    further = [line for line in near.after[_JUST_AFTER:] if is_credit(line.text)]
    return Credits(head, values(chain(near.closing, near.after[:_JUST_AFTER], further), credit=True))


def _is_told(text: str) -> bool:
    """Whether a line in or under the story says who made it."""
    return bool(is_credit(text) or is_byline(text) or people.in_line(text) or _REPRINTED.match(text))


def account_lines(document: Document) -> list[str]:
    """The short lines near the headline that stand in an element named as the author or the account."""
    near, page = document.once(nearby), document.once(walk)
    found = []
    for line in chain(near.below, near.opening[:2]):
        if 2 <= len(line.text) <= _LONGEST_VALUE and not labelled(line.text):
            around = {line.start, line.block, page.parents[line.start]}
            outer = page.parents[line.block]
            if page.lines[page.first[outer]] is line and page.last[outer] - page.first[outer] == 2:
                around.add(outer)  # the account, and one line below it
            start, alone = page.elements[line.start], page.last[line.start] - page.first[line.start] == 1
            if alone and _names_account(start):  # what runs on behind it is no part of its name
                found.append(words_inside(start))
            elif any(_names_account(page.elements[number]) for number in around):
                found.append(line.text)
    return found


def _names_account(element: HtmlElement) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}".split()
    return any(map(_ACCOUNT.fullmatch, names))


def wechat_account(document: Document) -> list[str]:
    """The account of a WeChat article, which its script names."""
    return document.once(_wechat_accounts)


def _wechat_accounts(document: Document) -> list[str]:
    return list(values_after(document.script_text, ("var nickname",), _WECHAT_ACCOUNT))


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
            beside = unlabelled(pieces(page, line))
            if any(map(is_outlet, beside)):
                authors += filter(people.is_plain_name, beside)
            for text in beside:
                desk, *parts = _BAR.split(text)
                parts = parts or ([desk] if _REPORT.search(desk) else [])
                authors += people.in_line(desk)
                authors += [name for part in parts for name in people.names(part, strict=True)]
            authors += _BY.findall(" ".join(pieces(page, line)))
    for place, line in enumerate(reversed(near.closing)):
        authors += people.in_line(line.text) or people.in_signature(line.text, bare=place < _LAST)
    authors += filter(people.is_name, document.once(account_lines))
    if wechat_account(document):
        authors += [name for value in document.metas.get("author", ()) for name in people.names(value)]
    authors = list(dict.fromkeys(authors))
    # Some CMSs fill in the editor as author.
    editors = editor_names(document) if authors else []
    return [name for name in authors if name not in editors] or authors


def editor_names(document: Document) -> list[str]:
    """编辑, 责任编辑 and 责编, without staff codes; an account name (系统管理员) where the page credits that."""
    return document.once(find_editors)


def find_editors(document: Document) -> list[str]:
    """Gather the editors from the credits and from names signed in brackets."""
    found = document.once(read_credits)
    editors = [value.value for value in chain(found.above, found.below) if value.kind == "editor"]
    near = document.once(nearby)
    for line in chain(near.closing, near.after[:_JUST_AFTER]):
        match = _SIGNED_EDITOR.fullmatch(line.text)
        editors += [match[1]] if match else edited_by(line.text)
    return list(dict.fromkeys(name for text in editors for name in (people.names(text) or _ADMIN.findall(text))))
