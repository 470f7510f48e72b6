"""The data folder the command line works in."""

from __future__ import annotations

import os

from newscrawl.archive import Archive
from newscrawl.data_folder import DataFolder


def data_folder() -> DataFolder:
    """The folder that `--data` or NEWSCRAWL_DATA names, else ./data; its frontier may be one that is shared."""
    return DataFolder.of(os.environ)


def open_archive() -> Archive:
    """The folder's archive, for reading."""
    return Archive.open(data_folder().archive, read_only=True)
