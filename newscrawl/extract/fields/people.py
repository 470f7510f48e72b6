"""Who made an article: authors and editors, from bylines, datelines, signatures, credits and accounts."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.extract.language import names as people
from newscrawl.extract.language import signing
from newscrawl.extract.language.byline import (
    Token,
    edited_by,
    is_credit,
    is_nobody,
    is_outlet,
    is_short_name,
    is_statement,
    may_be_byline,
    reporters_of,
)
from newscrawl.extract.language.labels import bare, labelled, may_label
from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.language.plain import plain
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import walk, words_inside
from newscrawl.extract.page.scripts import values_after
from newscrawl.extract.zones.nearby import nearby
from newscrawl.extract.zones.story import story
from newscrawl.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line, Walk
    from newscrawl.extract.zones.nearby import Nearby

_ABOVE = 3  # lines over the headline that may name a reporter
_JUST_AFTER = 4  # lines behind the story
_LAST = 2  # lines in which a name in brackets is a signature
_LONGEST_VALUE = 20
_LONGEST_ENDING = 40
_FEWEST_IN_BOX = 3  # lines of an article in an element of its own
_LONGEST_EDITOR = 12  # characters of a credit that is no person's name: 温网编辑, 系统管理员
_ACCOUNT = Cues("account_name")
_FIELD = re.compile(r"(?:article|news|content)[-_](source|author|editor)(?![a-z])")
_WECHAT_ACCOUNT = re.compile(r"""\s*=\s*(?:htmlDecode\()?["']([^"'<>]{2,30})["']""")
_REPRINTED = Cues("reprinted")
_BY = re.compile(
    r"(?:^|[\s|·,，])(?:[Bb]y|由)\s+([\u3400-\u9fff·]{2,8}|[A-Z][a-z]+(?: [A-Z][a-z]+){1,2})(?=$|[\s|·,，\d])"
)
_ENDS = ("。", "！", "？", "”", "…", "）", "」")  # of a sentence
_NAMES_FOLLOW = re.compile(r"[^。,，]{0,16}(?:记者|作者|通讯员)")  # on the line below
_DIGITS = re.compile(r"\d\d?\D\d\d")  # every date contains one of these
_MAY_SIGN = re.compile("[者员員文/／|｜丨□■]")  # every line that signs contains one of these
_STAFF_CODE = re.compile(r"[_\s-]*[A-Za-z]{0,5}\d{2,}\S*$|[(（]\w*\d+\w*[)）]$")


class Credits(NamedTuple):
    """The credits in the lines around headline and story."""

    above: list[Token]  # between headline and story
    below: list[Token]  # and behind the story


@analysis
def read_credits(document: Document) -> Credits:
    """Read the labelled values near the story."""
    near = nearby(document)

    def values(lines: Iterable[Line], *, credit: bool, upwards: bool = False) -> list[Token]:
        found: list[list[Token]] = []
        alone: Token | None = None  # a label on a line of its own, as in a table: its value is the next line
        for line in lines:
            text = line.text
            labels = near.tokens(line) if may_label(text) else ()
            read = [token for token in labels if token.label and not is_statement(token)]
            if alone and not read and len(text) <= _LONGEST_VALUE and not near.is_byline(line):
                found.append([alone._replace(text=bare(text))])
            elif read and (not credit or near.is_byline(line) or _is_told(text)):
                found.append(read)
            elif credit and (ending := _ending(text)):
                found.append(ending)
            whole = len(read) == 1 and not read[0].text and len(text) <= len(read[0].label) + 2
            alone = read[0] if whole else None
        return list(chain.from_iterable(reversed(found) if upwards else found))

    above = [line for line in near.above if not _is_headline(line)]
    head = values(near.below, credit=False) + values(above, credit=False, upwards=True) + _hidden_fields(near.page)
    head += values(near.opening[:3], credit=True)
    # Further down, author and date alone belong to other articles.
    behind = [
        line
        for number, line in enumerate(near.after)
        if not _is_headline(line) and (number < _JUST_AFTER or is_credit(line.text))
    ]
    return Credits(head, values(chain(near.closing, behind), credit=True))


def _hidden_fields(page: Walk) -> list[Token]:
    """The article's source in text areas that a script reads: `<textarea class="article-source-name">`."""
    found = []
    for element in page.noted["textarea"]:
        text, field = tidy(element.text or ""), _FIELD.search(f"{element.get('class')} {element.get('id')}")
        if field and text and len(text) <= _LONGEST_VALUE:
            values = labelled(text)
            found.append(
                Token(values[0].kind if values else field[1], values[0].value if values else text, 0, field[1])
            )
    return found


def _is_headline(line: Line) -> bool:
    """A line behind the story is another article's headline: nearly all of it is a link."""
    return len(line.text) > _LONGEST_VALUE and line.linked > 0.9 * len(line.text)


def _ending(text: str) -> list[Token]:
    """Credits that run on at the end of the last paragraph: …全部售完。（责任编辑：张三）, …来源：云溪网编辑：张三."""
    tail = text[-_LONGEST_ENDING:]
    values = labelled(tail) if len(tail) < len(text) or "。" in tail else ()
    found: list[Token] = []
    begins = len(tail)
    for value in reversed(values):
        if value.end < begins - 2 or re.search("[。！？，]", value.value):
            break
        found.append(Token(value.kind, value.value, value.start, value.label))
        begins = value.start
    parted = [tail[token.start - 1] in " （(【[。！？”" for token in found]
    whole = parted[-1:] == [True]  # one credit runs into the next
    return [
        token
        for token, apart in zip(found, parted, strict=True)
        if token.kind in {"editor", "source"} and (apart or whole)
    ][::-1]


def _is_told(text: str) -> bool:
    """Whether a line in or under the story says who made it."""
    return bool(is_credit(text) or signing.in_line(text) or _REPRINTED(text))


@analysis
def account_lines(document: Document) -> list[str]:
    """The short lines near the headline that stand in an element named as the author or the account."""
    near, page = nearby(document), walk(document)
    found = []
    for line in chain(near.below, near.opening[:2]):
        if 2 <= len(line.text) <= _LONGEST_VALUE and not labelled(line.text):
            around = {line.start, line.block, page.parents[line.start]}
            outer = page.parents[line.block]
            while outer and page.lines[page.first[outer]] is line and page.last[outer] - page.first[outer] <= 2:
                around.add(outer)  # the account, and one line below it
                outer = page.parents[outer]
            start, alone = page.elements[line.start], page.last[line.start] - page.first[line.start] == 1
            if alone and _names_account(start):  # what runs on behind it is no part of its name
                found.append(words_inside(start))
            elif any(_names_account(page.elements[number]) for number in around):
                beside = [token.text for token in near.tokens(line) if token.kind not in {"date", "updated", "filler"}]
                found.append(beside[0] if len(beside) == 1 else line.text)
    return found


def _names_account(element: HtmlElement) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}".split()
    return any(map(_ACCOUNT, names))


