"""The questions behind the dashboards, each a query of Datasette's own: a page, JSON and CSV come with it.

Parameters left empty mean no limit. Days are Beijing time, as `published` is.
"""

from __future__ import annotations

from dataclasses import dataclass

from newscrawl.archive.copies import ALIASES


@dataclass(frozen=True, slots=True)
class Figure:
    """A query with its titles; it is found at /archive/<name>, with .json and .csv."""

    title: str
    english: str
    sql: str


_WITHIN = """published >= :since AND (:until = '' OR substr(published, 1, length(:until)) <= :until)"""

FIGURES = {
    "articles_a_day": Figure(
        "各地区每日文章数",
        "Articles a day by region",
        f"""SELECT substr(published, 1, 10) AS day, ifnull(region, '（未知）') AS region, count(*) AS articles
FROM articles
WHERE {_WITHIN}
GROUP BY 1, 2 ORDER BY 1, 2""",  # noqa: S608  # put together from constants
    ),
    "top_sources": Figure(
        "主要来源",
        "Top sources: the outlets that articles credit",
        f"""SELECT ifnull(source_norm, source) AS source, count(*) AS articles, count(DISTINCT portal) AS portals,
       count(reprint_of) AS reprints,
       substr(min(published), 1, 10) AS first_day, substr(max(published), 1, 10) AS last_day
FROM articles
WHERE source IS NOT NULL AND {_WITHIN} AND id NOT IN {ALIASES}
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 500""",  # noqa: S608  # put together from constants
    ),
    "reprint_network": Figure(
        "转载网络：谁转载谁",
        "Reprint network: which portal takes from which outlet",
        """SELECT coalesce(original.source_norm, original.source, theirs.title, original.host) AS outlet,
       coalesce(ours.title, copy.host) AS portal, count(*) AS articles,
       sum(reprints.relation = 'same') AS verbatim, substr(max(copy.published), 1, 10) AS last_day
FROM reprints
JOIN articles AS copy ON copy.id = reprints.article
JOIN articles AS original ON original.id = reprints.original
LEFT JOIN portals AS ours ON ours.key = copy.portal
LEFT JOIN portals AS theirs ON theirs.key = original.portal
WHERE reprints.relation <> 'alias'
GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 500""",
    ),
    "withdrawals": Figure(
        "撤下的文章",
        "Withdrawals by month and portal",
        """SELECT substr(gone_at, 1, 7) AS month, coalesce(portals.title, articles.host) AS portal, count(*) AS articles
FROM articles LEFT JOIN portals ON portals.key = articles.portal
WHERE gone_at IS NOT NULL
GROUP BY 1, 2 ORDER BY 1, 2""",
    ),
    "portal_health": Figure(
        "门户健康",
        "Portal health: the last crawls of each portal",
        """SELECT crawls.portal, portals.title, started_at, finished_at,
       json_extract(counts, '$.pages') AS pages, json_extract(counts, '$.articles') AS articles,
       json_extract(counts, '$.new') AS new, json_extract(counts, '$.revised') AS revised,
       json_extract(counts, '$.gone') AS gone, drops, fill, verdict
FROM (SELECT *, row_number() OVER (PARTITION BY portal ORDER BY started_at DESC) AS nth FROM crawls) AS crawls
LEFT JOIN portals ON portals.key = crawls.portal
WHERE nth <= 30 ORDER BY crawls.portal, started_at""",
    ),
}
