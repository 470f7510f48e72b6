"""The parts of a story that runs over several pages, told from next articles and next list pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.discover.pager import (
    NEXT,
    PREVIOUS,
    numbered,
    numbered_address,
    pager_anchors,
    script_address,
    script_pager,
)
from newscrawl.discover.shapes import is_list_address
from newscrawl.extract.zones.kind import refusal
from newscrawl.urls import canonical, host_of

if TYPE_CHECKING:
    from newscrawl.discover.pager import Numbered
    from newscrawl.extract.page.document import Document

MOST_PARTS = 99  # a longer number at the end of an address is an id


@dataclass(frozen=True, slots=True)
class Parts:
    """A story over several pages, as one of its pages tells it.

    Args:
        first: canonical address of page one, the story's key whichever part was reached first.
        number: which part this page is, from 1.
        total: how many parts this page knows of; a page that only links the next one knows one more than itself.
        urls: addresses of the parts 1 to `total`, in order.
    """

    first: str
    number: int
    total: int
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """A link of the story's pager: what it says and how its address is numbered."""

    url: str
    says: int | None  # the page number it shows
    step: int  # NEXT, PREVIOUS or LAST
    number: int | None  # the number its address carries
    width: int


def parts_of(document: Document) -> Parts | None:
    """Tell which part of a longer story a page is; None for a story on one page and for what is no story.

    A link counts as the pager's only if it says a page number or 下一页 *and* its address is this one but for a page
    number; so 下一篇 and a list's pager never count.
    """
    own_readings = numbered(document.url)
    if is_list_address(own_readings[0].stem) or document.once(refusal) == "list":
        return None
    for own in own_readings:
        if (own.number or 0) <= MOST_PARTS and (links := _pager_links(document, own)):
            parts = _from_links(document, own, links)
            if parts is not None:
                return parts
    return _from_script(document)


def _pager_links(document: Document, own: Numbered) -> list[_Link]:
    """The links of this page that belong to the pager of the story with this stem."""
    stem, host = canonical(own.stem), host_of(document.url)
    links = []
    for anchor, saying in document.once(pager_anchors):
        if host_of(anchor.url) != host:
            continue
        for reading in numbered(anchor.url):
            if canonical(reading.stem) == stem:
                links.append(_Link(anchor.url, saying.number, saying.step, reading.number, reading.width))
                break
    others = {link.number for link in links} - {own.number}
    return links if others else []


def _from_links(document: Document, own: Numbered, links: list[_Link]) -> Parts | None:
    """Put the parts together from the pager's links: the address's number is the page's number less an offset."""
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
    known.setdefault(1, first)
    urls = tuple(known.get(page) or _written(own.stem, sample, page + offset) for page in range(1, total + 1))
    return Parts(canonical(first), number, total, urls)


def _page_one(own: Numbered, links: list[_Link]) -> str:
    """The address of page one, the same whichever part tells it: without a number, unless pages begin at 0."""
    zero = next((link.url for link in links if link.number == 0), None)
    return zero or (numbered_address(own.stem, 0) if own.number == 0 and own.form == "name" else own.stem)


def _offset(own: Numbered, links: list[_Link]) -> int:
    """How the numbers in addresses differ from page numbers: 0 where page two is `_2`, -1 where it is `_1`."""
    for link in links:
        if link.says is not None and link.number is not None and link.number - link.says in (0, -1):
            return link.number - link.says
    for link in links:
        if own.number is None and link.step == NEXT and link.number in (1, 2):
            return link.number - 2
        if own.number in (1, 2) and link.step == PREVIOUS and link.number is None:
            return own.number - 2
    return 0


def _written(stem: str, sample: _Link, number: int) -> str:
    """Write the address of a part no link names, in the manner of one that is named."""
    reading = numbered(sample.url)[0]
    if reading.form == "query":
        return sample.url.replace(f"={reading.number}", f"={number}", 1)
    name = sample.url.rpartition("/")[2]
    return numbered_address(stem, number, sample.width, "-" if "_" not in name and "-" in name else "_")


def _from_script(document: Document) -> Parts | None:
    """Put the parts together from a pager script whose name is this page's own."""
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
