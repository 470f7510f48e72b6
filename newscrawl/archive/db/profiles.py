"""Store the host profiles that articles were extracted with, and draw the sample of pages a profile is learnt from.

The current profile of a host is a file beside the archive. The rows here also keep earlier profiles, so that the
`profile` of every article can be looked up.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from newscrawl.archive.db.connection import transaction
from newscrawl.archive.sql.errors import explained_errors
from newscrawl.archive.sql.rows import Reading, Row, storable
from newscrawl.items import WarcRef
from newscrawl.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlite_utils import Database

_FEWEST = 10  # articles needed to learn a profile
_NEWEST = 10  # the sample is drawn from this many times its size of the newest pages, as layouts change
# Ordered by the hash of the address: the same captures give the same sample, spread evenly over the channels.
_SAMPLE = """SELECT warc, "offset", length, digest FROM (
    SELECT articles.id, captures.warc, captures."offset", captures.length, captures.digest
    FROM articles JOIN captures ON captures.id = articles.capture
    WHERE articles.host = ? AND captures.warc IS NOT NULL ORDER BY captures.fetched_at DESC, articles.id LIMIT ?)
    ORDER BY id LIMIT ?"""

# The same of readings without an archive: of an address the first that shows its present text.
_READINGS = """CREATE TABLE readings (
    id INTEGER, host TEXT, version TEXT, fetched_at TEXT, warc TEXT, "offset" INTEGER)"""
_OF_READINGS = """WITH told AS (
    SELECT *, lag(version) OVER (PARTITION BY id ORDER BY fetched_at, warc, "offset") AS before FROM readings
), present AS (
    SELECT id, host, warc, "offset", max(fetched_at) AS fetched_at FROM told WHERE version IS NOT before GROUP BY id
), newest AS (
    SELECT *, row_number() OVER (PARTITION BY host ORDER BY fetched_at DESC, id) AS place FROM present
), sampled AS (
    SELECT *, row_number() OVER (PARTITION BY host ORDER BY id) AS nth FROM newest WHERE place <= ?1 * ?2
) SELECT host, warc, "offset" FROM sampled WHERE nth <= ?2 ORDER BY warc, 3"""
_HOSTS = "SELECT host FROM articles WHERE portal = ? GROUP BY host HAVING count(*) >= ? ORDER BY count(*) DESC, host"
_PORTAL = "SELECT portal FROM articles WHERE host = ? GROUP BY portal ORDER BY count(*) DESC, portal LIMIT 1"
_PAGES = """SELECT url, portal, warc, "offset", length, digest FROM captures
    WHERE article IN (SELECT ?1 UNION SELECT article FROM named_parts WHERE address = ?1)
    AND status = 200 AND warc IS NOT NULL ORDER BY fetched_at DESC, id DESC"""


def create(db: Database) -> None:
    """Create the table of this module."""
    db.table("profiles").create({"hash": str, "host": str, "kind": str, "value": str}, pk=("hash", "kind", "value"))
    db.table("profiles").create_index(["host"])


def sample_of_readings(rows: Iterable[Reading], size: int) -> Iterator[tuple[str, str, int]]:
    """Yield host and place (WARC file, offset) of the pages that `Profiling.sample` would take of each host.

    Works in a temporary file, so that memory does not grow with the readings.

    Args:
        rows: readings of articles, with url, host, title, content_hash, fetched_at, warc and offset.
        size: how many pages of a host.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute(_READINGS)
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?)",
            (
                (url_id(row["url"]), row["host"], _version(row), row["fetched_at"], row["warc"], row["offset"])
                for row in rows
            ),
        )
        yield from db.execute(_OF_READINGS, (_NEWEST, size))


def _version(reading: Reading) -> str:
    return f"{reading['title']}\n{reading['content_hash']}"


class Profiling:
    """The archive's side of profiles: their facts, and samples of pages to learn from."""

    def __init__(self, db: Database, path: Path) -> None:
        self._db, self._path = db, path

    def put(self, version: str, host: str, facts: Iterable[tuple[str, str]]) -> None:
        """Store the facts of a host's profile, as kinds and values, under its hash (the articles' `profile`)."""
        with explained_errors(self._path), transaction(self._db):
            self._db.conn.executemany(
                "INSERT OR IGNORE INTO profiles(hash, host, kind, value) VALUES (?, ?, ?, ?)",
                [(version, host, kind, storable(value)) for kind, value in facts],
            )

    def hosts(self, portal: str) -> list[str]:
        """Return the hosts of a portal with enough articles to learn a profile, the largest first."""
        return [row["host"] for row in self._rows(_HOSTS, portal, _FEWEST)]

    def portal_of(self, host: str) -> str | None:
        """Return the portal of most of a host's articles, None where the host has no article."""
        return next((row["portal"] for row in self._rows(_PORTAL, host)), None)

    def sample(self, host: str, size: int) -> list[WarcRef]:
        """Return the records of a host's latest pages, one for each article; the same for the same captures."""
        return [_ref(row) for row in self._rows(_SAMPLE, host, _NEWEST * size, size)]

    def last_record(self, url: str) -> tuple[WarcRef, str | None] | None:
        """Return the record of the last stored page of an address, and its portal; None if no page is stored."""
        rows = self._rows(_PAGES, url_id(url))
        return next(((_ref(row), row["portal"]) for row in rows if url_id(row["url"]) == url_id(url)), None)

    def _rows(self, query: str, *values: object) -> list[Row]:
        with explained_errors(self._path):
            return list(self._db.query(query, values))


def _ref(row: Row) -> WarcRef:
    return WarcRef(row["warc"], row["offset"], row["length"], row["digest"])
