"""`Portal`: the base of all spiders. It yields pages and the addresses they lead to, never articles."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urljoin

from scrapy import Request, Spider

from newscrawl.discover import Scope, canonical_of, feed_leads, links_of, parts_of
from newscrawl.errors import PortalError
from newscrawl.extract.zones.kind import refresh_target
from newscrawl.items import Page, Part, PortalFacts
from newscrawl.urls import canonical, is_twin

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from datetime import date

    from scrapy.http import Response

    from newscrawl.cms import Family
    from newscrawl.discover import Lead
    from newscrawl.extract.finders import Finder
    from newscrawl.extract.page.document import Document

logger = logging.getLogger(__name__)

# fmt: off
REGIONS = frozenset({
    "全国", "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江",
    "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川",
    "贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆", "香港", "澳门", "台湾", "样例",
})
# fmt: on
LEVELS = frozenset({"nation", "province", "city", "county", "other"})


class Portal(Spider):
    """A news portal. A subclass is mostly data: see docs/portals.md for how to write one.

    Attributes:
        title: the portal's name as readers know it.
        region: the province, one of `REGIONS`.
        level: one of `LEVELS`.
        domains: hosts the crawl stays on, subdomains included; the start addresses' own domains unless given.
        overrides: finders by field name, tried before the generic ones: only what those get wrong.
        family: the CMS family, where the page's own marks do not tell.
        expects: fill rates by field that a crawl must reach, 0 to 1.
        revisit: hours after which an article is fetched again; None for the setting REVISIT_AFTER.
        verified: the day somebody last saw a live crawl of it succeed; None for never.

    Raises:
        PortalError: an attribute is missing or wrong; the message names class and attribute.
    """

    title: ClassVar[str] = ""
    region: ClassVar[str] = ""
    level: ClassVar[str] = "province"
    domains: str = ""
    overrides: ClassVar[dict[str, Finder]] = {}
    family: ClassVar[Family | None] = None
    expects: ClassVar[dict[str, float]] = {}
    revisit: ClassVar[list[float] | None] = None
    verified: ClassVar[date | None] = None

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        self._check()
        self.scope = Scope.parse(self.domains, self.start_urls)
        self.facts = PortalFacts(self.key, self.title or self.key, self.region or None, self.level, self.overrides)

    @property
    def key(self) -> str:
        """What the archive and the frontier call this portal."""
        return self.name

    def _check(self) -> None:
        """Refuse a misdeclared portal before anything is fetched."""
        wrong = next(
            (
                f"{attribute} {problem}"
                for attribute, problem, right in (
                    ("title", "is empty", self.title),
                    ("region", f"is {self.region!r}, not one of newscrawl.portal.REGIONS", self.region in REGIONS),
                    ("level", f"is {self.level!r}, not one of {sorted(LEVELS)}", self.level in LEVELS),
                    ("start_urls", "is empty", self.start_urls),
                )
                if not right
            ),
            None,
        )
        if wrong:
            raise PortalError(f"{type(self).__name__}: {wrong}")

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the start pages; they are due at every run."""
        for url in self.start_urls:
            yield Request(url, meta={"kind": "start"}, dont_filter=True)

    def parse(self, response: Response, **_: Any) -> Iterator[Page | Request]:
        """Give a response's page, and the requests it leads to."""
        page = make_page(
            self.facts,
            url=response.url,
            status=response.status,
            location=_header(response, "Location"),
            document=response.meta.get("document"),
            fetched_at=response.meta.get("fetched_at") or datetime.now(UTC),
            capture=response.meta.get("capture"),
        )
        yield page
        kind = response.meta.get("kind", "unknown")
        if page.redirect:
            if self.scope.allows(page.redirect):
                # a start page's kind stays with its own address; where it has moved to is judged when seen
                yield Request(page.redirect, meta={"kind": "unknown" if kind == "start" else kind})
        elif page.status == 200:
            response.meta["canonical"] = claimed = page.canonical
            if claimed and is_twin(page.url) and not is_twin(claimed) and self.scope.allows(claimed):
                yield Request(claimed, meta={"kind": "unknown" if kind == "start" else kind})
            for lead in self.leads(page, response.body):
                yield request_of(lead)

    def leads(self, page: Page, body: bytes) -> list[Lead]:
        """Give what a page leads to: articles, lists, the parts of a story; what is no page may be a feed."""
        if page.document is None:
            return feed_leads(body, page.url, self.scope)
        pattern = self.family.article_url if self.family else None
        return links_of(page.document, self.scope, article_url=pattern)


def request_of(lead: Lead) -> Request:
    """Make the request of a lead; its kind and its reason travel in the meta."""
    return Request(
        lead.url,
        method=lead.method,
        body=lead.body or None,
        headers=dict(lead.headers),
        meta={"kind": lead.kind, "why": lead.why},
        priority=lead.priority,
    )


def make_page(
    portal: PortalFacts,
    *,
    url: str,
    status: int,
    location: str | None,
    document: Document | None,
    fetched_at: datetime,
    capture: Any,
) -> Page:
    """Make the `Page` of a response, live or from a WARC: the one place where that is done."""
    page = Page(url, status, portal, document, fetched_at, capture)
    if 300 <= status < 400 and location:
        page.redirect = urljoin(url, location)
    elif document is not None and status == 200:
        page.redirect = document.once(refresh_target)
        if page.redirect is None and (parts := document.once(parts_of)):
            page.part = Part(parts.first, parts.number, parts.total)
    if page.redirect and canonical(page.redirect) == canonical(url):
        page.redirect = None
    if document is not None and status == 200 and page.redirect is None:
        page.canonical = document.once(canonical_of)
    return page


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
