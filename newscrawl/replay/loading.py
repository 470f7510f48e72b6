"""Load finished WARC files of workers without an archive, by replaying them.

A file is copied into the folder's `warc`, replayed, and then listed in `loaded`. A loader holds a lock for each file it
is loading, so that several loaders can share the files; if one is killed, the next loader does its files.
"""

from __future__ import annotations

import fcntl
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from newscrawl.errors import NewscrawlError
from newscrawl.replay.replay import Choice
from newscrawl.replay.several import replay_apart, replay_at_once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from newscrawl.archive.warc.shipping import Place
    from newscrawl.data_folder import DataFolder
    from newscrawl.replay.replay import Replayed

AT_ONCE = 8  # files that a loader claims at once, so that other loaders get some


@dataclass(frozen=True, slots=True)
class Loaded:
    """The result of loading some files: their names, and the result of their replay."""

    names: list[str]
    replayed: Replayed


@dataclass(slots=True)
class Loader:
    """Loads from a place into a data folder."""

    folder: DataFolder
    place: Place
    jobs: int = 1

    def load(self) -> Iterator[Loaded]:
        """Load all files that are finished and were not loaded yet, some at a time."""
        while True:
            with ExitStack() as stack:
                claimed = self._claim(stack)
                if not claimed:
                    return
                yield self._load(claimed)

    def _claim(self, stack: ExitStack) -> dict[str, int]:
        """Take some files that nobody has loaded or is loading, with their sizes; the stack holds their locks."""
        claimed: dict[str, int] = {}
        known = self._ledger()
        for name, size in self.place.sizes().items():
            if known.get(name) == size:
                continue
            if stack.enter_context(_claimed(self.folder.root / f".loading-{name}")) is None:
                continue
            if self._ledger().get(name) != size:  # by another loader, since
                claimed[name] = size
            if len(claimed) == AT_ONCE:
                break
        return claimed

    def _load(self, claimed: dict[str, int]) -> Loaded:
        """Copy files here, replay them, and note them as loaded if all their pages could be read."""
        names = list(claimed)
        for name, size in claimed.items():
            path = self.folder.warc / name
            if not path.exists() or path.stat().st_size != size:
                self.place.fetch(name, path)
        choice = Choice(files=frozenset(names))
        replayed = replay_at_once(self.folder.warc, choice, self.jobs) if self.jobs > 1 else replay_apart(choice)
        if not replayed.is_whole:  # the archive failed: these files are left for the next run
            raise NewscrawlError(replayed.error or replayed.missing() or "the replay did not end")
        with self._path.open("a", encoding="utf-8") as ledger:
            ledger.write("".join(f"{size} {name}\n" for name, size in claimed.items()))
        return Loaded(names, replayed)

    @property
    def _path(self) -> Path:
        return self.folder.root / "loaded"

    def _ledger(self) -> dict[str, int]:
        """Return the files loaded, with their sizes."""
        if not self._path.exists():
            return {}
        lines = (line.partition(" ") for line in self._path.read_text("utf-8").splitlines())
        return {name: int(size) for size, _, name in lines if size.isdecimal()}


@contextmanager
def _claimed(path: Path) -> Iterator[IO[str] | None]:
    """Lock a file while it is loaded; None if another loader has locked it."""
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        try:
            yield lock
        finally:
            path.unlink(missing_ok=True)
