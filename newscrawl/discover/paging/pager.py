"""Read pagers: numbered addresses of one list or story, and the scripts that render pagers.

Two CMS families have a function `createPageHTML`. TRS counts pages from 0, and its page k is `index_k`. The other
counts from 1, takes the box's id as first argument, and its page k is `name_k`. In both, `current + 1` is next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.discover.anchors import anchors
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.script import Number, holes, read_script
from newscrawl.urls import join

if TYPE_CHECKING:
    from newscrawl.discover.anchors import Anchor
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.script import Group, Script

MOST_PAGES = 100_000  # pages of one list; a larger number in a script is not believed
_ADDRESS = re.compile(r"(?P<head>.*?)(?P<suffix>[_-]p?(?P<number>\d{1,3}))?(?P<extension>\.\w{2,5})?", re.IGNORECASE)
_PAGE_QUERY = re.compile(
    r"(?P<lead>[?&])(?P<name>page|pageindex|pageno|pagenum|page_?id|currpage|curpage|pn|p|pp)=(?P<number>\d{1,4})(?=&|$)",
    re.IGNORECASE,
)
_CALL = re.compile(r"\w{0,24}page\w{0,24}", re.IGNORECASE)
_EXTENSION = re.compile(r"\.?(?:s?html?|jsp|php|aspx?)", re.IGNORECASE)
# A quick test for a call that renders a pager: parsing all other scripts would take longer than extracting the story.
_QUOTED_EXTENSION = re.compile(rf"""["'`](?:{_EXTENSION.pattern})["'`]""", re.IGNORECASE)
_CALLED = re.compile(r"age\w{0,24}\s*\((?:[^;,]{0,200},){3}")  # case-sensitive, which lets `re` search faster
_NUMBERED_NAME = re.compile(
    r"(?P<head>.*(?:^|/)(?:index|list|page|default|more))(?P<number>\d{1,3})(?P<extension>\.\w{2,5})", re.IGNORECASE
)
_COUNT = re.compile(r"countPage\s*=\s*(\d{1,9})")
_CURRENT = re.compile(r"currentPage\s*=\s*(\d{1,9})")
_NEXT = re.compile(
    r"[\[【(（]?\s*(?:下一?[页頁]|[后後]一?[页頁]|next(?: ?page)?|[›»>]{1,2})\s*[>›»→]*\s*[\]】)）]?", re.IGNORECASE
)
_PREVIOUS = re.compile(
    r"[\[【(（]?\s*[<‹«←]*\s*(?:上一?[页頁]|前一?[页頁]|prev(?:ious)?(?: ?page)?|[‹«<]{1,2})\s*[\]】)）]?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\[【(（]?\s*(?:第\s*)?(\d{1,3})\s*(?:[页頁])?\s*[\]】)）]?")
_LAST = re.compile(r"(?:尾[页頁]|末[页頁]|最后一?[页頁]|last)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Numbered:
    """An address divided into the stem, which all pages share, and the page's number.

    Args:
        stem: the address without the number; equal for all pages of one list or story.
        number: the number in the address; None if there is none, as usual for page one.
        width: digits to which the number is padded with zeros (`_01`: 2).
        form: `name` for `story_2.html`, `query` for `?page=2`.
        separator: the character before the number in a name.
    """

    stem: str
    number: int | None
    width: int = 1
    form: str = "name"
    separator: str = "_"


@dataclass(frozen=True, slots=True)
class ScriptPager:
    """The facts in a pager script.

    Args:
        total: how many pages there are.
        current: this page's number as the script counts.
        base: the number of page one: 0 or 1.
        name: the file name without number; None if the script takes it from the address.
        extension: without dot; None likewise.
    """

    total: int
    current: int
    base: int
    name: str | None = None
    extension: str | None = None


def numbered(url: str) -> list[Numbered]:
    """Yield the possible readings of an address as a page: with its number, and as page one without a number."""
    readings = []
    if match := _PAGE_QUERY.search(url):
        stem = url[: match.start()] + match["lead"] + url[match.end() :].lstrip("&")
        readings.append(Numbered(stem.rstrip("?&"), int(match["number"]), form="query"))
        return readings
    address, mark, query = url.partition("?")
    folder, slash, name = address.rpartition("/")
    match = _ADDRESS.fullmatch(name)
    if match and match["suffix"] and match["head"]:
        stem = f"{folder}{slash}{match['head']}{match['extension'] or ''}{mark}{query}"
        readings.append(
            Numbered(
                stem, int(match["number"]), _width(match["number"]), separator=match["suffix"][: -len(match["number"])]
            )
        )
    elif match := _NUMBERED_NAME.fullmatch(name):  # index2.html
        stem = f"{folder}{slash}{match['head']}{match['extension']}{mark}{query}"
        readings.append(Numbered(stem, int(match["number"]), _width(match["number"]), separator=""))
    readings.append(Numbered(url, None))
    return readings


def _width(digits: str) -> int:
    """Return the width to which a number is padded with zeros; 1 if it is not padded."""
    return len(digits) if digits.startswith("0") else 1


def numbered_address(stem: str, number: int, width: int = 1, separator: str = "_") -> str:
    """Write page `number` of a stem: `…/story.html` → `…/story_02.html`."""
    address, mark, query = stem.partition("?")
    folder, slash, name = address.rpartition("/")
    head, dot, extension = name.rpartition(".")
    if not dot:
        head, extension = name, ""
    return f"{folder}{slash}{head}{separator}{number:0{width}d}{dot}{extension}{mark}{query}"


@analysis
def script_pager(document: Document) -> ScriptPager | None:
    """Read the pager that a script renders: `createPageHTML(…)` in both forms, similar calls, or TRS's `countPage`."""
    scripts = document.script_text
    if (_CALLED.search(scripts) or "PAGE" in scripts) and _QUOTED_EXTENSION.search(scripts):
        script = read_script(scripts)
        for group in script.groups:
            if (
                group.kind == "("
                and _CALL.fullmatch(group.call.rpartition(".")[2])
                and (pager := _call(group, script, document.url))
            ):
                return pager
    count, current = _COUNT.search(scripts), _CURRENT.search(scripts)
    if count and current and 1 < int(count[1]) <= MOST_PAGES:
        return ScriptPager(int(count[1]), int(current[1]), 0)
    return None


def _call(call: Group, script: Script, url: str) -> ScriptPager | None:
    """Read the arguments of `createPageHTML`: [box,] total, current, name, extension [, rows]; variables too."""
    found = [_constant(value, script) for value in call.values if isinstance(value, str)]
    boxed = bool(found) and not isinstance(found[0], Number)
    numbers = [int(value) for value in found if isinstance(value, Number) and value.isdigit() and len(value) < 10]
    names = [value for value in found[1:] if not isinstance(value, Number)]
    if len(numbers) < 2 or len(names) < 2 or not names[0] or holes(names[0]) or not _EXTENSION.fullmatch(names[1]):
        return None
    total, current = numbers[:2]
    own = numbered(url)[0].number
    base = current if own is None and current in (0, 1) else int(boxed)
    return ScriptPager(total, current, base, names[0], names[1].lstrip("."))


def _constant(value: str, script: Script) -> str:
    """Return an argument's value: a constant, or the value assigned to the variable or object field that it names."""
    named = holes(value)
    return (
        script.assigned.get(named[0].rpartition(".")[2], value)
        if len(named) == 1 and len(value) == len(named[0]) + 2
        else value
    )


def script_address(document: Document, pager: ScriptPager, number: int) -> str | None:
    """Return the address of page `number` (as the script counts) of a page's pager; None if it is unknown."""
    if pager.name is None:
        own = numbered(document.url)[0]
        stem = own.stem if own.number == pager.current and own.number else document.url
        stem += "index.html" if stem.endswith("/") else ""
    else:
        stem = join(document.base_url, f"{pager.name}.{pager.extension}")
    if not stem:
        return None
    return stem if number <= pager.base else numbered_address(stem, number)


class Saying(NamedTuple):
    """The meaning of a pager link's text: a page number, or a step of pages; the last page is the step `LAST`."""

    number: int | None = None
    step: int = 0


NEXT, PREVIOUS, LAST = 1, -1, 2


@lru_cache(maxsize=4096)
def says(text: str) -> Saying | None:
    """Return the meaning of a link's text in a pager (`3`, `[3]`, `第3页`, 下一页, 上一页, 尾页), or None."""
    if not text or len(text) > 14:
        return None
    if match := _NUMBER.fullmatch(text):
        return Saying(number=int(match[1]))
    for pattern, step in ((_NEXT, NEXT), (_PREVIOUS, PREVIOUS), (_LAST, LAST)):
        if pattern.fullmatch(text):
            return Saying(step=step)
    return None


@analysis
def pager_anchors(document: Document) -> list[tuple[Anchor, Saying]]:
    """Return the links of a page that may belong to a pager."""
    return [
        (anchor, saying)
        for anchor in anchors(document)
        if len(shown := anchor.shown or anchor.text) <= 14 and (saying := says(shown))
    ]
