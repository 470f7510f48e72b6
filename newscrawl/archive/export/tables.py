"""The five tables that an export writes for other programs, and the meaning of their columns.

Every table names an article by its address: ids have 64 bits, which spreadsheets and JSON readers round.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from newscrawl.archive.read.changes import REPLACED_AT
from newscrawl.archive.sql.columns import LISTS, columns
from newscrawl.archive.sql.files import files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlite_utils import Database

    from newscrawl.archive.search.filters import Filters
    from newscrawl.archive.sql.rows import Sql


Exported = dict[str, str | int | float | list[str] | None]  # a row of a `Table`, its columns as named there
Nested = dict[str, str | int | float | list[str] | list[Exported] | None]  # with lists of rows under tables' names


class Kind(StrEnum):
    """The type of a column's values."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    LIST = "list"
    DAY = "day"  # 2026-03-01
    PUBLISHED = "published"  # Beijing time: 2026-03-01T09:30:00+08:00; `published_precision` says how exactly
    MOMENT = "moment"  # of the crawl, UTC: 2026-03-01T01:30:00.000000Z


@dataclass(frozen=True, slots=True)
class Field:
    """A column of an exported table: its name, type, meaning and SQL expression."""

    name: str
    kind: Kind
    doc: str
    sql: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is exported.

    Attributes:
        name: of the table, and of its file.
        doc: what a row is.
        fields: its columns, in order.
        source: the SQL after FROM; in it, `articles` is the article that each row belongs to.
        order: the SQL order of one article's rows.
    """

    name: str
    doc: str
    fields: tuple[Field, ...]
    source: str
    order: str

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of its columns."""
        return tuple(field.name for field in self.fields)

    def of(self, names: Sequence[str] | None) -> Table:
        """Return the table with these columns alone, in this order; None for all."""
        if names is None:
            return self
        known = {field.name: field for field in self.fields}
        return Table(self.name, self.doc, tuple(known[name] for name in names), self.source, self.order)


_DAY = "iif(length({0}) >= 10, substr({0}, 1, 10), NULL)"
# The + keeps SQLite from the index by date: see queries.articles.
_BY_DATE = "+articles.published, articles.id"

_OTHERWISE = {
    "reprint_of": """(SELECT first.url FROM reprints JOIN articles AS first ON first.id = reprints.original
        WHERE reprints.article = articles.id AND original = articles.reprint_of AND relation <> 'alias')""",
}


def _article_fields() -> Iterator[Field]:
    kinds = dict.fromkeys(LISTS, Kind.LIST) | dict.fromkeys(("first_seen", "last_seen", "gone_at"), Kind.MOMENT)
    kinds |= {"published": Kind.PUBLISHED, "issue": Kind.DAY, "reprint_of": Kind.TEXT}
    for column in columns():
        if column.name in {"id", "capture"}:
            continue
        sql = _OTHERWISE.get(column.name, f"articles.{column.name}")
        doc = (
            "Address of the article that this one reprints; null for an alias"
            if column.name == "reprint_of"
            else column.doc
        )
        kind = Kind.INTEGER if column.type == "INTEGER" else Kind.TEXT
        yield Field(column.name, kinds.get(column.name, kind), doc, sql)
        if column.name == "published":
            yield _day("articles")


def _day(table: str) -> Field:
    doc = "Day of publication in Beijing; null if it is not known"
    return Field("published_day", Kind.DAY, doc, _DAY.format(f"{table}.published"))


