"""Find the next page of a list (a channel)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.discover.anchors import anchors
from newscrawl.discover.lead import NEXT_LINK, NEXT_LIST, NEXT_SCRIPT, Lead
from newscrawl.discover.paging.drawn import drawn_pages
from newscrawl.discover.paging.pager import NEXT, numbered, pager_anchors, script_address, script_pager
from newscrawl.discover.shapes import is_list_address
from newscrawl.extract.kind import refusal
from newscrawl.extract.page.analysis import analysis
from newscrawl.urls import absolute, canonical, host_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from newscrawl.discover.anchors import Anchor
    from newscrawl.extract.page.document import Document


def next_leads(document: Document) -> list[Lead]:
    """Return the possible next pages of a list, likeliest first: by its links, else by its scripts."""
    stated = next_list_page(document)
    if stated:
        scripted = set(_scripted(document))
        return [Lead(url, "list", None, NEXT_LIST, NEXT_SCRIPT if url in scripted else NEXT_LINK) for url in stated]
    if refusal(document) is None and not is_list_address(document.url):
        return []
    pager = script_pager(document)
    if pager is not None and pager.current + 1 >= pager.total + pager.base:
        return []
    return drawn_pages(document)


def next_list_page(document: Document) -> list[str]:
    """Return the next page of a list as the page states it, likeliest first; [] for an article or a list's last page.

    By `rel=next`, a link with the text 下一页, a pager script (`createPageHTML`), or the number after this page's own
    in a row of page numbers.
    """
    if not is_list(document):
        return []
    own = canonical(document.url)
    found: dict[str, str] = {}
    for url in (*_stated(document), *_scripted(document), *_counted(document)):
        if (key := canonical(url)) != own and host_of(url) == host_of(document.url):
            found.setdefault(key, url)
    return list(found.values())


def other_pages(document: Document) -> set[str]:
    """Return the addresses that a list's pager names by a number, or as its first, previous or last page."""
    if not is_list(document):
        return set()
    host = host_of(document.url)
    return {anchor.url for anchor, _ in pager_anchors(document) if host_of(anchor.url) == host}


@analysis
def is_list(document: Document) -> bool:
    """Return whether a page is a list: by its links, or by its address."""
    return refusal(document) == "list" or is_list_address(document.url)


def _stated(document: Document) -> list[str]:
    """Yield the addresses of links that state to be the next page."""
    urls = [
        absolute(link.get("href") or "", document.base_url)
        for link in document.root.iter("link")
        if "next" in (link.get("rel") or "").lower().split()
    ]
    urls.extend(anchor.url for anchor in anchors(document) if "next" in anchor.rel.split())
    urls.extend(anchor.url for anchor, saying in pager_anchors(document) if saying.step == NEXT)
    return [url for url in urls if url]


def _scripted(document: Document) -> list[str]:
    """Return the address that a pager script computes for the next page."""
    pager = script_pager(document)
    if pager is None or pager.current + 1 >= pager.total + pager.base:
        return []
    url = script_address(document, pager, pager.current + 1)
    return [url] if url else []


def _counted(document: Document) -> list[str]:
    """Return the link whose number follows this page's own, in a row of numbered links."""
    rows: dict[HtmlElement | None, list[tuple[int, Anchor]]] = {}
    for anchor, saying in pager_anchors(document):
        if saying.number is not None:
            parent = anchor.element.getparent()
            alone = anchor.element.getprevious() is None and anchor.element.getnext() is None
            row = parent.getparent() if parent is not None and alone else parent
            rows.setdefault(row, []).append((saying.number, anchor))
    own = canonical(document.url)
    for row in rows.values():
        urls = {number: anchor.url for number, anchor in row}
        if len(urls) < 2 and not _pages_of(document.url, urls):
            continue
        current = next((number for number, url in urls.items() if canonical(url) == own), None)
        if current is None:
            current = next(
                (number for number in range(1, max(urls)) if number not in urls and number + 1 in urls), None
            )
        if current is not None and current + 1 in urls and _pages_of(document.url, {0: urls[current + 1]}):
            return [urls[current + 1]]
    return []


def _pages_of(own: str, urls: dict[int, str]) -> bool:
    """Return whether the addresses are pages of the same list as this one: equal except for the number."""
    stems = {_list_stem(reading.stem) for reading in numbered(own)}
    return all(stems & {_list_stem(reading.stem) for reading in numbered(url)} for url in urls.values())


def _list_stem(stem: str) -> str:
    """Return a list's stem without the file name `index`: its first page is often the bare folder."""
    address = canonical(stem)
    folder, _, name = address.rpartition("/")
    return folder if name.partition(".")[0] in {"", "index", "list", "default"} else address
