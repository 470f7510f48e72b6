"""Queries of the article page: an article with its reprint family, its other addresses and its links."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict

from newscrawl.archive.read import family_query
from newscrawl.archive.read.article_queries import CaptureRow
from newscrawl.archive.sql.rows import one, rows_of
from newscrawl.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database


_MOST = 300  # copies shown; a wire story may have thousands
_ADDRESS = "SELECT url FROM articles WHERE id = ?1 UNION ALL SELECT url FROM aliases WHERE id = ?1"
_CONTAINED = """
SELECT articles.id, articles.title, articles.published FROM reprints JOIN articles ON articles.id = reprints.original
WHERE reprints.article = ? AND reprints.relation = 'contains' ORDER BY articles.published"""


class Contained(TypedDict):
    """A story that a digest holds."""

    id: int
    title: str | None
    published: str | None


class Surroundings(TypedDict):
    """What an article's page shows around its text."""

    portal: str | None  # its title
    family: list[family_query.Member]  # the first and its copies
    contained: list[Contained]
    aliases: list[str]


class TitledCapture(CaptureRow):
    """A capture with its article's title."""

    title: str | None


def address(db: Database, article: int) -> str | None:
    """Return the address of an article, by its id or an alias's."""
    found = one(db, _ADDRESS, article)
    return found["url"] if found else None


def members(db: Database, original: int) -> list[family_query.Member]:
    """Return an article and its reprints as `newscrawl reprints` prints them: the original, then copies by time."""
    return family_query.members(db, original)[:_MOST]


def contained(db: Database, article: int) -> list[Contained]:
    """Return the articles that a digest holds."""
    return list(rows_of(Contained, db, _CONTAINED, [article]))


def known(db: Database, urls: Iterable[str]) -> dict[str, int]:
    """Return the addresses that belong to articles of the archive, with the articles' ids."""
    ids = {url: url_id(url) for url in urls}
    query = "SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?))"
    there = {row["id"] for row in db.query(query, [json.dumps(list(ids.values()))])}
    return {url: number for url, number in ids.items() if number in there}


def portal_title(db: Database, key: str | None) -> str | None:
    """Return what a portal is called."""
    found = one(db, "SELECT title FROM portals WHERE key = ?", key)
    return found["title"] if found else None


def capture(db: Database, number: int) -> TitledCapture | None:
    """Return a capture's row with its article's title."""
    query = """SELECT *, (SELECT title FROM articles WHERE articles.id = captures.article) AS title FROM captures
        WHERE id = ?"""
    return next(rows_of(TitledCapture, db, query, [number]), None)
