"""Opening archive.db: its settings, the SQL functions of the search, and SQLite's errors in our words."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from sqlite_utils import Database

from newscrawl.archive import facts, search
from newscrawl.disk import is_full, use_wal
from newscrawl.errors import ArchiveError, DataFolderError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_SECONDS = 30.0
OLDEST_SQLITE = (3, 35)  # the first with RETURNING, by which the frontier leases
CACHE_KIB = 64 * 1024  # an article adds to some 60 pages far apart; SQLite's own 2 MB would fetch each anew
_FOLDER_ERRORS = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR}


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
        connection = _opened(path) if read_only else _connection(path, "mode=rwc")
        try:
            connection.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
            connection.execute("PRAGMA foreign_keys = ON")
            if not read_only:
                use_wal(connection)
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute(f"PRAGMA cache_size = {-CACHE_KIB}")
            search.register(connection)
            return Database(connection, execute_plugins=False)
        except BaseException:
            connection.close()
            raise


def _connection(path: Path, how: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{how}"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def _opened(path: Path) -> sqlite3.Connection:
    """Open for reading, also where nobody may write: WAL mode needs a file beside, unless the log is empty.

    Raises:
        DataFolderError: changes stand in the log only, which cannot be read without the right to write.
    """
    connection = _connection(path, "mode=ro")
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in _FOLDER_ERRORS or not os.access(path, os.R_OK):
            raise
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            raise DataFolderError(
                f"{log} holds changes that cannot be read without the right to write in {path.parent}:"
                " copy the folder to where you may write, or let its owner open it once"
            ) from error
        return _connection(path, "mode=ro&immutable=1")
    except BaseException:
        connection.close()
        raise
    return connection


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
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the low byte; the rest is detail
        if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and is_full(path)):
            raise DataFolderError(
                f"the disk is full: cannot write {path}; make room and start again, nothing is lost"
            ) from error
        if code in _FOLDER_ERRORS:
            raise DataFolderError(f"cannot open or write {path}: {error}; check the folder and its rights") from error
        if code == sqlite3.SQLITE_BUSY:
            raise ArchiveError(f"another process has held {path} for too long; end it and start again") from error
        if code == sqlite3.SQLITE_NOTADB:
            raise ArchiveError(f"{path} is no archive: {error}; move it away") from error
        if code == sqlite3.SQLITE_CORRUPT:
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


def settle(db: Database, path: Path) -> None:
    """Bring the full-text index of an archive that is open for reading up to date, if another program has written.

    Raises:
        ArchiveError: nobody may write to it.
    """
    if search.is_settled(db):
        return
    try:
        with closing(connect(path, read_only=False)) as writer, told(path), transaction(writer):
            pass
    except DataFolderError as error:
        raise ArchiveError(
            f"another program has changed articles in {path}, and the search index cannot follow ({error}):"
            " let somebody who may write to it run newscrawl upgrade"
        ) from error
