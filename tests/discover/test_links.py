"""Which links of a page lead on, and which first."""

from __future__ import annotations

import re

import pytest

from newscrawl.discover import Scope, kind_of, links_of
from newscrawl.discover.links import read_links
from newscrawl.extract.page.document import Document

SCOPE = Scope.parse("a.test,b.test")
LIST_URL = "http://www.a.test/xw/index.html"
ARTICLE_URL = "http://www.a.test/xw/202405/t20240511_48211.html"
HEADLINE = "青川县西河片区三座便民桥今日正式通车"
ROWS = "".join(f"<li><a href='202405/t20240511_480{n:02}.html'>{HEADLINE}之{n}</a></li>" for n in range(20))
STORY = f"<h1>{HEADLINE}</h1><p>2024-05-11 来源：青川日报</p>" + (
    "<p>五月十一日，青川县西河片区的三座便民桥同时通车，两岸六个村的村民出行不再绕道，纷纷叫好。</p>" * 5
)


def leads(html: str, url: str = LIST_URL, **options):
    return links_of(Document(f"<html><body>{html}</body></html>", url), SCOPE, **options)


def urls(html: str, url: str = LIST_URL) -> list[str]:
    return [lead.url for lead in leads(html, url)]


def test_page_order_absolute_and_once():
    html = (
        "<a href='/b/'>乙</a><a href='202405/t20240511_1.html'><img alt=''></a><a href='//b.test/c/'>丙</a>"
        f"<a href=' http://www.a.test/xw/202405/t20240511_1.html#top '>{HEADLINE}</a>"
        "<a href='#'>顶</a><a>无</a><a href=''>空</a>"
    )
    found = leads(html)
    assert [lead.url for lead in found] == [
        "http://www.a.test/b/",
        "http://www.a.test/xw/202405/t20240511_1.html",
        "http://b.test/c/",
    ]
    assert found[1].title == HEADLINE
    assert found[1].kind == "article"


def test_the_page_itself_is_no_lead():
    assert urls("<a href='index.html'>本页</a><a href='https://www.a.test/xw/index.html#x'>本页</a>") == []


def test_base_element():
    assert urls("<base href='http://b.test/d/'><a href='e/'>戊</a>") == ["http://b.test/d/e/"]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:void(0)",
        "mailto:bianji@a.test",
        "tel:120",
        "weixin://dl",
        "ftp://a.test/x",
        "data:text/html,x",
        "/pic/1.JPG",
        "/down/1.pdf",
        "/down/1.docx?v=2",
        "/video/1.mp4",
        "/rss/xw.xml",
        "/login.html",
        "/user/login?back=/x",
        "http://passport.a.test/",
        "/share/weibo?title=x",
        "/s.php?url=http%3A%2F%2Fwww.a.test%2Fx&title=y",
        "/print/48211.html",
        "/search?q=x",
        "/ad/click?id=1",
        "http://other.test/x/",
        "/rili?date=2024-05-11",
        "/rili?year=2024&month=5",
        "/x?sessionid=0123456789abcdef0123",
        "/a/b/a/b/a/b/",
        "/x/" + "y" * 500,
        "http://http://www.a.test/x",
        "http://[bad/x",
        "http://请填写网址/x",
    ],
)
def test_left_out(href):
    assert urls(f'<a href="{href}">{HEADLINE}</a>') == []


@pytest.mark.parametrize("href", ["/comment/48211.html", "http://search.a.test/x/", "/ad/x.html", "/shop/1.html"])
def test_a_word_of_the_address_is_outweighed_by_a_headline(href):
    assert urls(f"<a href='{href}'>图片</a>") == []
    assert len(urls(f"<a href='{href}'>{HEADLINE}</a>")) == 1


@pytest.mark.parametrize(
    "href",
    [
        "/comments/20240520/882a680f19dc46f6828da2b5ef1f2bb0/c.html",
        "/search/202405/t20240520_1.html",
        "/ad/2024-05/20/content_1001.htm",
    ],
)
def test_a_word_of_the_address_is_outweighed_by_an_articles_form(href):
    assert len(urls(f"<a href='{href}'><img src='1.jpg'></a>")) == 1


@pytest.mark.parametrize("href", ["http://english.a.test/news/", "/en/news/", "http://es.a.test/", "/jp/1.html"])
def test_an_edition_in_another_language_is_told_by_its_words_too(href):
    assert urls(f"<a href='{href}'>Three bridges open in the county</a>") == []
    assert urls(f"<a href='{href}'>英文版</a>") == []
    assert len(urls(f"<a href='{href}'>恩施频道</a>")) == 1


