"""The crawl's own row: what it fetched, stored and dropped, and whether that is as it should be."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import signals

from newscrawl.archive import Archive
from newscrawl.data_folder import DataFolder

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Spider
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

# Exit status of a crawl in which no page of the portal could be fetched.
UNREACHABLE = 5


class CrawlRecord:
    """Write one row of `crawls` at the crawl's start, and complete it at its end."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.path = DataFolder(crawler.settings["NEWSCRAWL_DATA"]).archive
        self.started_at = datetime.now(UTC)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for the crawl's start and end."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        """Begin the row; only portals have one."""
        if not hasattr(spider, "facts"):
            return
        self.started_at = datetime.now(UTC)
        with Archive.open(self.path) as archive:
            archive.begin_crawl(spider.facts.key, self.started_at)

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Complete the row, and judge the crawl."""
        if not hasattr(spider, "facts"):
            return
        stats = self.crawler.stats
        stored, fill = _group(stats.get_stats(), "stored/"), _group(stats.get_stats(), "fill/")
        drops = _group(stats.get_stats(), "outcome/")
        articles = drops.pop("article", 0)
        answers = _group(stats.get_stats(), "downloader/response_status_count/")
        verdict = stats.get_value("verdict/error") or self._verdict(spider, reason, answers)
        stats.set_value("verdict", verdict)
        with Archive.open(self.path) as archive:
            archive.end_crawl(
                spider.facts.key,
                self.started_at,
                finished_at=datetime.now(UTC),
                counts={"pages": sum(answers.values()), "articles": articles, **stored},
                drops=drops,
                fill={name: round(count / articles, 3) for name, count in fill.items()} if articles else {},
                verdict=verdict,
            )

    def _verdict(self, spider: Spider, reason: str, answers: dict[str, int]) -> str:
        """Say in a line how the crawl went: "ok", or what is wrong."""
        stats = self.crawler.stats
        if not any(status.startswith(("2", "3")) for status in answers) and stats.get_value("frontier/failed_count"):
            stats.set_value("verdict/exit_status", UNREACHABLE)
            return f"unreachable: no page of {spider.start_urls[0]} could be fetched"
        return "ok" if reason == "finished" else reason


def _group(stats: dict[str, Any], prefix: str) -> dict[str, int]:
    """Statistics under a prefix, by the rest of their names."""
    return {name.removeprefix(prefix): count for name, count in sorted(stats.items()) if name.startswith(prefix)}