def wechat_account(document: Document) -> list[str]:
    """The account of a WeChat article, which its script names."""
    return _wechat_accounts(document)


@analysis
def _wechat_accounts(document: Document) -> list[str]:
    return list(values_after(document.script_text, ("var nickname",), _WECHAT_ACCOUNT))


def author_names(document: Document) -> list[str]:
    """Persons credited with the text: in the byline, in the dateline, in a closing signature."""
    return find_authors(document)


@analysis
def find_authors(document: Document) -> list[str]:
    """Gather the authors from all the places they stand in."""
    near, found = nearby(document), read_credits(document)
    authors: list[str] = []
    for token in chain(found.above, found.below):
        if token.kind == "author":
            # 记者 sign with their names; an interview has 记者：是吗？
            reporters = "者" in token.label and "作者" not in token.label
            authors += signing.names(token.text, strict=reporters, told=reporters)
    above = [line for line in reversed(near.above[-_ABOVE:]) if line.linked < 0.9 * len(line.text)]
    signed: list[str] = []
    for line in chain(above, near.below, near.opening):
        beside = reporters_of(line.text) if signed else []  # 通讯员 张三 on the line above
        signed = signing.in_line(line.text) or beside
        authors += signed or signing.in_dateline(line.text)
    authors += _in_bylines(document)
    behind = [line for line in near.after[:_LAST] if not line.links]  # the story's edges cut its signature off
    told = story(document)
    for line in near.page.lines[told.lines.start : told.lines.stop] if told else ():
        if len(line.text) <= _LONGEST_VALUE:
            authors += signing.in_line(line.text) if _MAY_SIGN.search(line.text) else ()
        elif "者" in line.text[-_LONGEST_VALUE:]:
            authors += signing.in_signature(line.text, bare=False)
    for line in behind:
        authors += signing.in_line(line.text) or signing.in_signature(line.text, bare=False)
    for place, line in enumerate(reversed(near.closing)):
        bare = place < _LAST and not any(token.kind == "story" for token in near.tokens(line))
        authors += signing.in_line(line.text) or signing.in_signature(line.text, bare=bare)
        authors += _signed_alone(near, len(near.closing) - 1 - place) if bare else ()
    for line in chain(near.closing[-_LAST:], near.after[:_JUST_AFTER]):
        if is_credit(line.text):
            authors += [token.text for token in near.tokens(line) if token.kind == "person"]
    authors += [text for text in account_lines(document) if people.is_name(text) or people.is_plain_name(text)]
    if wechat_account(document):
        authors += [name for value in document.metas.get("author", ()) for name in signing.names(value)]
    return _without_others(document, list(dict.fromkeys(authors)))


