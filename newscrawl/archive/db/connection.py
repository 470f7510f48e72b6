"""Opening archive.db: its settings, the SQL functions of the search, and SQLite's errors in our words."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database

from newscrawl import disk
from newscrawl.archive.search import index
from newscrawl.archive.sql.files import files
from newscrawl.archive.write import facts
from newscrawl.disk import folder_error, is_damage, is_held, use_wal
from newscrawl.errors import ArchiveError, DataFolderError

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDEST_SQLITE = (3, 35)  # the first with RETURNING, by which the frontier leases
_PATH = "SELECT file FROM pragma_database_list WHERE name = ?"
CACHE_KIB = 64 * 1024  # an article adds to some 60 pages far apart; SQLite's own 2 MB would fetch each anew


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
    with told(path):
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


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into one-line errors that name the file and what to do.

    Raises:
        DataFolderError: the disk is full, or the file cannot be opened or written.
        ArchiveError: anything else SQLite refuses.
    """
    try:
        yield
    except sqlite3.Error as error:
        if of_folder := folder_error(path, error):
            raise of_folder from error
        if is_held(error):
            raise ArchiveError(f"another process has held {path} for too long; end it and start again") from error
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_NOTADB:
            raise ArchiveError(f"{path} is no archive: {error}; move it away") from error
        if is_damage(error):
            raise ArchiveError(
                f"{path} is damaged: {error}; move it away and rebuild it with: newscrawl replay"
            ) from error
        raise ArchiveError(f"cannot use {path}: {error}") from error


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """Run a block as one write: BEGIN IMMEDIATE takes the lock first, so it waits its turn and never fails half-way.

    What follows from the articles, the full-text index first of all, follows before the commit.
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
        with closing(connect(path, read_only=False)) as writer, told(path), transaction(writer):
            pass
    except DataFolderError as error:
        raise ArchiveError(
            f"another program has changed articles in {path}, and the search index cannot follow ({error}):"
            " let somebody who may write to it run newscrawl upgrade"
        ) from error
