"""The browser of `browser.py`, started with the first page that is to be drawn: most crawls need none."""

from __future__ import annotations

from typing import Any

from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.provider import PlaywrightBrowserProvider

from newscrawl.middlewares.download import BoundedHandler


class LateBrowser(PlaywrightBrowserProvider):  # type: ignore[misc]  # of an optional package, seen as untyped
    """Starts Playwright only when a browser is wanted."""

    async def start(self) -> None:
        """Do nothing yet."""

    async def launch_browser(self) -> Any:
        """Start Playwright once, and launch the browser."""
        if self.playwright is None:
            await super().start()
        return await super().launch_browser()


class BrowserHandler(ScrapyPlaywrightDownloadHandler, BoundedHandler):  # type: ignore[misc]  # as above
    """Draws the pages that are to be drawn; all others are downloaded within the bounds of every crawl."""
