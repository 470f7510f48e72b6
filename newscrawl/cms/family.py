"""What a family of content management systems is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.discover.anchors import anchors
from newscrawl.discover.lists import next_list_page
from newscrawl.discover.pager import numbered, numbered_address

if TYPE_CHECKING:
    import re

    from newscrawl.extract.page.document import Document

FULL_LIST = 10  # article links below which a list is taken to be its last page


@dataclass(frozen=True, slots=True)
class Family:
    """A content management system as a crawl sees it.

    Args:
        name: short and stable.
        title: as people call it.
        article_url: searched in an absolute address; tells an article.
        marks: words of the page's source that only this system writes.
        list_names: file names (without extension) whose further pages are numbered; empty where they are not.
        second_page: the number in the address of a list's second page.
    """

    name: str
    title: str
    article_url: re.Pattern[str]
    marks: tuple[str, ...] = ()
    list_names: re.Pattern[str] | None = None
    second_page: int = 2

    def next_page(self, document: Document) -> list[str]:
        """The addresses at which a list may go on: what the page says, else the family's rule for a full list."""
        stated = next_list_page(document)
        if stated or self.list_names is None:
            return stated
        own = numbered(document.url)[0]
        folder, _, name = own.stem.rpartition("/")
        stem = own.stem if name else f"{folder}/index.html"
        known = self.list_names.fullmatch(stem.rpartition("/")[2].partition(".")[0])
        if known is None or self._articles(document) < FULL_LIST:
            return []
        return [numbered_address(stem, self.second_page if own.number is None else own.number + 1)]

    def _articles(self, document: Document) -> int:
        """How many of a page's addresses have this family's form."""
        return len({anchor.url for anchor in document.once(anchors) if self.article_url.search(anchor.url)})
