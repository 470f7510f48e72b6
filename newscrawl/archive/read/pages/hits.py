"""Queries of the search page: hits, their number, and facets."""

from __future__ import annotations

import heapq
import json
from itertools import islice
from typing import TYPE_CHECKING, TypedDict

from newscrawl.archive.read import article_queries
from newscrawl.archive.search import index
from newscrawl.archive.search.filters import Filters, OtherFilters
from newscrawl.archive.sql.files import files
from newscrawl.archive.sql.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database


# The facets: hits are counted by each.
FACETS = {
    "region": "region",
    "portal": "portal",
    "source": "ifnull(source_norm, source)",
    "month": "substr(published, 1, 7)",
}
_SHOWN = 12  # values of a facet
_HITS = "SELECT {names} FROM {source} WHERE {matched} AND {chosen}"
_FACET = "SELECT {name}, count(*) FROM temp.hits WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY {order} LIMIT ?"
_NEWEST = """SELECT id, published FROM {source} AS articles WHERE {chosen} ORDER BY published DESC, id LIMIT ?"""
_BEGINNING = """SELECT url, title, published, published_precision, portal, source, substr(body, 1, 90) AS snippet
FROM articles WHERE id = ?"""
# A condition on a table or view of articles.
HOLDS_WORDS = """id IN (SELECT article FROM searched WHERE number IN (
    SELECT rowid FROM articles_fts WHERE articles_fts MATCH :newscrawl_match))"""
_FATES = """SELECT id, gone_at, EXISTS (SELECT 1 FROM reprints WHERE article = id AND original = reprint_of
    AND relation <> 'alias') AS reprint
FROM articles WHERE id IN (SELECT value FROM json_each(?))"""


class PortalName(TypedDict):
    """A portal to choose."""

    key: str
    title: str | None
    region: str | None


class Listed(index.Listing):
    """An article as a list of hits shows it."""

    snippet: str | None


class Fate(TypedDict):
    """What became of an article: when it was found gone, and whether it is a reprint (1, or 0)."""

    id: int
    gone_at: str | None
    reprint: int


def portals(db: Database) -> list[PortalName]:
    """Return the portals by region."""
    return list(rows_of(PortalName, db, "SELECT key, title, region FROM portals ORDER BY region, title"))


def total(db: Database, words: str, filters: OtherFilters) -> int:
    """Count the articles that hold the words; all of them without words."""
    if words:
        return index.count(db, words, **filters)
    return article_queries.number(db, Filters(**filters))


def browse(db: Database, filters: OtherFilters, limit: int, offset: int) -> list[Listed]:
    """Return articles that pass the filters, the newest first, each with its beginning as `snippet`."""
    chosen, last = Filters(**filters), offset + limit
    asked = [chosen.into(_NEWEST, source=file.of("articles")) for file in files(db)]
    found = heapq.merge(*(db.execute(query, [*values, last]) for query, values in asked), key=index.newest_first)
    return [row for article, _ in islice(found, offset, last) for row in rows_of(Listed, db, _BEGINNING, [article])]


def facets(db: Database, words: str, filters: OtherFilters) -> dict[str, list[tuple[str, int]]]:
    """Count articles by each of FACETS: values with numbers, the month newest first, else the most frequent."""
    names = ", ".join(f"{column} AS {name}" for name, column in FACETS.items())
    match = index.query(words)
    db.execute("DROP TABLE IF EXISTS temp.hits")
    for number, file in enumerate(files(db)):
        source, matched = (
            (file.hits, "articles_fts MATCH ?") if match else (f"{file.of('articles')} AS articles", "? = ''")
        )
        query, values = Filters(**filters).into(_HITS, names=names, source=source, matched=matched)
        db.execute(f"{'INSERT INTO temp.hits' if number else 'CREATE TEMP TABLE hits AS'} {query}", [match, *values])
    counted = {}
    for name in FACETS:
        order = "1 DESC" if name == "month" else "2 DESC, 1"
        counted[name] = list(db.execute(_FACET.format(name=name, order=order), (_SHOWN,)))
    db.execute("DROP TABLE temp.hits")
    return counted


def fates(db: Database, articles: Iterable[int]) -> dict[int, Fate]:
    """Return for each article, by id, whether it is a reprint and when it was found gone."""
    return {row["id"]: row for row in rows_of(Fate, db, _FATES, [json.dumps(list(articles))])}
