"""Measure speed and memory of each export format: `python -m benchmarks.bench_export 20000 [--keep FILE]`.

Articles are those of `bench_search` (600 characters from words with real frequencies), over 30 portals. Each format is
written by a process of its own, whose peak memory is the kernel's (ru_maxrss); "nothing" is what Python, the package
and an open archive take before the first row. `--keep` names an archive to use again if it is there, or to make.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from benchmarks.bench_search import articles
from newscrawl.archive import Archive
from newscrawl.archive.db.connection import transaction
from newscrawl.cli.analyst.export import write_export
from newscrawl.urls import url_id

# Name of the run → the file, and the options.
FORMATS = {
    "nothing": ("", {}),
    "jsonl": ("a.jsonl", {}),
    "csv": ("a.csv", {}),
    "parquet": ("a.parquet", {}),
    "parquet by month": ("months.parquet", {"partitioned": True}),
    "parquet, all tables": ("tables", {"form": "parquet"}),
    "sqlite, whole": ("a.sqlite", {}),
    "sqlite, a tenth": ("tenth.sqlite", {"region": "省3"}),
}
PORTALS = 30
_KNOWN = 99  # the article whose id is that of its address, so that commands and pages find it
KNOWN = f"SELECT id, url FROM articles WHERE url GLOB '*/{_KNOWN}.html'"
_ARTICLE = """INSERT INTO articles(id, url, portal, host, region, title, published, source, source_norm, authors,
    editors, channel, body, images, content_hash, first_seen, last_seen, complete, capture, published_precision)
    VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7, ?7, '["李一帆"]', '[]', '["首页", "要闻"]', ?8, '[]', ?9, ?10, ?10,
    1, ?1, 'minute')"""
_CAPTURE = """INSERT INTO captures(id, url, article, portal, fetched_at, status, outcome, warc, "offset", length)
    VALUES (?1, ?2, ?1, ?3, ?4, 200, 'article', 'a.warc.gz', 0, 9000)"""


def build(path: Path, number: int, seed: int = 1) -> None:
    """Fill an archive, without forcing it to the disk; another seed gives other articles at other addresses."""
    with Archive.open(path) as archive:
        db = archive.database
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = {-(2**20)}"):
            db.execute(f"PRAGMA {setting}")
        with transaction(db):
            for portal in range(PORTALS):
                db.execute(
                    "INSERT INTO portals(key, title, region, level) VALUES (?, ?, ?, 'city')",
                    (f"p{portal}", f"门户{portal}", f"省{portal % 10}"),
                )
        rows = enumerate(articles(number, seed), (seed - 1) * number)
        while some := list(islice(rows, 2000)):
            with transaction(db):  # which brings the full-text index along
                for place, (title, body, day) in some:
                    _put(db, number, place, title, body, day)
        db.execute("PRAGMA journal_mode = WAL")


def _put(db, number: int, place: int, title: str, body: str, day: str) -> None:
    portal, seen = place % PORTALS, "2026-12-31T00:00:00.000000Z"
    url = f"http://p{portal}.test/{day}/{place}.html"
    # over all 64 bits, as real ids are, but quickly written
    article = url_id(url) if place == _KNOWN else place % number * (2**64 // number) - 2**63 + place // number
    db.execute(_CAPTURE, (article, url, f"p{portal}", seen))
    place_of = (article, url, f"p{portal}", f"省{portal % 10}")
    db.execute(_ARTICLE, (*place_of, title, f"{day}T08:00:00+08:00", f"来源{place % 997}", body, f"{place:064x}", seen))


def one(path: Path, form: str, folder: Path) -> dict[str, float]:
    """Write one export in this process; return rows, seconds and the peak of memory in MB."""
    name, asked = FORMATS[form]
    began, used = time.perf_counter(), time.process_time()
    with Archive.open(path, read_only=True) as archive:
        rows = write_export(archive, folder / name, **asked) if name else 0
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = sum(file.stat().st_size for file in [folder / name, *(folder / name).rglob("*")] if file.is_file())
    return {"rows": rows, "seconds": seconds, "cpu": cpu, "peak": peak, "size": size / 2**20}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=20_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(one(Path(chosen.one[0]), chosen.one[1], Path(chosen.one[2]))))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.keep or Path(folder) / "archive.db"
        if not path.exists():
            began = time.perf_counter()
            build(path, chosen.number)
            print(
                f"{chosen.number} articles made in {time.perf_counter() - began:.0f} s, {path.stat().st_size >> 20} MB"
            )
        print(f"{'format':20}{'rows':>9}{'rows/s':>9}{'CPU s':>9}{'file MB':>9}{'peak MB':>9}")
        for form in FORMATS:
            # A process of its own: memory once taken counts to the end.
            command = [sys.executable, "-m", "benchmarks.bench_export", "--one", str(path), form, folder]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found = json.loads(done.stdout)
            speed = found["rows"] / found["seconds"]
            print(f"{form:20}{found['rows']:9}{speed:9.0f}{found['cpu']:9.1f}{found['size']:9.0f}{found['peak']:9.0f}")


if __name__ == "__main__":
    main()
