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
_ANSWERS: dict[tuple[Path, str], tuple[float, Any]] = {}  # until when, and what; a few dozen names at most
_RENEWING: dict[tuple[Path, str], asyncio.Task[Any]] = {}  # questions that are being asked anew
_THREADS = ThreadPoolExecutor(4, "newscrawl-archive")  # each has the archive open once
_LOCAL = threading.local()


def path_of(datasette: Any) -> Path:
    """Return where the archive lies that a Datasette serves."""
    return Path(datasette.get_database(DATABASE).path)


async def ask(datasette: Any, question: Callable[[Archive], Answer], seconds: float = 10.0) -> Answer:
    """Run a function on the archive in a thread, for at most so many seconds.

    Raises:
        ArchiveError: SQLite refuses, or the time is up.
    """
    path = path_of(datasette)

    def answer() -> Answer:
        archive = _opened(path)
        with archive.pages.within(seconds):
            return question(archive)

    return await asyncio.get_running_loop().run_in_executor(_THREADS, answer)


def _opened(path: Path) -> Archive:
    """Return this thread's archive, opened anew where another file stands in its place or its tables have changed."""
    known: Archive | None = getattr(_LOCAL, "archive", None)
    if known is not None:
        if _LOCAL.key == _key(path, known):
            return known
        known.close()
        _LOCAL.archive = None
    _LOCAL.archive = archive = Archive.open(path, read_only=True)
    _LOCAL.key = _key(path, archive)
    return archive


def _key(path: Path, archive: Archive) -> tuple[Path, int, int] | None:
    """Return what tells the file at a path, with its tables, from any other; None where there is none."""
    return (path, path.stat().st_ino, archive.pages.layout()) if path.exists() else None


def prepare(path: Path, name: str, question: Callable[[Archive], Any]) -> None:
    """Ask a question in a thread beforehand, so that nobody waits for the first answer of `remembered`."""

    def answer() -> None:
        began = time.monotonic()
        found = question(_opened(path))
        if time.monotonic() - began > _SLOW_SECONDS:
            _ANSWERS.setdefault((path, name), (time.monotonic() + _KEPT_SECONDS, found))

    _THREADS.submit(answer)


async def remembered(datasette: Any, name: str, question: Callable[[Archive], Answer]) -> Answer:
    """Ask for a sum over the whole archive; one that takes long is answered from memory, and asked anew beside.

    Such an answer is at most a minute older than the last request for it.

    Args:
        datasette: as for `ask`.
        name: of the question, the same for the same answer.
        question: as for `ask`.
    """
    key = (path_of(datasette), name)
    known = _ANSWERS.get(key)
    if known is None:
        return await _renewed(datasette, key, question)
    if time.monotonic() >= known[0] and key not in _RENEWING:
        _RENEWING[key] = asyncio.create_task(_renewed(datasette, key, question))
        _RENEWING[key].add_done_callback(lambda _: _RENEWING.pop(key, None))
    answer: Answer = known[1]
    return answer


async def _renewed(datasette: Any, key: tuple[Path, str], question: Callable[[Archive], Answer]) -> Answer:
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
