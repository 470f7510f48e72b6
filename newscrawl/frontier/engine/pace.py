"""Keep a host's crawl delay across several workers: the time of its next request is stored in the frontier."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from scrapy.utils.httpobj import urlparse_cached

from newscrawl.errors import NewscrawlError
from newscrawl.frontier.engine.scheduler import FrontierScheduler
from newscrawl.runtime.scrapy_internals import set_slot, slot_settings

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler

    from newscrawl.frontier.store import Frontier


class SharedPace:
    """Takes the slot of a host from a shared frontier right before each request to it, or waits until it is free.

    The delay between slots is Scrapy's: DOWNLOAD_DELAY, or what DOWNLOAD_SLOTS or the host's robots.txt say. It applies
    to the requests of all workers together. A frontier of one machine needs no shared delay.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.delay: float = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._turns: WeakValueDictionary[str, asyncio.Lock] = (
            WeakValueDictionary()
        )  # one request of a host asks at once

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware of a crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Delay a request until its slot is free."""
        scheduler = getattr(self.crawler.engine, "scheduler", None)
        if not isinstance(scheduler, FrontierScheduler) or scheduler.frontier is None:
            return
        if scheduler.frontier.database.is_shared:
            try:
                await self._wait(scheduler.frontier, request)
            except NewscrawlError as error:
                scheduler.stop(error)
                raise

    async def _wait(self, frontier: Frontier, request: Request) -> None:
        host = urlparse_cached(request).hostname or ""
        delay, slot = self._delay(host), f"{host} (shared)"
        if delay <= 0:
            return
        request.meta["download_slot"] = slot
        async with self._turns.setdefault(host, asyncio.Lock()):
            while wait := frontier.slot(host, delay):
                await asyncio.sleep(wait)

    def _delay(self, host: str) -> float:
        """Return the crawl delay of a host, and switch off the downloader's own delay."""
        key = f"{host} (shared)"
        own, shared = slot_settings(self.crawler, host), slot_settings(self.crawler, key)
        delay = max(own.get("delay", self.delay), shared.get("asked", 0.0), shared.get("delay", 0.0))
        set_slot(self.crawler, key, {**own, "asked": delay, "delay": 0.0})
        return float(delay)
