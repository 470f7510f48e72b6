"""A crawl without newscrawl, for comparison: Scrapy fetches the listed pages; `-a work=` says what to do with each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import scrapy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy.http import Response


class Bare(scrapy.Spider):
    """`-a url=` is a page whose lines are addresses; `work` is nothing, parse or trafilatura."""

    name = "bare"
    custom_settings = {  # noqa: RUF012
        "LOG_LEVEL": "WARNING",
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        "TELNETCONSOLE_ENABLED": False,
        "RETRY_ENABLED": False,
    }

    def __init__(self, url: str, work: str = "nothing") -> None:
        super().__init__()
        self.url = url
        self.work = getattr(self, work)

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Ask for the list."""
        yield scrapy.Request(self.url, callback=self.listed)

    def listed(self, response: Response):
        """Ask for its pages."""
        for address in response.text.split():
            yield scrapy.Request(response.urljoin(address), callback=self.page)

    def page(self, response: Response) -> None:
        """Process a page with the part that is measured."""
        self.work(response)

    def nothing(self, response: Response) -> None:
        """An empty callback."""

    def parse_page(self, response: Response) -> None:
        """One parse by lxml, which every extractor needs."""
        import lxml.etree  # noqa: PLC0415  what is not measured is not imported

        lxml.etree.fromstring(response.text.encode(), lxml.etree.HTMLParser(encoding="utf-8", huge_tree=True))

    def trafilatura(self, response: Response) -> None:
        """The text as trafilatura gives it."""
        import trafilatura  # noqa: PLC0415  as above

        trafilatura.extract(response.text, url=response.url)
