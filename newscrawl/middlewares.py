"""Between the engine and the wire: RecordWarc, PlainResponse, Decode, and the guards against private addresses."""

from __future__ import annotations

import ipaddress
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.error import DNSLookupError

from newscrawl.archive import Archive, WarcWriter, recover
from newscrawl.data_folder import DataFolder
from newscrawl.errors import ArchiveError, DataFolderError, WarcError
from newscrawl.extract.page.document import Document
from newscrawl.health.record import crawl_recorded
from newscrawl.stopping import at_end, at_start, stop_crawl

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred

    from newscrawl.archive import Crawl
    from newscrawl.items import PortalFacts


logger = logging.getLogger(__name__)


class RecordWarc:
    """Write every response to the portal's WARC file, as received, before anything reads it.

    Sets `meta["capture"]` and `meta["fetched_at"]` of the request. A record that cannot be written fails its page.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.folder = DataFolder(crawler.settings["NEWSCRAWL_DATA"]).warc
        self.path = DataFolder(crawler.settings["NEWSCRAWL_DATA"]).archive
        self.archive: Archive | None = None  # opened with the first 304
        facts: PortalFacts | None = getattr(crawler.spider, "facts", None)  # `scrapy shell` has no portal
        self.writer = self._writer(facts) if facts else None
        crawler.signals.connect(self.spider_opened, signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signals.spider_closed)
        crawler.signals.connect(self.crawl_recorded, crawl_recorded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware on the crawl's data folder."""
        return cls(crawler)

    def _writer(self, facts: PortalFacts) -> WarcWriter:
        """Write the portal's files; what a replay must know of the portal stands in each."""
        assert self.crawler.spider
        return WarcWriter(
            self.folder,
            facts.key,
            info={
                "http-header-user-agent": self.crawler.settings["USER_AGENT"],
                "robots": "obey" if self.crawler.settings.getbool("ROBOTSTXT_OBEY") else "ignore",
                "newscrawl-spider": self.crawler.spider.name,
                "newscrawl-portal": facts.key,
                "newscrawl-title": facts.title,
                "newscrawl-region": facts.region or "",
                "newscrawl-level": facts.level or "",
            },
        )

    def spider_opened(self) -> None:
        """Mend what a killed crawl left."""
        if self.writer is not None:
            with at_start(self.crawler):
                for line in recover(self.folder):
                    logger.warning("%s", line)

    def spider_closed(self) -> None:
        """Close the last file."""
        if self.archive is not None:
            self.archive.close()
        if self.writer is not None:
            with at_end(self.crawler):
                self.writer.close()

    def crawl_recorded(self, crawl: Crawl) -> None:
        """Keep the crawl's own row beside its pages."""
        if self.writer is not None:
            with at_end(self.crawler):
                self.writer.write_metadata("crawl", crawl.payload())

    def process_response(self, request: Request, response: Response) -> Response:
        """Record a response; its request then carries the reference."""
        if self.writer is None:
            return response
        fetched_at = datetime.now(UTC)
        try:
            request.meta["capture"] = self.writer.write(
                response.url,
                status=response.status,
                protocol=response.protocol or "HTTP/1.1",
                headers=_pairs(response.headers),
                body=response.body,
                fetched_at=fetched_at,
                method=request.method,
                request_headers=_pairs(request.headers),
                ip=str(response.ip_address) if response.ip_address else None,
                unchanged_since=self._confirmed(response),
            )
        except (ArchiveError, DataFolderError, WarcError) as error:
            stop_crawl(self.crawler, error)
            raise
        request.meta["fetched_at"] = fetched_at
        return response

    def _confirmed(self, response: Response) -> tuple[str, str | None] | None:
        """Return time and digest of the page that an answer 304 says is unchanged."""
        if response.status != 304:
            return None
        if self.archive is None:
            self.archive = Archive.open(self.path, read_only=True)
        return self.archive.last_page(response.url)


