"""Turn SQLite's errors into newscrawl's: one line that names the file and what to do."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newscrawl.disk import folder_error, is_damage, is_held
from newscrawl.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def explained_errors(path: Path) -> Iterator[None]:
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
