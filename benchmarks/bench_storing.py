"""Measure the CPU time to store a list's page with 0, 10 thousand and 100 thousand earlier captures of it.

    python -m benchmarks.bench_storing [--captures 0 10000 100000] [--pages 50]

Each capture is an hour after the last, as a cron every hour leaves them; 10 thousand are fourteen months.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from newscrawl.archive import Archive, WarcRef
from newscrawl.items import Page, PortalFacts

START = datetime(2020, 1, 1, tzinfo=UTC)
PORTAL = PortalFacts("hunan_test", "测试网", "湖南", "province")


def page(hours: int) -> Page:
    """A start page, as the pipelines hand it to the archive."""
    ref = WarcRef("hunan_test-1.warc.gz", 1000 * hours, 900, "sha1:X")
    fetched_at = START + timedelta(hours=hours)
    return Page("http://news.test/", 200, PORTAL, None, fetched_at, ref, outcome="list")


def cost(archive: Archive, begin: int, pages: int) -> float:
    """Return the median CPU time of storing a page, in milliseconds."""
    times = []
    for number in range(pages):
        before = time.process_time()
        archive.store(page(begin + number))
        times.append(time.process_time() - before)
    return median(times) * 1000


def main() -> None:
    """Print a line for each number of captures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--captures", type=int, nargs="+", default=[0, 10_000, 100_000])
    parser.add_argument("--pages", type=int, default=50)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder) / "archive.db") as archive:
        there, first = 0, None
        archive.database.execute("PRAGMA synchronous = OFF")  # only to fill it; the disk's time is none of CPU's
        for wanted in sorted(options.captures):
            while there < wanted:
                archive.store(page(there))
                there += 1
            found = cost(archive, there, options.pages)
            there += options.pages
            first = first or found
            print(f"{wanted:>7} captures before: {found:.3f} ms CPU a page, {found / first:.2f} × the first")


if __name__ == "__main__":
    main()
