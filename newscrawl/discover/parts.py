"""The parts of a story that runs over several pages, told from next articles and next list pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.discover.anchors import anchors
from newscrawl.discover.pager import (
    MOST_PAGES,
    numbered,
    numbered_address,
    says_last,
    says_next,
    says_number,
    says_previous,
    script_address,
    script_pager,
)
from newscrawl.discover.shapes import is_list_address
from newscrawl.extract.kind import refusal
from newscrawl.urls import canonical, host_of

if TYPE_CHECKING:
    from newscrawl.discover.anchors import Anchor
    from newscrawl.discover.pager import Numbered
    from newscrawl.extract.document import Document


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
    step: int  # 1 for 下一页, -1 for 上一页
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
        links = _pager_links(document, own)
        if links:
            return _from_links(document, own, links)
    return _from_script(document)


def _pager_links(document: Document, own: Numbered) -> list[_Link]:
    """The links of this page that belong to the pager of the story with this stem."""
    stem, host = canonical(own.stem), host_of(document.url)
    links = []
    for anchor in document.once(anchors):
        says, step = _says(anchor)
        if (says is None and not step) or host_of(anchor.url) != host:
            continue
        for reading in numbered(anchor.url):
            if canonical(reading.stem) == stem:
                links.append(_Link(anchor.url, says, step, reading.number, reading.width))
                break
    others = {link.number for link in links} - {own.number}
    return links if others else []


def _says(anchor: Anchor) -> tuple[int | None, int]:
    """What a pager's link says: a page number, a step of one page; the last page counts as a step of none."""
    text = anchor.shown
    if (number := says_number(text)) is not None:
        return number, 0
    if says_next(text):
        return None, 1
    if says_previous(text):
        return None, -1
    return (None, 2) if says_last(text) else (None, 0)


def _from_links(document: Document, own: Numbered, links: list[_Link]) -> Parts | None:
    """Put the parts together from the pager's links: the address's number is the page's number less an offset."""
    offset = _offset(own, links)
    number = 1 if own.number is None else own.number - offset
    known = {1: own.stem if own.form == "name" else _page_one(own, links)}
    for link in links:
        page = link.says if link.says is not None else 1 if link.number is None else link.number - offset
        if 1 <= page <= MOST_PAGES:
            known.setdefault(page, link.url)
            if page == 1:
                known[1] = link.url
    known[number] = document.url
    total = max(known)
    if number < 1 or total < 2 or total > MOST_PAGES:
        return None
    sample = next((link for link in links if link.number is not None), None)
    urls = tuple(known.get(page) or _written(own, links, page, offset, sample) for page in range(1, total + 1))
    return Parts(canonical(urls[0]), number, total, urls)


def _page_one(own: Numbered, links: list[_Link]) -> str:
    """Page one of a story whose parts differ by a query parameter: the link that says so, or the bare address."""
    return next((link.url for link in links if link.says == 1), own.stem)


def _offset(own: Numbered, links: list[_Link]) -> int:
    """How the numbers in addresses differ from page numbers: 0 where page two is `_2`, -1 where it is `_1`."""
    for link in links:
        if link.says is not None and link.number is not None and link.number - link.says in (0, -1):
            return link.number - link.says
    for link in links:
        if own.number is None and link.step == 1 and link.number in (1, 2):
            return link.number - 2
        if own.number in (1, 2) and link.step == -1 and link.number is None:
            return own.number - 2
    return 0


def _written(own: Numbered, links: list[_Link], page: int, offset: int, sample: _Link | None) -> str:
    """Write the address of a part no link names, in the manner of one that is named."""
    width = sample.width if sample and sample.width > 1 and str(sample.number) != sample.url else 1
    if own.form == "query" or (sample and "=" in sample.url.rpartition("/")[2] and "=" not in own.stem):
        template = sample.url if sample else own.stem
        reading = numbered(template)[0]
        return template.replace(f"={reading.number}", f"={page + offset}", 1)
    return numbered_address(own.stem, page + offset, width, _separator(links))


def _separator(links: list[_Link]) -> str:
    """The mark between name and page number: `_` unless the links use `-`."""
    name = next((link.url.rpartition("/")[2] for link in links if link.number is not None), "_")
    return "-" if "_" not in name and "-" in name else "_"


def _from_script(document: Document) -> Parts | None:
    """Put the parts together from a pager script whose name is this page's own."""
    pager = script_pager(document)
    if pager is None or pager.total < 2 or pager.total > MOST_PAGES:
        return None
    urls = [script_address(document, pager, pager.base + page) for page in range(pager.total)]
    number = pager.current - pager.base + 1
    known = [url for url in urls if url]
    if len(known) < pager.total or not 1 <= number <= pager.total:
        return None
    if canonical(known[number - 1]) != canonical(document.url) or is_list_address(known[0]):
        return None
    return Parts(canonical(known[0]), number, pager.total, tuple(known))
