"""What goes into the frontier and comes out of it: leads and answers in, leases and verdicts out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, Self

from newscrawl.urls import url_id


@dataclass(frozen=True, slots=True)
class Lead:
    """An address found.

    Attributes:
        id: `url_id`, or a hash with method and body where the request is no plain GET.
        url: as found; what is fetched.
        kind: start, list, article, part or unknown.
        priority: the higher goes first, within its host.
        depth: links from a start page; None for one more than the page that names it.
        request: JSON of what a plain GET to `Spider.parse` does not say.
        renew: fetch it again if this run has not, even if it is done.
        turns: `next` for the page after the one that names it, in the same list; `other` for another of its pages;
            `spare` for one to be asked for only where page by page leads no further.
    """

    id: int
    url: str
    kind: str = "unknown"
    priority: int = 0
    depth: int | None = None
    request: str | None = None
    renew: bool = False
    turns: Literal["", "next", "other", "spare"] = ""

    @classmethod
    def of(cls, url: str, kind: str = "unknown", priority: int = 0) -> Self:
        """Make the lead of a plain address."""
        return cls(url_id(url), url, kind, priority)


class Parent(NamedTuple):
    """The page that names addresses: as a page of a list, the list's first page and its own number, if it has one."""

    id: int
    depth: int
    url: str
    list: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Lease:
    """An address to fetch now. `host_id` tells hosts apart; `request` is the JSON of an unusual request."""

    id: int
    url: str
    host_id: int
    kind: str
    depth: int
    priority: int
    request: str | None
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said, as far as the frontier keeps it: `redirect` and `canonical` are absolute addresses."""

    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    redirect: str | None = None
    canonical: str | None = None
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an address.

    Attributes:
        state: its new state.
        due: when it is wanted again, Unix time.
        news: how many addresses of its page were new.
        rests: its host is left alone for a while.
        left_alone: its host's name, where that is because it failed on and on.
    """

    state: str
    due: float | None
    news: int = 0
    rests: bool = False
    left_alone: str | None = None
