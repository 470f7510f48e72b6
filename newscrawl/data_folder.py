"""The data folder: the paths in it, its lock, and checks that it can be written."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from newscrawl.errors import DataFolderError, FolderLockedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Environment variable that names the folder whose lock the parent process holds.
LOCKED_BY_PARENT = "NEWSCRAWL_LOCKED"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """A folder with one archive: `archive.db`, `frontier.db`, `warc/`, `profiles/` and `log/`.

    Attributes:
        root: the folder.
        shared: the address of a database that holds the frontier instead of `frontier.db`, for several machines.
        target: where finished WARC files are sent, a folder or an object store; then there is no archive here.
    """

    root: Path
    shared: str = ""
    target: str = ""

    @classmethod
    def of(cls, settings: Mapping[str, str | None]) -> Self:
        """Return the folder that Scrapy's settings, or the environment, name."""
        root = Path(settings.get("NEWSCRAWL_DATA") or "data")
        return cls(root, settings.get("NEWSCRAWL_FRONTIER") or "", settings.get("NEWSCRAWL_WARC") or "")

    @property
    def archive(self) -> Path:
        """The database analysts query."""
        return self.root / "archive.db"

    @property
    def frontier(self) -> Path | str:
        """The frontier: a file, or a database's address."""
        return self.shared or self.root / "frontier.db"

    @property
    def has_archive(self) -> bool:
        """Whether pages are stored in an archive here; a worker that only fetches has none."""
        return not self.target

    @property
    def warc(self) -> Path:
        """The raw pages."""
        return self.root / "warc"

    @property
    def profiles(self) -> Path:
        """The current profiles of hosts, one file each."""
        return self.root / "profiles"

    @property
    def log(self) -> Path:
        """The log files, one for each portal."""
        return self.root / "log"

    def prepare(self) -> None:
        """Create the folder and check that it can be written.

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
    def locked(self, *, with_others: bool = False) -> Iterator[int | None]:
        """Hold the folder's lock; yield its descriptor, or None if the parent process holds it.

        By default the lock is exclusive; with `with_others` it is shared among processes that all ask for that.

        The lock is released when all processes with the descriptor have ended, in whatever way. Crawls inherit it, so
        if `newscrawl crawl` is killed, the folder stays locked until its crawls have ended too.

        Raises:
            FolderLockedError: another process holds it.
            DataFolderError: the folder cannot be written.
        """
        if os.environ.get(LOCKED_BY_PARENT) == str(self.root.absolute()):
            yield None
            return
        try:
            lock = (self.root / ".lock").open("a+")
        except OSError as error:
            raise folder_error(self.root, error) from error
        with lock:
            try:
                fcntl.flock(lock, (fcntl.LOCK_SH if with_others else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            except BlockingIOError as error:
                lock.seek(0)
                holder = f" (process {who})" if (who := lock.read(20).strip()) else ""
                raise FolderLockedError(
                    f"another crawl{holder} is at work in {self.root}; wait for it, or name another folder with"
                    " NEWSCRAWL_DATA"
                ) from error
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield lock.fileno()


def require_room(folder: Path, floor: int) -> None:
    """Check that the folder's disk has more free bytes than the floor, which databases need to close cleanly.

    Raises:
        DataFolderError: it has not.
    """
    if floor and (free := shutil.disk_usage(folder).free) < floor:
        raise DataFolderError(
            f"the disk of {folder} is nearly full ({free >> 20} MB free, NEWSCRAWL_FREE_FLOOR is {floor >> 20}):"
            " make room and start again, nothing is lost"
        )


def folder_error(root: Path, error: OSError) -> DataFolderError:
    """Return the error that says in one line why the data folder cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DataFolderError(f"the disk of {root} is full; make room and start again, nothing stored is lost")
    return DataFolderError(
        f"cannot write to the data folder {root}: {error.strerror}; name another with NEWSCRAWL_DATA"
    )
