"""The front page: the state of the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.archive import Archive

Row = dict[str, Any]

_NEWEST = """
SELECT articles.id, articles.title, published, ifnull(source_norm, source) AS source, portals.title AS portal
FROM articles LEFT JOIN portals ON portals.key = articles.portal
WHERE published <= datetime('now', '+9 hours') ORDER BY published DESC, articles.id LIMIT 12"""
_HAPPENED = """
SELECT articles.id, articles.title, events.at, events.kind AS what, portals.title AS portal
FROM events JOIN articles ON articles.id = events.article LEFT JOIN portals ON portals.key = articles.portal
WHERE events.kind <> 'suspected'
UNION ALL
SELECT articles.id, articles.title, revisions.seen_at, 'revised', portals.title
FROM (SELECT article, max(seen_at) AS seen_at FROM revisions GROUP BY article) AS revisions
JOIN articles ON articles.id = revisions.article LEFT JOIN portals ON portals.key = articles.portal
ORDER BY 3 DESC LIMIT 8"""


def state(archive: Archive) -> Row:
    """Return what the front page shows."""
    database = archive.database
    summary = archive.summary()
    report = {row["portal"]: row for row in archive.report()}
    return {
        "counts": archive.counts(),
        "gone": sum(row["gone"] for row in summary),
        "first_day": min((row["first_day"] for row in summary if row["first_day"]), default=None),
        "last_day": max((row["last_day"] for row in summary if row["last_day"]), default=None),
        "portals": [{**row, "crawl": report.get(row["portal"], {})} for row in summary],
        "crawls": archive.crawls(limit=8),
        "titles": {row["portal"]: row["title"] or row["portal"] for row in summary},
        "newest": list(database.query(_NEWEST)),
        "happened": list(database.query(_HAPPENED)),
        "size": archive.path.stat().st_size,
        "word": archive.a_word(),
    }
