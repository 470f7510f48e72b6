"""Leads that reading a page gives, as the frontier keeps them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scrapy import Spider
from scrapy.http import Request, Response
from scrapy.utils.test import get_crawler

from newscrawl.discover.lead import FORM, Lead
from newscrawl.errors import FrontierError
from newscrawl.frontier.engine.requests import lead_of, lead_of_link, request_of_link
from newscrawl.frontier.engine.scheduler import FrontierScheduler

SPIDER = Spider("any")
SPIDER.parse = None
LINKS = {
    "plain": Lead("http://www.a.cn/news/2026/content_1.html?id=3&p=2", "article", "题", 40),
    "next": Lead("http://www.a.cn/index_1.html", "list", None, 13, "next-link"),
    "other page": Lead("http://www.a.cn/index_3.html", "list", None, 13, "pager"),
    "of spaces and Han": Lead("http://www.a.cn/新闻 一.html?q=山 水", "article", None, 8),
    "of dots": Lead("http://www.a.cn/a/../b/./c.html", "article", None, 8),
    "in capitals": Lead("HTTP://WWW.A.cn:80/A.html", "article", None, 8),
    "posted": Lead("http://www.a.cn/list.do", "list", None, 13, "next-data", "POST", "page=2&名=一", FORM),
    "with context": Lead(
        "http://www.a.cn/list.json", "list", None, 20, "frame", context={"origin": "http://www.a.cn/"}
    ),
    "drawn": Lead("http://www.a.cn/app.html", "list", None, 20, context={"rendered": True}),
    "renewed": Lead("http://www.a.cn/paper/", "issue", None, 20, renew=True),
}


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_a_link_is_kept_as_its_request_would_be(link):
    assert lead_of_link(link) == lead_of(request_of_link(link), SPIDER)


def test_a_context_that_is_no_json_is_refused():
    with pytest.raises(FrontierError, match="use JSON values"):
        lead_of_link(replace(LINKS["plain"], context={"a": object()}))


def leads(depth, **settings):
    """The addresses the scheduler makes leads of, on a page of this depth."""
    scheduler = FrontierScheduler.from_crawler(get_crawler(settings_dict={"NEWSCRAWL_DATA": "nowhere", **settings}))
    response = Response("http://www.a.cn/", request=Request("http://www.a.cn/", meta={"depth": depth}))
    long = Lead("http://www.a.cn/" + "a" * 80, "article", None, 8)
    return [lead.url for lead in scheduler._leads(response, [LINKS["next"], long])]


def test_links_too_long_or_too_deep_are_left_out_as_requests_would_be():
    assert len(leads(3)) == 2
    assert leads(3, URLLENGTH_LIMIT=60) == [LINKS["next"].url]
    assert len(leads(3, DEPTH_LIMIT=4)) == 2
    assert leads(3, DEPTH_LIMIT=3) == []
