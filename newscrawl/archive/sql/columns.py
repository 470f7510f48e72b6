"""The columns of `articles`: one for each field of `Article`, and further columns that the archive fills."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.items import Article

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Column:
    """A column of `articles`: its SQLite type (lists are JSON arrays in TEXT), and what it means."""

    name: str
    type: str
    doc: str


_BEFORE = (
    Column("id", "INTEGER", "Hash of the canonical URL: the same in every archive"),
    Column("url", "TEXT", "The article's address"),
    Column("portal", "TEXT", "The portal it was found on"),
    Column("host", "TEXT", "Host of the address"),
    Column("region", "TEXT", "The portal's province"),
)
_AFTER = (
    Column(
        "canonical_url",
        "TEXT",
        "The address the page names as its own (rel=canonical, og:url), where it is another than `url`; null otherwise",
    ),
    Column("issue", "TEXT", "Day of the newspaper's issue it stands in; null for what is no newspaper's facsimile"),
    Column("issue_page", "TEXT", "Page (版) of the issue: 01, A02"),
    Column("issue_section", "TEXT", "Name of that page: 要闻"),
    Column("issue_order", "INTEGER", "Place on that page, from 1"),
    Column("source_norm", "TEXT", "The source under one name for each outlet"),
    Column("content_hash", "TEXT", "Hash of the normalised body: equal for verbatim copies"),
    Column("word_count", "INTEGER", "字数: Chinese characters of the text, and each word or number of other scripts"),
    Column("first_seen", "TEXT", "First capture that shows the article, UTC"),
    Column("last_seen", "TEXT", "Last capture that shows the article, UTC"),
    Column("gone_at", "TEXT", "When a second look found it withdrawn, UTC"),
    Column("complete", "INTEGER", "1 when all pages of the story are there"),
    Column(
        "reprint_of",
        "INTEGER",
        "The article this one reprints; of an alias, the article it is (see `reprints.relation`)",
    ),
    Column("capture", "INTEGER", "The capture this text is from"),
)


_STORED = {  # fields that the archive stores in another form than the page gives
    "published": "First publication, Beijing time to the second: 2026-03-01T15:30:00+08:00; see `published_precision`",
    "published_precision": "How much of `published` is known: day (the clock is zero), minute or second",
}


def fields() -> list[dataclasses.Field[object]]:
    """Return the fields of `Article` that are columns: all but the address and the links (a table of their own)."""
    return [field for field in dataclasses.fields(Article) if field.name not in {"url", "links"}]


def columns() -> Iterator[Column]:
    """Yield the columns of `articles` in order, for the documentation, the command line and the export."""
    yield from _BEFORE
    for field in fields():
        doc = _STORED.get(field.name, field.metadata["doc"])
        yield Column(field.name, "INTEGER" if str(field.type) in {"int", "bool"} else "TEXT", doc)
    yield from _AFTER
