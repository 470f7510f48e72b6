"""What an address costs: enqueue, lease and settle with ten thousand, a million, ten million known addresses.

    python -m benchmarks.bench_frontier [SIZE …] [--folder DIR] | --overhead ARTICLES

One file grows from size to size; at each, ROUNDS pages are settled with LEADS addresses each, half of them known, and
memory is read. `--overhead` crawls a local site with this scheduler and with Scrapy's own, and compares pages a second.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from pathlib import Path

from newscrawl.frontier.records import Lead
from newscrawl.frontier.store import Frontier
from tests.frontier.site import crawl, newspaper, serving

HOSTS = 300
LEADS = 20
RECENT = 100_000  # what pages name and is known was mostly found lately
ROUNDS = 1_000
BATCH = 500


def lead(number: int) -> Lead:
    return Lead.of(f"http://www.site{number % HOSTS}.cn/news/2026/{number // 97}/content_{number}.html", "article")


def fill(frontier: Frontier, start: int, size: int) -> None:
    """Enter addresses as a crawl does, pages of LEADS at a time; all but the newest are then fetched."""
    for first in range(start, size, BATCH):
        frontier.enqueue("bench", [lead(number) for number in range(first, min(first + BATCH, size))])
    with frontier.transaction() as db:
        db.execute(
            "UPDATE addresses SET state = 'done', last_fetched = 1, due = 4e9 + rowid % 1000"
            " WHERE state = 'pending' AND rowid < ?",
            (size - min(size // 2, 100_000),),
        )


def work(frontier: Frontier, size: int) -> dict[str, float]:
    """Lease, and settle with discoveries; microseconds of processor an operation, so that other load does not count."""
    chance = random.Random(size)
    spent = {"lease": 0.0, "settle": 0.0}
    leased = done = 0
    news = size
    while done < ROUNDS:
        begin = time.process_time()
        leases = frontier.lease("bench", 32, per_host=8)
        spent["lease"] += time.process_time() - begin
        leased += len(leases)
        for lease in leases:
            known = [lead(chance.randrange(max(size - RECENT, 0), size)) for _ in range(LEADS // 2)]
            fresh = [lead(news + number) for number in range(LEADS - len(known))]
            news += len(fresh)
            begin = time.process_time()
            frontier.settle(lease.id, "article", known + fresh)
            spent["settle"] += time.process_time() - begin
            done += 1
    begin = time.process_time()
    for first in range(0, 20_000, BATCH):
        frontier.enqueue("bench", [lead(news + first + number) for number in range(BATCH)])
    enqueue = (time.process_time() - begin) / 20_000
    return {"enqueue": enqueue * 1e6, "lease": spent["lease"] / leased * 1e6, "settle": spent["settle"] / done * 1e6}


def resident() -> float:
    """The process's memory now, MB."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmRSS"))) / 1024


def overhead(articles: int) -> None:
    """Compare the pages a second of a crawl with those of the same crawl by Scrapy's in-memory scheduler."""
    with serving(newspaper(articles)) as site, tempfile.TemporaryDirectory() as folder:
        settings = {"CONCURRENT_REQUESTS_PER_DOMAIN": 8, "LOG_LEVEL": "WARNING"}
        memory = {"SCHEDULER": "scrapy.core.scheduler.Scheduler", "SPIDER_MIDDLEWARES": {}}
        for turn in range(3):
            for name, other in (("memory", memory), ("frontier", {})):
                stats = crawl(Path(folder) / str(turn), site.url(), **settings, **other)
                print(f"{name:>9}: {stats['response_received_count'] / stats['elapsed_time_seconds']:.0f} pages/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 1_000_000])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--overhead", type=int, default=0, metavar="ARTICLES")
    args = parser.parse_args()
    if args.overhead:
        overhead(args.overhead)
        return
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        path = Path(folder) / "frontier.db"
        frontier = Frontier.open(path)
        heads = ("enqueue µs", "lease µs", "settle µs", "RSS MB", "file MB", "filled s")
        print(f"{'known':>12}", *(f"{head:>10}" for head in heads))
        known = 0
        first: dict[str, float] = {}
        for size in sorted(args.sizes):
            begin = time.perf_counter()
            fill(frontier, known, size)
            filled = time.perf_counter() - begin
            costs = work(frontier, size)
            first = first or costs
            known = size + ROUNDS * LEADS + 20_000
            figures = (*costs.values(), resident(), path.stat().st_size / 1e6, filled)
            print(f"{size:>12,}", *(f"{figure:>10.0f}" for figure in figures))
        print("times dearer:", ", ".join(f"{name} {costs[name] / first[name]:.2f}" for name in costs))
        frontier.close()


if __name__ == "__main__":
    main()
