"""Find the parts of a story of several pages, and tell them from next articles and next list pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newscrawl.discover.anchors import anchors
from newscrawl.discover.paging.pager import (
    NEXT,
    PREVIOUS,
    Numbered,
    Saying,
    numbered,
    numbered_address,
    pager_anchors,
    script_address,
    script_pager,
)
from newscrawl.discover.shapes import is_article_address, is_list_address
from newscrawl.extract.kind import refusal
from newscrawl.extract.page.analysis import analysis
from newscrawl.urls import canonical, host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.discover.anchors import Anchor
    from newscrawl.extract.page.document import Document

MOST_PARTS = 99  # a larger number at the end of an address is an id
# Texts of links to the rest of a story, and to a page with the whole story.
_REST = re.compile(
    r"[\[【(（]?\s*(?:点击|展开|阅读|查看|浏览|显示|请看)*(?:本文|文章)?(?:余下|剩余|其余|后续)的?(?:全文|内容|部分|文章|正文)"
    r"\s*(?:[(（]?\d{1,2}/\d{1,2}[)）]?)?\s*[>»›→.…]*\s*[\]】)）]?"
)
_ALL = re.compile(
    r"[\[【(（]?\s*(?:点击|展开|阅读|查看|浏览|显示|在?本页|单页)*(?:显示|阅读|查看)?(?:余下|剩余)?的?全文\s*[>»›→.…]*\s*[\]】)）]?"
)
_ALL_NAME = re.compile(r"(?P<head>[^/?]*\d[^/?]*)[_-](?:all|full|quanwen)(?P<extension>\.\w{2,5})", re.IGNORECASE)
_ALL_QUERY = re.compile(
    r"[?&](?:(?:all|full|showall|viewall)=(?:1|true|y|yes|all)|page=all|p=all)(?=&|$)", re.IGNORECASE
)
# `/48211/2.html`: a folder named by the article's id contains its pages; a folder named by a date contains articles.
_FOLDER = re.compile(
    r"(?P<folder>https?://.*/(?P<id>[^/?]*\d{4}[^/?]*))/(?:(?P<number>\d{1,2})\.\w{2,5}|(?:index\.\w{2,5})?)"
)
_IN_NAME = re.compile(r"(?P<folder>https?://.*/[^/?]*\d{4}[^/?]*)\.s?html?")
_A_DAY = re.compile(r"(?:19|20)\d\d[-_]?\d\d(?:[-_]?\d\d)?")


@dataclass(frozen=True, slots=True)
class Parts:
    """A story of several pages, as one of its pages describes it.

    Args:
        first: canonical address of page one, the story's key whichever part was fetched first.
        number: which part this page is, from 1; 0 for the page with the whole story.
        total: how many parts this page names; with only a "next" link, its own number + 1.
        urls: addresses of the parts 1 to `total`, in order; then of the page with the whole story, if named.
    """

    first: str
    number: int
    total: int
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """A link of the story's pager: the meaning of its text, and the number in its address."""

    url: str
    says: int | None  # the page number in its text
    step: int  # NEXT, PREVIOUS or LAST
    number: int | None  # the number in its address
    width: int


@analysis
def parts_of(document: Document) -> Parts | None:
    """Return which part of a story a page is; None for a story of one page, and for other pages.

    A link belongs to the pager only if its text is a page number, 下一页 or 余下全文 *and* its address differs from
    this page's only in a page number. So 下一篇 and a list's pager never count. 阅读全文 counts if its address has
    only `all` in addition.
    """
    if refusal(document) == "list":
        return None
    if first := _without_all(document.url):
        return Parts(canonical(first), 0, 1, (first,)) if is_article_address(first) else None
    parts = _paged(document)
    whole = _whole(document, parts)
    if whole is None:
        return parts
    # without a pager, it is only known that the page is the first of several
    known = parts or Parts(canonical(document.url), 1, 2, ())
    return replace(known, urls=(*known.urls[: known.total], whole))


def _paged(document: Document) -> Parts | None:
    """Find the part number from the page's pager."""
    for own in _readings(document.url):
        if own.form != "folder" and is_list_address(own.stem):
            return None
        if (own.number or 0) <= MOST_PARTS and (links := _pager_links(document, own)):
            parts = _from_links(document, own, links)
            if parts is not None:
                return parts
    return _from_script(document)


def _readings(url: str) -> Iterator[Numbered]:
    """Yield the possible readings of an address as a part, readings with a folder for the story first."""
    if (match := _FOLDER.fullmatch(url)) and not _A_DAY.fullmatch(match["id"]):
        yield Numbered(match["folder"], int(match["number"]) if match["number"] else None, form="folder")
    elif match := _IN_NAME.fullmatch(url):
        yield Numbered(match["folder"], None, form="folder")
    yield from numbered(url)


def _without_all(url: str) -> str | None:
    """Return the story's address for the address of a whole-story page; None if it is none."""
    if match := _ALL_QUERY.search(url):
        rest = url[: match.start()] + url[match.end() :]
        return rest if "?" in rest or "&" not in rest else rest.replace("&", "?", 1)
    folder, slash, name = url.rpartition("/")
    found = _ALL_NAME.fullmatch(name)
    return f"{folder}{slash}{found['head']}{found['extension']}" if found else None


