"""robots.txt by RFC 9309: the first 500 KiB count, and a site that cannot say what it allows is closed for a while."""

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

# What must be read at the least, and is read at the most (RFC 9309, 2.5).
MOST_BYTES = 500 * 1024
# How long a site without an answer stays closed within a run; later runs ask anew.
CLOSED_SECONDS = 60.0
# What the page itself would meet, too: its failure has that name.
_SAME_FOR_PAGES = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    PrivateAddressError,
)


class RobotsUnreachableError(Exception):
    """A site's robots.txt could not be had: it is taken to forbid everything for a while (RFC 9309, 2.3.1.4)."""


class Robots(RobotsTxtMiddleware):
    """Scrapy's own, closed where it would be open, and with the answer given to all who wait for a robots.txt.

    Scrapy 2.19 lets several requests await one Deferred: the first gets the parser, the others None, which lets them
    pass unchecked. tests/test_middlewares.py says when this can go. Scrapy also lets everything pass where robots.txt
    answered with an error.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._closed: dict[str, tuple[float, Exception]] = {}  # until when, and why

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the parser of a host's robots.txt; None where there is none to obey.

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
