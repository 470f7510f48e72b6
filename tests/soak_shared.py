"""Three workers on one frontier, one of them killed again and again; and how pages a second grow with the workers.

    python -m tests.soak_shared [--pages 3000] [--kills 20] [--scaling]

Through the real settings, each worker with a data folder of its own, as on a machine of its own; the frontier is a
PostgreSQL server that is started for it, the site a local one that counts and times what it is asked for.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from newscrawl.frontier.store import Frontier
from tests import forked
from tests.servers.postgres import Postgres, missing
from tests.servers.site import Site
from tests.soak import fill, rows

WORKERS = 3
DELAY = 0.02  # seconds between two requests to the host, by all workers together
ALLOWED = ("-s", "NEWSCRAWL_ALLOW_PRIVATE=127.0.0.1")
SLOW = 2.0  # seconds the site for the scaling takes to answer
WINDOW = 50  # requests over which the rate is taken


@dataclass
class Counts:
    """The result; `faults` lists what went wrong."""

    pages: int
    kills: int = 0
    leased_at_kills: int = 0
    fetched_twice: int = 0
    articles: int = 0
    stored_twice: int = 0  # the same article in two workers' archives
    limit: float = 1 / DELAY  # requests a second
    fastest: float = 0.0  # over any WINDOW of them
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


class TimedSite(Site):
    """Notes when it was asked for a page; answers after a while."""

    def __init__(self, answer_after: float) -> None:
        super().__init__()
        self.times: list[float] = []
        self.answer_after = answer_after
        site, plain = self, self._server.RequestHandlerClass

        class Handler(plain):
            def do_GET(self) -> None:  # noqa: N802  the server looks for this name
                if self.path != "/robots.txt":
                    site.times.append(time.monotonic())
                    time.sleep(site.answer_after)
                super().do_GET()

        self._server.RequestHandlerClass = Handler

    def fastest(self) -> float:
        """Give the highest rate over a window, requests a second."""
        spans = [later - earlier for earlier, later in zip(self.times, self.times[WINDOW:], strict=False)]
        return round(WINDOW / min(spans), 1) if spans else 0.0


def start(folder: Path, number: int, place: str, site: Site, *settings: str) -> forked.Forked:
    options = [part for setting in settings for part in ("-s", setting)]
    environment = {"NEWSCRAWL_DATA": str(folder / str(number)), "NEWSCRAWL_FRONTIER": place}
    return forked.scrapy("crawl", "portal", "-a", f"url={site.url}/", *ALLOWED, *options, **environment)


def soak(folder: Path, place: str, pages: int, kills: int) -> Counts:
    """Kill one of three workers again and again, each after some more pages; then let them end."""
    counts, chance, begin = Counts(pages), random.Random(kills), time.monotonic()
    settings = (f"DOWNLOAD_DELAY={DELAY}", "CONCURRENT_REQUESTS_PER_DOMAIN=2")
    leased: Counter[str] = Counter()
    with TimedSite(0.02) as site:
        fill(site, site.host, pages)
        watching = Frontier.open(place)
        workers = [start(folder, number, place, site, *settings) for number in range(WORKERS)]
        while len(site.times) < 5:
            time.sleep(0.01)
        [(portal,)] = watching.read("SELECT DISTINCT portal FROM hosts")
        watching.begin_run(portal)  # so that it is one run to its end, though a worker may begin when others are done
        for kill in range(kills):
            while len(site.times) < (kill + 1) * pages * 0.9 / kills:
                time.sleep(0.01)
            number = chance.randrange(WORKERS)
            dead, held = workers[number], set()
            for _ in range(2):  # before and after: it leases until it is dead, and others take that back
                query = "SELECT url FROM addresses WHERE owner LIKE ?"
                held |= {url for (url,) in watching.read(query, f"{dead.process.pid}:%")}
                dead.kill()
            leased.update(held)
            counts.kills += 1
            dead.communicate()
            workers[number] = start(folder, number, place, site, *settings)
        for worker in workers:
            said = worker.communicate(900)[1]
            if worker.returncode or any(word in said for word in ("Traceback", "ERROR")):
                counts.faults.append(f"ended with {worker.returncode}: {said[-500:]}")
        query = "SELECT url, state, outcome, tries FROM addresses WHERE state <> 'done' AND outcome <> 'http-404'"
        counts.faults += [f"not done: {tuple(row)}" for row in watching.read(query)]
        watching.close()
    counts.leased_at_kills, counts.fastest = leased.total(), site.fastest()
    check(folder, site, leased, counts)
    counts.seconds = round(time.monotonic() - begin, 1)
    return counts


def check(folder: Path, site: TimedSite, leased: Counter[str], counts: Counts) -> None:
    """Find what is lost, fetched too often, or too fast."""
    counts.faults += [f"never fetched: {path}" for path in site.pages if not site.requests[path]]
    for path, count in site.requests.items():
        if path != "/robots.txt" and count > 1:
            counts.fetched_twice += 1
            if count > 1 + leased[f"{site.url}{path}"]:
                counts.faults.append(f"fetched {count} times, leased at {leased[site.url + path]} kills: {path}")
    archives = [path / "archive.db" for path in folder.iterdir()]
    stored = Counter(url for archive in archives for (url,) in rows(archive, "select url from articles"))
    counts.articles, counts.stored_twice = len(stored), sum(count > 1 for count in stored.values())
    wanted = sum(path.startswith("/news/") for path in site.pages)
    if counts.articles != wanted:
        counts.faults.append(f"{wanted - counts.articles} of {wanted} articles are in no archive")
    if counts.fastest > counts.limit * 1.05:
        counts.faults.append(f"{counts.fastest} requests a second, and {counts.limit:.0f} are allowed")


def scaling(folder: Path, place_of: Postgres, pages: int) -> list[dict[str, float]]:
    """Crawl a site that answers slowly by one, two and three workers; the first fifth warms them up."""
    found: list[dict[str, float]] = []
    for count in range(1, WORKERS + 1):
        with TimedSite(SLOW) as site:
            fill(site, site.host, pages)
            place = place_of.place()
            settings = (f"DOWNLOAD_DELAY={DELAY}", "CONCURRENT_REQUESTS_PER_DOMAIN=4")
            workers = [start(folder / str(count), number, place, site, *settings) for number in range(count)]
            said = [worker.communicate(900)[1] for worker in workers]
            assert not any(worker.returncode for worker in workers), said
            steady = site.times[pages // 5 : pages * 9 // 10]
        rate = round(len(steady) / (steady[-1] - steady[0]), 2)
        linear = round(rate / (count * found[0]["pages a second"]), 2) if found else 1.0
        found.append({"workers": count, "pages a second": rate, "of linear": linear})
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--scaling", action="store_true", help="only pages a second by 1, 2 and 3 workers")
    args = parser.parse_args()
    if reason := missing():
        sys.exit(reason)
    server = Postgres()
    try:
        with tempfile.TemporaryDirectory() as folder:
            if args.scaling:
                sys.stdout.write(json.dumps(scaling(Path(folder), server, args.pages // 20), indent=1) + "\n")
                return
            counts = soak(Path(folder), server.place(), args.pages, args.kills)
    finally:
        server.stop()
    sys.stdout.write(json.dumps(vars(counts), ensure_ascii=False, indent=1) + "\n")
    sys.exit(bool(counts.faults))


if __name__ == "__main__":
    main()
