"""The crawl's own row: what it fetched, stored and dropped, and whether that is as it should be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import signals

from newscrawl.archive import Archive
from newscrawl.data_folder import DataFolder
from newscrawl.stopping import at_end, at_start

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from scrapy import Spider
    from scrapy.crawler import Crawler

    from newscrawl.archive import Crawl

# Sent with `crawl`, the row as it stands, at the crawl's start and end.
crawl_recorded = object()

# Exit status of a crawl in which no page of the portal could be fetched.
UNREACHABLE = 5
# Exit status of a crawl whose articles lack what the portal's `expects` asks for.
DISAPPOINTING = 1


class CrawlRecord:
    """Write one row of `crawls` at the crawl's start, and complete it at its end."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.path = DataFolder(crawler.settings["NEWSCRAWL_DATA"]).archive
        self.crawl: Crawl | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for the crawl's start and end."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        """Begin the row; only portals have one."""
        if hasattr(spider, "facts"):
            with at_start(self.crawler), Archive.open(self.path) as archive:
                self.crawl = archive.begin_crawl(spider.facts.key, datetime.now(UTC))
            self._tell()

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Complete the row, and judge the crawl."""
        if self.crawl is None:
            return
        stats = self.crawler.stats.get_stats()
        fill, outcomes = _group(stats, "fill/"), _group(stats, "outcome/")
        answers = _group(stats, "downloader/response_status_count/")
        articles = outcomes.pop("article", 0)
        self.crawl.counts = {"pages": sum(answers.values()), "articles": articles, **_group(stats, "stored/")}
        self.crawl.drops = outcomes
        self.crawl.fill = {name: round(count / articles, 3) for name, count in fill.items()}
        self.crawl.verdict = stats.get("verdict/error") or self._verdict(spider, reason)
        self.crawler.stats.set_value("verdict", self.crawl.verdict)
        with at_end(self.crawler), Archive.open(self.path) as archive:
            archive.end_crawl(self.crawl, datetime.now(UTC))
        self._tell()

    def _tell(self) -> None:
        """Give the row to whoever keeps it with the raw pages, so that a replay can restore it."""
        if self.crawl is not None:
            self.crawler.signals.send_catch_log(crawl_recorded, crawl=self.crawl)

    def _verdict(self, spider: Spider, reason: str) -> str:
        """Say in a line how the crawl went: "ok", or what is wrong."""
        stats = self.crawler.stats
        answered = _group(stats.get_stats(), "frontier/settled/").keys() - {"robots", "ignored"}
        if stats.get_value("frontier/failed_count") and not answered:
            stats.set_value("verdict/exit_status", UNREACHABLE)
            failures = ", ".join(_group(stats.get_stats(), "frontier/failed/"))
            return f"unreachable: no page of {spider.start_urls[0]} could be fetched ({failures})"
        left = stats.get_value("frontier/left_alone", [])
        if reason == "finished" and left:
            return f"left alone after failing on and on: {', '.join(left[:3])}{' …' * (len(left) > 3)}"
        if reason == "finished" and (
            low := below(getattr(spider, "expects", {}), self.crawl.fill if self.crawl else {})
        ):
            stats.set_value("verdict/exit_status", DISAPPOINTING)
            return f"fewer than expected: {', '.join(low)}"
        return "ok" if reason == "finished" else reason


def below(expects: Mapping[str, float], fill: Mapping[str, float]) -> list[str]:
    """Name the fields that fewer articles have than the portal expects; none where the crawl brought no article."""
    return [
        f"{name} {fill.get(name, 0.0):.2f} < {floor:.2f}"
        for name, floor in expects.items()
        if fill and fill.get(name, 0.0) < floor
    ]


def _group(stats: dict[str, Any], prefix: str) -> dict[str, int]:
    """Statistics under a prefix, by the rest of their names."""
    return {name.removeprefix(prefix): count for name, count in sorted(stats.items()) if name.startswith(prefix)}
