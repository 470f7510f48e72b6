"""The search page: hits, how many there are, and how they spread."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from newscrawl.archive import search
from newscrawl.archive.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from newscrawl.archive.rows import Row


# What hits are counted by.
FACETS = {
    "region": "region",
    "portal": "portal",
    "source": "ifnull(source_norm, source)",
    "month": "substr(published, 1, 7)",
}
_SHOWN = 12  # values of a facet
_HITS = """FROM articles_fts JOIN searched ON searched.number = articles_fts.rowid
JOIN articles ON articles.id = searched.article WHERE articles_fts MATCH ? AND """
_BROWSE = """SELECT url, title, published, published_precision, portal, source,
    substr(body, 1, 90) AS snippet FROM articles
WHERE {where} ORDER BY published DESC, id LIMIT ? OFFSET ?"""
# A condition on a table or view of articles.
HOLDS_WORDS = """id IN (SELECT article FROM searched WHERE number IN (
    SELECT rowid FROM articles_fts WHERE articles_fts MATCH :newscrawl_match))"""
_FATES = """SELECT id, gone_at, EXISTS (SELECT 1 FROM reprints WHERE article = id AND original = reprint_of
    AND relation <> 'alias') AS reprint
FROM articles WHERE id IN (SELECT value FROM json_each(?))"""


def portals(db: Database) -> list[Row]:
    """Return the portals by region: key, title, region."""
    return list(db.query("SELECT key, title, region FROM portals ORDER BY region, title"))


def total(db: Database, words: str, filters: dict[str, Any]) -> int:
    """Count the articles that hold the words; all of them without words."""
    if words:
        return search.count(db, words, **filters)
    condition, values = _found("", filters)
    number: int = db.execute(f"SELECT count(*) {condition}", values).fetchone()[0]  # Filters binds all values
    return number


def browse(db: Database, filters: dict[str, Any], limit: int, offset: int) -> list[Row]:
    """Give articles that pass the filters, the newest first, each with its beginning as `snippet`."""
    where, values = Filters(**filters).where()
    return list(db.query(_BROWSE.format(where=where), [*values, limit, offset]))


def facets(db: Database, words: str, filters: dict[str, Any]) -> dict[str, list[tuple[str, int]]]:
    """Count articles by each of FACETS: values with numbers, the month newest first, else the most frequent."""
    condition, values = _found(search.query(words), filters)
    names = ", ".join(f"{column} AS {name}" for name, column in FACETS.items())
    db.execute("DROP TABLE IF EXISTS temp.hits")
    db.execute(f"CREATE TEMP TABLE hits AS SELECT {names} {condition}", values)
    counted = {}
    for name in FACETS:
        order = "1 DESC" if name == "month" else "2 DESC, 1"
        sql = f"""SELECT {name}, count(*) FROM temp.hits WHERE {name} IS NOT NULL
            GROUP BY 1 ORDER BY {order} LIMIT {_SHOWN}"""  # noqa: S608  # names from FACETS
        counted[name] = [(value, number) for value, number in db.execute(sql)]
    db.execute("DROP TABLE temp.hits")
    return counted


def fates(db: Database, articles: Iterable[int]) -> dict[int, Row]:
    """Tell of articles, by id, whether they are reprints and when they were found gone."""
    return {row["id"]: row for row in db.query(_FATES, [json.dumps(list(articles))])}


def _found(expression: str, filters: dict[str, Any]) -> tuple[str, list[Any]]:
    """Return what FROM on the articles that are asked for stand in, and its values."""
    where, values = Filters(**filters).where()
    if expression:
        return _HITS + where, [expression, *values]
    return f"FROM articles WHERE {where}", values
