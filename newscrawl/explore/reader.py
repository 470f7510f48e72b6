"""Asking the archive from Datasette's event loop without holding it up."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from newscrawl.archive import Archive
from newscrawl.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")

DATABASE = "archive"  # Datasette's name for archive.db, the first part of its addresses
_LONG_SECONDS, _SLOW_SECONDS, _KEPT_SECONDS = 120.0, 1.0, 60.0
_ANSWERS: dict[tuple[Path, str], tuple[float, Any]] = {}  # until when, and what; a few dozen names at most
_INSTRUCTIONS = 20_000  # of SQLite's machine between two looks at the clock, about a millisecond


def path_of(datasette: Any) -> Path:
    """Return where the archive lies that a Datasette serves."""
    return Path(datasette.get_database(DATABASE).path)


async def ask(datasette: Any, question: Callable[[Archive], Answer], seconds: float = 10.0) -> Answer:
    """Run a function on the archive in a thread, for at most so many seconds.

    Opened anew each time, which takes 5 ms: a crawl may write, and a replay put another file in its place.

    Raises:
        ArchiveError: SQLite refuses, or the time is up.
    """
    path = path_of(datasette)

    def answer() -> Answer:
        with Archive.open(path, read_only=True) as archive:
            deadline = time.monotonic() + seconds
            archive.database.conn.set_progress_handler(lambda: time.monotonic() > deadline, _INSTRUCTIONS)
            try:
                return question(archive)
            except sqlite3.Error as error:
                raise ArchiveError(f"{path} did not answer within {seconds:g} s: {error}") from error

    return await asyncio.to_thread(answer)


async def remembered(datasette: Any, name: str, question: Callable[[Archive], Answer]) -> Answer:
    """Ask for a sum over the whole archive; one that takes long is asked once a minute, and may be that old.

    Args:
        datasette: as for `ask`.
        name: of the question, the same for the same answer.
        question: as for `ask`.
    """
    key = (path_of(datasette), name)
    known = _ANSWERS.get(key)
    if known is not None and time.monotonic() < known[0]:
        answer: Answer = known[1]
        return answer
    began = time.monotonic()
    answer = await ask(datasette, question, _LONG_SECONDS)
    if time.monotonic() - began > _SLOW_SECONDS:
        _ANSWERS[key] = (time.monotonic() + _KEPT_SECONDS, answer)
    return answer
