"""Start the browser of `browser.py` only with the first page to render, as most crawls need none."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from newscrawl.middlewares.download import BoundedHandler

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler


class BrowserHandler(BoundedHandler):
    """Renders the pages that need it; other pages are downloaded by `BoundedHandler`."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._starting = asyncio.Lock()
        self._renderer: ScrapyPlaywrightDownloadHandler | None = None

    async def download_request(self, request: Request) -> Response:
        """Download a page, or have the browser render it."""
        if not request.meta.get("playwright"):
            return await super().download_request(request)
        async with self._starting:
            if self._renderer is None:
                self._renderer = await _renderer(self._crawler)
        response: Response = await self._renderer.download_request(request)
        return response

    async def close(self) -> None:
        """Close the connections, and the browser if it was started."""
        await super().close()
        if self._renderer is not None:
            await self._renderer.close()


async def _renderer(crawler: Crawler) -> ScrapyPlaywrightDownloadHandler:
    """Return Playwright's download handler; on demand, for its import takes 6 MB."""
    from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler  # noqa: PLC0415

    handler = ScrapyPlaywrightDownloadHandler.from_crawler(crawler)
    await handler._launch()  # noqa: SLF001  it does this itself when the engine starts, which has started already
    return handler