def test_what_is_refused_is_counted_by_reason():
    html = (
        f"<a href='/1.pdf'>a</a><a href='/login'>登录</a><a href='/ad/x'>x</a><a href='http://c.test/1'>{HEADLINE}</a>"
    )
    found = read_links(Document(html, LIST_URL), SCOPE)
    assert found.refused == {"file": 1, "text": 1, "word": 1}
    assert found.outside == {"c.test": 1}


@pytest.mark.parametrize("text", ["登录", "关于我们", "设为首页", "评论(3)", "打印本页", "English", "分享到微博"])
def test_left_out_by_what_it_says(text):
    assert urls(f"<a href='/x/48211.html'>{text}</a>") == []


@pytest.mark.parametrize(
    "href",
    [
        "/xw/print-media/48211.html",
        "/news/detail?id=48211&date=2024-05-11",
        "/2024/0511/48211.shtml",
        "http://app.a.test/48211.html",
        "/zt/shareholders/48211.html",
        "/x y/48211.html",
        "/a/b/c/a/48211.html",
    ],
)
def test_kept(href):
    assert len(urls(f"<a href='{href}'>{HEADLINE}</a>")) == 1


def test_an_english_page_leads_on_in_english():
    page = "<a href='/news/1.html'>Three bridges open in the county</a><a href='http://www.a.test/'>中文</a>"
    assert urls(page, "http://english.a.test/") == ["http://english.a.test/news/1.html", "http://www.a.test/"]


@pytest.mark.parametrize(
    ("url", "text", "kind"),
    [
        (ARTICLE_URL, HEADLINE, "article"),
        (ARTICLE_URL, "", "article"),
        (ARTICLE_URL, "[详细]", "article"),
        ("http://a.test/gg/2024/5/7-0a1b.html", "全县供水管网停水通知", "article"),
        ("http://a.test/x/abc", HEADLINE, "article"),
        ("http://a.test/replayed/01.html", HEADLINE, "article"),
        ("http://a.test/xw/", "新闻", "list"),
        ("http://a.test/", "青川新闻网", "list"),
        ("http://a.test/xw/", HEADLINE, "list"),
        ("http://a.test/xwzx.html", "新闻", "list"),
        ("http://a.test/gd/5512.html", "更多>>", "list"),
        ("http://a.test/day/48211.html", "11", "unknown"),
        ("http://a.test/keywords/1/2.html", "西河", "unknown"),
    ],
)
def test_kind_of(url, text, kind):
    assert kind_of(url, text)[0] == kind


def test_the_portals_pattern_is_certain():
    html = "<a href='/x/5'>通知</a>"
    assert leads(html)[0].kind != "article"
    assert leads(html, article_url=re.compile(r"/x/\d+$"))[0].kind == "article"


def test_articles_of_a_list_then_lists_then_what_stands_beside_a_story():
    html = "<a href='/yw/'>要闻</a><a href='/lxwm.html'>县情概况</a>"
    on_list = {lead.title: lead.priority for lead in leads(f"<ul>{ROWS}</ul>{html}<a href='index_1.html'>下一页</a>")}
    beside = {lead.title: lead.priority for lead in leads(f"{STORY}<ul>{ROWS}</ul>{html}", ARTICLE_URL)}
    article = f"{HEADLINE}之3"
    assert on_list[article] > on_list["要闻"] > beside["要闻"] > on_list["下一页"]
    assert on_list["要闻"] > beside[article]


def test_an_article_whose_story_a_script_loads_does_not_rank_its_links_like_a_list():
    found = leads(f"<h1>{HEADLINE}</h1><ul>{ROWS}</ul>", ARTICLE_URL)
    assert max(lead.priority for lead in found) < max(lead.priority for lead in leads(f"<ul>{ROWS}</ul>"))


def test_parts_come_first_and_are_no_articles():
    pager = "<a href='t20240511_48211_1.html'>2</a><a href='t20240511_48211_1.html'>下一页</a>"
    found = leads(f"{STORY}{pager}<a href='t20240511_48210.html'>{HEADLINE}</a>", ARTICLE_URL)
    assert [lead.kind for lead in found] == ["part", "article"]
    assert found[0].priority > found[1].priority


def test_pages_that_only_a_script_links():
    found = leads(f"<ul>{ROWS}</ul><script>createPageHTML(9, 0, 'index', 'html');</script>")
    assert found[-1].url == "http://www.a.test/xw/index_1.html"
    assert found[-1].kind == "list"


def test_a_script_moves_an_entry_page_but_no_story():
    moves = "<script>location.href = '/b/';</script>"
    assert urls(moves) == ["http://www.a.test/b/"]
    assert urls(STORY + moves, ARTICLE_URL) == []


def test_an_empty_page_leads_nowhere():
    assert leads("") == []
