"""Read facsimiles of newspapers (电子报): the pages (版) of an issue, and the articles of a page in order.

Both forms of Founder's system and similar ones are recognised by their addresses: a page is named `node_…` or
`nbs.…`, an article `content_…`, `nw.…` or `article_…`, and folder or name contain the issue's day. Other lists with
such names have no day in their address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.discover.anchors import anchors
from newscrawl.extract.page.analysis import analysis
from newscrawl.urls import date_in

if TYPE_CHECKING:
    from datetime import date

    from newscrawl.discover.anchors import Anchor
    from newscrawl.extract.page.document import Document

_PAGE = re.compile(r"/(?:node_|nbs\.)(?:\w*_)?(?P<number>[A-Za-z]?\d+)\.s?html?$")
_ARTICLE = re.compile(r"/(?:content_|nw\.|article_)[\w.-]+\.s?html?$")
# 第01版：要闻, 第A02版:文化, 01版：要闻, A02 文化; the name may be missing.
_NAMED = re.compile(r"第?\s*(?P<number>[A-Za-z]?\d{1,3})\s*(?:版\s*[：:·|-]?|[：:])\s*(?P<section>[^\s：:|]{0,20})")
LONGEST_NAME = 40  # most characters of a page's name; a longer text with 头版 is a headline


@dataclass(frozen=True, slots=True)
class FacsimilePage:
    """A page (版) of a newspaper's issue.

    Args:
        issue: the day.
        number: as printed: 01, A02.
        section: its name: 要闻; None where it has none.
        articles: addresses and headlines in the order of the page.
        pages: the addresses of the issue's other pages.
    """

    issue: date
    number: str
    section: str | None
    articles: tuple[tuple[str, str], ...]
    pages: tuple[str, ...]


@analysis
def paper_page(document: Document) -> FacsimilePage | None:
    """Read a page of an issue, None for any other page."""
    own = without_query(document.url)
    named, issue = _PAGE.search(own), date_in(own)
    if named is None or issue is None:
        return None
    articles: dict[str, str] = {}
    pages: dict[str, str] = {}
    for anchor in sorted(anchors(document), key=_comes_late):
        url = without_query(anchor.url)
        if date_in(url) != issue:
            continue
        found = pages if _PAGE.search(url) else articles if _ARTICLE.search(url) else None
        if found is not None and not found.get(url):
            found[url] = anchor.shown
    number, section = _name(pages.get(own, ""), document)
    others = tuple(url for url in pages if url != own)
    return FacsimilePage(issue, number or named["number"], section, tuple(articles.items()), others)


def is_paper_page(url: str) -> bool:
    """Return whether an address is a page of an issue."""
    return bool(_PAGE.search(without_query(url))) and date_in(url) is not None


def without_query(url: str) -> str:
    """Return an address without the query of facsimiles that only gives a place on the page: `?div=-1`."""
    return url.partition("?")[0]


def _comes_late(anchor: Anchor) -> bool:
    """Sort the areas of the page's picture after the list of headlines: areas are not in reading order."""
    return anchor.element.tag == "area" or not anchor.shown


def _name(shown: str, document: Document) -> tuple[str | None, str | None]:
    """Return number and name of the page: from its own link in the list of pages, else from a text that names it."""
    texts = [shown, *(text for text in document.root.xpath("//body//text()[contains(., '版')]") if not _is_link(text))]
    for text in texts:
        words = " ".join(text.split())
        if len(words) <= LONGEST_NAME and (match := _NAMED.search(words)):
            return match["number"].upper(), match["section"] or None
    return None, None


def _is_link(text: str) -> bool:
    parent = text.getparent()  # type: ignore[attr-defined]  # lxml's strings know their element
    return any(element.tag in {"a", "script", "style"} for element in (parent, *parent.iterancestors()))
