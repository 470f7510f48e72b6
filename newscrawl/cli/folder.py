"""Where the command line works: its data folder, and how its commands are typed there."""

from __future__ import annotations

import os
from pathlib import Path

from newscrawl.archive import Archive
from newscrawl.data_folder import DataFolder


def data_folder() -> DataFolder:
    """The folder that `--data` or NEWSCRAWL_DATA names, else ./data; its frontier may be one that is shared."""
    return DataFolder.of(os.environ)


def typed(command: str) -> str:
    """A command as it is typed here: in a checkout that `make` has set up it stands in .venv/bin."""
    return f".venv/bin/{command}" if Path(".venv/bin/newscrawl").exists() else command


def open_archive(*, to_write: bool = False) -> Archive:
    """The folder's archive; where there is none, none is made.

    Raises:
        ArchiveError: there is none, or it cannot be opened.
    """
    path = data_folder().archive
    archive = Archive.open(path, read_only=True)
    if not to_write:
        return archive
    archive.close()
    return Archive.open(path)
