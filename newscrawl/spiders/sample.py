"""岚台新闻网, the bundled sample portal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.errors import PortalError
from newscrawl.portal import Portal
from newscrawl.sample.middleware import SampleProxy

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


class Sample(Portal):
    """岚台新闻网, a small county portal of several CMSs, wholly fictional; the crawl serves it itself, on loopback.

    `-a edition=2` crawls its second edition, with an article edited, one withdrawn and one new;
    `-a server=http://127.0.0.1:PORT` takes the one that `python -m newscrawl.sample` serves.
    """

    name, title, region, level = "sample", "岚台新闻网", "样例", "county"
    start_urls = ["http://www.lantai.test/"]
    domains = "lantai.test"

    def __init__(
        self, name: str | None = None, edition: str | int = 1, server: str | None = None, **arguments: str
    ) -> None:
        if str(edition) not in {"1", "2"}:
            raise PortalError(f"the sample portal has editions 1 and 2: -a edition=2 (got {edition!r})")
        self.edition = int(edition)
        self.server = server
        super().__init__(name, **arguments)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Send its addresses to its server, before HttpProxyMiddleware (750) reads the proxy, and waste no time."""
        super().update_settings(settings)
        middlewares = {**settings.getdict("DOWNLOADER_MIDDLEWARES"), SampleProxy: 740}
        settings.set("DOWNLOADER_MIDDLEWARES", middlewares, priority="spider")
        settings.set("DOWNLOAD_DELAY", 0, priority="spider")
        settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", 8, priority="spider")
