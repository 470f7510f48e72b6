"""The spider middleware that passes a page's requests and leads to the scheduler."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from scrapy import Request

from newscrawl.discover.lead import Lead
from newscrawl.frontier.engine.requests import request_of_link

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from newscrawl.frontier.engine.scheduler import FrontierScheduler


class SettleMiddleware:
    """Collects the whole output of a callback first; then requests and leads go into the frontier.

    It must be closest to the engine (lowest number in SPIDER_MIDDLEWARES). For responses to requests that are not from
    the frontier, leads become requests at once.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware of a crawl."""
        return cls(crawler)

    def process_spider_input(self, response: Response) -> None:
        """Tell the scheduler that a page is about to be read."""
        if "address" in response.meta:
            self._scheduler.working(response.meta["address"])

    @property
    def _scheduler(self) -> FrontierScheduler:
        return cast("FrontierScheduler", self.crawler.engine.scheduler)  # no other gives addresses

    async def process_spider_output(self, response: Response, result: AsyncIterator[object]) -> AsyncIterator[object]:
        """Take the requests and leads, pass on the items."""
        if "address" not in response.meta:
            async for output in result:
                yield request_of_link(output) if isinstance(output, Lead) else output
            return
        leads: list[Request | Lead] = []
        items = []
        async for output in result:
            if isinstance(output, Lead | Request):
                leads.append(output)
            elif output is not None:
                items.append(output)
        self._scheduler.collected(response, leads, len(items))
        for item in items:
            self._scheduler.working(response.meta["address"])
            yield item
