"""The profiles that articles were read with, fact by fact; and the sample of a host's pages that one is learnt from.

A profile in force is a file beside the archive. Its rows here stay when another takes its place, so that the `profile`
of every article tells what it was read by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.archive.rows import storable
from newscrawl.archive.warc import WarcRef
from newscrawl.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

_FEWEST = 10  # articles that a profile takes
_NEWEST = 10  # how many times the sample's size: it is drawn from the pages fetched last, as layouts change
# By the hash of the address, so that the same captures give the same sample, and channels their shares.
_SAMPLE = """SELECT warc, "offset", length, digest FROM (
    SELECT articles.id, captures.warc, captures."offset", captures.length, captures.digest
    FROM articles JOIN captures ON captures.id = articles.capture
    WHERE articles.host = ? AND captures.warc IS NOT NULL ORDER BY captures.fetched_at DESC, articles.id LIMIT ?)
    ORDER BY id LIMIT ?"""

_PAGES = """SELECT url, portal, warc, "offset", length, digest FROM captures
    WHERE article IN (SELECT ?1 UNION SELECT article FROM named_parts WHERE address = ?1)
    AND status = 200 AND warc IS NOT NULL ORDER BY fetched_at DESC, id DESC"""


def create(db: Database) -> None:
    """Create the table of this module."""
    db.table("profiles").create({"hash": str, "host": str, "kind": str, "value": str}, pk=("hash", "kind", "value"))
    db.table("profiles").create_index(["host"])


def put(db: Database, version: str, host: str, facts: Iterable[tuple[str, str]]) -> None:
    """Keep what a profile says, once; the caller holds the transaction."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO profiles(hash, host, kind, value) VALUES (?, ?, ?, ?)",
        [(version, host, kind, storable(value)) for kind, value in facts],
    )


def hosts(db: Database, portal: str) -> list[str]:
    """Give the hosts of a portal that have enough articles to tell what they share, the one with most first."""
    query = "SELECT host FROM articles WHERE portal = ? GROUP BY host HAVING count(*) >= ? ORDER BY count(*) DESC, host"
    rows = db.query(query, [portal, _FEWEST])
    return [row["host"] for row in rows]


def portal_of(db: Database, host: str) -> str | None:
    """Give the portal that most articles of a host are of; None where there are none."""
    query = "SELECT portal FROM articles WHERE host = ? GROUP BY portal ORDER BY count(*) DESC, portal LIMIT 1"
    return next((row["portal"] for row in db.query(query, [host])), None)


def last_record(db: Database, url: str) -> tuple[WarcRef, str | None] | None:
    """Give where the last page of an address lies, and the portal it is of; a further page of a story by its own."""
    rows = db.query(_PAGES, [url_id(url)])
    row = next((row for row in rows if url_id(row["url"]) == url_id(url)), None)
    return (WarcRef(row["warc"], row["offset"], row["length"], row["digest"]), row["portal"]) if row else None


def sample(db: Database, host: str, size: int) -> list[WarcRef]:
    """Give where the pages lie that tell what a host is like: one an article, of those fetched last."""
    rows = db.query(_SAMPLE, [host, _NEWEST * size, size])
    return [WarcRef(row["warc"], row["offset"], row["length"], row["digest"]) for row in rows]
