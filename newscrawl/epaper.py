"""`EpaperPortal`: base of the spiders for newspaper facsimiles (电子报), with issues, pages and articles."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Unpack

from scrapy import Request

from newscrawl.discover import Lead, is_paper_page, paper_page
from newscrawl.errors import PortalError
from newscrawl.extract.finders import constant
from newscrawl.portal import Portal
from newscrawl.urls import date_in, join

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.http import Response

    from newscrawl.discover import Answer, Context
    from newscrawl.items import Page

ISSUE, ARTICLE = 50, 45  # priorities: an issue's pages first, which give the articles their places
STILL_CHANGING = 2  # days during which every run fetches an issue again, as its pages are published one by one
_BEIJING = timedelta(hours=8)
_DAY_CODES = ("%Y", "%m", "%d")
_ADDRESS = re.compile(r"[\w./:%-]*20\d\d[\w./-]*\.s?html?\b")


class EpaperPortal(Portal):
    """A newspaper's facsimile. Its articles keep the issue's day, the page and their place on it.

    A crawl fetches the missing issues of the last days; with `-a since=2026-01-01 -a until=2026-01-31` the issues of
    these days. `newscrawl issues NAME` shows which days are missing, and why.

    Attributes:
        title: the newspaper's name, which is the 来源 of all its articles.
        start_urls: the entry page, which leads to the newest issue.
        issue_url: the address of an issue's first page, with %Y, %m and %d where its day stands.
        since: the day of the first issue, if it is known.
        days: how many days back a crawl fetches issues.
    """

    issue_url: ClassVar[str] = ""
    days: ClassVar[int] = 7

    def __init_subclass__(cls, **options: object) -> None:
        """Make the newspaper the source of all its articles, whatever a page prints beside its number."""
        super().__init_subclass__(**options)
        cls.overrides = {"source": constant(cls.title), **cls.overrides}

    def __init__(
        self, name: str | None = None, since: str | None = None, until: str | None = None, **arguments: str
    ) -> None:
        if until and not since:
            raise PortalError(f"until={until!r} needs a first day too: -a since=2026-01-01")
        super().__init__(name, since=since, until=until, **arguments)
        self.is_backfill = bool(since)

    @classmethod
    def problem(cls) -> str | None:
        """Return what is wrong with the declaration, None if it is correct."""
        if not all(code in cls.issue_url for code in _DAY_CODES):
            return f"issue_url is {cls.issue_url!r}; write the first page's address with %Y, %m and %d for the day"
        return super().problem()

    @classmethod
    def issue_on(cls, day: date) -> str:
        """The address of the first page of a day's issue."""
        url = cls.issue_url
        for code in _DAY_CODES:
            url = url.replace(code, day.strftime(code))
        return url

    def days_asked(self) -> list[date]:
        """The days whose issues this run asks for, the newest first."""
        last = min(self.until or today(), today())
        first = self.since if self.is_backfill else max(self.since or date.min, last - timedelta(days=self.days - 1))
        return [last - timedelta(days=back) for back in range((last - (first or last)).days + 1)]

    async def start(self) -> AsyncIterator[Request]:
        """Request the newest issue and the issues of the last days, or the issues of the given days."""
        if not self.is_backfill:
            for url in self.start_urls:
                yield Request(url, meta={"kind": "start"}, dont_filter=True)
        fresh = today() - timedelta(days=STILL_CHANGING)
        for day in self.days_asked():
            yield Request(self.issue_on(day), meta={"kind": "issue"}, priority=ISSUE, dont_filter=day > fresh)

    def parse(
        self,
        response: Response,
        place: int | None = None,
        number: int = 0,
        rendered: bool = False,  # noqa: FBT001  as the base has it
        **context: Unpack[Context],
    ) -> Iterator[Page | Request | Lead]:
        """Yield a response's page and the requests it leads to; an entry page may redirect to an issue.

        The newest issue is fetched in every run, however old it is.
        """
        is_entry = not is_paper_page(response.url)
        for given in super().parse(response, place, number, rendered, **context):
            if isinstance(given, Request) and is_paper_page(given.url):
                yield given.replace(meta={**given.meta, "kind": "issue"}, priority=ISSUE, dont_filter=is_entry)
            elif isinstance(given, Lead) and is_paper_page(given.url):
                yield replace(given, kind="issue", priority=ISSUE, renew=is_entry)
            else:
                yield given

    def leads(self, page: Page, answer: Answer, kind: str = "unknown") -> list[Lead]:  # noqa: ARG002  as the base has it
        """Return the pages and articles of an issue, or the issue an entry page leads to; articles lead nowhere."""
        if page.document is None:
            return []
        if (paper := paper_page(page.document)) is None:
            entry = date_in(page.url) is None  # all other pages have the day in their address
            return [Lead(url, "issue", None, ISSUE, why="entry") for url in self._newest(page)] if entry else []
        return [Lead(url, "issue", None, ISSUE, why="issue") for url in paper.pages] + [
            Lead(url, "article", title or None, ARTICLE, why="issue") for url, title in paper.articles
        ]

    def _newest(self, page: Page) -> list[str]:
        """Return the pages of the newest issue that an entry page names in links, frames or scripts."""
        assert page.document
        named = {join(page.url, found) for found in _ADDRESS.findall(page.document.decoded.text)}
        pages = {url: day for url in named if is_paper_page(url) and (day := date_in(url)) and self.scope.allows(url)}
        newest = max(pages.values(), default=None)
        return sorted(url for url, day in pages.items() if day == newest)


def today() -> date:
    """Return today's date in China."""
    return (datetime.now(UTC) + _BEIJING).date()
