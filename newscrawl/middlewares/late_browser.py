"""Start the browser of `browser.py` only with the first page to render, as most crawls need none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.provider import PlaywrightBrowserProvider

from newscrawl.middlewares.download import BoundedHandler

if TYPE_CHECKING:
    from playwright.async_api import Browser


class LateBrowser(PlaywrightBrowserProvider):  # type: ignore[misc]  # of an optional package, seen as untyped
    """Starts Playwright only when a browser is needed."""

    async def start(self) -> None:
        """Do nothing yet."""

    async def launch_browser(self) -> Browser:
        """Start Playwright once, and launch the browser."""
        if self.playwright is None:
            await super().start()
        browser: Browser = await super().launch_browser()
        return browser


class BrowserHandler(ScrapyPlaywrightDownloadHandler, BoundedHandler):  # type: ignore[misc]  # as above
    """Renders the pages that need it; other pages are downloaded by `BoundedHandler`."""
