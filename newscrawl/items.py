"""The items of the pipelines: `Page` goes in, the `Article` that extraction makes of it comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newscrawl.extract.article import Article, Link

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from newscrawl.extract.finders import Finder
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.guidance import HostProfile

__all__ = ["WHOLE", "Article", "Fingerprint", "Link", "Page", "PaperPage", "Part", "PortalFacts", "WarcRef"]


@dataclass(slots=True)
class PortalFacts:
    """The facts of a portal that its articles' rows need."""

    key: str  # the portal's name; for an undeclared site, its host
    title: str
    region: str | None = None
    level: str | None = None
    overrides: dict[str, Finder[object]] = field(default_factory=dict)
    division: str | None = None  # code (GB/T 2260) of its city or county, if title and region do not show it
    profile_of: Callable[[str], HostProfile | None] = lambda _: None  # the current profile by host


WHOLE = 1000  # the part number of a page with the whole text of a story of several pages


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a story of several pages a page contains."""

    first: str  # canonical URL of the story's first page, which names the article
    number: int  # from 1; WHOLE for a page with the whole story
    total: int
    urls: tuple[str, ...] = ()  # addresses of the parts, in order, as far as this part names them


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A page (版) of a newspaper's issue: the list of its articles."""

    issue: str  # the day, ISO 8601
    number: str  # as printed: 01, A02
    section: str | None  # its name: 要闻
    articles: tuple[str, ...]  # their addresses, in the order of the page


@dataclass(frozen=True, slots=True)
class WarcRef:
    """Where a response record lies: base name of the file, byte offset and length of its gzip member."""

    file: str
    offset: int
    length: int
    digest: str | None = None  # sha1 of the payload as received, base32, as in WARC-Payload-Digest


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The stored facts of a text by which its copies are found."""

    content_hash: str  # SHA-256 of the folded letters, hexadecimal
    length: int  # folded characters
    sketch: tuple[int, ...]  # 32-bit values, ascending; empty for a text below MIN_LENGTH


@dataclass(slots=True)
class Page:
    """A fetched page on its way through the pipelines, live or from a WARC."""

    url: str
    status: int
    portal: PortalFacts
    document: Document | None  # None for what is not HTML
    fetched_at: datetime  # UTC
    capture: WarcRef | None  # where the raw record lies; None where none was written
    redirect: str | None = None  # the absolute Location of a 3xx answer
    part: Part | None = None  # None: the story has one page
    paper: PaperPage | None = None  # None: it is no page of a newspaper's facsimile
    canonical: str | None = None  # the canonical URL that the page names, possibly its own address
    article: Article | None = None  # set by Extract
    outcome: str | None = None  # set by Extract or Check: "article", or the reason there is none
    fingerprint: Fingerprint | None = None  # set by Deduplicate
    moved_from: str | None = None  # the address under which its article is kept, which redirects to this page
