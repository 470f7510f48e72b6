"""The messages of the frontier: leads and answers go in, leases and settled addresses come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, Self

from newscrawl.urls import url_id


@dataclass(frozen=True, slots=True)
class Lead:
    """An address that was found.

    Attributes:
        id: `url_id`, or a hash with method and body where the request is no plain GET.
        url: as found; what is fetched.
        kind: start, list, article, part or unknown.
        priority: the higher goes first, within its host.
        depth: links from a start page; None for one more than the page it was found on.
        request: JSON of properties that differ from a plain GET to `Spider.parse`.
        renew: fetch it again even if it is done, unless it was fetched in this run.
        turns: `next` for the next page of the list it was found on; `other` for another page of it; `spare` for a
            page to fetch only if the next page is broken.
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
    """The page that leads were found on.

    Attributes:
        list: of a page of a list, the id of the list's first page; else its own.
        page: its number in the list.
        redirect: the id of the address to which it redirects.
    """

    id: int
    depth: int
    url: str
    list: int
    page: int | None
    redirect: int | None


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
    """The parts of a response that the frontier stores; `redirect` and `canonical` are absolute addresses."""

    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    redirect: str | None = None
    canonical: str | None = None
    retry_after: float | None = None

    @property
    def target(self) -> int | None:
        """The id of the address to which it redirects."""
        return url_id(self.redirect) if self.redirect else None


@dataclass(frozen=True, slots=True)
class Settled:
    """An address after its fetch.

    Attributes:
        state: its new state.
        due: when it is due again, Unix time.
        news: how many addresses on its page were new.
        rests: whether its host is left alone for a while.
        left_alone: the host's name, if it is left alone because of repeated failures.
    """

    state: str
    due: float | None
    news: int = 0
    rests: bool = False
    left_alone: str | None = None
