"""SQLite files on a disk: whether it is full, and the switch to a write-ahead log."""

from __future__ import annotations

import shutil
import sqlite3
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# SQLite writes whole pages, and its shared-memory file in steps of 32 KiB.
LEAST = 64 * 1024


def is_full(path: Path) -> bool:
    """Tell whether the disk that holds a file, there already or not, has no room for a few pages more."""
    try:
        return shutil.disk_usage(path.parent).free < LEAST
    except OSError:
        return False


def use_wal(connection: sqlite3.Connection, seconds: float = 30.0) -> None:
    """Switch a database to its write-ahead log.

    The busy timeout does not cover this, so two first starts at once need a second try.

    Raises:
        sqlite3.OperationalError: it cannot be done, or another process has held the database for so many seconds.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
