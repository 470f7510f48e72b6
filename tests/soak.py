"""Kill two crawls of local sites again and again with -9; their result equals that of undisturbed crawls.

    python -m tests.soak [--pages 2000] [--kills 50]

Through the real settings: frontier, WARC, pipelines, archive. Each crawl has a host of its own, both one data folder.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

from newscrawl.archive import WarcRef, read_record, read_warc
from newscrawl.data_folder import LOCKED_BY_PARENT
from tests import forked
from tests.servers.site import Site

HOSTS = ("127.0.0.1", "localhost")
SETTINGS = ("-s", f"NEWSCRAWL_ALLOW_PRIVATE={','.join(HOSTS)}", "-s", "DOWNLOAD_DELAY=0")
A_LIST = 20  # articles a list names
WORDS = "春夏秋冬山水田林路桥镇村县市区农工商学医建设推进完成开工通报会议计划项目群众企业粮食造林河道水库道路学校医院"

_COMPARED = {
    "archive.db": (
        "select url, portal, title, published, source, authors, channel, body, content_hash, complete from articles",
        "select article, section, kind, title, url from links",
        "select article, title from revisions",
        "select article, kind from events",
        "select distinct url, status, outcome from captures",
    ),
    "frontier.db": ("select url, kind, state, outcome, depth, trusted from addresses", "select url from aliases"),
}


@dataclass
class Counts:
    """The result of a soak test; `faults` lists what went wrong."""

    kills: int = 0
    killed_in_hand: int = 0  # of them, with addresses leased
    leased_at_kills: int = 0
    fetched_again: int = 0
    pages: int = 0
    articles: int = 0
    left_open: int = 0  # WARC files, which the next run mends
    seconds: float = 0
    faults: list[str] = field(default_factory=list)


def story(host: str, number: int) -> str:
    """Write an article of its own, the same at every call."""
    chance = random.Random(f"{host} {number}")
    title = "".join(chance.choices(WORDS, k=14))
    told = ["".join(chance.choices(WORDS, k=90)) + "。" for _ in range(5)]
    return (
        f"<html><head><title>{title}_试验网</title></head><body><h1>{title}</h1>"
        f"<div>2026-07-04 09:{number % 60:02d}:00　来源：试验日报</div><div class='content'>"
        + "".join(f"<p>{paragraph}</p>" for paragraph in told)
        + "</div></body></html>"
    )


def fill(site: Site, host: str, pages: int) -> None:
    """Give a site its pages: the start page, lists, and articles, `pages` together."""
    site._server.handle_error = lambda *_: None  # a killed crawl hangs up
    lists = max((pages - 1) // (A_LIST + 1), 1)
    numbers = range(pages - 1 - lists)
    home = "".join(f"<li><a href='/list/{number}/'>第{number}版</a></li>" for number in range(lists))
    site.page("/", f"<html><head><title>试验网</title></head><body><ul>{home}</ul></body></html>")
    heads = ["".join(random.Random(number).choices(WORDS, k=14)) for number in numbers]
    for number in range(lists):
        named = [
            f"<li><a href='/news/202607/04/content_{9000 + n}.html'>{heads[n]}</a>" for n in numbers[number::lists]
        ]
        head = f"<head><title>第{number}版</title></head>"
        site.page(f"/list/{number}/", f"<html>{head}<body><ul>{''.join(named)}</ul></body></html>")
    for number in numbers:
        site.page(f"/news/202607/04/content_{9000 + number}.html", story(host, number))


def rows(path: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchall()


def start(folder: Path, host: str, site: Site) -> forked.Forked:
    url = f"url=http://{host}:{site.port}/"
    # Two crawls side by side, as `newscrawl crawl` starts them: it holds the folder's lock for both.
    locked = {"NEWSCRAWL_DATA": str(folder), LOCKED_BY_PARENT: str(folder.absolute())}
    return forked.scrapy("crawl", "portal", "-a", url, *SETTINGS, **locked)


def whole(folder: Path, sites: dict[str, Site], counts: Counts) -> list[str]:
    """Crawl all sites at once to the end; give what was said."""
    crawls = {host: start(folder, host, site) for host, site in sites.items()}
    logs = []
    for host, crawl in crawls.items():
        logs.append(crawl.communicate(timeout=600)[1])
        if crawl.returncode:
            counts.faults.append(f"the crawl of {host} ended with {crawl.returncode}: {logs[-1][-500:]}")
    return logs


def kill(folder: Path, sites: dict[str, Site], pages: int, chance: random.Random) -> list[str]:
    """Start all crawls and kill each at a random moment, after at most so many pages; return their output."""
    crawls, before, wanted = {}, {}, {}
    for host, site in sites.items():
        before[host], wanted[host] = site.requests.total(), chance.randrange(pages)
        crawls[host] = start(folder, host, site)
    logs, deadline = [], time.monotonic() + 120
    while crawls:
        asked = {host: site.requests.total() - before[host] for host, site in sites.items()}
        # a crawl that begins takes back what the dead one held, and nobody could tell any more what that was
        begun = all(asked[host] or crawl.returncode is not None for host, crawl in crawls.items())
        for host, crawl in list(crawls.items()):
            over = crawl.returncode is not None or time.monotonic() > deadline
            if over or (begun and asked[host] > wanted[host]):
                time.sleep(chance.uniform(0, 0.03))
                crawl.kill()
                logs.append(crawl.communicate()[1])
                del crawls[host]
        time.sleep(0.002)
    return logs


def soak(folder: Path, pages: int, kills: int) -> Counts:
    """Crawl undisturbed, then with kills, and compare."""
    counts, chance, begin = Counts(pages=pages * len(HOSTS)), random.Random(kills), time.monotonic()
    with ExitStack() as stack:
        sites = {host: stack.enter_context(Site()) for host in HOSTS}
        for host, site in sites.items():
            fill(site, host, pages)
        logs = whole(folder / "whole", sites, counts)
        for site in sites.values():
            site.requests.clear()
        leased: Counter[str] = Counter()
        data = folder / "killed"
        for _ in range(max(kills // len(HOSTS), 1)):
            logs += kill(data, sites, 2 * len(HOSTS) * pages // kills, chance)
            counts.kills += len(HOSTS)
            held = rows(data / "frontier.db", "select host, url from addresses where state = 'leased'")
            counts.killed_in_hand += len({host for host, _ in held})
            counts.left_open += len(list((data / "warc").glob("*.open")))
            leased.update(url for _, url in held)
        logs += whole(data, sites, counts)
        fetched = Counter(
            {f"http://{host}:{site.port}{path}": n for host, site in sites.items() for path, n in site.requests.items()}
        )
    counts.leased_at_kills = leased.total()
    compare(folder / "whole", data, counts)
    check_fetches(data, fetched, leased, counts)
    check_logs(logs, counts)
    check_files(data, counts)
    counts.seconds = round(time.monotonic() - begin, 1)
    return counts


def compare(undisturbed: Path, killed: Path, counts: Counts) -> None:
    """Find rows that the one has and the other lacks."""
    counts.articles = rows(killed / "archive.db", "select count(*) from articles")[0][0]
    for name, queries in _COMPARED.items():
        for query in queries:
            there, here = (Counter(rows(folder / name, query)) for folder in (undisturbed, killed))
            counts.faults += [f"lost: {query}: {row}"[:300] for row in list(there - here)[:3]]
            counts.faults += [f"too many: {query}: {row}"[:300] for row in list(here - there)[:3]]


def check_fetches(data: Path, fetched: Counter[str], leased: Counter[str], counts: Counts) -> None:
    """Find addresses fetched more often than the kills explain; lists are due at every run."""
    articles = {url for (url,) in rows(data / "frontier.db", "select url from addresses where kind = 'article'")}
    counts.fetched_again = sum(fetched[url] - 1 for url in articles)
    counts.faults += [f"never fetched: {url}" for url in articles if not fetched[url]]
    counts.faults += [
        f"fetched {fetched[url]} times, leased at {leased[url]} kills: {url}"
        for url in articles
        if fetched[url] > 1 + leased[url]
    ]


def check_logs(logs: list[str], counts: Counts) -> None:
    """Find complaints: a lock, a traceback, an error."""
    for log in logs:
        counts.faults += [
            line[:300] for line in log.splitlines() if any(word in line for word in ("locked", "Traceback", "ERROR"))
        ]


def check_files(data: Path, counts: Counts) -> None:
    """Find WARC files that are not whole, and articles without their record."""
    counts.faults += [f"left open: {path.name}" for path in (data / "warc").glob("*.open")]
    for path in (data / "warc").glob("*.gz"):
        for _ in read_warc(path, on_damage=lambda error: counts.faults.append(f"damaged: {error}")):
            pass
    query = "select c.url, warc, offset, length, digest from articles a join captures c on c.id = a.capture"
    for url, *ref in rows(data / "archive.db", query):
        if read_record(data / "warc", WarcRef(*ref)).url != url:
            counts.faults.append(f"not its record: {url}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=2000, help="of each of the two sites")
    parser.add_argument("--kills", type=int, default=50)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        counts = soak(Path(folder), args.pages, args.kills)
    sys.stdout.write(json.dumps(vars(counts), ensure_ascii=False, indent=1) + "\n")
    sys.exit(bool(counts.faults))


if __name__ == "__main__":
    main()
