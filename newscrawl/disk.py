"""SQLite files on a disk: open them for reading, switch them to WAL mode, explain their errors."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from newscrawl.errors import DataFolderError

if TYPE_CHECKING:
    from pathlib import Path

BUSY_SECONDS = 30.0  # time to wait while another process holds a database
_FOLDER_ERRORS = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}

# SQLite writes whole pages, and its shared-memory file in steps of 32 KiB.
LEAST = 64 * 1024


def is_full(path: Path) -> bool:
    """Return whether the disk of a file (existing or not) has no room for a few more SQLite pages."""
    try:
        return shutil.disk_usage(path.parent).free < LEAST
    except OSError:
        return False


def use_wal(db: sqlite3.Connection, seconds: float = BUSY_SECONDS) -> None:
    """Switch a database to its write-ahead log.

    SQLite's busy timeout does not cover this, so it is tried again when two processes create a database at once.

    Raises:
        sqlite3.OperationalError: it cannot be done, or another process has held the database for so many seconds.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not is_held(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def folder_error(path: Path, error: Exception) -> DataFolderError | None:
    """Return a line on what is wrong with a database's disk or folder; None if the error has another cause."""
    code = _code(error)
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and is_full(path)):
        return DataFolderError(f"the disk is full: cannot write {path}; make room and start again, nothing is lost")
    if code in _FOLDER_ERRORS or isinstance(error, OSError):
        return DataFolderError(f"cannot open or write {path}: {error}; check the folder and its rights")
    return None


def is_held(error: Exception) -> bool:
    """Return whether another process holds the database."""
    return _code(error) in _BUSY


def is_damage(error: Exception) -> bool:
    """Return whether the error means that the file is damaged or no database."""
    return _code(error) in _DAMAGED


def _code(error: Exception) -> int:
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF  # the low byte; the rest is detail


def connection(path: Path, how: str) -> sqlite3.Connection:
    """Open a database with SQLite's URI parameters; transactions are begun explicitly."""
    return sqlite3.connect(uri(path, how), uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def uri(path: Path, how: str) -> str:
    """Return a database's SQLite URI, with parameters for how to open it."""
    return f"{path.absolute().as_uri()}?{how}"


def read_only(path: Path) -> sqlite3.Connection:
    """Open a database for reading, as `for_reading` says."""
    return connection(path, for_reading(path))


def for_reading(path: Path) -> str:
    """Return the URI parameters to read a database, even in a read-only folder (there without its log, if empty).

    Raises:
        DataFolderError: some changes are only in the log, which cannot be read without write permission.
        sqlite3.Error: it cannot be opened.
    """
    try:
        with closing(connection(path, "mode=ro")) as opened:
            opened.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if _code(error) not in _FOLDER_ERRORS or not os.access(path, os.R_OK):
            raise
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            raise DataFolderError(
                f"{log} holds changes that cannot be read without the right to write in {path.parent}:"
                " copy the folder to where you may write, or let its owner open it once"
            ) from error
        return "mode=ro&immutable=1"
    return "mode=ro"
