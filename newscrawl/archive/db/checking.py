"""Check that archive.db is sound and agrees with the WARC files; each fault found names its remedy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from newscrawl.archive.db.connection import transaction
from newscrawl.archive.reprints.sketch import content_hash
from newscrawl.archive.search import index
from newscrawl.archive.sql.rows import stamp
from newscrawl.archive.warc.read import read_warc
from newscrawl.archive.warc.write import OPEN_SUFFIX
from newscrawl.archive.write import facts
from newscrawl.errors import WarcError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database


MOST = 1000  # faults of one kind that are listed singly


class Mend(StrEnum):
    """What mends a fault."""

    NOTHING = "nothing"  # the raw page is lost or altered: take it from a backup
    RECOVER = "recover"  # close the WARC files a killed crawl left
    REINDEX = "reindex"  # build the database's indexes anew
    DELETE = "delete"  # remove rows whose article is missing
    SEARCH = "search"  # build the full-text index anew
    REPRINTS = "reprints"  # find the reprints anew
    REPLAY = "replay"  # store the pages of a WARC file again
    REBUILD = "rebuild"  # move the database aside and make it anew from all WARC files
    FRONTIER = "frontier"  # set right, or made anew from the archive


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the archive: where it is, what is wrong, and its remedy."""

    place: str  # a file, a table, or an address
    what: str
    mend: Mend
    warc: str | None = None  # the WARC file to be replayed, where that mends it


_ROWS = """SELECT captures.id, captures.url, fetched_at, digest, warc, offset, length, articles.id IS NOT NULL AS text
FROM captures LEFT JOIN articles ON articles.capture = captures.id
WHERE warc IS NOT NULL ORDER BY warc, offset"""
_ORPHANS = {
    "links": "article NOT IN (SELECT id FROM articles) OR url NOT IN (SELECT id FROM urls)",
    "revisions": "article NOT IN (SELECT id FROM articles)",
    "events": "article NOT IN (SELECT id FROM articles)",
}
_TIMES = {"captures": "fetched_at", "crawls": "started_at"}
_WITHOUT_CAPTURE = """SELECT url FROM articles
WHERE capture IS NULL OR capture NOT IN (SELECT id FROM captures) LIMIT ?"""
_ASTRAY = """SELECT url, warc FROM captures WHERE outcome = 'article' AND part IS NULL
AND article NOT IN (SELECT id FROM articles UNION ALL SELECT id FROM aliases) LIMIT ?"""
_BODIES = """SELECT articles.url, body, content_hash, warc FROM articles JOIN captures ON captures.id = articles.capture
WHERE body IS NOT NULL AND content_hash IS NOT NULL"""
_OUT_OF_FAMILIES = """SELECT
(SELECT count(*) FROM placed WHERE article NOT IN (SELECT id FROM articles)) +
(SELECT count(*) FROM articles WHERE reprint_of NOT IN (SELECT id FROM articles)) +
(SELECT count(*) FROM reprints WHERE article NOT IN (SELECT id FROM articles)) +
(SELECT count(*) FROM placed WHERE text NOT IN (SELECT text FROM texts))"""
_OUT_OF_INDEX = """SELECT
(SELECT count(*) FROM articles
    WHERE id NOT IN (SELECT article FROM searched UNION SELECT article FROM search_changes)) +
(SELECT count(*) FROM searched
    WHERE article NOT IN (SELECT id FROM articles) AND article NOT IN (SELECT article FROM search_changes)) +
abs((SELECT count(*) FROM searched) - (SELECT count(*) FROM articles_fts_docsize))"""


