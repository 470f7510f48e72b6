"""Facts about a site are read from its pages."""

from __future__ import annotations

import re

import pytest

from newscrawl.catalogue.probing import Probe, Saved, form_of, probe


@pytest.mark.parametrize(
    ("articles", "form"),
    [
        (["/xw/202606/t20260629_1.html", "/tj/202501/t20250102_23.html"], r"/20\d{4}/t20\d{6}_\d+\.html"),
        (["/news/show/123456.html", "/x/show/1234577.html"], r"/\d+\.html"),
        (["/2026-06/29/content_12.htm", "/2026-05/01/content_99999.htm"], r"/20\d{2}-\d\d/\d\d/content_\d+\.htm"),
        (["/202606/9c059bf058ef4db8b3c8.shtml", "/202605/0c059bf058ef4db8b3c8.shtml"], r"/20\d{4}/[0-9a-f]+\.shtml"),
        (["/detail?id=100001", "/detail?id=100002"], r"/detail\?id=\d+"),
        (["/a/7310000000000000001/", "/b/7310000000000000002/"], r"/\d+/"),
        (["/about.html", "/us.html"], ""),
        (["/202606/1.html"], ""),
    ],
)
def test_the_form_of_articles_is_their_numbered_end(articles, form):
    urls = [f"http://a.cn{path}" for path in articles]
    assert form_of(urls) == form
    assert not form or all(re.search(form, url) for url in urls)


def test_a_form_that_lists_have_too_is_none():
    articles = ["http://a.cn/c/1001.html", "http://a.cn/c/1002.html"]
    assert form_of(articles) == r"/\d+\.html"
    assert form_of(articles, ["http://a.cn/c/2001.html"]) == ""


@pytest.mark.parametrize(
    ("head", "title", "region", "level"),
    [
        ("<title>首页 - 青县政府</title><meta name='SiteIDCode' content='4306000009'>", "青县政府", "湖南", "county"),
        ("<title>四川新区在线_首页</title>", "四川新区在线", "四川", "county"),
        ("<title>欢迎 | 清源市新闻网 官方网站</title>", "清源市新闻网", "全国", "city"),
        ("<meta property='og:site_name' content='清源网'><title>首页</title>", "清源网", "全国", "other"),
        ("", "www.qy.test", "全国", "other"),
    ],
)  # fmt: skip
def test_name_province_and_level_from_the_front_page(head, title, region, level):
    found = probe(
        "http://www.qy.test/",
        [Saved("http://www.qy.test/", f"<html><head>{head}</head><body>x</body></html>".encode())],
    )
    assert (found.title, found.region, found.level) == (title, region, level)


@pytest.mark.parametrize(
    ("home", "name"),
    [
        ("https://www.rednet.cn/", "nation_rednet"),
        ("https://jishou.rednet.cn/", "nation_jishou"),
        ("http://www.wanzai.gov.cn/", "nation_wanzai"),
        ("http://127.0.0.1:8000/", "nation_site_127_0_0_1"),
        ("http://a-b.cn/", "nation_a_b"),
    ],
)
def test_the_name_is_made_of_province_and_host(home, name):
    assert Probe(home).name == name
