"""The data folder: where things lie in it, that it can be written, and its lock."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from newscrawl.errors import DataFolderError, FolderLockedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Names the folder whose lock the process that started this one holds.
LOCKED_BY_PARENT = "NEWSCRAWL_LOCKED"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """A folder with one archive: `archive.db`, `frontier.db`, `warc/`, `profiles/` and `log/`.

    Attributes:
        root: the folder.
        shared: the address of a database that holds the frontier instead of `frontier.db`, for several machines.
        target: where finished WARC files go, a folder or an object store; there is no archive then.
    """

    root: Path
    shared: str = ""
    target: str = ""

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """Return the folder that Scrapy's settings, or the environment, name."""
        root = Path(settings.get("NEWSCRAWL_DATA") or "data")
        return cls(root, settings.get("NEWSCRAWL_FRONTIER") or "", settings.get("NEWSCRAWL_WARC") or "")

    @property
    def archive(self) -> Path:
        """The database analysts query."""
        return self.root / "archive.db"

    @property
    def frontier(self) -> Path | str:
        """What to fetch next, and what became of every address: a file, or a database's address."""
        return self.shared or self.root / "frontier.db"

    @property
    def has_archive(self) -> bool:
        """Whether pages are stored here; a worker that only fetches them has none."""
        return not self.target

    @property
    def warc(self) -> Path:
        """The raw pages."""
        return self.root / "warc"

    @property
    def profiles(self) -> Path:
        """The hosts' profiles in force, a file each."""
        return self.root / "profiles"

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
    def locked(self, *, with_others: bool = False) -> Iterator[int | None]:
        """Hold the folder's lock; give its descriptor, or None where the process that started this one holds it.

        With others, several processes hold it that all say so, and none that wants it alone.

        The lock goes with the processes that have the descriptor, however they end: crawls inherit it, so that a
        folder whose `newscrawl crawl` was killed stays locked until its crawls have ended too.

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
    """See that a folder's disk has more bytes free than the floor: databases need room to end cleanly.

    Raises:
        DataFolderError: it has not.
    """
    if floor and (free := shutil.disk_usage(folder).free) < floor:
        raise DataFolderError(
            f"the disk of {folder} is nearly full ({free >> 20} MB free, NEWSCRAWL_FREE_FLOOR is {floor >> 20}):"
            " make room and start again, nothing is lost"
        )


def folder_error(root: Path, error: OSError) -> DataFolderError:
    """Say in one line why the data folder cannot be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DataFolderError(f"the disk of {root} is full; make room and start again, nothing stored is lost")
    return DataFolderError(
        f"cannot write to the data folder {root}: {error.strerror}; name another with NEWSCRAWL_DATA"
    )
