"""robots.txt by RFC 9309: only its first 500 KiB count, and a site whose robots.txt fails is closed for a while."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, cast

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.utils.httpobj import urlparse_cached

from newscrawl.middlewares.addresses import PrivateAddressError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)

# Bytes of robots.txt that are read: the least that RFC 9309, 2.5 demands.
MOST_BYTES = 500 * 1024
# How long a site without a response stays closed within a run; later runs try again.
CLOSED_SECONDS = 60.0
# Failures that the page itself would meet too, and so give it its outcome.
_SAME_FOR_PAGES = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    PrivateAddressError,
)


class RobotsUnreachableError(Exception):
    """A site's robots.txt could not be fetched: for a while this means that all is forbidden (RFC 9309, 2.3.1.4)."""


class Robots(RobotsTxtMiddleware):
    """Scrapy's robots.txt middleware with two corrections: failures close the site, all waiting requests are checked.

    Scrapy permits everything if robots.txt fails with an error. And in Scrapy 2.19 several requests await one Deferred:
    the first gets the parser, the others None, so that they pass unchecked. tests/test_middlewares.py shows when this
    can be removed.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._closed: dict[str, tuple[float, Exception]] = {}  # until when, and why

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the parser of a host's robots.txt; None if there is none to obey.

        Raises:
            RobotsUnreachableError: the host is closed.
        """
        netloc = urlparse_cached(request).netloc
        closed = self._closed
        if netloc in closed and time.monotonic() >= closed[netloc][0]:
            del closed[netloc]
            self._parsers.pop(netloc, None)
        parser = await super().robot_parser(request)
        if netloc in closed:
            raise closed[netloc][1]
        return parser or cast("RobotParser | None", self._parsers[netloc])

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        status = response.status
        if status >= 500 or status == 429:
            raise RobotsUnreachableError(f"robots.txt of {netloc} answered {status}")
        body = b"" if status >= 400 else response.body
        if len(body) > MOST_BYTES:
            logger.warning("robots.txt of %s is read up to 500 KiB of its %d bytes", netloc, len(body))
            body = body[:MOST_BYTES].rpartition(b"\n")[0]
        await super()._parse_robots(response.replace(body=body), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        # five redirects and no end: the site has none (RFC 9309, 2.3.1.2)
        open_to_all = isinstance(exc, IgnoreRequest) and not isinstance(exc, PrivateAddressError)
        if not open_to_all:
            error = exc if isinstance(exc, (*_SAME_FOR_PAGES, RobotsUnreachableError)) else _unreachable(netloc, exc)
            self._closed[netloc] = (time.monotonic() + CLOSED_SECONDS, error)
        super()._robots_error(exc, netloc)


def _unreachable(netloc: str, error: Exception) -> RobotsUnreachableError:
    return RobotsUnreachableError(f"robots.txt of {netloc} could not be read: {error}")
