"""The SQL queries of the dashboards; Datasette serves each as a page, JSON and CSV.

Parameters left empty mean no limit. Days are Beijing time, as `published` is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from newscrawl.archive.sql.rows import Kind, rows_of

if TYPE_CHECKING:
    from sqlite_utils import Database

# The + before `published` makes SQLite read the index `articles_counted`, which has all columns, not every article.
FIGURES: dict[str, str] = {
    "articles_a_day": """SELECT substr(published, 1, 10) AS day, region, count(*) AS articles
FROM articles
WHERE +published >= :since AND (:until = '' OR substr(published, 1, length(:until)) <= :until)
GROUP BY 1, 2 ORDER BY 1, 2""",
    "top_sources": """SELECT ifnull(source_norm, source) AS source, count(*) AS articles,
       count(DISTINCT portal) AS portals,
       count(reprint_of) AS reprints,
       substr(min(published), 1, 10) AS first_day, substr(max(published), 1, 10) AS last_day
FROM articles
WHERE source IS NOT NULL AND id NOT IN (SELECT article FROM reprints WHERE relation = 'alias')
      AND +published >= :since AND (:until = '' OR substr(published, 1, length(:until)) <= :until)
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 500""",
    "reprint_network": """SELECT coalesce(original.source_norm, original.source, theirs.title, original.host) AS outlet,
       coalesce(ours.title, copy.host) AS portal, count(*) AS articles,
       sum(reprints.relation = 'same') AS verbatim, substr(max(copy.published), 1, 10) AS last_day
FROM reprints
JOIN articles AS copy ON copy.id = reprints.article
JOIN articles AS original ON original.id = reprints.original
LEFT JOIN portals AS ours ON ours.key = copy.portal
LEFT JOIN portals AS theirs ON theirs.key = original.portal
WHERE reprints.relation <> 'alias'
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 500""",
    "withdrawals": """SELECT substr(gone_at, 1, 7) AS month, coalesce(portals.title, articles.host) AS portal,
       count(*) AS articles
FROM articles LEFT JOIN portals ON portals.key = articles.portal
WHERE gone_at IS NOT NULL
GROUP BY 1, 2 ORDER BY 1, 2""",
    "portal_health": """SELECT crawls.portal, portals.title, started_at, finished_at,
       json_extract(counts, '$.pages') AS pages, json_extract(counts, '$.articles') AS articles,
       json_extract(counts, '$.new') AS new, json_extract(counts, '$.revised') AS revised,
       json_extract(counts, '$.gone') AS gone, drops, fill, verdict
FROM (SELECT *, row_number() OVER (PARTITION BY portal ORDER BY started_at DESC) AS nth FROM crawls) AS crawls
LEFT JOIN portals ON portals.key = crawls.portal
WHERE nth <= 30 ORDER BY crawls.portal, started_at""",
}


class DayFigure(TypedDict):
    """A row of `articles_a_day`."""

    day: str | None
    region: str | None
    articles: int


class SourceFigure(TypedDict):
    """A row of `top_sources`."""

    source: str
    articles: int
    portals: int
    reprints: int
    first_day: str | None
    last_day: str | None


class FlowFigure(TypedDict):
    """A row of `reprint_network`."""

    outlet: str
    portal: str
    articles: int
    verbatim: int
    last_day: str | None


class WithdrawalFigure(TypedDict):
    """A row of `withdrawals`."""

    month: str
    portal: str
    articles: int


class CrawlFigure(TypedDict):
    """A row of `portal_health`."""

    portal: str
    title: str | None
    started_at: str
    finished_at: str | None
    pages: int | None
    articles: int | None
    new: int | None
    revised: int | None
    gone: int | None
    drops: str | None  # JSON
    fill: str | None  # JSON
    verdict: str | None


def figure(db: Database, name: str, kind: type[Kind]) -> list[Kind]:
    """Run one of FIGURES, over all time; its rows are of the kind given."""
    return list(rows_of(kind, db, FIGURES[name], {"since": "", "until": ""}))
