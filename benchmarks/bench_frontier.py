"""Measure enqueue, lease and settle of an address, with ten thousand, a million and ten million known addresses.

    python -m benchmarks.bench_frontier [SIZE …] [--folder DIR] | --overhead ARTICLES

One file grows from size to size; at each, ROUNDS pages are settled with LEADS addresses each, half of them known, and
memory is read. `--overhead` crawls a local site with this scheduler and with Scrapy's own, and compares pages a second.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from newscrawl.frontier.messages import Lead
from newscrawl.frontier.store import Frontier
from newscrawl.urls import host_of
from tests.servers.site import Site
from tests.soak import SETTINGS, WORDS, story

HOSTS = 300
LEADS = 20
RECENT = 100_000  # what pages name and is known was mostly found lately
ROUNDS = 1_000
BATCH = 500
FILLED_AT_ONCE = 10_000
FETCHED = """
INSERT OR IGNORE INTO addresses
  (id, url, host, kind, state, due, trusted, priority, depth, first_seen, last_fetched)
VALUES (?, ?, ?, 'article', 'done', ?, 1, 40, 2, 1, 1)
"""


def lead(number: int) -> Lead:
    return Lead.of(f"http://www.site{number % HOSTS}.cn/news/2026/{number // 97}/content_{number}.html", "article")


def fill(frontier: Frontier, start: int, size: int) -> None:
    """Make addresses known: the newest are enqueued as in a crawl, older ones are written as already fetched."""
    newest = max(size - min(size // 2, 100_000), start)
    frontier.enqueue("bench", map(lead, range(HOSTS)))  # each host has its row then
    host = {name: number for number, name in frontier.read("SELECT id, host FROM hosts")}
    for first in range(start, newest, FILLED_AT_ONCE):
        known = (lead(number) for number in range(first, min(first + FILLED_AT_ONCE, newest)))
        with frontier.transaction() as db:
            db.executemany(FETCHED, ((one.id, one.url, host[host_of(one.url)], 4e9 + one.id % 1000) for one in known))
    for first in range(newest, size, BATCH):
        frontier.enqueue("bench", [lead(number) for number in range(first, min(first + BATCH, size))])


def work(frontier: Frontier, size: int) -> dict[str, float]:
    """Lease, and settle with new addresses; return µs of CPU time an operation, so that other load does not count."""
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


def portal(site: Site, articles: int) -> None:
    """Fill a site with pages as portals have them: 40 KB, a navigation of 60 lists, 30 articles beside the story."""
    chance = random.Random(articles)
    lists = [f"/channel{number}/" for number in range(60)]
    paths = [f"/news/202607/{4 + number % 20:02d}/content_{9000 + number}.html" for number in range(articles)]
    heads = {path: "".join(chance.choices(WORDS, k=16)) for path in paths}
    navigation = "".join(f"<li><a href='{path}'>{WORDS[number % 40]}频道</a></li>" for number, path in enumerate(lists))
    furniture = f"<style>{'.x{color:red}' * 1500}</style><ul>{navigation}</ul>"
    for number, path in enumerate(["/", *lists]):
        named = paths[number::61]
        links = "".join(f"<li><a href='{named}'>{heads[named]}</a> 07-04</li>" for named in named)
        site.page(path, f"<html><head><title>频道</title>{furniture}</head><body><ul>{links}</ul></body></html>")
    for number, path in enumerate(paths):
        beside = "".join(f"<li><a href='{other}'>{heads[other]}</a></li>" for other in chance.sample(paths, 30))
        told = story("bench", number).replace("</body>", f"<div>相关新闻<ul>{beside}</ul></div></body>")
        site.page(path, told.replace("<body>", f"<body>{furniture}"))


def crawl_cost(site: Site, *settings: str) -> tuple[float, float]:
    """Crawl through the real settings in a new folder; give pages a second, and the processor's milliseconds a page."""
    with tempfile.TemporaryDirectory() as folder:
        options = [word for setting in settings for word in ("-s", setting)]
        site.requests.clear()
        begin = time.perf_counter()
        crawl = subprocess.Popen(
            [sys.executable, "-m", "scrapy", "crawl", "portal", "-a", f"url={site.url}/", *SETTINGS, *options],
            env={**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "NEWSCRAWL_DATA": folder},
            stderr=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(crawl.pid, 0)
        crawl.returncode = status
        assert status == 0, "the crawl failed"
        pages = site.requests.total()
        return pages / (time.perf_counter() - begin), (used.ru_utime + used.ru_stime) * 1000 / pages


def overhead(articles: int, pairs: int) -> None:
    """Compare the cost of a page with this scheduler and with Scrapy's, in turns, with all else equal."""
    memory = ("SCHEDULER=scrapy.core.scheduler.Scheduler", "SPIDER_MIDDLEWARES={}")
    with Site() as site:
        portal(site, articles)
        speeds, costs = [], []
        print("pages/s: frontier, in memory   processor ms a page: frontier, in memory")
        for _ in range(pairs):
            ours, theirs = crawl_cost(site), crawl_cost(site, *memory)
            speeds.append(ours[0] / theirs[0])
            costs.append(ours[1] / theirs[1])
            print(f"{ours[0]:>17.1f} {theirs[0]:>10.1f} {ours[1]:>31.1f} {theirs[1]:>10.1f}", flush=True)
    speed, cost = statistics.median(speeds), statistics.median(costs)
    print(f"medians, frontier against in memory: {speed - 1:+.1%} pages/s, {cost - 1:+.1%} processor time")
    if cost > 1.1:
        sys.exit("out of bounds: more than 10 % dearer")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 1_000_000, 10_000_000])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--overhead", type=int, default=0, metavar="ARTICLES")
    args = parser.parse_args()
    if args.overhead:
        overhead(args.overhead, pairs=5)
        return
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        path = Path(folder) / "frontier.db"
        frontier = Frontier.open(path)
        heads = ("enqueue µs", "lease µs", "settle µs", "RSS MB", "file MB", "filled s")
        print(f"{'known':>12}", *(f"{head:>10}" for head in heads))
        known, base, grown = 0, 0.0, 0.0
        first: dict[str, float] = {}
        for size in sorted(args.sizes):
            begin = time.perf_counter()
            fill(frontier, known, size)
            filled = time.perf_counter() - begin
            costs = work(frontier, size)
            first = first or costs
            base = base or resident()
            known = size + ROUNDS * LEADS + 20_000
            figures = (*costs.values(), resident(), path.stat().st_size / 1e6, filled)
            print(f"{size:>12,}", *(f"{figure:>10.0f}" for figure in figures), flush=True)
            grown = resident() - base
        dearer = {name: costs[name] / first[name] for name in costs}
        print("times dearer:", ", ".join(f"{name} {times:.2f}" for name, times in dearer.items()), end="; ")
        print(f"memory grown by {grown:.0f} MB")
        frontier.close()
    if max(dearer.values()) > 3 or grown > 50:
        sys.exit("out of bounds: more than 3 times dearer, or more than 50 MB")


if __name__ == "__main__":
    main()