def check_database(db: Database, *, writable: bool) -> Iterator[Fault]:
    """Check archive.db by itself: SQLite's integrity, references between rows, full-text index and reprint families."""
    place = "archive.db"
    unsound = [line for (line,) in db.execute("PRAGMA integrity_check(20)").fetchall() if line != "ok"]
    for line in unsound:
        of_index = " index " in line
        yield Fault(place, f"SQLite finds: {line}", Mend.REINDEX if of_index else Mend.REBUILD)
    if any(" index " not in line for line in unsound):
        return
    for table, condition in _ORPHANS.items():
        if count := db.table(table).count_where(condition):
            yield Fault(place, f"{count} rows of {table} belong to no article or address", Mend.DELETE)
    for (url,) in db.execute(_WITHOUT_CAPTURE, (MOST,)).fetchall():
        yield Fault(url, "the capture of this article is not in the archive", Mend.REPLAY)
    for url, warc in db.execute(_ASTRAY, (MOST,)).fetchall():
        yield Fault(url, "a capture shows an article, and the archive has none", Mend.REPLAY, warc)
    yield from _bodies(db)
    tomorrow = stamp(datetime.now(UTC) + timedelta(days=1))
    for table, column in _TIMES.items():
        if count := db.table(table).count_where(f"{column} > ?", [tomorrow]):
            yield Fault(
                place, f"{count} rows of {table} are of a time still to come: was the clock wrong?", Mend.NOTHING
            )
    if count := db.execute(_OUT_OF_FAMILIES).fetchone()[0]:
        yield Fault(place, f"{count} rows of the reprints are out of step with the articles", Mend.REPRINTS)
    if (count := db.execute(_OUT_OF_INDEX).fetchone()[0]) or (writable and not _index_agrees(db)):
        yield Fault(place, f"the full-text index is out of step with the articles ({count or 'some'})", Mend.SEARCH)


def _bodies(db: Database) -> Iterator[Fault]:
    """Compare every article's text with its stored hash."""
    for url, body, kept, warc in db.execute(_BODIES):
        if content_hash(body) != kept:
            yield Fault(url, "the text of this article was altered in the database", Mend.REPLAY, warc)


def _index_agrees(db: Database) -> bool:
    """Compare the full-text index with the texts, after bringing it up to date."""
    with transaction(db):
        facts.settle(db)
        return index.agrees(db)


def check_captures(db: Database, folder: Path) -> Iterator[Fault]:
    """Compare captures and WARC records both ways: each capture has an intact record, each record has its capture."""
    rows = db.query(_ROWS)
    told: set[str] = set()
    for name, group in groupby(rows, key=lambda row: str(row["warc"])):
        told.add(name)
        path = _file(folder, name)
        known = {row["offset"]: row for row in group}
        if path is None:
            articles = sum(row["text"] for row in known.values())
            lost = f"this file is missing: {len(known)} captures lie in it, {articles} articles among them"
            yield Fault(name, lost, Mend.NOTHING)
            continue
        yield from _file_faults(path, name, known)
    for path in sorted(folder.glob("*.warc.gz*")):
        name = path.name.removesuffix(OPEN_SUFFIX)
        if name not in told:
            yield from _file_faults(path, name, {})


def _file(folder: Path, name: str) -> Path | None:
    """Return the path of the WARC file that a row names; None for a name that leads out of the folder."""
    for path in (folder / name, folder / (name + OPEN_SUFFIX)):
        if path.parent == folder and path.exists():
            return path
    return None


def _file_faults(path: Path, name: str, known: dict[int, dict[str, object]]) -> Iterator[Fault]:
    """Compare one file's records with the captures whose rows name that file."""
    damage: list[WarcError] = []
    if path.name.endswith(OPEN_SUFFIX):
        yield Fault(path.name, "this file was left open by a crawl that was killed", Mend.RECOVER)
    missing = 0
    try:
        for capture in read_warc(path, on_damage=damage.append):
            if capture.record_type == "metadata":
                continue
            row = known.pop(capture.ref.offset, None)
            if row is None:
                missing += capture.is_page
            elif (row["url"], row["fetched_at"], row["digest"]) != (
                capture.url,
                stamp(capture.fetched_at),
                capture.digest,
            ):
                what = f"the capture of {row['url']} is not what the record at offset {capture.ref.offset} says"
                yield Fault(name, what, Mend.REPLAY, name)
    except WarcError as unreadable:
        damage.append(unreadable)
    if missing:
        yield Fault(name, f"{missing} records of this file are not in the archive", Mend.REPLAY, name)
    for error in damage:
        yield Fault(name, str(error), Mend.NOTHING)
    for offset, row in known.items():
        text = "an article's" if row["text"] else "a"
        what = f"{text} capture, {row['url']}, has no readable record at offset {offset}"
        yield Fault(name, what, Mend.NOTHING)


def delete_orphans(db: Database) -> None:
    """Remove the rows that belong to no article."""
    with transaction(db):
        for table, condition in _ORPHANS.items():
            db.table(table).delete_where(condition)


def rebuild_search(db: Database) -> None:
    """Build the full-text index anew from the articles."""
    with transaction(db):
        facts.rebuild(db)
