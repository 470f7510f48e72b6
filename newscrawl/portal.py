"""`Portal`: the base of all spiders. It yields pages and leads; articles are made by the pipelines."""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Unpack

from scrapy import Request, Spider, signals

from newscrawl.cms import FAMILIES, read_with_family
from newscrawl.data_folder import DataFolder
from newscrawl.declarations import LEVELS, ListEndpoint, problem_of
from newscrawl.discover import (
    WECHAT,
    Answer,
    Scope,
    canonical_of,
    is_wechat,
    is_wechat_article,
    paper_page,
    parts_of,
    sitemaps_of,
)
from newscrawl.discover.lead import DRAWN, NEXT_DECLARED, NEXT_LIST, Lead
from newscrawl.errors import PortalError
from newscrawl.extract.kind import refresh_target, refusal
from newscrawl.extract.loader import give_hints
from newscrawl.items import WHOLE, Page, PaperPage, Part, PortalFacts
from newscrawl.middlewares.browser import missing, use_browser
from newscrawl.places import REGIONS
from newscrawl.profiles.files import Profiles
from newscrawl.urls import canonical, date_in, host_of, is_fetchable, is_twin, redirect_address

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser
    from scrapy.settings import BaseSettings

    from newscrawl.discover import Context, Findings
    from newscrawl.extract.finders import Finder
    from newscrawl.extract.page.document import Document
    from newscrawl.items import WarcRef

__all__ = ["LEVELS", "REGIONS", "ListEndpoint", "Portal", "make_page"]

logger = logging.getLogger(__name__)

MOST_OUTSIDE = 50  # domains beyond the scope that a crawl counts by name
# Redirects in a row that are followed, each to another page: browsers follow twenty, robots.txt allows five.
MOST_HOPS = 8
# Most leads taken from one page, and from one sitemap (sitemaps.org): the largest lists of news sites have 2,000.
MOST_LEADS, MOST_OF_SITEMAP = 5_000, 50_000


