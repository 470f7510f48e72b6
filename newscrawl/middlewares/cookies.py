"""The cookies a site's gate asks for; all others are left alone (COOKIES_ENABLED is off)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.utils.httpobj import urlparse_cached

from newscrawl.urls import redirect_address

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class CookieGate:
    """Ask again, with the cookie, where an answer sets one and sends back to the same address.

    Some sites let nobody in without. Cookies are sent to no other host, and none that comes otherwise is kept.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.cookies: dict[str, bytes] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the gate with the engine that asks again."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Send a host the cookie it wants."""
        if cookie := self.cookies.get(urlparse_cached(request).netloc):
            request.headers.setdefault("Cookie", cookie)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return the answer behind the gate; the answer itself where there is no gate, or it stays shut."""
        if not is_gate(request, response):
            return response
        given = response.headers.getlist("Set-Cookie")
        self.cookies[urlparse_cached(request).netloc] = b"; ".join(cookie.partition(b";")[0] for cookie in given)
        assert self.crawler.engine
        again = request.replace(dont_filter=True)
        answer = await self.crawler.engine.download_async(again)
        request.meta.update(again.meta)
        return answer


def is_gate(request: Request, response: Response) -> bool:
    """Return whether an answer sets a cookie and sends back to the same address, to a request without one."""
    location = response.headers.get("Location")
    if not (300 <= response.status < 400 and location and "Set-Cookie" in response.headers):
        return False
    return (
        "Cookie" not in request.headers and redirect_address(location.decode("latin-1"), response.url) == response.url
    )
