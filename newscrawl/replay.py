"""Replay: the archive made anew from the WARC files, by the pipelines a live page takes."""

from __future__ import annotations

import heapq
import logging
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.project import get_project_settings

from newscrawl.archive import Archive, Crawl, read_warc
from newscrawl.data_folder import DataFolder
from newscrawl.extract.page.document import Document
from newscrawl.items import Page, PortalFacts
from newscrawl.middlewares import is_html
from newscrawl.portal import make_page
from newscrawl.spiderloader import portal_loader

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from newscrawl.archive import Capture
    from newscrawl.extract.finders import Finder

logger = logging.getLogger(__name__)


class Replay(Spider):
    """Yields the recorded pages in the order in which they were fetched.

    Args:
        overrides: gives a spider's finders by its name; an unknown spider has none.
    """

    name = "replay"

    def __init__(self, overrides: Callable[[str], dict[str, Finder]], **arguments: Any) -> None:
        super().__init__(self.name, **arguments)
        self.overrides = overrides

    async def start(self) -> AsyncIterator[Page]:
        """Give a `Page` for every recorded response; robots.txt is the crawl's business, not the archive's."""
        damaged = "warc/damaged"
        self.crawler.stats.set_value(damaged, 0)
        folder = DataFolder(self.settings["NEWSCRAWL_DATA"]).warc
        for capture in in_order(folder, lambda _: self.crawler.stats.inc_value(damaged)):
            if capture.name == "crawl":
                self.restore(Crawl.from_payload(capture.payload))
            elif capture.record_type in {"response", "revisit"} and urlsplit(capture.url).path != "/robots.txt":
                yield self.page(capture)

    def restore(self, crawl: Crawl) -> None:
        """Put back the row of a crawl that a WARC file keeps."""
        with Archive.open(DataFolder(self.settings["NEWSCRAWL_DATA"]).archive) as archive:
            archive.put_crawl(crawl)

    def page(self, capture: Capture) -> Page:
        """Make the page of a capture, with the portal its file names."""
        info, headers = capture.info, {name.lower(): value for name, value in capture.headers}
        # A file whose first record is damaged, or that another program wrote, is called by its name.
        key = info.get("newscrawl-portal") or capture.ref.file.split(".warc")[0].rsplit("-", 3)[0]
        portal = PortalFacts(
            key,
            info.get("newscrawl-title") or key,
            info.get("newscrawl-region") or None,
            info.get("newscrawl-level") or None,
            self.overrides(info.get("newscrawl-spider", "")),
        )
        content_type = headers.get("content-type", "")
        document = None
        if capture.status < 300 and is_html(content_type, capture.body):
            document = Document(capture.body, capture.url, content_type=content_type, fetched_at=capture.fetched_at)
        return make_page(
            portal,
            url=capture.url,
            status=capture.status,
            location=headers.get("location"),
            document=document,
            fetched_at=capture.fetched_at,
            capture=capture.ref,
        )


def in_order(folder: Path, on_damage: Callable[[Exception], None]) -> Iterator[Capture]:
    """Give the captures of all WARC files by time; a file is opened only when its turn has come."""
    waiting = sorted(folder.glob("*.warc.gz*"), key=_stamp, reverse=True)
    heap: list[tuple[Any, str, int, Capture, Iterator[Capture]]] = []

    def advance(captures: Iterator[Capture]) -> None:
        if (capture := next(captures, None)) is not None:
            heapq.heappush(heap, (capture.fetched_at, capture.ref.file, capture.ref.offset, capture, captures))

    while heap or waiting:
        while waiting and (not heap or _stamp(waiting[-1]) <= heap[0][0].strftime("%Y%m%d%H%M%S")):
            advance(read_warc(waiting.pop(), on_damage=on_damage))
        if heap:
            _, _, _, capture, captures = heapq.heappop(heap)
            advance(captures)
            yield capture


def _stamp(path: Path) -> str:
    """The UTC stamp in a WARC file's name, `<portal>-<stamp>-<pid>-<serial>.warc.gz`; "" in another program's."""
    stamp = re.search(r"-(\d{14})-\d+-\d+\.warc", path.name)
    return stamp[1] if stamp else ""


def run_replay() -> dict[str, Any]:
    """Replay the data folder of the project's settings into its archive; give the run's statistics."""
    settings = get_project_settings()
    # Nothing is fetched and nothing is planned, so neither the frontier nor the crawl's own record takes part.
    for name, value in {
        "SCHEDULER": "scrapy.core.scheduler.Scheduler",
        "SPIDER_MIDDLEWARES": {},
        "DOWNLOADER_MIDDLEWARES": {},
        "EXTENSIONS": {},
        "LOG_LEVEL": "WARNING",
    }.items():
        settings.set(name, value, priority="cmdline")
    loader = portal_loader()
    for complaint in loader.complaints():
        logger.warning("%s: what its finders read is read by the generic ones alone", complaint)
    portals = loader.portals()

    def overrides(name: str) -> dict[str, Finder]:
        return portals[name].overrides if name in portals else {}

    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Replay)
    process.crawl(crawler, overrides=overrides)
    process.start()
    return crawler.stats.get_stats()
