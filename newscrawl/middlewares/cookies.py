"""Send the cookie that a site's gate demands; all other cookies are ignored (COOKIES_ENABLED is off)."""

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
    """Repeat a request with the cookie, if the response sets one and redirects to the same address.

    Some sites let nobody in without it. The cookie is sent only to this host; other cookies are not stored.
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
        """Return the response after the gate; the first response if there is no gate, or it does not open."""
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
    """Return whether a response to a request without cookie sets one and redirects to the same address."""
    location = response.headers.get("Location")
    if not (300 <= response.status < 400 and location and "Set-Cookie" in response.headers):
        return False
    return (
        "Cookie" not in request.headers and redirect_address(location.decode("latin-1"), response.url) == response.url
    )
