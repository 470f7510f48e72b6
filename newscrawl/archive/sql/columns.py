"""The columns of `articles`: one for each field of `Article`, and further columns that the archive fills."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

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
        "The address that the page names as its own (rel=canonical, og:url); null if it is `url`",
    ),
    Column("issue", "TEXT", "For an article of a newspaper's facsimile: day of the issue"),
    Column("issue_page", "TEXT", "Page (版) of the issue: 01, A02"),
    Column("issue_section", "TEXT", "Name of that page: 要闻"),
    Column("issue_order", "INTEGER", "Position on that page, from 1"),
    Column("source_norm", "TEXT", "The source's normalised name: one name for each outlet"),
    Column("content_hash", "TEXT", "Hash of the normalised body; the same for verbatim copies"),
    Column("word_count", "INTEGER", "字数: number of Chinese characters, and of words and numbers in other scripts"),
    Column("first_seen", "TEXT", "First capture that shows the article, UTC"),
    Column("last_seen", "TEXT", "Last capture that shows the article, UTC"),
    Column("gone_at", "TEXT", "When a second visit found it withdrawn, UTC"),
    Column("complete", "INTEGER", "1 if all pages of the story are stored, else 0"),
    Column(
        "reprint_of",
        "INTEGER",
        "Id of the article that this one reprints, or is an alias of (see `reprints.relation`)",
    ),
    Column("capture", "INTEGER", "The capture this text is from"),
)


_STORED = {  # fields that the archive stores in another form than the page gives
    "published": "Time of first publication, Beijing time: 2026-03-01T15:30:00+08:00; see `published_precision`",
    "published_precision": "How much of `published` is known: day (the time is then 00:00:00), minute or second",
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


LISTS = tuple(field.name for field in fields() if "list" in str(field.type))  # JSON arrays in the table
_ALWAYS = ("id", "url", "first_seen", "last_seen")  # never null


def key_lines() -> Iterator[str]:
    """Yield the lines of `ArticleRow`."""
    for column in columns():
        kind = "list[str]" if column.name in LISTS else "int" if column.type == "INTEGER" else "str"
        yield f"    {column.name}: {kind}{'' if column.name in _ALWAYS else ' | None'}"


class ArticleRow(TypedDict):
    """A row of `articles`, its lists as lists. `make docs` writes the lines."""

    # [[[cog
    # from newscrawl.archive.sql.columns import key_lines
    #
    # for line in key_lines():
    #     cog.outl(line)
    # ]]]
    id: int
    url: str
    portal: str | None
    host: str | None
    region: str | None
    title: str | None
    published: str | None
    published_precision: str | None
    published_raw: str | None
    source: str | None
    original_url: str | None
    authors: list[str] | None
    editors: list[str] | None
    dateline: str | None
    channel: list[str] | None
    body: str | None
    images: list[str] | None
    form: str | None
    rules: str | None
    profile: str | None
    canonical_url: str | None
    issue: str | None
    issue_page: str | None
    issue_section: str | None
    issue_order: int | None
    source_norm: str | None
    content_hash: str | None
    word_count: int | None
    first_seen: str
    last_seen: str
    gone_at: str | None
    complete: int | None
    reprint_of: int | None
    capture: int | None
    # [[[end]]]
