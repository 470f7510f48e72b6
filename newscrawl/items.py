"""The items of the pipelines: `Page` goes in, `Article` with its `Link`s comes out. One line for each field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newscrawl.extract import version
from newscrawl.extract.finders import at, found, meta, of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from newscrawl.extract.finders import Finder
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.guidance import HostProfile


@dataclass(slots=True)
class Link:
    """A link to another article, in one of the blocks around the story."""

    url: str  # absolute
    title: str
    section: str | None = None  # the block's heading as printed
    kind: str = "other"  # related, hot, latest, recommended, neighbour (previous/next) or other
    position: int = 0  # within its block, from 0
    snippet: str | None = None


@dataclass(slots=True)
class Article:
    """One article as its page gives it. Every field with finders is a column of the archive."""

    url: str
    title: str | None = found("Headline in full, without the site's name", of("fields.headline:headline"))
    published: str | None = found(
        "First publication, Beijing time, ISO 8601 at the precision known", of("fields.published:published_at")
    )
    published_precision: str | None = found("day, minute or second", of("fields.published:precision_of"))
    published_raw: str | None = found(
        "The publication time as the page prints it", of("fields.published:published_text")
    )
    source: str | None = found(
        "来源: the outlet the page credits, as printed",
        of("fields.people:wechat_account"),
        of("fields.source:credited_source"),
        of("fields.source:printed_in"),
        clean=at("fields.source:clean_source"),
    )
    original_url: str | None = found(
        "The address the page gives as its text's original", of("fields.original:original_url")
    )
    authors: list[str] = found("Persons credited with the text", of("fields.people:author_names"), many=True)
    editors: list[str] = found("编辑 and 责任编辑", of("fields.people:editor_names"), many=True)
    dateline: str | None = found("The place the story was sent from, as printed", of("fields.dateline:dateline"))
    channel: list[str] = found(
        "The breadcrumb, in order", of("fields.channel:breadcrumb"), meta("columnname"), many=True
    )
    body: str | None = found("The story, a paragraph a line", of("zones.story:body_text"))
    images: list[str] = found(
        "Absolute addresses of the pictures inside the body", of("zones.story:image_urls"), many=True
    )
    form: str | None = found("What tells the story: text, pictures or video", of("fields.form:form"))
    links: list[Link] = found("Links to other articles around the story", of("links.blocks:link_list"), many=True)
    rules: str = field(
        default_factory=lambda: version.rules_version(),  # noqa: PLW0108  looked up anew: a test may set another
        metadata={"doc": "Version of the rules it was read with; behind a + that of the portal's overrides"},
    )
    profile: str | None = field(
        default=None, metadata={"doc": "Hash of the host's profile it was read with; null for none"}
    )


@dataclass(slots=True)
class PortalFacts:
    """The facts of a portal that its articles' rows need."""

    key: str  # the portal's name; for an undeclared site, its host
    title: str
    region: str | None = None
    level: str | None = None
    overrides: dict[str, Finder] = field(default_factory=dict)
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