_ARTICLE = Field("article", Kind.TEXT, "Address of the article: `url` of the table articles", "articles.url")
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("articles", "An article, with its present text", tuple(_article_fields()), "articles", _BY_DATE),
        Table(
            "links",
            "A link in a block around a story",
            (
                _ARTICLE,
                Field("section", Kind.TEXT, "Heading of the block, as printed; null for none", "links.section"),
                Field("kind", Kind.TEXT, "What the block is: related, hot, latest, …", "links.kind"),
                Field("position", Kind.INTEGER, "Position in its block, from 0", "links.position"),
                Field("title", Kind.TEXT, "Text of the link", "links.title"),
                Field("snippet", Kind.TEXT, "The teaser below the link", "links.snippet"),
                Field("url", Kind.TEXT, "Target of the link", "urls.url"),
                Field("first_seen", Kind.MOMENT, "When the link was first seen, UTC", "links.first_seen"),
                Field("last_seen", Kind.MOMENT, "When the link was last seen, UTC", "links.last_seen"),
            ),
            "articles JOIN links ON links.article = articles.id JOIN urls ON urls.id = links.url",
            "articles.id, links.rowid",
        ),
        Table(
            "revisions",
            "An earlier text of an article",
            (
                _ARTICLE,
                Field("seen_at", Kind.MOMENT, "First capture that shows this text, UTC", "revisions.seen_at"),
                Field("replaced_at", Kind.MOMENT, "First capture that shows the next text, UTC", REPLACED_AT),
                Field("title", Kind.TEXT, "Title at that time", "revisions.title"),
                Field(
                    "published",
                    Kind.PUBLISHED,
                    "Time of publication that the page gave at that time",
                    "revisions.published",
                ),
                _day("revisions"),
                Field("published_precision", Kind.TEXT, "day, minute or second", "revisions.published_precision"),
                Field("source", Kind.TEXT, "Source at that time", "revisions.source"),
                Field("body", Kind.TEXT, "Text at that time, one paragraph per line", "revisions.body"),
                Field("content_hash", Kind.TEXT, "Hash of the normalised body", "revisions.content_hash"),
            ),
            "articles JOIN revisions ON revisions.article = articles.id",
            "articles.id, revisions.seen_at, revisions.capture",
        ),
        Table(
            "events",
            "Something that happened to an article",
            (
                _ARTICLE,
                Field("at", Kind.MOMENT, "When it was seen, UTC", "events.at"),
                Field("kind", Kind.TEXT, "suspected, gone or returned", "events.kind"),
                Field("evidence", Kind.TEXT, "What the server answered", "events.evidence"),
            ),
            "articles JOIN events ON events.article = articles.id",
            "articles.id, events.at, events.kind",
        ),
        Table(
            "reprints",
            "An article that copies another, or contains it",
            (
                _ARTICLE,
                Field("original", Kind.TEXT, "Address of the article it reprints", "original.url"),
                Field("relation", Kind.TEXT, "same, cut, extended, edited or contains", "reprints.relation"),
                Field(
                    "containment", Kind.NUMBER, "Share of the shorter text that is in the longer text", "containment"
                ),
            ),
            "articles JOIN reprints ON reprints.article = articles.id AND reprints.relation <> 'alias'"
            " JOIN articles AS original ON original.id = reprints.original",
            "articles.id, original.url",
        ),
    )
}
ARTICLES = TABLES["articles"]
_KEY = ""  # no column has this name
_ROWS = "SELECT {expressions} FROM {source} WHERE {condition} ORDER BY {order}"
_CHOSEN = "articles.id IN (SELECT id FROM articles WHERE {})"
_BATCH = 200  # articles whose rows of the other tables are read by one query
NESTED = tuple(name for name in TABLES if name != "articles")  # lists within an article's JSON line


def rows(db: Database, table: Table, filters: Filters) -> Iterator[Exported]:
    """Yield the rows of a table that belong to the articles which pass the filters, one at a time.

    Articles come by publication, other rows by the article's id: the same archive gives the same order. Of several
    files the rows come file by file.
    """
    condition, values = filters.where()
    yield from _select(db, table, condition if condition == "1" else _CHOSEN.format(condition), values)


def nested(db: Database, names: Sequence[str] | None, filters: Filters) -> Iterator[Nested]:
    """Yield articles as `rows` does, each with its rows of the other tables as lists of objects.

    Args:
        db: the archive.
        names: the columns and tables wanted, in order; None for all.
        filters: which articles.
    """
    wanted = list(names) if names is not None else [*ARTICLES.names, *NESTED]
    found = rows(db, _with_key(ARTICLES.of([name for name in wanted if name in ARTICLES.names])), filters)
    inner = {name: _with_key(TABLES[name].of(TABLES[name].names[1:])) for name in wanted if name in NESTED}
    while some := list(islice(found, _BATCH)):
        ids = json.dumps([row[_KEY] for row in some])
        lists: dict[str, defaultdict[object, list[Exported]]] = {}
        for name, table in inner.items():
            lists[name] = defaultdict(list)
            for row in _select(db, table, "articles.id IN (SELECT value FROM json_each(?))", [ids]):
                lists[name][row.pop(_KEY)].append(row)
        for row in some:
            article = row.pop(_KEY)
            yield {name: lists[name][article] if name in lists else row[name] for name in wanted}


def _with_key(table: Table) -> Table:
    """Return a table with the article's id as one more column."""
    key = Field(_KEY, Kind.INTEGER, "", "articles.id")
    return Table(table.name, table.doc, (*table.fields, key), table.source, table.order)


def _select(db: Database, table: Table, condition: str, values: Sequence[Sql]) -> Iterator[Exported]:
    """Yield the rows of a table under a condition, lists as lists."""
    expressions = ", ".join(field.sql for field in table.fields)
    query = _ROWS.format(expressions=expressions, source=table.source, condition=condition, order=table.order)
    names = table.names
    folded = [field.name for field in table.fields if field.kind is Kind.LIST]
    for file in files(db):
        for found in db.execute(file.own(query), values):
            row = dict(zip(names, found, strict=True))
            for name in folded:
                row[name] = json.loads(row[name]) if row[name] else row[name]
            yield row
