"""Asking the archive from Datasette's event loop without holding it up."""

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

Answer = TypeVar("Answer")

DATABASE = "archive"  # Datasette's name for archive.db, the first part of its addresses
_LONG_SECONDS, _SLOW_SECONDS, _KEPT_SECONDS = 120.0, 0.1, 60.0
_Files = tuple[Path, ...]  # the archive, and those that are read with it
_ANSWERS: dict[tuple[_Files, str], tuple[float, Any]] = {}  # until when, and what; a few dozen names at most
_RENEWING: dict[tuple[_Files, str], asyncio.Task[Any]] = {}  # questions that are being asked anew
_THREADS = ThreadPoolExecutor(4, "newscrawl-archive")  # each has the archive open once
_LOCAL = threading.local()


def paths_of(datasette: Any) -> _Files:
    """Return where the archive lies that a Datasette serves, and those that are read with it."""
    also = (datasette.plugin_config("newscrawl") or {}).get("also") or ()
    return Path(datasette.get_database(DATABASE).path), *map(Path, also)


async def ask(datasette: Any, question: Callable[[Archive], Answer], seconds: float = 10.0) -> Answer:
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
    """Return this thread's archive, opened anew where another file stands in its place or its tables have changed."""
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
    """Return what tells the files at some paths, with their tables, from any others; None where one is missing."""
    if not all(path.exists() for path in paths):
        return None
    return (*paths, *(path.stat().st_ino for path in paths), archive.pages.layout())


def prepare(paths: _Files, name: str, question: Callable[[Archive], Any]) -> None:
    """Ask a question in a thread beforehand, so that nobody waits for the first answer of `remembered`."""

    def answer() -> None:
        began = time.monotonic()
        found = question(_opened(paths))
        if time.monotonic() - began > _SLOW_SECONDS:
            _ANSWERS.setdefault((paths, name), (time.monotonic() + _KEPT_SECONDS, found))

    _THREADS.submit(answer)


async def remembered(datasette: Any, name: str, question: Callable[[Archive], Answer]) -> Answer:
    """Ask for a sum over the whole archive; one that takes long is answered from memory, and asked anew beside.

    Such an answer is at most a minute older than the last request for it.

    Args:
        datasette: as for `ask`.
        name: of the question, the same for the same answer.
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


async def _renewed(datasette: Any, key: tuple[_Files, str], question: Callable[[Archive], Answer]) -> Answer:
    """Ask, and remember the answer if it took long."""
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
