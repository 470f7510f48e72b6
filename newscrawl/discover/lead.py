"""`Lead`: an address worth fetching, what it most likely is, and why it leads on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Kind = Literal["article", "list", "part", "issue", "unknown"]

# Scrapy's sense: the higher goes first. Articles that a list names, then lists, then what stands beside a story.
PART = 18  # below lists: parts that fail on and on must not close a host whose lists were not read
NEXT_LIST = 13  # below the first page of any channel
FROM_LIST: dict[Kind, int] = {"part": PART, "article": 40, "list": 20, "issue": 20, "unknown": 4}
FROM_ARTICLE: dict[Kind, int] = {"part": PART, "article": 8, "list": 14, "issue": 14, "unknown": 0}

FORM = (("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),)
JSON = (("Content-Type", "application/json"),)

# Why an address leads on, as counted under `lead/<why>` and shown by the tools.
LINK = "link"  # <a href>, <area href>
FEED = "feed"  # an entry of a feed, or a feed a page names
SITEMAP = "sitemap"  # an entry of a sitemap, or a sitemap that robots.txt names
NEXT_LINK = "next-link"  # a link that says it is the next page of this list
NEXT_SCRIPT = "next-script"  # the next page, as the page's script would write its address
NEXT_DATA = "next-data"  # the next page of a list that is data: its page parameter counted up
NEXT_TRIED = "next-tried"  # the next page by guess, where no pager can be read
NEXT_DECLARED = "next-declared"  # the next page of a list that the portal declares
DRAWN = "drawn"  # the page itself, to be drawn by a browser
PAGER = "pager"  # another page of this list, by its number


@dataclass(frozen=True, slots=True)
class Lead:
    """An address worth fetching.

    Args:
        url: absolute, without fragment, as the page spells it.
        kind: what it most likely is; `part` is another page of the story this page is a part of, `issue` a page of a
            newspaper's issue.
        title: what the link shows, None where it shows nothing.
        priority: the higher goes first; a certain article before an uncertain one.
        why: the reason it leads on: what was read to find it, for a list's next page `next-…`, for its others `pager`.
        method: GET or POST.
        body: what a POST sends.
        headers: what the request must say beside the usual.
        modified: the day its feed or sitemap names as its last change.
        context: what reading the answer needs to know, as JSON values: see `Answer`.
        renew: ask for it in this run, whenever it was fetched before.
    """

    url: str
    kind: Kind
    title: str | None
    priority: int
    why: str = LINK
    method: str = "GET"
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    modified: date | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    renew: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether it is a further page of the list that named it."""
        return self.why.startswith("next-")