class Portal(Spider):
    """A news portal. A subclass is mostly data: see docs/portals.md for how to write one.

    Attributes:
        title: the portal's name as readers know it.
        region: the province, one of `REGIONS`.
        level: one of `LEVELS`.
        division: code of its city or county (GB/T 2260), if its title does not name it.
        start_urls: front pages and channels, fetched in every run.
        domains: hosts the crawl stays on, with their subdomains: `a.cn,b.cn`. By default from the start addresses:
            `www.a.cn` means all of a.cn, `county.a.cn` only itself.
        excluded_hosts: hosts within these domains that are left out: portals of their own, shops, forums.
        family: the CMS family by its name in `newscrawl.cms`, if its pages have no marks of it.
        article_url: a regular expression that matches only in the addresses of articles.
        lists: lists to request page by page, whose pages do not link to the next one.
        drawn: a regular expression for the addresses of pages that a script renders; see
            `newscrawl.middlewares.browser`. Pages that are recognised as such are rendered too.
        wechat: whether to follow its pages' links to articles on WeChat; else they are only counted.
        since, until: limits of the articles to follow, by the date in their addresses; `-a since=2026-01-01` sets
            them for one run.
        overrides: finders by field name, tried before the generic ones: only for fields that those get wrong.
        expects: fill rates by field that a crawl must reach, 0 to 1.
        revisit: hours after which an article is fetched again; None for the setting REVISIT_AFTER.
        verified: the day somebody last saw a live crawl of it succeed; None for never.

    Raises:
        PortalError: an attribute is missing or wrong; the message names class and attribute.
    """

    title: ClassVar[str] = ""
    region: ClassVar[str] = ""
    level: ClassVar[str] = "province"
    division: ClassVar[str | None] = None
    domains: str = ""
    excluded_hosts: ClassVar[Sequence[str]] = ()
    family: ClassVar[str] = ""
    article_url: ClassVar[str] = ""
    lists: ClassVar[Sequence[ListEndpoint]] = ()
    drawn: ClassVar[str] = ""
    wechat: ClassVar[bool] = False
    since: date | None = None
    until: date | None = None
    overrides: ClassVar[dict[str, Finder[object]]] = {}
    expects: ClassVar[dict[str, float]] = {}
    revisit: ClassVar[list[float] | None] = None
    verified: ClassVar[date | None] = None

    def __init__(
        self, name: str | None = None, since: str | None = None, until: str | None = None, **arguments: str
    ) -> None:
        super().__init__(name, **arguments)
        self._check()
        if since:
            self.since = _day("since", since)
        if until:
            self.until = _day("until", until)
        if self.since and self.until and self.since > self.until:
            raise PortalError(f"since={self.since} is after until={self.until}")
        self.scope = self._scope()
        self.article_pattern = self._article_pattern()
        self.draws = False
        self.sitemaps: dict[str, list[str]] = {}
        self._known_hosts: set[str] = set()
        self._outside: set[str] = set()
        self.facts = PortalFacts(
            self.key, self.title or self.key, self.region or None, self.level, self.overrides, self.division
        )

    @classmethod
    def is_declared(cls) -> bool:
        """Return whether this portal was declared by somebody; the generic portal has no facts to check."""
        return True

    @property
    def key(self) -> str:
        """The portal's name in archive and frontier."""
        return self.name

    @classmethod
    def problem(cls) -> str | None:
        """Return what is wrong with the declaration, None if it is correct."""
        return problem_of(cls)

    def _check(self) -> None:
        """Refuse a misdeclared portal before anything is fetched."""
        if self.is_declared() and (problem := self.problem()):
            raise PortalError(f"{type(self).__name__}: {problem}")

    def _scope(self) -> Scope:
        """The hosts the crawl stays on."""
        scope = Scope.of_portal(self.domains, self.start_urls, self.excluded_hosts)
        return Scope(scope.domains | {WECHAT}, scope.excluded) if self.wechat else scope

    def _article_pattern(self) -> re.Pattern[str] | None:
        """The pattern that certainly marks an article's address: the portal's own, else its family's."""
        if self.article_url:
            return re.compile(self.article_url)
        return next((family.article_url for family in FAMILIES if family.name == self.family), None)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # as Scrapy declares it
        """Build the spider, and connect it to the signal for robots.txt files, which name sitemaps."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.robots_parsed, signals.robots_parsed)
        spider.draws = "PLAYWRIGHT_ABORT_REQUEST" in crawler.settings
        spider.facts.profile_of = Profiles(DataFolder.of(crawler.settings).profiles).get
        return spider

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Set up the browser that renders pages, if there is one."""
        super().update_settings(settings)
        use_browser(settings)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Remember the sitemaps that a host's robots.txt names."""
        named = getattr(getattr(robotparser, "rp", None), "sitemaps", ())  # Protego's; Scrapy's face has no such method
        self.sitemaps[host_of(request.url)] = [url for url in map(str, named) if url.startswith("http")]

    async def start(self) -> AsyncIterator[Request]:
        """Request the start pages and the first page of each list; they are due in every run."""
        for url in self.start_urls:
            rendered = {"rendered": True} if self._is_drawn(url) else None
            yield Request(url, meta={"kind": "start"}, cb_kwargs=rendered, dont_filter=True)
        for place, endpoint in enumerate(self.lists):
            lead = self._list_page(place, endpoint.first)
            yield Request(
                lead.url,
                method=lead.method,
                body=lead.body,
                headers=dict(lead.headers),
                meta={"kind": "start"},
                cb_kwargs=dict(lead.context),
                dont_filter=True,
            )

    def _list_page(self, place: int, number: int) -> Lead:
        """Return a page of one of the declared lists."""
        endpoint = self.lists[place]
        url, body = endpoint.at(number)
        kind = "application/json" if body.startswith(("{", "[")) else "application/x-www-form-urlencoded"
        headers = (("Content-Type", kind),) if body else ()
        kept = {"place": place, "number": number}
        return Lead(url, "list", None, NEXT_LIST, NEXT_DECLARED, endpoint.method, body, headers=headers, context=kept)

    def parse(
        self,
        response: Response,
        place: int | None = None,
        number: int = 0,
        rendered: bool = False,  # noqa: FBT001  Scrapy hands it over by name
        **context: Unpack[Context],
    ) -> Iterator[Page | Request | Lead]:
        """Yield a response's page and its leads, from which the frontier makes requests later.

        Args:
            response: the response.
            place: the index of a declared list, if a page of it was requested.
            number: the number of that page.
            rendered: whether a browser has rendered it.
            context: facts from the lead, see `Answer`.
        """
        page = make_page(
            self.facts,
            url=response.url,
            status=response.status,
            location=_header(response, "Location"),
            document=response.meta.get("document"),
            refused=response.meta.get("refused"),
            fetched_at=response.meta.get("fetched_at") or datetime.now(UTC),
            capture=response.meta.get("capture"),
        )
        yield page
        kind = response.meta.get("kind", "unknown")
        # only the start address itself has the kind "start"; the page it redirects to is judged when fetched
        meta = {"kind": "unknown" if kind == "start" else kind}
        if page.redirect:
            hops = response.meta.get("hops", 0) + 1
            if hops > MOST_HOPS:
                self._report("redirect-chain", page.url)
            elif self.scope.allows(page.redirect) and is_fetchable(page.redirect):
                yield Request(page.redirect, meta={**meta, "hops": hops})
        elif page.status == 200 and page.outcome is None:
            response.meta["canonical"] = claimed = page.canonical
            if claimed and is_twin(page.url) and not is_twin(claimed) and self.scope.allows(claimed):
                yield Request(claimed, meta=meta)
            answer = _answer(response, context)
            leads = [lead for lead in self.leads(page, answer, kind) if self.is_wanted(lead)]
            most = MOST_OF_SITEMAP if page.document is None else MOST_LEADS
            if len(leads) > most:
                self._report("too-many-links", page.url)
            # a malformed address must not lose the others
            yield from (self._marked(lead) for lead in leads[:most] if is_fetchable(lead.url))
            if not rendered and page.document is not None and refusal(page.document) == "script":
                yield from self._draw(page, kind)
            following = self.lists[place].after(number) if place is not None else None
            if place is not None and following is not None and any(lead.kind == "article" for lead in leads):
                yield self._list_page(place, following)

    def _is_drawn(self, url: str) -> bool:
        """Return whether the portal marks an address as rendered by a script, and a browser is available."""
        return bool(self.draws and self.drawn and re.search(self.drawn, url))

    def _marked(self, lead: Lead) -> Lead:
        """Let the browser render a page whose address the portal marks."""
        return replace(lead, context={**lead.context, "rendered": True}) if self._is_drawn(lead.url) else lead

    def _draw(self, page: Page, kind: str) -> Iterator[Request]:
        """Request a page again, rendered by a browser; without a browser, log a warning."""
        if not self.draws:
            logger.warning(
                "%s is drawn by a script, and cannot be read without %s", page.url, missing() or "NEWSCRAWL_JS"
            )
            return
        is_list = kind in {"start", "list"}
        meta = {"kind": "list" if is_list else kind, "why": DRAWN}
        yield Request(page.url, cb_kwargs={"rendered": True}, meta=meta, priority=NEXT_LIST, dont_filter=is_list)

    def is_wanted(self, lead: Lead) -> bool:
        """Return whether a lead is within `since` and `until`, or has no date; on WeChat, only articles are wanted."""
        if is_wechat(lead.url) and not is_wechat_article(lead.url):
            return False
        day = date_in(lead.url) if lead.kind == "article" and (self.since or self.until) else None
        return day is None or (self.since or day) <= day <= (self.until or day)

    def leads(self, page: Page, answer: Answer, kind: str = "unknown") -> list[Lead]:
        """Return a response's leads: articles, lists, parts of a story, feeds and data."""
        if is_wechat(page.url):  # links on WeChat lead to the account's other articles, and to other accounts
            return []
        found = read_with_family(
            answer, page.document, self.scope, family=self.family, article_url=self.article_pattern
        )
        host = host_of(page.url)
        if host not in self._known_hosts:
            self._known_hosts.add(host)
            found.leads.extend(sitemaps_of(page.url, self.sitemaps.get(host, ()), self.scope, guess=kind == "start"))
        self._count(page, found, kind)
        return found.leads

    def _count(self, page: Page, found: Findings, kind: str) -> None:
        """Count facts for the verdict: leads and refusals by reason, headlines out of scope, lists without rows."""
        if not hasattr(self, "crawler"):
            return
        stats = self.crawler.stats
        for why, count in Counter(lead.why for lead in found.leads).items():
            stats.inc_value(f"discover/leads/{why}", count)
        for reason, count in found.refused.items():
            stats.inc_value(f"discover/refused/{reason}", count)
        for domain, count in found.outside.items():
            stats.inc_value("discover/headlines_outside", count)
            if domain in self._outside or len(self._outside) < MOST_OUTSIDE:
                self._outside.add(domain)
                stats.inc_value(f"discover/headlines_outside/{domain}", count)
        if kind in {"start", "list"} and not any(lead.kind == "article" for lead in found.leads):
            stats.inc_value("discover/lists_without_rows")
            if page.document is not None and refusal(page.document) == "script":
                stats.inc_value("discover/lists_drawn_by_script")

    def _report(self, limit: str, url: str) -> None:
        """Log and count that a page reached a limit."""
        self.logger.warning("%s: %s", url, limit)
        self.crawler.stats.inc_value(f"limit/{limit}")


