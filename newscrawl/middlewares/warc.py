"""Record every response in the portal's WARC file, as received, before anything else reads it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy import signals

from newscrawl.archive import Archive, WarcWriter, recover
from newscrawl.archive.warc.shipping import Shipping
from newscrawl.data_folder import DataFolder, require_room
from newscrawl.errors import ArchiveError, DataFolderError, WarcError
from newscrawl.health.record import crawl_recorded
from newscrawl.middlewares.cookies import is_gate
from newscrawl.runtime.stopping import at_end, at_start, stop_crawl

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response

    from newscrawl.archive import Crawl
    from newscrawl.items import PortalFacts

logger = logging.getLogger(__name__)


class RecordWarc:
    """Write every response to the portal's WARC file, as received, before anything reads it.

    Sets `meta["capture"]` and `meta["fetched_at"]` of the request. A record that cannot be written fails its page.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        folder = DataFolder.of(crawler.settings)
        self.folder, self.path = folder.warc, folder.archive if folder.has_archive else None
        self.shipping = Shipping(folder.warc, folder.target) if folder.target else None
        self.floor = crawler.settings.getint("NEWSCRAWL_FREE_FLOOR") << 20
        self.archive: Archive | None = None  # opened with the first 304
        facts: PortalFacts | None = getattr(crawler.spider, "facts", None)  # `scrapy shell` has no portal
        self.writer = self._writer(facts) if facts else None
        crawler.signals.connect(self.spider_opened, signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signals.spider_closed)
        crawler.signals.connect(self.crawl_recorded, crawl_recorded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware on the crawl's data folder."""
        return cls(crawler)

    def _writer(self, facts: PortalFacts) -> WarcWriter:
        """Create the writer of the portal's files; each file's warcinfo has the facts of the portal for a replay."""
        assert self.crawler.spider
        return WarcWriter(
            self.folder,
            facts.key,
            roll_over=self.crawler.settings.getint("NEWSCRAWL_WARC_MB") << 20,
            info={
                "http-header-user-agent": self.crawler.settings["USER_AGENT"],
                "robots": "obey" if self.crawler.settings.getbool("ROBOTSTXT_OBEY") else "ignore",
                "newscrawl-spider": self.crawler.spider.name,
                "newscrawl-portal": facts.key,
                "newscrawl-title": facts.title,
                "newscrawl-region": facts.region or "",
                "newscrawl-level": facts.level or "",
                "newscrawl-division": facts.division or "",
            },
        )

    def spider_opened(self) -> None:
        """Recover the files that a killed crawl left."""
        if self.writer is not None:
            with at_start(self.crawler):
                for line in recover(self.folder):
                    logger.warning("%s", line)
                if self.shipping is not None:
                    self.shipping.ship()

    def spider_closed(self) -> None:
        """Close the last file."""
        if self.archive is not None:
            self.archive.close()
        if self.writer is not None:
            with at_end(self.crawler):
                self.writer.close()
                if self.shipping is not None:
                    self.shipping.ship()

    def crawl_recorded(self, crawl: Crawl) -> None:
        """Record the crawl's row beside its pages."""
        if self.writer is not None:
            with at_end(self.crawler):
                self.writer.write_metadata("crawl", crawl.payload())

    def process_response(self, request: Request, response: Response) -> Response:
        """Record a response; its request then carries the reference."""
        if self.writer is None:
            return response
        fetched_at = datetime.now(UTC)
        try:
            require_room(self.folder, self.floor)
            request.meta["capture"] = self.writer.write(
                response.url,
                status=response.status,
                protocol=response.protocol or "HTTP/1.1",
                headers=_pairs(response.headers),
                body=response.body,
                fetched_at=fetched_at,
                method=request.method,
                request_headers=_pairs(request.headers),
                ip=str(response.ip_address) if response.ip_address else None,
                aside=_aside(request, response),
                unchanged_since=self._confirmed(response),
            )
        except (ArchiveError, DataFolderError, WarcError) as error:
            stop_crawl(self.crawler, error)
            raise
        request.meta["fetched_at"] = fetched_at
        if self.shipping is not None:
            self.shipping.written(request.meta["capture"].file)
        return response

    def _confirmed(self, response: Response) -> tuple[str, str | None] | None:
        """Return time and digest of the page that a 304 response confirms as unchanged."""
        if response.status != 304 or self.path is None:
            return None
        if self.archive is None:
            self.archive = Archive.open(self.path, read_only=True)
        return self.archive.last_page(response.url)


def _aside(request: Request, response: Response) -> str | None:
    """Return why a response gets no row: it belongs to robots.txt, or to a gate that is passed with its cookie."""
    if request.meta.get("dont_obey_robotstxt"):  # set by Scrapy's middleware on its own requests, wherever they lead
        return "robots"
    return "gate" if is_gate(request, response) else None


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    """Headers as pairs of text, repeated ones repeated."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values]
