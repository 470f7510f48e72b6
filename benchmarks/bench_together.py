"""Measure a search over two archives read as one: `python -m benchmarks.bench_together 500000 [--keep FOLDER]`.

Each archive has so many articles, those of `bench_export`, at addresses of its own. Queries are cut out of articles of
both, as `bench_search` does, so that frequent words are asked for most. Told are the median and the 95th percentile of
the first page, by the clock and of CPU: of what `newscrawl search` calls, and of the page in a browser, with its count.
Fails when the 95th percentile of the first is above 150 ms of CPU, so that other load counts little.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx

from benchmarks.bench_export import build
from benchmarks.bench_search import queries
from newscrawl.archive import Archive
from newscrawl.explore.application import application

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LIMIT = 0.150  # seconds
LENGTHS = (1, 2, 4, 8)
_ASKED = 30  # queries of each length out of each archive


def words(paths: Sequence[Path]) -> dict[int, list[str]]:
    """Cut queries of each length out of each archive."""
    found: dict[int, list[str]] = {length: [] for length in LENGTHS}
    for path in paths:
        with closing(Archive.open(path, read_only=True)) as archive:
            for length in LENGTHS:
                found[length] += queries(archive.database, length, _ASKED)
    return found


def timed(ask: Callable[[str], object], asked: Sequence[str]) -> tuple[list[float], list[float]]:
    """Return the seconds of each answer, by the clock and of CPU, both in order of size."""
    clock, cpu = [], []
    for query in asked:
        began, used = time.perf_counter(), time.process_time()
        ask(query)
        clock.append(time.perf_counter() - began)
        cpu.append(time.process_time() - used)
    return sorted(clock), sorted(cpu)


def show(name: str, length: int, taken: tuple[list[float], list[float]]) -> float:
    """Print a row; return the 95th percentile of CPU."""
    last = int(0.95 * len(taken[0]))
    cells = [f"{values[place] * 1000:.0f} ms" for values in taken for place in (len(values) // 2, last)]
    print(f"| {name} | {length} | {' | '.join(cells)} |", flush=True)
    return taken[1][last]


def measure(paths: Sequence[Path]) -> bool:
    """Print the time of the first page for one archive and for both; return whether both are fast enough."""
    asked = words(paths)
    quick = True
    print("| first page | characters | median | 95 % | CPU, median | 95 % |\n|---|---|---|---|---|---|")
    for name, some in (("search, one", paths[:1]), ("search, both", paths)):
        with Archive.open(some[0], read_only=True, also=some[1:]) as archive:
            for length, those in asked.items():
                spent = show(name, length, timed(lambda query: list(archive.search(query, limit=20)), those))
                quick &= spent <= LIMIT
    with asyncio.Runner() as runner:
        transport = httpx.ASGITransport(app=application(paths[0], also=paths[1:]))  # type: ignore[arg-type]
        client = httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=120)
        runner.run(client.get("/search"))
        for length, those in asked.items():
            taken = timed(lambda query: runner.run(client.get(f"/search?q={quote(query)}")).raise_for_status(), those)
            show("in a browser, both", length, taken)
        runner.run(client.aclose())
    return quick


def main() -> None:
    """Build the archives, or use those that are there, and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=500_000)
    parser.add_argument("--keep", type=Path, help="a folder with archive.db and closed.sqlite, or for them")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        paths = [folder / "archive.db", folder / "closed.sqlite"]
        for seed, path in enumerate(paths, 1):
            if not path.exists():
                build(path, chosen.number, seed)
        sys.exit(not measure(paths))


if __name__ == "__main__":
    main()
