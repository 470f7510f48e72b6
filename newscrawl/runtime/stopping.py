"""Ending a crawl that cannot go on, with the reason for the user."""

from __future__ import annotations

import asyncio
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scrapy.exceptions import CloseSpider

from newscrawl.errors import NewscrawlError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

# The reason a spider is closed with when its data folder fails it.
STORAGE = "storage"

_closing: set[asyncio.Task[None]] = set()  # asyncio keeps only weak references to its tasks


def note_failure(crawler: Crawler, error: NewscrawlError) -> bool:
    """Make an error the crawl's verdict and exit status, unless an earlier one is; tell whether it was the first."""
    if crawler.stats.get_value("verdict/error"):
        return False
    logger.error("%s", error)
    crawler.stats.set_value("verdict/error", str(error))
    crawler.stats.set_value("verdict/exit_status", error.exit_status)
    return True


def stop_crawl(crawler: Crawler, error: NewscrawlError) -> None:
    """Close the spider because of an error that the next page would meet too."""
    if note_failure(crawler, error):
        close_spider(crawler, STORAGE)


def close_spider(crawler: Crawler, reason: str) -> None:
    """Begin to close the spider; what is being fetched is finished."""
    task = asyncio.get_running_loop().create_task(crawler.engine.close_spider_async(reason=reason))
    _closing.add(task)
    task.add_done_callback(_closing.discard)


@contextmanager
def at_start(crawler: Crawler) -> Iterator[None]:
    """While a spider is opened: an error of ours closes it before anything is fetched."""
    try:
        yield
    except NewscrawlError as error:
        note_failure(crawler, error)
        raise CloseSpider(STORAGE) from error


@contextmanager
def at_end(crawler: Crawler) -> Iterator[None]:
    """While a spider is closed: an error of ours is the verdict, and the others are closed all the same."""
    try:
        yield
    except NewscrawlError as error:
        note_failure(crawler, error)
