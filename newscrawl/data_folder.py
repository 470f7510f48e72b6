"""The data folder: where things lie in it, that it can be written, and its lock."""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.errors import DataFolderError, FolderLockedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class DataFolder:
    """A folder with one archive: `archive.db`, `frontier.db`, `warc/` and `log/`."""

    root: Path

    @property
    def archive(self) -> Path:
        """The database analysts query."""
        return self.root / "archive.db"

    @property
    def frontier(self) -> Path:
        """What to fetch next, and what became of every address."""
        return self.root / "frontier.db"

    @property
    def warc(self) -> Path:
        """The raw pages."""
        return self.root / "warc"

    @property
    def log(self) -> Path:
        """A log file a portal."""
        return self.root / "log"

    def prepare(self) -> None:
        """Make the folder and see that it can be written.

        Raises:
            DataFolderError: it cannot, with the reason.
        """
        try:
            for folder in (self.warc, self.log):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.root / f".probe-{os.getpid()}"
            probe.write_bytes(b"newscrawl")
            probe.unlink()
        except OSError as error:
            raise folder_error(self.root, error) from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder's lock; it goes with the process, however that ends.

        Raises:
            FolderLockedError: another crawl holds it.
        """
        with (self.root / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise FolderLockedError(
                    f"another crawl is at work in {self.root}; wait for it, or name another folder with NEWSCRAWL_DATA"
                ) from error
            yield


def folder_error(root: Path, error: OSError) -> DataFolderError:
    """Say in one line why the data folder cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DataFolderError(f"the disk of {root} is full; make room and start again, nothing stored is lost")
    return DataFolderError(
        f"cannot write to the data folder {root}: {error.strerror}; name another with NEWSCRAWL_DATA"
    )
