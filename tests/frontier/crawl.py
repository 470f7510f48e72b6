"""A crawl that uses only the frontier of this project.

The last line `main` prints is its statistics. TEST_RETRY_AFTER and TEST_MAX_PAGES shorten the waits and the disk.
"""

from __future__ import annotations

import json
import sys

from scrapy import Request, Spider
from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import DropItem

from newscrawl.frontier import policy
from newscrawl.frontier.db import schema


class Drop(DropItem):
    def __init__(self, outcome):
        super().__init__(outcome, log_level="DEBUG")
        self.outcome = outcome


class Check:
    def process_item(self, item):
        if item["status"] == 304:
            raise Drop("unchanged")
        if 300 <= item["status"] < 400:
            raise Drop("redirect")
        if item["status"] != 200:
            raise Drop(f"http-{item['status']}")
        if "/a/" not in item["url"]:
            raise Drop("list")
        if "poison" in item["url"]:
            raise ValueError("poison")
        return item


class SiteSpider(Spider):
    name = "site"

    async def start(self):
        yield Request(self.url, meta={"kind": "start"}, dont_filter=True)

    @property
    def key(self):
        return self.portal

    def parse(self, response):
        yield {"url": response.url, "status": response.status}
        if "broken" in response.url:
            yield response.follow("/a/never")
            raise RuntimeError("broken")
        if 300 <= response.status < 400 and "Location" in response.headers:
            yield response.follow(response.headers["Location"].decode())
        if response.status != 200:
            return
        for link in response.css("a::attr(href)").getall():
            kind = "article" if "/a/" in link else "list" if "/list" in link else "unknown"
            if "detail" in link:
                yield response.follow(link, self.parse_detail, cb_kwargs={"word": "kept"}, meta={"kind": kind})
            else:
                yield response.follow(link, meta={"kind": kind}, priority=20 if kind == "article" else 10)

    def parse_detail(self, response, word):
        self.crawler.stats.inc_value(f"detail/{word}")
        yield {"url": response.url, "status": response.status}


def small_disk(connect, pages):
    def connect_small(path):
        db = connect(path)
        db.execute(f"PRAGMA max_page_count = {pages}")
        return db

    return connect_small


def main(data, url, portal, settings):
    settings = json.loads(settings)
    ExecutionEngine._SLOT_HEARTBEAT_INTERVAL = 0.1
    policy.RETRY_AFTER = settings.pop("TEST_RETRY_AFTER", policy.RETRY_AFTER)
    if pages := settings.pop("TEST_MAX_PAGES", 0):
        schema.connect = small_disk(schema.connect, pages)
    process = CrawlerProcess(
        {
            "SCHEDULER": "newscrawl.frontier.engine.scheduler.FrontierScheduler",
            "SPIDER_MIDDLEWARES": {"newscrawl.frontier.engine.middleware.SettleMiddleware": 10},
            "DOWNLOADER_MIDDLEWARES": {"newscrawl.frontier.engine.pace.SharedPace": 980},
            "ITEM_PIPELINES": {"tests.frontier.crawl.Check": 1},
            "NEWSCRAWL_DATA": data,
            "LOG_LEVEL": "INFO",
            "TELNETCONSOLE_ENABLED": False,
            "RETRY_ENABLED": False,
        }
        | settings
    )
    crawler = process.create_crawler(SiteSpider)
    process.crawl(crawler, url=url, portal=portal)
    process.start()
    sys.stdout.write(json.dumps(crawler.stats.get_stats(), default=str) + "\n")
