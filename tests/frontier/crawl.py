"""A crawl with nothing of the project but the frontier: `python -m tests.frontier.crawl DATA URL PORTAL SETTINGS`."""

from __future__ import annotations

import json
import sys

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import DropItem


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
            raise RuntimeError("broken")
        if 300 <= response.status < 400 and "Location" in response.headers:
            yield response.follow(response.headers["Location"].decode())
        for link in response.css("a::attr(href)").getall():
            kind = "article" if "/a/" in link else "list" if "/list" in link else "unknown"
            if "detail" in link:
                yield response.follow(link, self.parse_detail, cb_kwargs={"word": "kept"}, meta={"kind": kind})
            else:
                yield response.follow(link, meta={"kind": kind}, priority=20 if kind == "article" else 10)

    def parse_detail(self, response, word):
        self.crawler.stats.inc_value(f"detail/{word}")
        yield {"url": response.url, "status": response.status}


if __name__ == "__main__":
    data, url, portal, settings = sys.argv[1:]
    process = CrawlerProcess(
        {
            "SCHEDULER": "newscrawl.frontier.scheduler.FrontierScheduler",
            "SPIDER_MIDDLEWARES": {"newscrawl.frontier.scheduler.SettleMiddleware": 10},
            "ITEM_PIPELINES": {"tests.frontier.crawl.Check": 1},
            "NEWSCRAWL_DATA": data,
            "LOG_LEVEL": "INFO",
            "TELNETCONSOLE_ENABLED": False,
            "RETRY_ENABLED": False,
            "ROBOTSTXT_OBEY": False,
        }
        | json.loads(settings)
    )
    crawler = process.create_crawler(SiteSpider)
    process.crawl(crawler, url=url, portal=portal)
    process.start()
    print(json.dumps(crawler.stats.get_stats(), default=str))
