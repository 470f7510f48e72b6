"""The download handler: Scrapy's own for HTTP/1.1, with limits on headers and on the time of every request.

It reaches into private parts of Scrapy's and Twisted's connections; tests/hostile would tell if they moved.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError
from twisted.python.failure import Failure

from newscrawl.runtime.scrapy_internals import is_closing

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IAddress
    from twisted.web._newclient import Request as ClientRequest
    from twisted.web.iweb import IResponse

logger = logging.getLogger(__name__)

# Browsers take 256 KiB of headers; a few kilobytes are usual.
MOST_HEADER_BYTES = 256 * 1024
# Seconds beyond DOWNLOAD_TIMEOUT after which a request is abandoned that its own timeout did not end.
OVERTIME = 10.0
# Seconds that downloads in flight get when the crawl is ending.
LAST_SECONDS = 5.0


class HeaderTooLargeError(DownloadFailedError):
    """A server sent more headers than any page needs."""


class StoppedError(DownloadFailedError):
    """The crawl ends; the address is not changed."""


class BoundedHandler(HTTP11DownloadHandler):
    """Ends requests that Twisted would not: with endless headers, or with a Deferred that never fires."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory  # noqa: SLF001  as Scrapy's own does
        self._timeout = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")

    async def download_request(self, request: Request) -> Response:
        """Download a request, or raise within the time-out and a little more, whatever becomes of the connection."""
        download = asyncio.ensure_future(super().download_request(request))
        download.add_done_callback(_retrieved)
        loop = asyncio.get_running_loop()
        deadline = loop.time() + float(request.meta.get("download_timeout", self._timeout)) + OVERTIME
        closing_since = None
        while not download.done():
            now = loop.time()
            if is_closing(self._crawler):
                closing_since = closing_since or now
                if now >= closing_since + LAST_SECONDS:
                    download.cancel()
                    raise StoppedError(f"{request.url} was in flight when the crawl was ended")
            if now >= deadline:
                download.cancel()
                raise DownloadTimeoutError(f"{request.url} neither answered nor failed in time; it is given up")
            await asyncio.wait({download}, timeout=min(deadline - now, 1.0))
        try:
            return download.result()
        except DownloadFailedError as error:
            reasons = getattr(error.__cause__, "reasons", None) or ()
            named = next((reason.value for reason in reasons if isinstance(reason.value, HeaderTooLargeError)), None)
            raise named or error from error


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Counts the bytes of headers; Twisted limits the length of a line, but not their number."""

    _header_bytes = 0

    def request(self, request: ClientRequest) -> Deferred[IResponse]:
        self._header_bytes = 0
        return super().request(request)

    def dataReceived(self, bytes: bytes) -> None:  # noqa: N802, A002  Twisted's names
        """Pass on received bytes, unless there are more headers than any page needs."""
        if self._is_in_header():
            self._header_bytes += len(bytes)
            if self._header_bytes > MOST_HEADER_BYTES:
                error = HeaderTooLargeError(f"more than {MOST_HEADER_BYTES // 1024} KiB of headers")
                self._giveUp(Failure(error))  # type: ignore[no-untyped-call]
                if self.transport is not None:
                    self.transport.abortConnection()
                return
        super().dataReceived(bytes)  # type: ignore[no-untyped-call]

    def _is_in_header(self) -> bool:
        """Whether the parser reads lines: the status, headers, or the trailer behind a chunked body."""
        parser = self._parser
        if parser is None:
            return False
        if parser.state != "BODY":
            return True
        return getattr(getattr(parser, "bodyDecoder", None), "state", None) == "TRAILER"


class _BoundedFactory(_LenientHTTP11ClientFactory):
    """Builds the protocol above."""

    def buildProtocol(self, addr: IAddress | None) -> _BoundedProtocol:  # noqa: ARG002, N802  Twisted's name
        """Build a connection's protocol."""
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


def _retrieved(download: asyncio.Task[Response]) -> None:
    """Retrieve the exception of an abandoned download, so that asyncio logs no warning."""
    if not download.cancelled():
        download.exception()
