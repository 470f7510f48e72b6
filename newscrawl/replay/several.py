"""Replay with several processes, each a share of the pages.

The order of pages does not change the archive, except where a site has an article at several addresses.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import reduce
from multiprocessing import get_context
from operator import add
from typing import TYPE_CHECKING

from newscrawl.errors import NewscrawlError
from newscrawl.replay.replay import Choice, Replayed, recorded_files, run_replay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# With so many files for each process, every process opens only its own files; with fewer, every process reads all
# files, and skips the pages of the others.
_FILES_EACH = 4


def shares(folder: Path, choice: Choice, jobs: int) -> Iterator[Choice]:
    """Divide a choice of pages among so many processes: by files of about equal size, or by addresses."""
    sizes = {name: path.stat().st_size for name, path in recorded_files(folder, choice.files).items()}
    if len(sizes) < _FILES_EACH * jobs:
        yield from (replace(choice, share=(number, jobs)) for number in range(jobs))
        return
    parts: list[list[str]] = [[] for _ in range(jobs)]
    held = [0] * jobs
    for name in sorted(sizes, key=lambda name: -sizes[name]):
        least = held.index(min(held))
        parts[least].append(name)
        held[least] += sizes[name]
    yield from (replace(choice, files=frozenset(part)) for part in parts)


def replay_at_once(folder: Path, choice: Choice, jobs: int) -> Replayed:
    """Replay a choice of the WARC files of a folder by several processes; return their results together.

    Raises:
        NewscrawlError: a process was killed.
    """
    return reduce(add, _run(list(shares(folder, choice, jobs))))


def replay_apart(choice: Choice) -> Replayed:
    """Replay in a process of its own: a process can run Scrapy's engine once."""
    return reduce(add, _run([choice]))


def _run(choices: list[Choice]) -> Iterator[Replayed]:
    with ProcessPoolExecutor(len(choices), get_context("spawn"), max_tasks_per_child=1) as pool:
        try:
            for done in as_completed([pool.submit(run_replay, choice) for choice in choices]):
                yield done.result()
        except BrokenProcessPool as error:
            raise NewscrawlError("a process of the replay was killed; start it again, it goes on there") from error
