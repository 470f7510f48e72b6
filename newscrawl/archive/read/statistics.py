"""Count articles by time and place, and find the days on which a portal has no article."""

from __future__ import annotations

import calendar
from dataclasses import replace
from typing import TYPE_CHECKING, NotRequired, TypedDict

from newscrawl.archive.sql.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from newscrawl.archive.search.filters import Filters
    from newscrawl.archive.sql.rows import Sql


# What articles can be counted by: the column's SQL, over articles and their portals.
BY = {
    "day": "substr(published, 1, 10)",
    "month": "substr(published, 1, 7)",
    "region": "region",
    "portal": "+portal",  # the + keeps SQLite from an index that has not all columns
    "source": "coalesce(source_norm, source)",
    "place": """CASE WHEN places.code IS NULL THEN places.name WHEN level = 'province' THEN divisions.name
        ELSE province || iif(level = 'county', ifnull(city, ''), '') || divisions.name END""",
}
_WITH_PLACES = """articles JOIN places ON places.article = articles.id
    LEFT JOIN divisions ON divisions.code = places.code"""
_TALLY = """SELECT {value} AS "{by}", count({each}articles.id) AS articles,
        count({each}iif(reprint_of IS NULL OR articles.id IN (SELECT article FROM reprints
            WHERE relation = 'alias'), NULL, articles.id)) AS reprints,
        count({each}iif(gone_at IS NULL, NULL, articles.id)) AS gone
    FROM {source} WHERE {chosen} GROUP BY 1 ORDER BY {order}"""
_GRID = """SELECT substr(published, 1, 10) AS day, region, portal, count(*) AS articles FROM articles
    WHERE published IS NOT NULL AND {chosen} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""
_GAPS = """WITH days AS (
        SELECT DISTINCT portal, substr(published, 1, 10) AS day FROM articles
        WHERE published IS NOT NULL AND {chosen}
    ), bounds AS (
        SELECT portal, date(?, '-1 day') AS day FROM days WHERE ? IS NOT NULL
        UNION SELECT portal, date(ifnull(?, (SELECT max(day) FROM days WHERE day <= date('now', '+8 hours'))),
            '+1 day') FROM days
    ), steps AS (
        SELECT portal, day, lead(day) OVER (PARTITION BY portal ORDER BY day) AS next
        FROM (SELECT * FROM days UNION SELECT * FROM bounds)
    )
    SELECT portal, date(day, '+1 day') AS since, date(next, '-1 day') AS until,
        CAST(julianday(next) - julianday(day) AS INTEGER) - 1 AS days
    FROM steps WHERE julianday(next) - julianday(day) > 1 ORDER BY until DESC, portal"""


class Tally(TypedDict):
    """Counts of one day, month, region, portal, source or place; only the key of that kind is set."""

    day: NotRequired[str | None]
    month: NotRequired[str | None]
    region: NotRequired[str | None]
    portal: NotRequired[str | None]
    source: NotRequired[str | None]
    place: NotRequired[str | None]
    articles: int
    reprints: int
    gone: int


Frequency = dict[str, str | int | None]  # the day or the like, the number of all articles, and of each word's


class DayCount(TypedDict):
    """Articles of a portal on a day."""

    day: str
    region: str | None
    portal: str
    articles: int


class Gap(TypedDict):
    """Days on which a portal has no article."""

    portal: str
    since: str
    until: str
    days: int


def tally(db: Database, by: str, filters: Filters) -> list[Tally]:
    """Count articles, reprints and withdrawals by one of BY: days and months in order, the rest by number.

    An article counts once under each place that it names; a name that may mean several places stands alone.
    """
    return list(rows_of(Tally, db, *_tally(by, filters)))


def _tally(by: str, filters: Filters) -> tuple[str, list[Sql]]:
    order = "1" if by in {"day", "month"} else "2 DESC, 1"
    source, each = (_WITH_PLACES, "DISTINCT ") if by == "place" else ("articles", "")
    return filters.into(_TALLY, value=BY[by], by=by, source=source, each=each, order=order)


def frequency(db: Database, words: Sequence[str], by: str, filters: Filters) -> list[Frequency]:
    """Count by one of BY the articles that hold each of some words, and all articles; in the order of `tally`."""
    none: Frequency = dict.fromkeys(words, 0)
    every = db.query(*_tally(by, filters))
    rows: dict[Sql, Frequency] = {row[by]: {by: row[by], "articles": row["articles"], **none} for row in every}
    for word in words:
        for row in db.query(*_tally(by, replace(filters, words=word))):
            rows[row[by]][word] = row["articles"]
    return list(rows.values())


def grid(db: Database, filters: Filters) -> list[DayCount]:
    """Count the dated articles by day, region and portal, in order of day, for `newscrawl picture`."""
    return list(rows_of(DayCount, db, *filters.into(_GRID)))


def gaps(db: Database, filters: Filters) -> list[Gap]:
    """Return the stretches of days on which a portal has no article: portal, since, until, days; the latest first.

    The search for gaps begins at `filters.since`, else at the portal's first day; it ends at `filters.until`, else at
    the newest day of the archive (pages dated in the future are ignored).
    """
    first = _first_day(filters.since) if filters.since else None
    last = _last_day(filters.until) if filters.until else None
    query, values = filters.into(_GAPS)
    return list(rows_of(Gap, db, query, [*values, first, first, last]))


def _first_day(text: str) -> str:
    """Return the first day of a year, month or day."""
    return text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text


def _last_day(text: str) -> str:
    """Return the last day of a year, month or day."""
    if len(text) == 4:
        return f"{text}-12-31"
    if len(text) == 7:
        return f"{text}-{calendar.monthrange(int(text[:4]), int(text[5:]))[1]}"
    return text
