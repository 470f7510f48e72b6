"""Ending a crawl that cannot go on, with the reason for the user."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawl.errors import NewscrawlError

logger = logging.getLogger(__name__)

_closing: set[asyncio.Task[None]] = set()  # asyncio keeps only weak references to its tasks


def stop_crawl(crawler: Crawler, error: NewscrawlError) -> None:
    """Close the spider because of an error that the next page would meet too; the first such error is the verdict."""
    if crawler.stats.get_value("verdict/error"):
        return
    logger.error("%s", error)
    crawler.stats.set_value("verdict/error", str(error))
    crawler.stats.set_value("verdict/exit_status", error.exit_status)
    task = asyncio.get_running_loop().create_task(crawler.engine.close_spider_async(reason="storage"))
    _closing.add(task)
    task.add_done_callback(_closing.discard)
