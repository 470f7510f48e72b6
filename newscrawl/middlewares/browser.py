"""Pages that only a script draws, drawn by the system's Chromium: the optional extra `js`.

A page that is drawn comes as one response whose body is the document as the browser shows it; it is kept in the WARC
beside the raw page, marked by the header `X-Newscrawl-Rendered`. Robots.txt, pace and recording are the crawl's for the
page itself; the scripts and data that it loads are asked for by the browser, as a reader's would.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from newscrawl.middlewares import is_global

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy import Request
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

MARK = "X-Newscrawl-Rendered"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_HANDLER = "newscrawl.middlewares.late_browser.BrowserHandler"
# What draws text; pictures, styles, fonts and sounds do not.
_WANTED = frozenset({"document", "script", "xhr", "fetch"})
_TIMEOUT = 30_000  # milliseconds a page may take
_AT_ONCE = 2  # pages open side by side


def missing() -> str | None:
    """Say what a crawl lacks to draw pages, None where it lacks nothing."""
    if find_spec("scrapy_playwright") is None:
        return "the extra js: pip install 'scrapy-playwright'"
    if _executable() is None:
        return "Chromium: apt install chromium"
    return None


def use_browser(settings: BaseSettings) -> bool:
    """Set a crawl up to draw pages, where the setting NEWSCRAWL_JS wants it and nothing is missing."""
    if not settings.getbool("NEWSCRAWL_JS") or missing():
        return False
    handlers = {**settings.getdict("DOWNLOAD_HANDLERS"), "http": _HANDLER, "https": _HANDLER}
    middlewares = {**settings.getdict("DOWNLOADER_MIDDLEWARES"), Rendering: 960}
    for name, value in {
        "DOWNLOAD_HANDLERS": handlers,
        "DOWNLOADER_MIDDLEWARES": middlewares,
        "PLAYWRIGHT_BROWSER_PROVIDER": "newscrawl.middlewares.late_browser.LateBrowser",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {"executable_path": _executable(), "args": _arguments()},
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": _TIMEOUT,
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": _AT_ONCE,
        "PLAYWRIGHT_ABORT_REQUEST": Guard(settings.getlist("NEWSCRAWL_ALLOW_PRIVATE")),
    }.items():
        settings.set(name, value, priority="spider")
    return True


class Rendering:
    """Send what is to be drawn to the browser, and mark what comes back; it stands next to the wire."""

    def process_request(self, request: Request) -> None:
        """Let the browser load the page and wait until it asks for nothing more."""
        if request.cb_kwargs.get("rendered"):
            request.meta["playwright"] = True
            request.meta["playwright_page_goto_kwargs"] = {"wait_until": "networkidle"}

    def process_response(self, request: Request, response: Response) -> Response:
        """Mark a drawn page, whose headers speak of the bytes before."""
        if request.meta.get("playwright"):
            for name in ("Content-Length", "Transfer-Encoding"):
                response.headers.pop(name, None)
            response.headers[MARK] = "chromium"
        return response


class Guard:
    """Tells the browser what not to load: what draws no text, and what leads into a private network."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self.allowed = frozenset(allowed)

    async def __call__(self, request: Any) -> bool:
        """Return whether a request of the browser is to be refused."""
        if request.resource_type not in _WANTED:
            return True
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        if parts.scheme not in {"http", "https"} or host in self.allowed:
            return parts.scheme not in {"http", "https"}
        return not is_global(host) or not await _leads_outside(host)


async def _leads_outside(host: str) -> bool:
    """Return whether all addresses of a name are global; behind a proxy, which resolves names itself, it may be any."""
    if getproxies():
        return True
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None)
    except OSError:
        return False
    return all(is_global(str(address[0])) for *_, address in found)


def _executable() -> str | None:
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def _arguments() -> list[str]:
    """Chromium's sandbox does not work for root, who has to go without."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
