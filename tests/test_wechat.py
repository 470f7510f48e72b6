"""Articles on WeChat that a portal links to: followed where it says so, counted elsewhere, each once."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from newscrawl.discover import is_wechat_article
from tests.conftest import command

ARTICLE = "/s?__biz=MzA5&mid=265&idx={}&sn={}"
PORTAL = '''
from newscrawl.portal import Portal

class HunanQx(Portal):
    """清县发布."""

    name, title, region, level = "hunan_qx", "清县发布", "湖南", "county"
    start_urls = ["http://www.qx.test/"]
    wechat = {wechat}
'''


def account_page(title: str, beside: str = "") -> str:
    story = "".join(
        f"<p>清县今年新修了{number}公里乡村公路，沿线的村民出行更方便了，农产品也卖得更远。</p>"
        for number in range(3, 9)
    )
    return f"""<html><head><meta property="og:title" content="{title}"><title></title></head><body id="activity-detail">
        <h1 class="rich_media_title" id="activity-name">{title}</h1><a id="js_name">清县融媒</a>
        <div class="rich_media_content" id="js_content">{story}{beside}</div>
        <script>var ct = "1767225600"; var nickname = "清县融媒";</script></body></html>"""


@pytest.fixture
def crawled(request, site, tmp_path):
    """A crawl of a portal with five links to WeChat: one twice, one deleted, one behind a captcha, one an album."""
    wechat = "http://mp.weixin.qq.com"
    first, second = ARTICLE.format(1, "a1"), ARTICLE.format(2, "b2")
    links = [
        f"{wechat}{first}&chksm=84f&scene=27#wechat_redirect",
        f"{wechat}{first}&scene=0&xtrack=1",
        f"{wechat}{second}",
        f"{wechat}/s/Deleted0AbCdEfGh12",
        f"{wechat}/mp/appmsgalbum?__biz=MzA5&album_id=1",
    ]
    rows = "".join(
        f"<li><a href='{url}'>清县第{number}批乡村公路建成通车惠及沿线群众</a></li>" for number, url in enumerate(links)
    )
    site.page("/", f"<html><head><title>清县发布</title></head><body><ul>{rows}</ul></body></html>")
    beside = f"<p><a href='{wechat}/s/Other0AbCdEfGh1234'>清县另一个公众号的另一篇文章</a></p>"
    for query in ("&chksm=84f&scene=27", "&scene=0&xtrack=1"):
        site.page(first + query, account_page("清县乡村公路通到家门口", beside))
    site.page(
        second, "<html><body><div class='weui-msg'>环境异常，当前环境异常，完成验证后即可继续访问。</div></body></html>"
    )
    site.page("/s/Deleted0AbCdEfGh12", "<html><body><div class='weui-msg'>该内容已被发布者删除</div></body></html>")
    folder, data = tmp_path / "portals", tmp_path / "data"
    folder.mkdir()
    (folder / "hunan_qx.py").write_text(PORTAL.format(wechat=request.param), "utf-8")
    site.crawl = command(
        "scrapy", "crawl", "hunan_qx", "-s", "DOWNLOAD_DELAY=0", "-s", "FRONTIER_WAIT=0",
        NEWSCRAWL_PORTALS=str(folder), NEWSCRAWL_DATA=str(data), http_proxy=f"http://127.0.0.1:{site.port}",
    )  # fmt: skip
    with closing(sqlite3.connect(data / "archive.db")) as db:
        articles = db.execute("select title, source, published from articles").fetchall()
        outcomes = {
            url.partition(".com")[2]: outcome
            for url, outcome in db.execute("select url, outcome from captures where url not like '%/sitemap.xml'")
        }
        (counts,) = db.execute("select counts from crawls").fetchone()
    return site, articles, outcomes, json.loads(counts)


@pytest.mark.parametrize("crawled", [True], indirect=True)
def test_a_portal_that_says_so_follows_them(crawled):
    site, articles, outcomes, counts = crawled
    assert [(title, source) for title, source, _ in articles] == [("清县乡村公路通到家门口", "清县融媒")]
    assert articles[0][2].startswith("2026-01-01")
    assert sorted(outcomes.values()) == ["article", "blocked", "list", "withdrawn"]
    asked = [path for path in site.requests if path.startswith(("/s?", "/s/", "/mp"))]
    assert len(asked) == 3  # the one linked twice once, no album, nothing that an account's article links to
    assert "wechat_left" not in counts


@pytest.mark.parametrize("crawled", [False], indirect=True)
def test_elsewhere_they_are_counted(crawled):
    site, articles, _, counts = crawled
    assert articles == []
    assert not any(path.startswith(("/s?", "/s/", "/mp")) for path in site.requests)
    assert counts["wechat_left"] == 4


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://mp.weixin.qq.com/s/AbCdEf", True),
        ("http://mp.weixin.qq.com/s?__biz=a&mid=1&idx=1&sn=2", True),
        ("https://mp.weixin.qq.com/mp/homepage?__biz=a", False),
        ("https://weixin.qq.com/s/AbCdEf", False),
        ("https://mp.weixin.qq.com.evil.cn/s/AbCdEf", False),
    ],
)
def test_the_address_of_an_accounts_article(url, told):
    assert is_wechat_article(url) is told