def _whole(document: Document, parts: Parts | None) -> str | None:
    """Return the address of the page with the whole story, as this page names it."""
    own = {canonical(document.url), *([parts.first] if parts else ())}
    for anchor in anchors(document):
        if len(anchor.shown) <= 20 and _ALL.fullmatch(anchor.shown):
            first = _without_all(anchor.url)
            if first is not None and canonical(first) in own:
                return anchor.url
    return None


def _sayings(document: Document) -> Iterator[tuple[Anchor, Saying]]:
    """Yield the links that may belong to a story's pager."""
    yield from pager_anchors(document)
    for anchor in anchors(document):
        if len(anchor.shown) <= 20 and (_REST.fullmatch(anchor.shown) or _ALL.fullmatch(anchor.shown)):
            yield anchor, Saying(step=NEXT)


def _pager_links(document: Document, own: Numbered) -> list[_Link]:
    """Return this page's links that belong to the pager of the story with this stem."""
    stem, host = canonical(own.stem), host_of(document.url)
    links = []
    for anchor, saying in _sayings(document):
        if host_of(anchor.url) != host:
            continue
        for reading in _readings(anchor.url):
            if reading.form == "folder" and own.form != "folder":
                continue
            if canonical(reading.stem) == stem:
                links.append(_Link(anchor.url, saying.number, saying.step, reading.number, reading.width))
                break
    others = {link.number for link in links} - {own.number}
    return links if others else []


def _from_links(document: Document, own: Numbered, links: list[_Link]) -> Parts | None:
    """Build the parts from the pager's links: the number in an address is the page number plus an offset."""
    offset = _offset(own, links)
    number = 1 if own.number is None else own.number - offset
    known = {number: document.url}
    for link in links:
        page = link.says if link.says is not None else 1 if link.number is None else link.number - offset
        known.setdefault(page, link.url)
    total = max(known)
    if min(known) < 1 or not 2 <= total <= MOST_PARTS:
        return None
    sample = max(links, key=lambda link: link.number is not None)
    first = _page_one(own, links)
    if own.form == "folder" and number == 1:
        first = document.url
    known.setdefault(1, first)
    urls = tuple(known.get(page) or _written(own, sample, page + offset) for page in range(1, total + 1))
    return Parts(canonical(first), number, total, urls)


def _page_one(own: Numbered, links: list[_Link]) -> str:
    """Return the address of page one, the same from every part: without a number, unless pages begin at 0."""
    if own.form == "folder":
        known = sorted((link.number or 0, link.url) for link in links if (link.number or 0) <= 1)
        return known[0][1] if known else f"{own.stem}.html"
    zero = next((link.url for link in links if link.number == 0), None)
    return zero or (numbered_address(own.stem, 0) if own.number == 0 and own.form == "name" else own.stem)


def _offset(own: Numbered, links: list[_Link]) -> int:
    """Return how the numbers in addresses differ from page numbers: 0 if page two is `_2`, -1 if it is `_1`."""
    for link in links:
        if link.says is not None and link.number is not None and link.number - link.says in (0, -1):
            return link.number - link.says
    for link in links:
        if own.number is None and link.step == NEXT and link.number in (1, 2):
            return link.number - 2
        if own.number in (1, 2) and link.step == PREVIOUS and link.number is None:
            return own.number - 2
    return 0


def _written(own: Numbered, sample: _Link, number: int) -> str:
    """Build the address of a part that no link names, in the form of one that is named."""
    if own.form == "folder":
        return f"{own.stem}/{number}.{sample.url.rpartition('.')[2]}"
    reading = numbered(sample.url)[0]
    if reading.form == "query":
        return sample.url.replace(f"={reading.number}", f"={number}", 1)
    name = sample.url.rpartition("/")[2]
    return numbered_address(own.stem, number, sample.width, "-" if "_" not in name and "-" in name else "_")


def _own_name(url: str) -> str:
    """Return an address's file name without its part number, as a pager script writes it."""
    return numbered(url)[0].stem.partition("?")[0].rpartition("/")[2].rpartition(".")[0] or "index"


def _from_script(document: Document) -> Parts | None:
    """Build the parts from a pager script that names this page's own file."""
    scripts = document.script_text
    name = _own_name(document.url)
    if "countPage" not in scripts and f"{name}'" not in scripts and f'{name}"' not in scripts:
        return None  # reading scripts is slow, and few of them render a story's pager
    pager = script_pager(document)
    if pager is None or pager.total < 2 or pager.total > MOST_PARTS:
        return None
    urls = [script_address(document, pager, pager.base + page) for page in range(pager.total)]
    number = pager.current - pager.base + 1
    known = [url for url in urls if url]
    if len(known) < pager.total or not 1 <= number <= pager.total:
        return None
    if canonical(known[number - 1]) != canonical(document.url) or is_list_address(known[0]):
        return None
    return Parts(canonical(known[0]), number, pager.total, tuple(known))
