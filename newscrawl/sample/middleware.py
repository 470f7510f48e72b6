"""Downloader middleware that gives the sample portal's addresses a server, for as long as its spider is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import signals

from newscrawl.sample.addresses import HOSTS
from newscrawl.sample.server import SampleServer

if TYPE_CHECKING:
    from scrapy import Request, Spider
    from scrapy.crawler import Crawler


class SampleProxy:
    """Sends requests for the sample portal's hosts through its server.

    The spider's `server` names one already running (http://127.0.0.1:PORT); else one of the spider's `edition` runs in
    this process from spider_opened to spider_closed, on a free port. Raises `OSError` where no port can be opened.
    """

    def __init__(self) -> None:
        self.proxy: str | None = None
        self._server: SampleServer | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware and tie it to the spider's life."""
        middleware = cls()
        crawler.signals.connect(middleware.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(middleware.spider_closed, signal=signals.spider_closed)
        return middleware

    def spider_opened(self, spider: Spider) -> None:
        """Start the server, unless the spider names one."""
        self.proxy = getattr(spider, "server", None)
        if self.proxy is None:
            self._server = SampleServer(getattr(spider, "edition", 1))
            self._server.start()
            self.proxy = self._server.proxy

    def spider_closed(self) -> None:
        """Stop the server that was started here."""
        if self._server:
            self._server.stop()
            self._server = None

    def process_request(self, request: Request) -> None:
        """Name the server as proxy; addresses of other hosts pass as they are."""
        if urlsplit(request.url).hostname in HOSTS:
            request.meta["proxy"] = self.proxy
