"""Crawl replicas through the real settings, and count the articles found of each."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.urls import canonical
from tests import forked
from tests.conftest import LOCAL
from tests.replicas.server import HUB

if TYPE_CHECKING:
    from pathlib import Path

    from tests.replicas.portal import Replica
    from tests.replicas.server import Server


@dataclass(frozen=True, slots=True)
class Figures:
    """The result of crawling a replica.

    Attributes:
        articles: how many the portal has.
        found: how many of them are stored.
        stored: rows of the archive that are the portal's.
        right: those of them that are articles.
        requests: how many the crawl made of its hosts, robots.txt left out.
        trapped: those of them that lead nowhere.
    """

    articles: int
    found: int
    stored: int
    right: int
    requests: int
    trapped: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.articles

    @property
    def precision(self) -> float:
        return self.right / self.stored if self.stored else 1.0

    @property
    def doubles(self) -> int:
        return self.right - self.found


def crawl(
    server: Server, folder: Path, start: str = HUB, *options: str, timeout: float = 300, checked: bool = True
) -> str:
    """Crawl from an address, every host allowed; give what the crawl logged.

    Raises:
        AssertionError: it ended with an error, and `checked` asks for none.
    """
    server.asked.clear()
    process = forked.scrapy(
        *("crawl", "portal", "-a", f"url={start}", "-a", "domains=*", *LOCAL, *options),
        NEWSCRAWL_DATA=str(folder),
        http_proxy=server.proxy,
    )
    _, said = process.communicate(timeout)
    assert process.returncode == 0 or not checked, said[-3000:]
    return said


def verdict(folder: Path) -> str:
    """Return the row of the last crawl."""
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        found: str = db.execute("SELECT verdict FROM crawls ORDER BY started_at DESC LIMIT 1").fetchone()[0]
    return found


def figures(server: Server, folder: Path, replica: Replica) -> Figures:
    """Compare the archive's articles with those of the replica."""
    numbers = replica.numbers()
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        urls = [url for (url,) in db.execute("SELECT url FROM articles") if replica.is_own(url)]
    right = [numbers[key] for key in map(canonical, urls) if key in numbers]
    asked = [url for url in server.asked if url.partition("/")[0] in {replica.host, *replica.also}]
    trapped = sum(replica.trap("/" + url.partition("/")[2]) for url in asked)
    return Figures(len(replica.articles), len(set(right)), len(urls), len(right), len(asked), trapped)
