"""The middleware gives a crawl of the sample portal its server, and nobody else's requests."""

from __future__ import annotations

import http.client

import pytest
from scrapy import Request, Spider
from scrapy.utils.test import get_crawler

from newscrawl.sample import HOME, pages
from newscrawl.sample.middleware import SampleProxy


@pytest.fixture
def middleware():
    made = SampleProxy.from_crawler(get_crawler(Spider))
    yield made
    made.spider_closed()


def proxy_of(middleware: SampleProxy, url: str) -> str | None:
    request = Request(url)
    middleware.process_request(request)
    return request.meta.get("proxy")


def test_it_serves_the_edition_the_spider_asks_for_while_the_spider_is_open(middleware):
    middleware.spider_opened(Spider("sample", edition=2, server=None))
    host, port = proxy_of(middleware, HOME).removeprefix("http://").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    connection.request("GET", HOME)
    assert connection.getresponse().read() == pages(2)[HOME].body
    connection.close()
    middleware.spider_closed()
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection(host, int(port), timeout=5).request("GET", HOME)


def test_it_starts_none_where_the_spider_names_one(middleware):
    middleware.spider_opened(Spider("sample", server="http://127.0.0.1:9"))
    assert proxy_of(middleware, "http://epaper.lantai.test/") == "http://127.0.0.1:9"


def test_other_hosts_pass(middleware):
    middleware.spider_opened(Spider("sample", server="http://127.0.0.1:9"))
    assert proxy_of(middleware, "http://www.zeling.test/") is None
