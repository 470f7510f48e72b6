"""Extract → Check → Deduplicate → Store: what becomes of a `Page`. One duty each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import DropItem

from newscrawl.archive import Archive, fingerprint
from newscrawl.data_folder import DataFolder
from newscrawl.errors import ArchiveError, DataFolderError
from newscrawl.extract.loader import NoArticle, read
from newscrawl.signals import doubled
from newscrawl.stopping import STORAGE, stop_crawl

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

    from newscrawl.items import Article, Page

# More than this share of wrongly decoded characters, and the text is not what the page said.
MOJIBAKE_LIMIT = 0.02


class Dropped(DropItem):
    """A page that became no article, by the named reason `outcome`; its capture is recorded all the same."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome, log_level="DEBUG")
        self.outcome = outcome


class Extract:
    """Read the page: sets `page.article`, or `page.outcome` to the reason there is none."""

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline with the crawl's statistics."""
        return cls(crawler)

    def count(self, field: str) -> None:
        """Count a field whose finder raised."""
        self.stats.inc_value(f"field/{field}/error")

    def process_item(self, page: Page) -> Page:
        """Extract the article of a page that was fetched well."""
        if page.outcome is not None:  # it was more work to read than it is worth
            return page
        if page.status == 304:
            page.outcome = "unchanged"
        elif page.redirect:
            page.outcome = "redirect"
        elif page.status != 200:
            page.outcome = f"http-{page.status}"
        elif page.document is None:
            page.outcome = "not-html"
        elif page.paper is not None:
            page.outcome = "list"  # whatever stands on it besides
        else:
            result = read(page.document, page.portal.overrides, self.count)
            if isinstance(result, NoArticle):
                page.outcome = result.reason
            else:
                page.article = result
        return page


class Check:
    """Refuse what no reader would call an article: sets `page.outcome`, and counts how full the fields are."""

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline with the crawl's statistics."""
        return cls(crawler)

    def process_item(self, page: Page) -> Page:
        """Check an extracted article."""
        article, document = page.article, page.document
        if article is None or document is None:
            return page
        if not article.title:
            page.outcome = "no-title"
        elif not article.body:
            page.outcome = "no-story"
        elif document.decoded.mojibake > MOJIBAKE_LIMIT:
            page.outcome = "mojibake"
        else:
            page.outcome = "article"
            for name in ("published", "source", "authors", "editors", "channel", "images", "links"):
                if getattr(article, name):
                    self.stats.inc_value(f"fill/{name}")
        if page.outcome != "article":
            page.article = None
        return page


class Deduplicate:
    """Take the story's fingerprint, by which the archive finds its copies."""

    def process_item(self, page: Page) -> Page:
        """Fingerprint an article."""
        if page.article is not None and page.article.body:
            page.fingerprint = fingerprint(page.article.body)
        return page


class Store:
    """Commit the capture, and the article if there is one, to the archive: one transaction a page."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.folder = DataFolder(crawler.settings["NEWSCRAWL_DATA"])
        self.archive: Archive | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline on the crawl's data folder."""
        return cls(crawler)

    def close_spider(self) -> None:
        """Close the archive."""
        if self.archive is not None:
            self.archive.close()

    def process_item(self, page: Page) -> Article:
        """Store a page; give its article.

        Raises:
            Dropped: the page is no article, or cannot be written (outcome `storage`), which also ends the crawl.
        """
        assert page.outcome is not None
        try:
            if self.archive is None:  # with the first page: `scrapy shell` has none
                self.archive = Archive.open(self.folder.archive)
            stored = self.archive.store(page)
        except (ArchiveError, DataFolderError) as error:
            stop_crawl(self.crawler, error)
            raise Dropped(STORAGE) from error
        self.crawler.stats.inc_value(f"stored/{stored.what}")
        self.crawler.stats.inc_value(f"outcome/{page.outcome}")
        for double in stored.doubles:
            self.crawler.signals.send_catch_log(doubled, alias=double.alias, url=double.url)
        if stored.what == "alias":
            raise Dropped(stored.what)
        if page.article is None:
            raise Dropped(page.outcome)
        return page.article