class Robots(RobotsTxtMiddleware):
    """Scrapy's own, with the answer given to all who wait for a robots.txt.

    Scrapy 2.19 lets several requests await one Deferred: the first gets the parser, the others None, which lets them
    pass unchecked. tests/test_middlewares.py says when this can go.
    """

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Give the parser of a host's robots.txt; None where there is none to obey."""
        parser = await super().robot_parser(request)
        return parser or cast("RobotParser | None", self._parsers[urlparse_cached(request).netloc])


class PlainResponse:
    """Recast a compressed text response to a plain one before HttpCompressionMiddleware copies it.

    Scrapy 2.19 evaluates the encoding of the still compressed body there, at 2.4 times the CPU of the download.
    tests/test_middlewares.py says when this can go.
    """

    def process_response(self, request: Request, response: Response) -> Response:
        """Give the same response without an encoding to be guessed."""
        if not isinstance(response, TextResponse) or "Content-Encoding" not in response.headers:
            return response
        return Response(
            response.url,
            response.status,
            response.headers,
            response.body,
            response.flags,
            request,
            response.certificate,
            response.ip_address,
            response.protocol,
        )


class Decode:
    """Make the page's `Document` with our own decoder: in Scrapy's a wrong header beats the page.

    Sets `meta["document"]`, and gives the response the charset found, so that `scrapy shell` shows the same text.
    """

    def process_response(self, request: Request, response: Response) -> Response:
        """Decode a page that looks like HTML."""
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        if response.status >= 300 or not is_html(content_type, response.body):
            return response
        document = Document(
            response.body, response.url, content_type=content_type, fetched_at=request.meta.get("fetched_at")
        )
        request.meta["document"] = document
        return response.replace(cls=HtmlResponse, encoding=document.decoded.charset)


def is_html(content_type: str, body: bytes) -> bool:
    """Whether a body is a page to read: its type says so, or says nothing useful and the body begins like one."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind in {"text/html", "application/xhtml+xml"}:
        return True
    if kind in {"", "text/plain", "application/octet-stream"}:
        return (
            body[:1024]
            .lstrip(b"\xef\xbb\xbf \t\r\n")
            .lower()
            .startswith((b"<!doctype html", b"<html", b"<!--", b"<head"))
        )
    return False


class AddressGuard:
    """Refuse addresses that name a host by a private IP address; names are the resolver's business."""

    def __init__(self, allowed: Sequence[str]) -> None:
        self.allowed = frozenset(allowed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the guard with the hosts the settings allow."""
        return cls(crawler.settings.getlist("NEWSCRAWL_ALLOW_PRIVATE"))

    def process_request(self, request: Request) -> None:
        """Let a request pass, or raise `IgnoreRequest`."""
        host = urlsplit(request.url).hostname or ""
        if host not in self.allowed and not is_global(host):
            raise IgnoreRequest(f"{host} is a private address")


class GlobalResolver(CachingThreadedResolver):
    """Resolve names, and refuse an answer that is not a global address: a page must not reach our own network.

    An address in place of a name is let through: in a URL it is AddressGuard's business, else it is a proxy's. So are
    proxies named by the environment and hosts in NEWSCRAWL_ALLOW_PRIVATE.
    """

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float, allowed: Sequence[str] = ()) -> None:
        super().__init__(reactor, cache_size, timeout)
        proxies = (urlsplit(url).hostname for url in getproxies().values())
        self.allowed = frozenset(allowed) | {host for host in proxies if host}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Build the resolver with Scrapy's DNS settings and the hosts the settings allow."""
        settings = crawler.settings
        cache_size = settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0
        return cls(reactor, cache_size, settings.getfloat("DNS_TIMEOUT"), settings.getlist("NEWSCRAWL_ALLOW_PRIVATE"))

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802  Twisted's name
        """Resolve a name to an IPv4 address that is global."""
        return super().getHostByName(name, timeout).addCallback(self._guard, name)

    def _guard(self, address: str, name: str) -> str:
        if name == address or name in self.allowed or is_global(address):
            return address
        raise DNSLookupError(f"{name} has the private address {address}")


def is_global(host: str) -> bool:
    """Whether a host is a name or a global IP address, not a private, loopback, link-local or reserved one."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return host != "localhost"


def _pairs(headers: Any) -> list[tuple[str, str]]:
    """Headers as pairs of text, repeated ones repeated."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values]
