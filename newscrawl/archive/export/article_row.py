"""Build an article's row from its page alone, without an archive: only columns that need no other capture."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from newscrawl.archive.export.tables import TABLES, Field, Kind, Table
from newscrawl.archive.sql import times
from newscrawl.archive.sql.rows import stamp
from newscrawl.archive.write import facts
from newscrawl.archive.write.store_page import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.archive.export.tables import Exported
    from newscrawl.items import Page

# Columns that need an archive: they follow from all captures of an article, or from other articles.
_OF_ARCHIVE = {"first_seen", "last_seen", "gone_at", "complete", "reprint_of", "published_day"}


def _fields() -> Iterator[Field]:
    for field in TABLES["articles"].fields:
        if field.name not in _OF_ARCHIVE and not field.name.startswith("issue"):
            yield field
    yield Field("portal_title", Kind.TEXT, "The portal's name", "")
    yield Field("links", Kind.TEXT, "The links around the story, a JSON array: section, kind, position, title, url", "")
    yield Field("part", Kind.INTEGER, "Which part of a story over several pages this is, from 1; null for one page", "")
    yield Field("fetched_at", Kind.MOMENT, "When the page was fetched, UTC", "")
    yield Field("warc", Kind.TEXT, "The WARC file the page lies in", "")
    yield Field("offset", Kind.INTEGER, "Where its record begins", "")


READINGS = Table("readings", "An article as one capture of its page shows it", tuple(_fields()), "", "")


def article_row(page: Page) -> Exported:
    """Return the row of a page that shows an article, which has its fingerprint."""
    article = page.article
    assert article is not None
    text = text_of(page, article)
    published, precision = times.stored(text["published"])
    links = [asdict(link) for link in article.links]
    row = {
        **text,
        "published": published,
        "published_precision": precision,
        "word_count": facts.word_count(text["body"]),
        "content_hash": page.fingerprint.content_hash if page.fingerprint else None,
        "portal_title": page.portal.title,
        "links": json.dumps(links, ensure_ascii=False, default=str),
        "part": page.part.number if page.part else None,
        "fetched_at": stamp(page.fetched_at),
        "warc": page.capture and page.capture.file,
        "offset": page.capture and page.capture.offset,
    }
    lists = {field.name for field in READINGS.fields if field.kind is Kind.LIST}
    return {name: json.loads(row[name]) if name in lists and row[name] else row[name] for name in READINGS.names}
