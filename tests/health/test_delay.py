"""A Crawl-delay of robots.txt holds for the whole run, also after a host has rested."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from scrapy import Request, signals
from scrapy.core.downloader import Downloader
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.utils.test import get_crawler

from newscrawl.health.delay import LONGEST, CrawlDelay


@pytest.mark.parametrize(
    ("asked", "kept"), [("10", 10), ("0.5", 1), ("7200", LONGEST), ("many", 1), (None, 1)], ids=str
)
def test_what_a_site_asks_for_is_kept_when_its_slot_is_made_anew(asked, kept):
    request = Request("http://news.test/1.html")
    rules = f"User-agent: *\nCrawl-delay: {asked}\n" if asked else "User-agent: *\nDisallow:\n"

    async def delays() -> list[float]:
        bare = {"EXTENSIONS_BASE": {}, "DOWNLOAD_HANDLERS": dict.fromkeys(("http", "https"))}
        crawler = get_crawler(settings_dict={**bare, "DOWNLOAD_DELAY": 1, "ROBOTSTXT_USER_AGENT": "newscrawl"})
        downloader = Downloader(crawler)
        crawler.engine = SimpleNamespace(downloader=downloader)
        extension = CrawlDelay.from_crawler(crawler)
        before = downloader._get_slot(request)[1]
        parser = ProtegoRobotParser.from_crawler(crawler, rules.encode())
        crawler.signals.send_catch_log(signals.robots_parsed, robotparser=parser, request=request)
        downloader._slot_gc(age=-1)  # a minute later: the idle slot is thrown away
        after = downloader._get_slot(request)[1]
        other = downloader._get_slot(Request("http://other.test/"))[1]
        downloader.close()
        assert extension
        assert before is not after
        return [before.delay, after.delay, other.delay]

    assert asyncio.run(delays()) == [kept, kept, 1]
