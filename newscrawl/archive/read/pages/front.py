"""Queries of the front page: the portals, the newest articles and the latest changes."""

from __future__ import annotations

import heapq
from itertools import islice
from typing import TYPE_CHECKING, TypedDict

from newscrawl.archive.read.changes import REPLACED_AT
from newscrawl.archive.search import index
from newscrawl.archive.sql import times
from newscrawl.archive.sql.files import files
from newscrawl.archive.sql.rows import rows_of

if TYPE_CHECKING:
    from sqlite_utils import Database


_NEWEST = """
SELECT articles.id, articles.title, published, ifnull(source_norm, source) AS source, portals.title AS portal
FROM articles LEFT JOIN portals ON portals.key = articles.portal WHERE articles.id = ?"""
_LAST = "SELECT id, published FROM {} AS articles WHERE published <= ? ORDER BY published DESC, id LIMIT ?"
# Titles are looked up only for the last few. A revision is dated by when its successor was first seen.
_HAPPENED = """
SELECT articles.id, articles.title, step.at, step.what, portals.title AS portal
FROM (SELECT * FROM (SELECT article, at, kind AS what FROM events WHERE kind <> 'suspected'
                     ORDER BY at DESC, article LIMIT :limit)
      UNION ALL
      SELECT * FROM (SELECT articles.id, {replaced_at} AS at, 'revised'
                     FROM revisions JOIN articles ON articles.id = revisions.article
                     ORDER BY at DESC, articles.id LIMIT :limit)) AS step
JOIN articles ON articles.id = step.article LEFT JOIN portals ON portals.key = articles.portal
ORDER BY step.at DESC, articles.id LIMIT :limit"""
COUNTED = ("articles", "portals", "captures", "revisions", "reprints")
# Each column is counted by an index of its own, without reading whole articles. The ranges and the + make SQLite use
# those indexes; otherwise it would go through all articles by portal.
_PORTALS = """
SELECT portals.key AS portal, portals.title, portals.region, ifnull(stored.number, 0) AS articles,
       ifnull(copies.number, 0) AS reprints, ifnull(missing.number, 0) AS gone,
       (SELECT substr(min(published), 1, 10) FROM {0} AS articles WHERE articles.portal = portals.key) AS first_day,
       (SELECT substr(max(published), 1, 10) FROM {0} AS articles WHERE articles.portal = portals.key) AS last_day
FROM portals
LEFT JOIN (SELECT portal, count(*) AS number FROM {0} AS articles GROUP BY portal) AS stored
    ON stored.portal = portals.key
LEFT JOIN (SELECT portal, count(*) AS number FROM {0} AS articles
           WHERE reprint_of >= -9223372036854775808
               AND id NOT IN (SELECT article FROM reprints WHERE relation = 'alias') GROUP BY +portal) AS copies
    ON copies.portal = portals.key
LEFT JOIN (SELECT portal, count(*) AS number FROM {0} AS articles WHERE gone_at > '' GROUP BY +portal) AS missing
    ON missing.portal = portals.key
"""


class PortalFigures(TypedDict):
    """What the archive has of a portal."""

    portal: str
    title: str | None
    region: str | None
    articles: int
    reprints: int
    gone: int
    first_day: str | None
    last_day: str | None


class Newest(TypedDict):
    """An article published of late."""

    id: int
    title: str | None
    published: str | None
    source: str | None
    portal: str | None  # its title


class Happened(TypedDict):
    """A revision, withdrawal or return."""

    id: int  # of the article
    title: str | None
    at: str | None
    what: str
    portal: str | None  # its title


def portals(db: Database) -> list[PortalFigures]:
    """Return the portals, the largest first."""
    portals: dict[str, PortalFigures] = {}
    for file in files(db):
        for row in rows_of(PortalFigures, db, _PORTALS.format(file.of("articles"))):
            known = portals.setdefault(row["portal"], row)
            if known is not row:
                _add(known, row)
    return sorted(portals.values(), key=lambda row: (-row["articles"], row["portal"]))


def _add(known: PortalFigures, row: PortalFigures) -> None:
    """Add a portal's figures in one file to its figures in the earlier files."""
    known["articles"] += row["articles"]
    known["reprints"] += row["reprints"]
    known["gone"] += row["gone"]
    known["first_day"] = min((day for day in (known["first_day"], row["first_day"]) if day), default=None)
    known["last_day"] = max((day for day in (known["last_day"], row["last_day"]) if day), default=None)


def newest(db: Database, limit: int) -> list[Newest]:
    """Return the articles published last."""
    # Publication times up to an hour ahead of Beijing's clock are accepted; later ones are mistakes of the page.
    soon = times.in_future(hours=1)
    asked = (db.execute(_LAST.format(file.of("articles")), [soon, limit]) for file in files(db))
    found = islice(heapq.merge(*asked, key=index.newest_first), limit)
    return [row for article, _ in found for row in rows_of(Newest, db, _NEWEST, [article])]


def happened(db: Database, limit: int) -> list[Happened]:
    """Return the last revisions, withdrawals and returns."""
    query = _HAPPENED.format(replaced_at=REPLACED_AT)
    rows = [row for file in files(db) for row in rows_of(Happened, db, file.own(query), {"limit": limit})]
    rows.sort(key=lambda row: row["at"] or "", reverse=True)  # those of one file are in order already
    return rows[:limit]
