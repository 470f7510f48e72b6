"""`Lead`: an address worth fetching, with its likely kind and where it was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Kind = Literal["article", "list", "part", "issue", "unknown"]

# Priorities, as in Scrapy: higher goes first. Articles on lists first, then lists, then links beside a story.
PART = 18  # below lists: a host must not be left alone for failing parts before its lists are read
NEXT_LIST = 13  # below the first page of every channel
FROM_LIST: dict[Kind, int] = {"part": PART, "article": 40, "list": 20, "issue": 20, "unknown": 4}
FROM_ARTICLE: dict[Kind, int] = {"part": PART, "article": 8, "list": 14, "issue": 14, "unknown": 0}

FORM = (("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),)
JSON = (("Content-Type", "application/json"),)

# Where a lead was found (`Lead.why`), as counted under `discover/leads/<why>` and shown by `newscrawl links`.
LINK = "link"  # <a href>, <area href>
FEED = "feed"  # an entry of a feed, or a feed that a page names
SITEMAP = "sitemap"  # an entry of a sitemap, or a sitemap that robots.txt names
NEXT_LINK = "next-link"  # a link marked as the next page of this list
NEXT_SCRIPT = "next-script"  # the next page, by an address that the page's script would write
NEXT_DATA = "next-data"  # the next page of a list as data: its page parameter increased
NEXT_TRIED = "next-tried"  # the next page by a guess, if no pager can be read
NEXT_DECLARED = "next-declared"  # the next page of a list that the portal declares
DRAWN = "drawn"  # the page itself, to be rendered by a browser
PAGER = "pager"  # another page of this list, by its number


@dataclass(frozen=True, slots=True)
class Lead:
    """An address worth fetching.

    Args:
        url: absolute, without fragment, as the page spells it.
        kind: its likely kind; `part` is another page of the same story, `issue` a page of a newspaper's issue.
        title: the link's text, None if it has none.
        priority: higher goes first; a certain article before an uncertain one.
        why: where it was found; `next-…` for the next page of a list, `pager` for its other pages.
        method: GET or POST.
        body: the body of a POST.
        headers: additional request headers.
        modified: the day of its last change, from its feed or sitemap.
        context: facts needed to read the response, as JSON values: see `Answer`.
        renew: fetch it in this run, even if it was fetched before.
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
    context: Mapping[str, object] = field(default_factory=dict)
    renew: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether it is a further page of the list that it was found on."""
        return self.why.startswith("next-")
