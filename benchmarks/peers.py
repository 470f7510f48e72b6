"""The extractors newscrawl is measured against, each in a sane configuration for Chinese pages.

All but newscrawl get text that is decoded already, so no charset costs them a point or a moment. A peer that is not
installed is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import lxml.etree
import lxml.html

from newscrawl.extract.loader import NoArticle, read
from newscrawl.extract.page.document import Document
from newscrawl.text import tidy

if TYPE_CHECKING:
    from newscrawl.items import Article

Extract = Callable[[str, str], dict[str, Any]]  # text and address in, fields as in newscrawl.items.Article out
ALL = (
    "title",
    "published",
    "source",
    "authors",
    "editors",
    "channel",
    "images",
    "links",
    "sections",
    "body",
    "body>=.95",
)
BODY = ("body", "body>=.95")


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool: its package, the fields it extracts, and how it is set up."""

    name: str
    package: str
    figures: tuple[str, ...]
    make: Callable[[], Extract]

    @property
    def release(self) -> str:
        """Name and version; empty where it is not installed."""
        try:
            return f"{self.name} {version(self.package)}"
        except PackageNotFoundError:
            return ""


def bare_parse(text: str) -> None:
    """The bare parse: decoded text to a tree.

    Not the bytes: on one page in eight lxml, left alone with them, stops at a character that the declared charset lacks
    and gives a tree of five elements, in next to no time.
    """
    lxml.etree.fromstring(text.encode(), lxml.etree.HTMLParser(encoding="utf-8", huge_tree=True))


def newscrawl(content: bytes, url: str, content_type: str | None = None) -> Article | NoArticle:
    """The generic rules on the bytes as received: all fields, decoding and its measure included."""
    document = Document(content, url, content_type=content_type)
    result = read(document)
    _ = document.decoded.mojibake  # stored with every page
    return result


def _trafilatura() -> Extract:
    bare_extraction = import_module("trafilatura").bare_extraction

    def extract(text: str, url: str) -> dict[str, Any]:
        found = bare_extraction(text, url=url, with_metadata=True, include_comments=False)
        if found is None:
            return {}
        authors = (found.author or "").split("; ")
        return {
            "title": found.title,
            "published": found.date,
            "authors": list(filter(None, authors)),
            "body": found.text,
        }

    return extract


def _readability() -> Extract:
    document = import_module("readability").Document

    def extract(text: str, url: str) -> dict[str, Any]:
        page = document(text, url=url)
        return {"title": page.short_title(), "body": _lines(page.summary(html_partial=True))}

    return extract


def _newspaper() -> Extract:
    newspaper = import_module("newspaper")
    config = newspaper.Config()
    config.language = "zh"
    config.fetch_images = False  # it would ask the net

    def extract(text: str, url: str) -> dict[str, Any]:
        page = newspaper.Article(url, config=config)
        page.download(input_html=text)
        page.parse()
        published = page.publish_date.isoformat() if page.publish_date else None
        return {"title": page.title, "published": published, "authors": page.authors, "body": page.text}

    return extract


def _gne() -> Extract:
    extractor = import_module("gne").GeneralNewsExtractor()

    def extract(text: str, url: str) -> dict[str, Any]:
        found = extractor.extract(text, host=url)
        authors = [found["author"]] if found.get("author") else []
        return {
            "title": found.get("title"),
            "published": found.get("publish_time"),
            "authors": authors,
            "images": found.get("images") or [],
            "body": found.get("content"),
        }

    return extract


def _resiliparse() -> Extract:
    extract_plain_text = import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda text, url: {"body": extract_plain_text(text, main_content=True)}  # noqa: ARG005  # the peers' signature


def _magic_html() -> Extract:
    extractor = import_module("magic_html").GeneralExtractor()

    def extract(text: str, url: str) -> dict[str, Any]:
        found = extractor.extract(text, base_url=url)
        return {"title": found.get("title"), "body": _lines(found.get("html") or "")}

    return extract


def _lines(markup: str) -> str:
    """The text of an extractor that gives HTML."""
    if not markup.strip():
        return ""
    text = lxml.html.fromstring(f"<div>{markup}</div>").text_content()
    return "\n".join(line for part in text.splitlines() if (line := tidy(part)))


PEERS = (
    Peer("trafilatura", "trafilatura", ("title", "published", "authors", *BODY), _trafilatura),
    Peer("readability-lxml", "readability-lxml", ("title", *BODY), _readability),
    Peer("newspaper4k", "newspaper4k", ("title", "published", "authors", *BODY), _newspaper),
    Peer("GNE", "gne", ("title", "published", "authors", "images", *BODY), _gne),
    Peer("resiliparse", "resiliparse", BODY, _resiliparse),
    Peer("magic-html", "magic-html", ("title", *BODY), _magic_html),
)
