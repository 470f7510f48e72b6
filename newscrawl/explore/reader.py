"""Query the archive from Datasette's event loop without blocking it: in threads, with a cache for slow queries."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from newscrawl.archive import Archive
from newscrawl.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable

    from datasette.app import Datasette

Answer = TypeVar("Answer")

DATABASE = "archive"  # Datasette's name for archive.db, the first part of its addresses
_LONG_SECONDS, _SLOW_SECONDS, _KEPT_SECONDS = 120.0, 0.1, 60.0
_Files = tuple[Path, ...]  # the archive, and further archives that are read with it
# Expiry time and result, whose type is the query's; a few dozen entries at most.
_ANSWERS: dict[tuple[_Files, str], tuple[float, Any]] = {}
_RENEWING: dict[tuple[_Files, str], asyncio.Task[object]] = {}  # queries that are being run again
_THREADS = ThreadPoolExecutor(4, "newscrawl-archive")  # each thread opens the archive once
_LOCAL = threading.local()


def paths_of(datasette: Datasette) -> _Files:
    """Return the path of the archive that a Datasette serves, and of further archives that are read with it."""
    also = (datasette.plugin_config("newscrawl") or {}).get("also") or ()
    return Path(datasette.get_database(DATABASE).path), *map(Path, also)


async def ask(datasette: Datasette, question: Callable[[Archive], Answer], seconds: float = 10.0) -> Answer:
    """Run a function on the archive in a thread, for at most so many seconds.

    Raises:
        ArchiveError: SQLite refuses, or the time is up.
    """
    paths = paths_of(datasette)

    def answer() -> Answer:
        archive = _opened(paths)
        with archive.pages.within(seconds):
            return question(archive)

    return await asyncio.get_running_loop().run_in_executor(_THREADS, answer)


def _opened(paths: _Files) -> Archive:
    """Return this thread's open archive, reopened if the file was replaced or its tables have changed."""
    known: Archive | None = getattr(_LOCAL, "archive", None)
    if known is not None:
        if _LOCAL.key == _key(paths, known):
            return known
        known.close()
        _LOCAL.archive = None
    path, *also = paths
    _LOCAL.archive = archive = Archive.open(path, read_only=True, also=also)
    _LOCAL.key = _key(paths, archive)
    return archive


def _key(paths: _Files, archive: Archive) -> tuple[object, ...] | None:
    """Return a key that changes when the files at some paths are replaced; None if one is missing."""
    if not all(path.exists() for path in paths):
        return None
    return (*paths, *(path.stat().st_ino for path in paths), archive.pages.layout())


def prepare(paths: _Files, name: str, question: Callable[[Archive], object]) -> None:
    """Run a query in a thread beforehand, so that nobody waits for the first result of `remembered`."""

    def answer() -> None:
        began = time.monotonic()
        found = question(_opened(paths))
        if time.monotonic() - began > _SLOW_SECONDS:
            _ANSWERS.setdefault((paths, name), (time.monotonic() + _KEPT_SECONDS, found))

    _THREADS.submit(answer)


async def remembered(datasette: Datasette, name: str, question: Callable[[Archive], Answer]) -> Answer:
    """Run a query over the whole archive; results of slow queries are cached, and renewed in the background.

    A cached result is at most a minute older than the last request for it.

    Args:
        datasette: as for `ask`.
        name: the query's name; queries of one name share a result.
        question: as for `ask`.
    """
    key = (paths_of(datasette), name)
    known = _ANSWERS.get(key)
    if known is None:
        return await _renewed(datasette, key, question)
    if time.monotonic() >= known[0] and key not in _RENEWING:
        _RENEWING[key] = asyncio.create_task(_renewed(datasette, key, question))
        _RENEWING[key].add_done_callback(lambda _: _RENEWING.pop(key, None))
    answer: Answer = known[1]
    return answer


async def _renewed(datasette: Datasette, key: tuple[_Files, str], question: Callable[[Archive], Answer]) -> Answer:
    """Run a query, and cache its result if it was slow."""
    began = time.monotonic()
    try:
        answer = await ask(datasette, question, _LONG_SECONDS)
    except ArchiveError:
        _ANSWERS.pop(key, None)
        raise
    if time.monotonic() - began > _SLOW_SECONDS:
        _ANSWERS[key] = (time.monotonic() + _KEPT_SECONDS, answer)
    else:
        _ANSWERS.pop(key, None)
    return answer
