"""Where a list goes on."""

from __future__ import annotations

import pytest

from newscrawl.discover import next_list_page
from newscrawl.extract.page.document import Document

ROWS = "".join(
    f"<li><a href='/xw/202405/t202405{day:02}_48{day:02}.html'>青川县本地要闻标题文字第{day}条</a></li>"
    for day in range(1, 21)
)


def following(pager: str, url: str = "http://a.test/xw/index.html") -> list[str]:
    return next_list_page(Document(f"<title>本地要闻</title><ul>{ROWS}</ul><div class='page'>{pager}</div>", url))


@pytest.mark.parametrize("words", ["下一页", "下页", "后一页", "下一页>", "[下一页]", "Next", "下一頁", "›", ">>"])
def test_the_link_that_says_so(words):
    assert following(f"<a href='index_1.html'>{words}</a>") == ["http://a.test/xw/index_1.html"]


@pytest.mark.parametrize("words", ["上一页", "尾页", "下一篇", "下一版", "查看下一页的精彩内容请下载客户端"])
def test_links_that_say_something_else(words):
    assert following(f"<a href='index_1.html'>{words}</a>") == []


def test_rel_next():
    assert following("<a rel='next' href='?page=2'>→</a>") == ["http://a.test/xw/index.html?page=2"]
    assert following("<link rel='next' href='/xw/p2.html'>") == ["http://a.test/xw/p2.html"]


@pytest.mark.parametrize(
    ("call", "url", "expected"),
    [
        ("createPageHTML(25, 0, 'index', 'htm');", "http://a.test/xw/", "http://a.test/xw/index_1.htm"),
        ("createPageHTML(25, 0, 'index', 'htm');", "http://a.test/xw/index.htm", "http://a.test/xw/index_1.htm"),
        ("createPageHTML(25, 7, 'index', 'htm');", "http://a.test/xw/index_7.htm", "http://a.test/xw/index_8.htm"),
        ("createPageHTML(25, 24, 'index', 'htm');", "http://a.test/xw/index_24.htm", None),
        ("createPageHTML(1, 0, 'index', 'htm');", "http://a.test/xw/", None),
        ("createPageHTML('box', 25, 1, 'index', 'shtml', 500);", "http://a.test/xw/", "http://a.test/xw/index_2.shtml"),
        (
            "createPageHTML('box',25,2,'list','shtml',500);",
            "http://a.test/xw/list_2.shtml",
            "http://a.test/xw/list_3.shtml",
        ),
        ("createPageHTML('box',25,25,'list','shtml',500);", "http://a.test/xw/list_25.shtml", None),
        ("function createPageHTML(total, now, name, ext) {}", "http://a.test/xw/", None),
        ("// createPageHTML(25, 0, 'index', 'htm');", "http://a.test/xw/", None),
        ("createPageHTML(25, 0, 'http://[index', 'htm');", "http://a.test/xw/", None),
        ("var currentPage = 0;\nvar countPage = 9;", "http://a.test/xw/index.html", "http://a.test/xw/index_1.html"),
        ("var currentPage = 8;\nvar countPage = 9;", "http://a.test/xw/index_8.html", None),
        (f"var currentPage = 0;\nvar countPage = {'9' * 5000};", "http://a.test/xw/index.html", None),
    ],
)
def test_scripts(call, url, expected):
    assert following(f"<script>\n{call}\n</script>", url) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("pager", "url", "expected"),
    [
        ("<b>1</b> <a href='index_1.html'>2</a> <a href='index_2.html'>3</a>", "http://a.test/xw/", "index_1.html"),
        (
            "<a href='index.html'>1</a> <b>2</b> <a href='index_2.html'>3</a>",
            "http://a.test/xw/index_1.html",
            "index_2.html",
        ),
        ("<a href='index.html'>1</a> <a href='index_1.html'>2</a>", "http://a.test/xw/index.html", "index_1.html"),
        ("<li><a href='?page=1'>1</a></li><li><a href='?page=2'>2</a></li>", "http://a.test/xw/?page=1", "?page=2"),
    ],
)
def test_the_number_after_this_page(pager, url, expected):
    assert following(pager, url) == [f"http://a.test/xw/{expected}"]


def test_a_row_of_days_is_no_pager():
    days = "".join(f"<a href='/paper/2024-05/{day:02}/node_1.htm'>{day}</a>" for day in range(1, 31))
    assert following(days) == []


def test_other_hosts_and_the_page_itself_do_not_count():
    assert following("<a href='http://b.test/xw/index_1.html'>下一页</a><a href='index.html#'>下一页</a>") == []


def test_an_article_leads_to_no_list():
    story = "<p>五月十一日，青川县西河片区的三座便民桥同时通车，两岸六个村的村民出行不再绕道，纷纷叫好。</p>" * 4
    html = (
        f"<title>三座便民桥同时通车</title><h1>三座便民桥同时通车</h1>{story}<a href='t20240511_4822.html'>下一页</a>"
    )
    assert next_list_page(Document(html, "http://a.test/xw/202405/t20240511_4821.html")) == []
