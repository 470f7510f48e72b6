"""Measure the CPU time of a page in the whole pipeline, by stage, and other crawlers on the same local site.

    python -m benchmarks.bench_crawl [--pages N] [--rounds N] [--only NAME …] [--grown N …]

The pages are those of the corpora in NEWSCRAWL_CORPUS (without it the sample portal's), as often as needed; a copy has
its clauses from other pages, so that it is no page's reprint. A server of its own process hands them out; only the
crawlers' CPU counts, start to end. The rounds take the crawlers in turns; the table shows medians. `--grown` crawls
into folders that hold so many made-up articles, and as many known addresses, already.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.bench_export import build
from benchmarks.bench_frontier import fill as known
from newscrawl import settings
from newscrawl.extract.page.decode import decode
from newscrawl.frontier.store import Frontier
from tests.extract.figures import shared
from tests.extract.own_pages import own_pages
from tests.servers.site import Answer, Site

CORPORA = ("corpus", "corpus-wide")
A_LIST = 100  # articles a list page names
_CHARSET = re.compile(r"""(charset\s*=\s*["']?)[\w-]+""", re.IGNORECASE)
_CLAUSE = re.compile("[\u4e00-\u9fff]{4,}(?=[，。；、？！”])")
_BARE = Path(__file__).with_name("bare_spider.py")
_EXTENSIONS = json.dumps({**settings.EXTENSIONS, "benchmarks.stages.Stages": 1})
_PEERS = Path(".venv-peers/bin/python")


@dataclass
class Cost:
    """A crawl: pages fetched, milliseconds of CPU a page, pages a second of CPU, the most memory in MB."""

    pages: int
    cpu: float
    memory: float


def pages() -> list[str]:
    """The pages to hand out, as text that says it is UTF-8."""
    folder = shared()
    if folder:
        found = []
        for corpus in CORPORA:
            entries = json.loads((folder / corpus / "manifest.json").read_text("utf-8"))
            paths = (folder / corpus / "pages" / f"{entry['id']}.html" for entry in entries)
            found += [decode(path.read_bytes(), None).text for path in paths]
    else:
        found = [decode(page.content, page.content_type).text for page in own_pages().values() if not page.reason]
    return [_CHARSET.sub(r"\1utf-8", page) for page in found]


class Copies(dict[str, Answer]):
    """The site's answers by path. An article is made whenever it is asked for, so that any number takes no memory.

    Articles repeat the pages; from the second round on, with other clauses, drawn at random from all pages.
    """

    def __init__(self, count: int) -> None:
        super().__init__()
        self.originals = pages()
        self.clauses = [clause for page in self.originals for clause in _CLAUSE.findall(page)]
        self.numbers = {
            f"/news/2026/{1 + number % 12:02d}/{1 + number % 28:02d}/content_{100_000 + number}.html": number
            for number in range(count)
        }

    def get(self, path: str, default: Answer | None = None) -> Answer | None:  # type: ignore[override]  # of one shape
        """The answer for a path, a made-up article included."""
        if (number := self.numbers.get(path)) is None:
            return super().get(path, default)
        turn, place = divmod(number, len(self.originals))
        draw = random.Random(number)  # the same page in every run
        page = self.originals[place]
        return Answer((_CLAUSE.sub(lambda _: draw.choice(self.clauses), page) if turn else page).encode())


def fill(site: Site, count: int) -> float:
    """Give the site its articles, lists that name them, and a plain list for the bare spider; return a page's KB."""
    site.pages = copies = Copies(count)
    paths = list(copies.numbers)
    site.page("/all.txt", "\n".join(site.url + path for path in paths), **{"Content-Type": "text/plain"})
    lists = [f"/channel{number}/" for number in range(-(-count // A_LIST))]
    links = "".join(f"<li><a href='{path}'>频道{number}</a></li>" for number, path in enumerate(lists))
    site.page("/", f"<html><head><title>首页</title></head><body><ul>{links}</ul></body></html>")
    for number, path in enumerate(lists):
        named = paths[number * A_LIST : (number + 1) * A_LIST]
        rows = "".join(f"<li><a href='{to}'>青石镇第{to[-11:-5]}号观景台迎来游客</a></li>" for to in named)
        site.page(path, f"<html><head><title>频道</title></head><body><ul>{rows}</ul></body></html>")
    return statistics.mean(len(page.encode()) for page in copies.originals) / 1024


def crawlers(site: Site, folder: Path) -> dict[str, list[str]]:
    """The commands that fetch all articles, by name; only those that can run here."""
    bare = [sys.executable, "-m", "scrapy", "runspider", str(_BARE), "-a", f"url={site.url}/all.txt"]
    found = {
        "newscrawl": [
            *(sys.executable, "-m", "scrapy", "crawl", "portal", "-a", f"url={site.url}/"),
            *("-s", f"NEWSCRAWL_ALLOW_PRIVATE={site.host}", "-s", "DOWNLOAD_DELAY=0", "-s", "LOG_LEVEL=WARNING"),
            *("-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8", "-s", f"EXTENSIONS={_EXTENSIONS}"),
            *("-s", "FRONTIER_HOST_DAILY_LIMIT=1000000", "-s", "FRONTIER_DOMAIN_RUN_LIMIT=1000000"),
            *("-s", f"STAGES_FILE={folder / 'stages.json'}"),
        ],
        "Scrapy, empty callback": bare,
        "Scrapy and one lxml parse": [*bare, "-a", "work=parse_page"],
        "Scrapy with its JOBDIR": [*bare, "-s", f"JOBDIR={folder / 'job'}"],
    }
    if _PEERS.exists():
        found["Scrapy and trafilatura's text"] = [str(_PEERS.absolute()), *bare[1:], "-a", "work=trafilatura"]
    if wget := shutil.which("wget"):
        warc = ("--warc-file", str(folder / "wget"), "--delete-after", "-P", str(folder / "wget-files"))
        found["wget with WARC"] = [wget, "-q", *warc, "-i", f"{site.url}/all.txt"]
    return found


def run(command: list[str], site: Site, folder: Path, grown: int = 0) -> Cost:
    """Run a crawl in a new folder, or in one that holds so many articles and addresses."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    if grown:
        build(folder / "archive.db", grown)
        with closing(Frontier.open(folder / "frontier.db")) as frontier:
            known(frontier, 0, grown)
    site.requests.clear()
    ours = {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings"} if "portal" in command else {}
    environment = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    environment |= {**ours, "NEWSCRAWL_DATA": str(folder), "PYTHONPATH": str(Path.cwd())}
    cwd = None if ours else folder  # scrapy.cfg would make it a project of ours
    quiet = {"stderr": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    memory = 0.0
    with subprocess.Popen(command, env=environment, cwd=cwd, **quiet) as crawl:
        while not (ended := os.wait4(crawl.pid, os.WNOHANG))[0]:
            memory = max(memory, most_memory(crawl.pid))
            time.sleep(0.2)
        crawl.returncode = os.waitstatus_to_exitcode(ended[1])
    used = ended[2]
    fetched = sum(count for path, count in site.requests.items() if path.startswith("/news/"))
    if not fetched:
        raise SystemExit(f"{' '.join(command)} fetched nothing")
    return Cost(fetched, (used.ru_utime + used.ru_stime) * 1000 / fetched, memory)


def most_memory(process: int) -> float:
    """The most memory a process has had, MB; 0 where the system does not say. (Its usage counts its parent's, too.)"""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def stages(folder: Path) -> dict[str, float]:
    """Which share of newscrawl's CPU went where."""
    shares: dict[str, float] = json.loads((folder / "stages.json").read_text("utf-8"))
    return shares


def growth(site: Site, folder: Path, sizes: tuple[int, ...]) -> None:
    """Print the cost of a page in folders of several sizes."""
    shown = ("storing", "search index", "reprints", "frontier")
    print(f"\n| articles there | CPU, ms a page | {' | '.join(shown)} |\n|---|---|{'---|' * len(shown)}")
    for size in sizes:
        cost = run(crawlers(site, folder)["newscrawl"], site, folder, size)
        cells = [f"{stages(folder).get(stage, 0) * cost.cpu:.1f}" for stage in shown]
        print(f"| {size:,} | {cost.cpu:.1f} | {' | '.join(cells)} |", flush=True)


@click.command()
@click.option("--pages", "count", default=2000, show_default=True, help="Articles of the site.")
@click.option("--rounds", default=1, show_default=True)
@click.option("--only", multiple=True, help="Only these crawlers.")
@click.option("--grown", multiple=True, type=int, help="Articles and addresses that are there before; several times.")
def main(count: int, rounds: int, only: tuple[str, ...], grown: tuple[int, ...]) -> None:
    """Crawl the same site with each, and print Markdown tables."""
    with Site() as site, tempfile.TemporaryDirectory() as temporary:
        size = fill(site, count)
        folder = Path(temporary) / "crawl"
        found: dict[str, list[Cost]] = {}
        told: dict[str, float] = {}
        stored = ""
        if grown:
            growth(site, folder, grown)
            return
        for _ in range(rounds):
            for name, command in crawlers(site, folder).items():
                if only and name not in only:
                    continue
                found.setdefault(name, []).append(run(command, site, folder))
                if name == "newscrawl":
                    told = stages(folder)
                    with sqlite3.connect(folder / "archive.db") as db:
                        (articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
                    stored = f"; newscrawl stored {articles} articles"
                print(name, found[name][-1], file=sys.stderr, flush=True)
        if not found:
            raise click.ClickException(f"none of the crawlers here: {', '.join(crawlers(site, folder))}")
        print(f"\n{count} pages of {size:.0f} KB, {rounds} rounds{stored}\n")
        parse = found.get("Scrapy and one lxml parse")
        print("| | CPU, ms a page | times one parse | pages a second of CPU | memory, MB |\n|---|---|---|---|---|")
        for name, costs in found.items():
            cpu, memory = (statistics.median(getattr(cost, what) for cost in costs) for what in ("cpu", "memory"))
            times = f"{cpu / statistics.median(cost.cpu for cost in parse):.1f}" if parse else "–"
            print(f"| {name} | {cpu:.1f} | {times} | {1000 / cpu:.0f} | {memory:.0f} |")
        print("\n| stage of newscrawl | ms a page | share |\n|---|---|---|")
        for stage, share in told.items():
            print(f"| {stage} | {share * found['newscrawl'][-1].cpu:.1f} | {share:.0%} |")


if __name__ == "__main__":
    main()
