"""Render pages that depend on scripts, in the system's Chromium (optional extra `js`).

A rendered page is one response, whose body is the document as the browser shows it. It is recorded in the WARC file
beside the raw page, marked by the header `X-Newscrawl-Rendered`. Robots.txt, crawl delay and recording apply to the
page itself; the browser loads its scripts and data directly, like a reader's browser.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies

from newscrawl.middlewares import is_global

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.async_api import Request as BrowserRequest
    from scrapy import Request
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

MARK = "X-Newscrawl-Rendered"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_HANDLER = "newscrawl.middlewares.late_browser.BrowserHandler"
# Resource types that can produce text, unlike pictures, styles, fonts and sounds.
_WANTED = frozenset({"document", "script", "xhr", "fetch"})
_TIMEOUT = 30_000  # milliseconds a page may take
_AT_ONCE = 2  # pages open side by side


def missing() -> str | None:
    """Return what is missing to render pages, None if nothing is."""
    if find_spec("scrapy_playwright") is None:
        return "the extra js: pip install 'scrapy-playwright'"
    if _executable() is None:
        return "Chromium: apt install chromium"
    return None


def use_browser(settings: BaseSettings) -> bool:
    """Set up a crawl to render pages, if NEWSCRAWL_JS is on and nothing is missing."""
    if not settings.getbool("NEWSCRAWL_JS") or missing():
        return False
    handlers = {**settings.getdict("DOWNLOAD_HANDLERS"), "http": _HANDLER, "https": _HANDLER}
    middlewares = {**settings.getdict("DOWNLOADER_MIDDLEWARES"), Rendering: 960}
    for name, value in {
        "DOWNLOAD_HANDLERS": handlers,
        "DOWNLOADER_MIDDLEWARES": middlewares,
        "PLAYWRIGHT_LAUNCH_OPTIONS": {"executable_path": _executable(), "args": _arguments()},
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": _TIMEOUT,
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": _AT_ONCE,
        "PLAYWRIGHT_ABORT_REQUEST": Guard(settings.getlist("NEWSCRAWL_ALLOW_PRIVATE")),
    }.items():
        settings.set(name, value, priority="spider")
    return True


class Rendering:
    """Send pages to render to the browser, and mark its responses; the last middleware before the download."""

    def process_request(self, request: Request) -> None:
        """Let the browser load the page, and wait until it loads nothing more."""
        if request.cb_kwargs.get("rendered"):
            request.meta["playwright"] = True
            request.meta["playwright_page_goto_kwargs"] = {"wait_until": "networkidle"}

    def process_response(self, request: Request, response: Response) -> Response:
        """Mark a rendered page, and remove headers that describe the bytes before rendering."""
        if request.meta.get("playwright"):
            for name in ("Content-Length", "Transfer-Encoding"):
                response.headers.pop(name, None)
            response.headers[MARK] = "chromium"
        return response


class Guard:
    """Decides what the browser may not load: resources without text, and hosts in private networks."""

    def __init__(self, allowed: Iterable[str]) -> None:
        self.allowed = frozenset(allowed)

    async def __call__(self, request: BrowserRequest) -> bool:
        """Return whether a request of the browser is to be refused."""
        if request.resource_type not in _WANTED:
            return True
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        if parts.scheme not in {"http", "https"} or host in self.allowed:
            return parts.scheme not in {"http", "https"}
        return not is_global(host) or not await _leads_outside(host)


async def _leads_outside(host: str) -> bool:
    """Return whether all addresses of a name are global; always True behind a proxy, which resolves names itself."""
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
    """Return Chromium's arguments: without sandbox for root, for whom it does not work."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
