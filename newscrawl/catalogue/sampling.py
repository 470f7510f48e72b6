"""Sample crawls: a few pages of each list, in a temporary data folder, for `newscrawl verify`, `new` and `links`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.exceptions import NotConfigured

from newscrawl.data_folder import DataFolder
from newscrawl.discover.lead import SITEMAP, Lead

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response

_FILE = "sample.jsonl"
_ON_LISTS = {"start", "list", "issue"}


@dataclass(slots=True)
class Sampled:
    """What a sampled page led to.

    Attributes:
        url: its address.
        kind: the kind of page it was expected to be.
        status: the response's HTTP status.
        articles: the addresses of articles it links to.
        lists: the addresses of other lists it links to.
        goes_on: the possible addresses of its next page.
    """

    url: str
    kind: str
    status: int
    articles: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    goes_on: list[str] = field(default_factory=list)


class FewOfEach:
    """Lets through a few lists of each start page, and of each list a few articles and its next page.

    Settings: SAMPLE_LISTS and SAMPLE_ARTICLES, how many of each; without them the middleware is off.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        if settings.get("SAMPLE_LISTS") is None:
            raise NotConfigured
        self.lists = settings.getint("SAMPLE_LISTS")
        self.articles = settings.getint("SAMPLE_ARTICLES")
        self.path = DataFolder(settings["NEWSCRAWL_DATA"]).root / _FILE
        self.taken: set[str] = set()
        self.further: set[str] = set()  # next pages of lists
        self.moved: set[str] = set()  # where start pages have moved to

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware of a crawl."""
        return cls(crawler)

    async def process_spider_output(self, response: Response, result: AsyncIterator[object]) -> AsyncIterator[object]:
        """Pass on the page and the chosen requests; record everything that the page led to."""
        kind = "start" if response.url in self.moved else response.meta.get("kind", "unknown")
        given = []
        async for output in result:
            if isinstance(output, Lead):
                given.append(output)
            elif not isinstance(output, Request):
                yield output
            else:  # no link, but a redirect of the page or a request to render it in a browser
                if kind == "start":
                    self.moved.add(output.url)
                yield output
        self._write(Sampled(response.url, kind, response.status), given)
        for lead in self._few(given, kind, is_further=response.url in self.further):
            yield lead

    def _write(self, seen: Sampled, given: list[Lead]) -> None:
        for lead in given:
            places = {"next": seen.goes_on, "article": seen.articles, "list": seen.lists, "issue": seen.lists}
            if (place := places.get(_what(lead))) is not None:
                place.append(lead.url)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(seen), ensure_ascii=False) + "\n")

    def _few(self, given: list[Lead], kind: str, *, is_further: bool) -> Iterator[Lead]:
        """Choose links to follow: none from an article's page, no further lists from a list that is no start page."""
        room = {"article": self.articles, "issue": 1, "next": int(not is_further)}
        if kind == "start":
            room |= {"list": self.lists, "unknown": self.lists}
        for lead in given if kind in _ON_LISTS else ():
            what = _what(lead)
            if lead.why == SITEMAP:  # often a guessed address, and no list that readers see
                continue
            if room.get(what, 0) > 0 and lead.url not in self.taken:
                room[what] -= 1
                self.taken.add(lead.url)
                if what == "next":
                    self.further.add(lead.url)
                yield lead


def sampled(folder: Path) -> list[Sampled]:
    """Return the pages of a sample crawl into a data folder, in order."""
    path = folder / _FILE
    if not path.exists():
        return []
    return [Sampled(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _what(lead: Lead) -> str:
    """Return "next" for a lead to a further page of the same list, else the lead's kind."""
    return "next" if lead.goes_on else lead.kind
