"""What flows through the pipelines: `Page` in, `Article` with its `Link`s out. One field, one line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newscrawl.extract import version
from newscrawl.extract.fields.channel import breadcrumb
from newscrawl.extract.fields.form import form
from newscrawl.extract.fields.headline import headline
from newscrawl.extract.fields.original import original_url
from newscrawl.extract.fields.people import author_names, editor_names, wechat_account
from newscrawl.extract.fields.published import precision_of, published_at, published_text
from newscrawl.extract.fields.source import clean_source, credited_source, printed_in
from newscrawl.extract.finders import found, meta, of
from newscrawl.extract.links.blocks import Link, link_list
from newscrawl.extract.zones.story import body_text, image_urls

if TYPE_CHECKING:
    from datetime import datetime

    from newscrawl.extract.finders import Finder
    from newscrawl.extract.page.document import Document


__all__ = ["Article", "Link", "Page", "PaperPage", "Part", "PortalFacts"]


@dataclass(slots=True)
class Article:
    """One article as its page gives it. Every field with finders is a column of the archive."""

    url: str
    title: str | None = found("Headline in full, without the site's name", of(headline))
    published: str | None = found("First publication, Beijing time, ISO 8601 at the precision known", of(published_at))
    published_precision: str | None = found("day, minute or second", of(precision_of))
    published_raw: str | None = found("The publication time as the page prints it", of(published_text))
    source: str | None = found(
        "来源: the outlet the page credits, as printed",
        of(wechat_account),
        of(credited_source),
        of(printed_in),
        clean=clean_source,
    )
    original_url: str | None = found("The address the page gives as its text's original", of(original_url))
    authors: list[str] = found("Persons credited with the text", of(author_names), many=True)
    editors: list[str] = found("编辑 and 责任编辑", of(editor_names), many=True)
    channel: list[str] = found("The breadcrumb, in order", of(breadcrumb), meta("columnname"), many=True)
    body: str | None = found("The story, a paragraph a line", of(body_text))
    images: list[str] = found("Absolute addresses of the pictures inside the body", of(image_urls), many=True)
    form: str | None = found("What tells the story: text, pictures or video", of(form))
    links: list[Link] = found("Links to other articles around the story", of(link_list), many=True)
    rules: str = field(
        default_factory=lambda: version.rules_version(),  # noqa: PLW0108  looked up anew: a test may set another
        metadata={"doc": "Version of the rules it was read with; behind a + that of the portal's overrides"},
    )


@dataclass(slots=True)
class PortalFacts:
    """What an article's row needs to know of its portal."""

    key: str  # the portal's name; for a crawl nobody declared, its host
    title: str
    region: str | None = None
    level: str | None = None
    overrides: dict[str, Finder] = field(default_factory=dict)


WHOLE = 1000  # the number of a page that has the story of several pages on one


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a story over several pages a page holds."""

    first: str  # canonical URL of the story's first page, which names the article
    number: int  # from 1; WHOLE for the page that has all of the story
    total: int
    urls: tuple[str, ...] = ()  # addresses of the parts, in order, as this one knows them


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A page (版) of a newspaper's issue: the list of its articles."""

    issue: str  # the day, ISO 8601
    number: str  # as printed: 01, A02
    section: str | None  # its name: 要闻
    articles: tuple[str, ...]  # their addresses, in the order of the page


@dataclass(slots=True)
class Page:
    """A fetched page on its way through the pipelines, live or from a WARC."""

    url: str
    status: int
    portal: PortalFacts
    document: Document | None  # None for what is not HTML
    fetched_at: datetime  # UTC
    capture: Any  # WarcRef: where the raw record lies
    redirect: str | None = None  # the absolute Location of a 3xx answer
    part: Part | None = None  # None: the story has one page
    paper: PaperPage | None = None  # None: it is no page of a newspaper's facsimile
    canonical: str | None = None  # the address the page names as its own, which may be the one it has
    article: Article | None = None  # set by Extract
    outcome: str | None = None  # set by Extract or Check: "article", or the named reason there is none
    fingerprint: Any = None  # set by Deduplicate
