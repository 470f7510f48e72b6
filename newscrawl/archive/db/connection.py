"""Open archive.db: SQLite's settings, the search's SQL functions, transactions and limits on readers' queries."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database

from newscrawl import disk
from newscrawl.archive.search import index
from newscrawl.archive.sql.errors import explained_errors
from newscrawl.archive.sql.files import files
from newscrawl.archive.write import facts
from newscrawl.disk import use_wal
from newscrawl.errors import ArchiveError, DataFolderError

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST_SQLITE = (3, 35)  # the first with RETURNING, by which the frontier leases
# Limits of one query in a browser: the longest article has some hundred thousand characters.
LONGEST_VALUE, LONGEST_QUERY, MOST_MEMORY = 4_000_000, 20_000, 256 * 1024 * 1024
_PATH = "SELECT file FROM pragma_database_list WHERE name = ?"
CACHE_KIB = 4 * 1024  # what is not here the system holds; 16 MB made storing no faster


def connect(path: Path, *, read_only: bool) -> Database:
    """Open the database in WAL mode, with every commit forced to the disk.

    Raises:
        ArchiveError: there is none (read only), the file is no database, or Python's SQLite is too old.
        DataFolderError: it cannot be made or written.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise ArchiveError(f"SQLite {sqlite3.sqlite_version} is too old: use a Python that brings {oldest} or newer")
    if read_only and not path.exists():
        raise ArchiveError(f"no archive at {path}; make one with: newscrawl crawl")
    with explained_errors(path):
        if not read_only:
            _make_folder(path)
        connection = disk.read_only(path) if read_only else disk.connection(path, "mode=rwc")
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            if not read_only:
                use_wal(connection)
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute(f"PRAGMA cache_size = {-CACHE_KIB}")
            index.register(connection)
            return Database(connection, execute_plugins=False)
        except BaseException:
            connection.close()
            raise


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataFolderError(
            f"cannot make {path.parent}: {error.strerror}; name another with NEWSCRAWL_DATA"
        ) from error


def limit_queries(connection: sqlite3.Connection) -> None:
    """Limit the memory that SQLite may use for a query, as readers may send SQL of their own."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, LONGEST_QUERY)
    # the whole process's memory for SQLite: `randomblob` and its like, sorts and temporary tables
    connection.execute(f"PRAGMA hard_heap_limit = {MOST_MEMORY}")


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """Run a block as one write: BEGIN IMMEDIATE takes the lock first, so it waits its turn and never fails half-way.

    Before the commit, everything derived from the articles is brought up to date: full-text index, lengths, places.
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        facts.settle(db)
        db.conn.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise


def settle(db: Database) -> None:
    """Bring the full-text index of archives that are open for reading up to date, if another program has written.

    Raises:
        ArchiveError: nobody may write to one.
    """
    for file in files(db):
        if not index.is_settled(db, file.schema):
            _settle(Path(db.execute(_PATH, (file.schema,)).fetchone()[0]))


def _settle(path: Path) -> None:
    try:
        with closing(connect(path, read_only=False)) as writer, explained_errors(path), transaction(writer):
            pass
    except DataFolderError as error:
        raise ArchiveError(
            f"another program has changed articles in {path}, and the search index cannot follow ({error}):"
            " let somebody who may write to it run newscrawl upgrade"
        ) from error
