"""Measure response times of the pages in a browser: `python -m benchmarks.bench_pages 300000 [--keep FILE]`.

Asked in one process through the whole application, guard and all, without a network: each page `--times` times, after
a first time that is told apart. Articles are those of `bench_export`, each with a capture and eight links; of a hundred
one is revised, twenty are reprints, two withdrawn. Fails when the median of a page is more than 150 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.parse import quote

import httpx

from benchmarks.bench_export import KNOWN, build
from newscrawl.archive import Archive
from newscrawl.archive.db.connection import transaction
from newscrawl.explore.application import application

LIMIT = 0.150  # seconds
_LINKS = """INSERT INTO links(article, section, kind, position, title, url, first_seen, last_seen)
    SELECT articles.id, '相关阅读', 'related', place.value, '另一篇文章的标题', urls.id, first_seen, last_seen
    FROM articles, json_each('[0, 1, 2, 3, 4, 5, 6, 7]') AS place, urls WHERE urls.id = place.value"""
_REVISIONS = """INSERT INTO revisions(article, capture, seen_at, title, body, published, source, content_hash)
    SELECT id, capture, first_seen, title, body, published, source, content_hash FROM articles
    WHERE substr(content_hash, -2) IN ('00', '80')"""
_COPIES = """UPDATE articles SET reprint_of = (SELECT id FROM articles LIMIT 1)
    WHERE substr(content_hash, -1) IN ('0', '5', 'a')
    AND id <> (SELECT id FROM articles LIMIT 1)"""
_REPRINTS = """INSERT INTO reprints(article, original, containment, relation)
    SELECT id, reprint_of, 1.0, 'same' FROM articles WHERE reprint_of IS NOT NULL"""
_GONE = "UPDATE articles SET gone_at = last_seen WHERE substr(content_hash, -2) IN ('01', '31', '61', '91', 'c1')"


def fill(path: Path, number: int) -> None:
    """Make the archive: articles, eight links and a capture each, every hundredth revised."""
    build(path, number)
    with Archive.open(path) as archive, transaction(archive.database):
        urls = [(place, f"http://p.test/{place}.html") for place in range(8)]
        archive.database.conn.executemany("INSERT INTO urls(id, url) VALUES (?, ?)", urls)
        archive.database.execute(_LINKS)
        for statement in (_REVISIONS, _COPIES, _REPRINTS, _GONE):
            archive.database.execute(statement)
        archive.database.execute("ANALYZE")


def pages(path: Path) -> dict[str, str]:
    """Choose the pages to ask for: words that many, some and few articles hold."""
    with Archive.open(path, read_only=True) as archive:
        (_, url) = archive.database.execute(KNOWN).fetchone()
        row = archive.article(url)
    common, rare = row["body"][:2], row["title"][:5]
    return {
        "first page": "/",
        "search, common word": f"/search?q={quote(common)}",
        "search, rare words": f"/search?q={quote(rare)}",
        "search, two words, a region": f"/search?q={quote(f'{common} {rare[:2]}')}&region={quote('省3')}",
        "browse, newest first": "/search",
        "article": f"/article/{row['id']}",
    }


async def measure(path: Path, times: int) -> dict[str, tuple[float, float, float]]:
    """Ask for each page; give the first answer's seconds, and the median of the others' by the clock and of CPU."""
    transport = httpx.ASGITransport(app=application(path))  # type: ignore[arg-type]
    found = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=120) as client:
        for name, address in pages(path).items():
            taken, worked = [], []
            for _ in range(times + 1):
                began, used = time.perf_counter(), time.process_time()
                (await client.get(address)).raise_for_status()
                taken.append(time.perf_counter() - began)
                worked.append(time.process_time() - used)
            found[name] = (taken[0], median(taken[1:]), median(worked[1:]))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=300_000)
    parser.add_argument("--keep", type=Path, help="an archive to use again if it is there, or to make")
    parser.add_argument("--times", type=int, default=9)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.keep or Path(folder) / "archive.db"
        if not path.exists():
            fill(path, chosen.number)
        found = asyncio.run(measure(path, chosen.times))
    print(f"{'page':30}{'first':>10}{'median':>10}{'CPU':>10}")
    for name, seconds in found.items():
        print(f"{name:30}" + "".join(f"{one * 1000:7.0f} ms" for one in seconds))
    sys.exit(any(usual > LIMIT for _, usual, _ in found.values()))


if __name__ == "__main__":
    main()