def _without_others(document: Document, authors: list[str]) -> list[str]:
    """Leave out the outlet, and the editor, where a CMS filled them in as author; who reported is author as well."""
    outlets = {token.text.lower() for token in read_credits(document).above if token.kind == "source"}
    authors = [name for name in authors if not (name.isascii() and name.lower() in outlets)]
    editors = editor_names(document) if authors else []
    if not set(authors) & set(editors):
        return authors
    reporters = {name for line in nearby(document).opening for name in signing.in_dateline(line.text)}
    return [name for name in authors if name not in editors or name in reporters] or authors


def _signed_alone(near: Nearby, number: int) -> list[str]:
    """The persons who stand alone, or behind their office, on a line under the last sentence."""
    line, above = near.closing[number], near.closing[number - 1].text if number else ""
    short = len(line.text) <= _LONGEST_VALUE and not signing.may_tell(line.text)
    read = near.tokens(line) if short and (above.endswith(_ENDS) or _NAMES_FOLLOW.fullmatch(plain(above))) else ()
    place, _, name = line.text.partition(" ")
    if read and people.is_name(name) and people.is_organisation(plain(place)):
        return [name]  # 云溪县石桥乡青山村 张小山
    alone = all(token.kind in {"person", "outlet"} for token in read)
    return [token.text for token in read if token.kind == "person"] if alone else []


def _in_bylines(document: Document) -> list[str]:
    """Persons who stand in a byline without a label, or alone: on the line next to the date's or to the headline."""
    near = nearby(document)
    authors: list[str] = []
    for lines in (near.below, near.above[-_ABOVE:]):
        dated = [
            may_be_byline(line.text) and any(token.kind in {"date", "published"} for token in near.tokens(line))
            for line in lines
        ]
        for number, line in enumerate(lines):
            beside = any(dated[max(0, number - 1) : number + 2])
            first = number == 0 and lines is near.below
            if not (beside or first or near.is_byline(line)):
                continue
            read = near.tokens(line)
            linked = line.linked >= 0.9 * len(line.text)
            short = [
                token for token in read if lines is near.below and beside and not linked and _may_be_short_name(token)
            ]
            others = sum(token.kind not in {"person", "outlet", "filler"} for token in read if token not in short)
            alone = others == 0 and (lines is near.below or not linked)
            short = short if alone or any(token.kind == "outlet" for token in read) else []
            persons = [token.text for token in read if token.kind == "person" or token in short]
            if (alone and (beside or first)) or (near.is_byline(line) and not linked):
                authors += [*persons, *_BY.findall(line.text)]
    return authors


def _may_be_short_name(token: Token) -> bool:
    return token.kind == "other" and not token.label and is_short_name(token.text)


def editor_names(document: Document) -> list[str]:
    """编辑, 责任编辑 and 责编, without staff codes; an account name (系统管理员) where the page credits that."""
    return find_editors(document)


@analysis
def find_editors(document: Document) -> list[str]:
    """Gather the editors from the credits, behind other articles' too, and from names signed in brackets."""
    found, near = read_credits(document), nearby(document)
    editors = [token.text for token in chain(found.above, found.below) if token.kind == "editor" and token.text]
    for line in chain(near.closing, near.after[:_JUST_AFTER]):
        editors += edited_by(line.text)
    editors = editors or _far_behind(near)
    return list(dict.fromkeys(name for text in editors for name in (signing.names(text) or _as_credited(text))))


def _far_behind(near: Nearby) -> list[str]:
    """The editor whom a line names behind lists and comments, unless another article's byline comes first."""
    lines = near.page.lines
    numbers = sorted({*near.page.lines_with("编"), *near.page.lines_with("編")})
    for number in numbers[bisect_left(numbers, near.rest.start) :]:
        read = near.tokens(lines[number]) if len(lines[number].text) <= _LONGEST_ENDING else ()
        editors = [token.text for token in read if token.kind == "editor"]
        if editors and all(token.label for token in read):
            between = (line for line in lines[near.rest.start : number] if _DIGITS.search(line.text))
            bylines = (line for line in between if _dates_an_outlet({token.kind for token in near.tokens(line)}))
            return [] if any(_in_one_box(near, line, number) for line in bylines) else editors
    return []


def _dates_an_outlet(kinds: set[str]) -> bool:
    """A line is another article's byline."""
    return "date" in kinds and bool(kinds & {"source", "outlet"})


def _in_one_box(near: Nearby, byline: Line, number: int) -> bool:
    """Whether a line may belong to another article, whose byline precedes it: not if that article has its own box."""
    page = near.page
    box = byline.block
    while page.first[page.parents[box]] >= near.rest.start - len(near.after):
        box = page.parents[box]
    return number < page.last[box] or page.last[box] - page.first[box] < _FEWEST_IN_BOX


def _as_credited(text: str) -> list[str]:
    """A credit that is no person's name: 温网编辑, 系统管理员; not a bare staff code."""
    text = bare(_STAFF_CODE.sub("", text.split(maxsplit=1)[0])) if text.split() else ""
    credited = 1 < len(text) <= _LONGEST_EDITOR and not is_nobody(text) and not is_outlet(text)
    return [text] if credited and not re.search("[。，！？“]", text) and plain(text).isalnum() else []