def _answer(response: Response, context: Context) -> Answer:
    """Return the `Answer` of a response, from which its links are read."""
    sent = response.request
    return Answer(
        response.url,
        response.body,
        _header(response, "Content-Type") or "",
        sent.method if sent else "GET",
        sent.body.decode("latin-1") if sent else "",
        **context,
    )


def make_page(
    portal: PortalFacts,
    *,
    url: str,
    status: int,
    location: str | None,
    document: Document | None,
    fetched_at: datetime,
    capture: WarcRef | None,
    refused: str | None = None,
) -> Page:
    """Make the `Page` of a response, live or from a WARC file; nothing else makes pages.

    `location` is latin-1 text of the header's bytes; `refused` is the reason why a page has no document.
    """
    page = Page(url, status, portal, document, fetched_at, capture, outcome=refused)
    if document is not None:  # before anything else looks at the document
        give_hints(document, portal.overrides, _ignore, portal.profile_of(host_of(url)))
    if 300 <= status < 400 and location:
        page.redirect = redirect_address(location, url)
    elif document is not None and status == 200:
        page.redirect = refresh_target(document)
        if page.redirect is None and (parts := parts_of(document)):
            page.part = Part(parts.first, parts.number or WHOLE, parts.total, parts.urls)
    if page.redirect and canonical(page.redirect) == canonical(url):
        page.redirect = None
    if document is not None and status == 200 and page.redirect is None:
        page.canonical = canonical_of(document)
        if paper := paper_page(document):
            articles = tuple(url for url, _ in paper.articles)
            page.paper = PaperPage(paper.issue.isoformat(), paper.number, paper.section, articles)
    return page


def _ignore(_: str) -> None:
    """Ignore an override's exception here; it is counted when the page is extracted."""


def _day(name: str, text: str) -> date:
    """Read a day given on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PortalError(f"{name}={text!r} is no day; write -a {name}=2026-01-31") from error


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
