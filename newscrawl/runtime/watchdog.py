"""End a crawl that is stuck: a page that blocks the reactor, requests that never end, a shutdown that never ends.

A page that takes too long cannot be interrupted in Python: libxml2 and `re` do not check for signals. So a C thread
(`faulthandler`) ends the process; for the frontier, the page's lease then counts as a crash.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import time
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from newscrawl.runtime.scrapy_internals import in_flight, is_closing
from newscrawl.runtime.stopping import close_spider

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

_BEAT = 1.0
# A crawl asked to stop ends within half a minute: downloads in flight have five seconds, the rest is writing.
_LONGEST_STOP = 25.0


class Watchdog:
    """Checks every second that the crawl makes progress.

    Settings: NEWSCRAWL_PAGE_SECONDS, what one page may hold up the crawl; NEWSCRAWL_STALL_SECONDS, how long requests
    may be in flight without any being answered or failing.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.page_seconds = crawler.settings.getfloat("NEWSCRAWL_PAGE_SECONDS")
        self.stall_seconds = crawler.settings.getfloat("NEWSCRAWL_STALL_SECONDS")
        if not self.page_seconds:
            raise NotConfigured
        self._moved = time.monotonic()
        self._closing_since: float | None = None
        self._beat = create_looping_call(self._look)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Watch from the crawl's start to its end."""
        watchdog = cls(crawler)
        for handler, signal in (
            (watchdog._start, signals.engine_started),
            (watchdog._stop, signals.engine_stopped),
            (watchdog._move, signals.request_left_downloader),
            (watchdog._move, signals.response_received),
            (watchdog._move, signals.request_reached_downloader),
        ):
            crawler.signals.connect(handler, signal)
        return watchdog

    def _start(self) -> None:
        self._beat.start(_BEAT, now=True)

    def _stop(self) -> None:
        if self._beat.running:
            self._beat.stop()
        faulthandler.cancel_dump_traceback_later()

    def _move(self) -> None:
        self._moved = time.monotonic()

    def _look(self) -> None:
        now, active = time.monotonic(), in_flight(self.crawler)
        if is_closing(self.crawler):
            self._closing_since = self._closing_since or now
            left = max(self._closing_since + _LONGEST_STOP - now, 0.1)
            faulthandler.dump_traceback_later(min(left, self.page_seconds), exit=True, file=sys.__stderr__ or 2)
            return
        # each beat puts the end off; without a beat the process ends and says where it stood
        faulthandler.dump_traceback_later(self.page_seconds, exit=True, file=sys.__stderr__ or 2)
        if active and now - self._moved > self.stall_seconds:
            urls = ", ".join(sorted(request.url for request in active)[:3])
            logger.error("nothing moved for %.0f s: %s", self.stall_seconds, urls)
            close_spider(self.crawler, "stalled")
