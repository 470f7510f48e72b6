"""Bytes an article by table: `NEWSCRAWL_CORPUS=… python -m benchmarks.bench_sizes [PAGES] | --of ARCHIVE.db`.

Real pages, those of `bench_crawl`, are written to a WARC file and stored by `newscrawl replay`, or an archive that is
there is measured. A table is counted with its indexes.
"""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.bench_crawl import copies
from newscrawl.archive import WarcWriter

_SIZES = """SELECT ifnull(tbl_name, dbstat.name), sum(pgsize) FROM dbstat
    LEFT JOIN sqlite_master ON sqlite_master.name = dbstat.name GROUP BY 1"""


def store(folder: Path, count: int) -> None:
    """Write the pages to a WARC file, and replay it."""
    began = datetime(2026, 3, 1, tzinfo=UTC)
    writer = WarcWriter(folder / "warc", "bench", info={"newscrawl-portal": "bench", "newscrawl-title": "测试"})
    for number, page in enumerate(copies(count)):
        url = f"http://bench.test/news/2026/{1 + number % 12:02d}/{1 + number % 28:02d}/content_{number}.html"
        writer.write(
            url,
            method="GET",
            request_headers=[],
            status=200,
            headers=[("Content-Type", "text/html; charset=utf-8")],
            body=page.encode(),
            fetched_at=began + timedelta(seconds=number),
        )
    writer.close()
    command = [sys.executable, "-m", "newscrawl", "--data", str(folder), "replay"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def show(path: Path) -> None:
    """Print the sizes, the largest first."""
    with closing(sqlite3.connect(path)) as db:
        (articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
        sizes = Counter[str]()
        for name, size in db.execute(_SIZES):
            sizes["articles_fts" if name.startswith("articles_fts") else name] += size
    total = sizes.total()
    print(f"{articles:,} articles, {total / articles:,.0f} bytes each\n")
    print("| table | bytes an article | share |\n|---|---|---|")
    for name, size in sizes.most_common(14):
        print(f"| `{name}` | {size / articles:,.0f} | {size / total:.0%} |")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=int, nargs="?", default=540)
    parser.add_argument("--of", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.of is None:
            store(Path(folder), given.pages)
        show(given.of or Path(folder) / "archive.db")


if __name__ == "__main__":
    main()
