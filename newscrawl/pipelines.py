"""The item pipelines, through which each `Page` goes: Extract → Check → Deduplicate → Store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.exceptions import DropItem

from newscrawl.archive import Archive, fingerprint, read_record
from newscrawl.data_folder import DataFolder
from newscrawl.errors import ArchiveError, DataFolderError, WarcError
from newscrawl.extract.loader import NoArticle, read
from newscrawl.extract.version import with_overrides
from newscrawl.outcomes import Outcome, http
from newscrawl.replay.recorded import recorded_page
from newscrawl.runtime import doubled, page_stored
from newscrawl.runtime.stopping import STORAGE, stop_crawl
from newscrawl.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from scrapy.crawler import Crawler

    from newscrawl.archive import WarcRef
    from newscrawl.items import Article, Page, PortalFacts

# With a larger share of wrongly decoded characters, the text is not what the page said.
MOJIBAKE_LIMIT = 0.02


class Dropped(DropItem):
    """A page that is no article, for the reason `outcome`; its capture is stored all the same."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome, log_level="DEBUG")
        self.outcome = outcome


def extract(page: Page, on_error: Callable[[str], None]) -> None:
    """Set the article of a page that was fetched successfully, or the outcome that says why it has none."""
    if page.outcome is not None:  # refused before extraction, as too costly to read
        return
    if page.status == 304:
        page.outcome = Outcome.UNCHANGED
    elif page.redirect:
        page.outcome = Outcome.REDIRECT
    elif page.status != 200:
        page.outcome = http(page.status)
    elif page.document is None:
        page.outcome = Outcome.NOT_HTML
    elif page.paper is not None:
        page.outcome = Outcome.LIST  # whatever else is on the page
    else:
        profile = page.portal.profile_of(host_of(page.url))
        result = read(page.document, page.portal.overrides, on_error, profile)
        if isinstance(result, NoArticle):
            page.outcome = result.reason
        else:
            page.article = result
            result.rules = with_overrides(result.rules, page.portal.overrides)
            result.profile = profile.version if profile else None


def check(page: Page) -> None:
    """Set the outcome of a page with an article; remove an article that no reader would call one."""
    article, document = page.article, page.document
    if article is None or document is None:
        return
    if not article.title:
        page.outcome = Outcome.NO_TITLE
    elif not article.body:
        page.outcome = Outcome.NO_STORY
    elif document.decoded.mojibake > MOJIBAKE_LIMIT:
        page.outcome = Outcome.MOJIBAKE
    else:
        page.outcome = Outcome.ARTICLE
    if page.outcome != Outcome.ARTICLE:
        page.article = None


class Extract:
    """Extract the article: sets `page.article`, or `page.outcome` to the reason there is none."""

    def __init__(self, crawler: Crawler) -> None:
        self.stats = crawler.stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the pipeline with the crawl's statistics."""
        return cls(crawler)

    def count(self, field: str) -> None:
        """Count a finder's exception, by field."""
        self.stats.inc_value(f"field/{field}/error")

    def process_item(self, page: Page) -> Page:
        """Extract the article of a page that was fetched successfully."""
        extract(page, self.count)
        return page


class Check:
    """Refuse articles that no reader would call one: sets `page.outcome`."""

    def process_item(self, page: Page) -> Page:
        """Check an extracted article."""
        check(page)
        return page


class Deduplicate:
    """Compute the story's fingerprint, by which the archive finds its copies."""

    def process_item(self, page: Page) -> Page:
        """Fingerprint an article."""
        if page.article is not None and page.article.body:
            page.fingerprint = fingerprint(page.article.body)
        return page


class Store:
    """Commit the capture, and the article if there is one, to the archive: one transaction a page."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.folder = DataFolder.of(crawler.settings)
        self.archive: Archive | None = None
        self.profiles: set[str] = set()  # hashes of profiles already stored

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
        if not self.folder.has_archive:
            return self._recorded(page, page.outcome)
        try:
            if self.archive is None:  # opened with the first page, as `scrapy shell` stores none
                self.archive = Archive.open(self.folder.archive)
            self.keep_profile(page, self.archive)
            stored = self.archive.store(page, self.read_again)
        except (ArchiveError, DataFolderError) as error:
            stop_crawl(self.crawler, error)
            raise Dropped(STORAGE) from error
        self.crawler.stats.inc_value(f"stored/{stored.what}")
        self.crawler.stats.inc_value(f"outcome/{page.outcome}")
        for name, count in (("read", stored.read_again), ("unreadable", stored.unreadable)):
            if count:
                self.crawler.stats.inc_value(f"reread/{name}", count)
        self.crawler.signals.send_catch_log(page_stored, page=page, what=stored.what)
        for double in stored.doubles:
            self.crawler.signals.send_catch_log(doubled, alias=double.alias, url=double.url)
        if stored.what == "alias":
            raise Dropped(stored.what)
        if page.article is None:
            raise Dropped(page.outcome)
        return page.article

    def _recorded(self, page: Page, outcome: str) -> Article:
        """Count a page that is recorded only in a WARC file, from which `newscrawl load` will store it."""
        self.crawler.stats.inc_value(f"outcome/{outcome}")
        if page.article is None:
            raise Dropped(outcome)
        self.crawler.stats.inc_value("stored/recorded")
        self.crawler.signals.send_catch_log(page_stored, page=page, what="recorded")
        return page.article

    def keep_profile(self, page: Page, archive: Archive) -> None:
        """Store the profile that an article was extracted with, in a crawl and in a replay alike."""
        profile = page.portal.profile_of(host_of(page.url)) if page.article is not None else None
        if profile is not None and profile.version not in self.profiles:
            archive.profiling.put(profile.version, profile.host, profile.pairs())
            self.profiles.add(profile.version)

    def read_again(self, ref: WarcRef, portal: PortalFacts) -> Page:
        """Extract the page of a WARC record with the current rules.

        Raises:
            WarcError: the record is lost, or its page cannot be made.
        """
        capture = read_record(self.folder.warc, ref)
        try:
            page = recorded_page(capture, portal)
        except Exception as error:  # an odd old page must not stop the new one from being stored
            raise WarcError(f"{capture.url} of {ref.file}: {type(error).__name__}: {error}") from error
        extract(page, lambda field: self.crawler.stats.inc_value(f"field/{field}/error"))
        check(page)
        return Deduplicate().process_item(page)
