"""Write a crawl's row: counts of pages fetched, stored and dropped, measures, and the verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import signals

from newscrawl.archive import BEIJING, Archive, Crawl
from newscrawl.data_folder import DataFolder
from newscrawl.discover.anchors import anchors
from newscrawl.health.judge import Facts, below, judge
from newscrawl.health.monitors import FIELDS, MEASURED
from newscrawl.health.verdict import MEANINGS, Verdict
from newscrawl.outcomes import UNASKED, Outcome
from newscrawl.runtime import counts_of, page_stored
from newscrawl.runtime.stopping import at_end, at_start

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from newscrawl.items import Article, Page

# Sent at the crawl's start and end, with its current row as `crawl`.
crawl_recorded = object()

HEADLINE = 10  # fewest characters of a headline; links to sections are seldom so long
_DAY = len("2026-01-01")
CHANGES = ("new", "revised", "gone", "returned", "recorded")  # "recorded" by a worker without an archive
# Outcomes of addresses settled without a page, which no pipeline has counted.
_PAGELESS = UNASKED | {Outcome.TOO_LARGE, Outcome.UNSUPPORTED}


@dataclass(slots=True)
class Read:
    """Sums over the new articles of a crawl, for its measures; articles fetched again do not count."""

    having: Counter[str] = field(default_factory=Counter)  # articles that have a field, by its name
    lengths: list[int] = field(default_factory=list)  # characters of each body
    dated: int = 0
    dated_today: int = 0  # articles dated on the day of the crawl
    outside: set[int] = field(default_factory=set)  # addresses out of scope under headlines on lists, hashed
    revised: Counter[int] = field(default_factory=Counter)  # articles that now have a text, by the text's hash

    def add(self, article: Article, today: str) -> None:
        """Count an article."""
        self.having.update(name for name in FIELDS if getattr(article, name))
        self.lengths.append(len(article.body or ""))
        if article.published:
            self.dated += 1
            self.dated_today += article.published[:_DAY] == today

    def fill(self) -> dict[str, float]:
        """Return the share of the articles that have a field, by field; fields that no article has are left out."""
        return {name: round(count / len(self.lengths), 3) for name, count in sorted(self.having.items())}

    def measures(self) -> dict[str, float]:
        """Return the measures; measures without data are left out."""
        found: dict[str, float] = {}
        if self.lengths:
            found["body_length"] = median(self.lengths)
        if self.dated:
            found |= {"dated": self.dated, "dated_today": self.dated_today}
        if self.outside:
            found["headlines_outside"] = len(self.outside)
        return found


# Further counts of a crawl: headlines that lead to other sites, articles on WeChat that are not followed, and
# after an upgrade, stored captures that were read by the new rules, and those whose records are lost.
_BESIDE = {
    "headlines_outside": "discover/headlines_outside",
    "wechat_left": "discover/headlines_outside/mp.weixin.qq.com",
    "read_again": "reread/read",
    "unreadable": "reread/unreadable",
}


class CrawlRecord:
    """Write one row of `crawls` at the crawl's start, and complete it at its end."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.folder = DataFolder.of(crawler.settings)
        self.crawl: Crawl | None = None
        self.read = Read()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen for the crawl's start, its articles, and its end."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signals.spider_opened)
        crawler.signals.connect(extension.page_stored, page_stored)
        crawler.signals.connect(extension.item_dropped, signals.item_dropped)
        crawler.signals.connect(extension.spider_closed, signals.spider_closed)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        """Begin the row, if the spider is a portal."""
        if hasattr(spider, "facts"):
            self.crawl = Crawl.begun(spider.facts.key, datetime.now(UTC))
            with at_start(self.crawler):
                self._keep(self.crawl)
            self._tell()

    def _keep(self, crawl: Crawl) -> None:
        """Write the row; a worker without an archive writes it only to the WARC file."""
        if self.folder.has_archive:
            with Archive.open(self.folder.archive) as archive:
                archive.put_crawl(crawl)

    def page_stored(self, page: Page, what: str) -> None:
        """Measure a new article, and note a revised text.

        A worker without an archive measures all articles, as it cannot know which are new.
        """
        if what in MEASURED and page.article is not None:
            self.read.add(page.article, page.fetched_at.astimezone(BEIJING).date().isoformat())
        elif what == "revised" and page.article is not None:
            self.read.revised[hash(page.article.body)] += 1

    def item_dropped(self, response: Response | None, exception: Exception, spider: Spider) -> None:
        """Count a list's headlines that lead out of the portal's scope; if the portal has moved, all do."""
        document = response.meta.get("document") if response else None
        scope = getattr(spider, "scope", None)
        if document is not None and scope is not None and getattr(exception, "outcome", None) == Outcome.LIST:
            self.read.outside |= {
                hash(anchor.url)
                for anchor in anchors(document)
                if len(anchor.text) >= HEADLINE and not scope.allows(anchor.url)
            }

    def spider_closed(self, spider: Spider, reason: str) -> None:
        """Complete the row, and judge the crawl."""
        if self.crawl is None:
            return
        self._count(self.crawl)
        stats = self.crawler.stats
        if error := stats.get_value("verdict/error"):
            verdict, detail = Verdict.STORAGE, str(error)
        else:
            verdict, detail = judge(self._facts(spider, reason))
        stats.set_value("verdict/exit_status", stats.get_value("verdict/exit_status") or MEANINGS[verdict].exit_status)
        stats.set_value("verdict", str(verdict))
        stats.set_value("verdict/detail", detail)
        self.crawl.verdict, self.crawl.detail = str(verdict), detail or None
        self.crawl.end(datetime.now(UTC))
        with at_end(self.crawler):
            self._keep(self.crawl)
        self._tell()

    def _count(self, crawl: Crawl) -> None:
        """Fill the row's counts from the statistics."""
        stats = self.crawler.stats.get_stats()
        outcomes = counts_of(stats, "outcome/")
        answers, settled = counts_of(stats, "downloader/response_status_count/"), counts_of(stats, "frontier/settled/")
        articles = outcomes.pop(Outcome.ARTICLE, 0)
        crawl.counts = {"pages": sum(answers.values()), "articles": articles, **counts_of(stats, "stored/")}
        for name, counted in _BESIDE.items():
            if count := stats.get(counted):
                crawl.counts[name] = count
        crawl.drops = outcomes | {str(name): settled[name] for name in sorted(_PAGELESS) if name in settled}
        crawl.fill = self.read.fill()
        crawl.errors = counts_of(stats, "frontier/failed/")
        crawl.measures = self.read.measures() | {
            name: stats[f"frontier/{name}"] for name in ("list_links", "list_articles") if f"frontier/{name}" in stats
        }

    def _facts(self, spider: Spider, reason: str) -> Facts:
        stats = self.crawler.stats.get_stats()
        fill = self.crawl.fill if self.crawl else {}
        return Facts(
            start_url=spider.start_urls[0],
            start_hosts=frozenset(urlsplit(url).hostname or "" for url in spider.start_urls),
            reason=reason,
            start=counts_of(stats, "frontier/start/"),
            settled=counts_of(stats, "frontier/settled/"),
            failed=counts_of(stats, "frontier/failed/"),
            changed=sum(stats.get(f"stored/{what}", 0) for what in CHANGES),
            withdrawn=stats.get("stored/gone", 0),
            list_links=stats.get("frontier/list_links", 0),
            list_articles=stats.get("frontier/list_articles", 0),
            left_alone=tuple(stats.get("frontier/left_alone", ())),
            resting=tuple(stats.get("frontier/resting", ())),
            spent=tuple(stats.get("frontier/spent", ())),
            ahead=stats.get("frontier/ahead", 0),
            outside=counts_of(stats, "discover/headlines_outside/"),
            missing=tuple(below(getattr(spider, "expects", {}), fill)),
            alike=max(self.read.revised.values(), default=0),
            backfill=getattr(spider, "is_backfill", False),
            joined=stats.get("frontier/joined", False),
        )

    def _tell(self) -> None:
        """Send the row by signal, to be written to the WARC file, from which a replay restores it."""
        if self.crawl is not None:
            self.crawler.signals.send_catch_log(crawl_recorded, crawl=self.crawl)
