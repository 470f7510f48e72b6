"""Obey the Crawl-delay that a site sets in its robots.txt."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware

from newscrawl.runtime.scrapy_internals import set_slot, slot_of, slot_settings

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)

# A larger Crawl-delay practically closes the portal. The owner may intend that, so it is obeyed, with a warning.
LONGEST = 30.0


def _in_one_line(record: logging.LogRecord) -> bool:
    """Log an unreachable site in one line, without a traceback, as it is no fault of ours."""
    record.exc_info = None
    return True


class CrawlDelay:
    """Slow down for a host if the Crawl-delay in its robots.txt is greater than DOWNLOAD_DELAY."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self.delay: float = crawler.settings.getfloat("DOWNLOAD_DELAY")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for robots.txt files."""
        logging.getLogger(RobotsTxtMiddleware.__module__).addFilter(_in_one_line)
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signals.robots_parsed)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Apply the delay a robots.txt asks for to its host."""
        asked = robotparser.crawl_delay(self.agent)
        key = slot_of(self.crawler, request)
        known = slot_settings(self.crawler, key)
        if asked is None or not asked > known.get("delay", self.delay):
            return
        if asked > LONGEST:
            logger.warning("%s asks for a delay of %s s between requests; keeping to %s s", key, asked, LONGEST)
        set_slot(self.crawler, key, {**known, "delay": min(float(asked), LONGEST)})
