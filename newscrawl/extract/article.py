"""`Article`, the result of extracting a page, and its `Link`s. Each field is one line: its meaning and its finders."""

from __future__ import annotations

from dataclasses import dataclass, field

from newscrawl.extract import version
from newscrawl.extract.finders import at, found, meta, of


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
    title: str | None = found("Headline in full, without the site's name", of("zones.headline:headline"))
    published: str | None = found(
        "Time of first publication, Beijing time, ISO 8601, as exactly as it is known",
        of("fields.published:published_at"),
    )
    published_precision: str | None = found(
        "How exactly `published` is known: day, minute or second", of("fields.published:precision_of")
    )
    published_raw: str | None = found(
        "The publication time as the page prints it", of("fields.published:published_text")
    )
    source: str | None = found(
        "来源: the outlet that the page credits, as printed",
        of("fields.people:wechat_account"),
        of("fields.source:credited_source"),
        of("fields.source:printed_in"),
        clean=at("fields.source:clean_source"),
    )
    original_url: str | None = found(
        "Address of the original article, if the page names one", of("fields.original_url:original_url")
    )
    authors: list[str] = found("Authors: persons credited with the text", of("fields.people:author_names"), many=True)
    editors: list[str] = found("Editors: 编辑 and 责任编辑", of("fields.people:editor_names"), many=True)
    dateline: str | None = found("The place the story was sent from, as printed", of("fields.dateline:dateline"))
    channel: list[str] = found(
        "The breadcrumb: channels, from the home page down",
        of("fields.channel:breadcrumb"),
        meta("columnname"),
        many=True,
    )
    body: str | None = found("Text of the story, one paragraph per line", of("zones.story:body_text"))
    images: list[str] = found(
        "Absolute addresses of the pictures in the story", of("zones.story:image_urls"), many=True
    )
    form: str | None = found("Main form of the story: text, pictures or video", of("fields.form:form"))
    links: list[Link] = found(
        "Links to other articles around the story", of("links.blocks:link_list", gives=Link), many=True
    )
    rules: str = field(
        default_factory=lambda: version.rules_version(),  # noqa: PLW0108  looked up anew: a test may set another
        metadata={"doc": "Version of the extraction rules; after a +, of the portal's overrides"},
    )
    profile: str | None = field(
        default=None, metadata={"doc": "Hash of the host profile used for extraction; null for none"}
    )
