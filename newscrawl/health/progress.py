"""Report a crawl's progress to its parent process in lines of JSON, and end the crawl if the parent is gone."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, TypedDict

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from newscrawl.runtime.stopping import close_spider

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from scrapy.crawler import Crawler

    from newscrawl.runtime import Stats

SECONDS = 2.0  # between two lines


class Progress:
    """Write the crawl's counts to standard output every two seconds, if NEWSCRAWL_PROGRESS is set."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("NEWSCRAWL_PROGRESS"):
            raise NotConfigured
        self.crawler = crawler
        self.call = create_looping_call(self.tell)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for the crawl's start and end."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    def spider_opened(self) -> None:
        """Start reporting."""
        self.call.start(SECONDS, now=True)

    def spider_closed(self) -> None:
        """Stop reporting."""
        if self.call.running:
            self.call.stop()

    def tell(self) -> None:
        """Write one line; if nobody reads the pipe any more, the parent is gone."""
        try:
            say(brought(self.crawler.stats.get_stats()))
        except BrokenPipeError:
            self.call.stop()
            close_spider(self.crawler, "shutdown")


class Message(TypedDict, total=False):
    """A line that a crawl writes: its counts every two seconds, and at its end the verdict."""

    pages: int
    new: int
    revised: int
    gone: int
    status: int  # the exit status
    verdict: str
    detail: str


def brought(stats: Stats) -> dict[str, int]:
    """Return what a crawl has brought so far: pages, new, revised, gone."""
    counts = {name: stats.get(f"stored/{name}", 0) for name in ("new", "revised", "gone")}
    return {"pages": stats.get("downloader/response_count", 0), **counts}


def say(message: Mapping[str, object]) -> None:
    """Write a line of JSON to standard output."""
    sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")
    sys.stdout.flush()
