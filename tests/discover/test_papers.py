"""Pages of newspapers' issues: what they are, what they hold, in which order."""

from __future__ import annotations

import pytest

from newscrawl.discover import is_paper_page, paper_page
from newscrawl.extract.page.document import Document

OLD = "http://a.test/html/2026-03/01/"


def read(body: str, url: str = OLD + "node_3.htm"):
    return paper_page(Document(f"<html><body>{body}</body></html>".encode(), url))


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://a.test/html/2026-03/01/node_2.htm", True),
        ("http://a.test/html/2026-03/01/node_201.htm?v=1", True),
        ("http://a.test/rb/pc/layout/202603/01/node_A02.html", True),
        ("http://a.test/rmrb/html/2020-03/01/nbs.D110000renmrb_01.htm", True),
        ("http://a.test/node_150127.htm", False),  # a channel of a portal
        ("http://a.test/2026-03/01/content_1.htm", False),
        ("http://a.test/html/2026-03/41/node_2.htm", False),
    ],
)
def test_the_address_of_a_page_of_an_issue(url, told):
    assert is_paper_page(url) is told


def test_articles_come_in_the_order_of_the_list_not_of_the_picture():
    found = read(
        '<map><area href="content_2_3.htm?div=-1"><area href="content_1_3.htm"><area href="content_9_3.htm"></map>'
        '<a href="content_1_3.htm?div=-1">第一条消息</a><a href="content_2_3.htm?div=1"><img></a>'
        '<a href="content_2_3.htm?div=-1">第二条消息</a><a href="../../2026-02/28/content_5_1.htm">昨天的消息</a>'
        '<a href="node_2.htm">第01版：要闻</a><a href="node_3.htm">第02版：民生</a>'
        '<a href="../../2026-02/28/node_2.htm">上一期</a>'
    )
    assert found.articles == (
        (OLD + "content_1_3.htm", "第一条消息"),
        (OLD + "content_2_3.htm", "第二条消息"),
        (OLD + "content_9_3.htm", ""),
    )
    assert found.pages == (OLD + "node_2.htm",)
    assert found.issue.isoformat() == "2026-03-01"


@pytest.mark.parametrize(
    ("body", "number", "section"),
    [
        ('<a href="node_3.htm">第02版：民生</a>', "02", "民生"),
        ('<a href="node_3.htm">A02：国际</a>', "A02", "国际"),
        ('<a href="node_3.htm">a02版 文化周刊</a>', "A02", "文化周刊"),
        ('<a href="node_3.htm">05版</a>', "05", None),
        ('<a href="node_2.htm">第01版：要闻</a><strong>第02版：民生</strong>', "02", "民生"),
        ("<p>本报自今日起扩版，第02版：民生改为四个整版，请读者留意本报的有关公告和后续的安排通知。</p>", "3", None),
        ("<script>var x = '第09版：要闻'</script>", "3", None),
        ("", "3", None),
    ],
)
def test_number_and_name_of_the_page(body, number, section):
    found = read(body)
    assert (found.number, found.section) == (number, section)


def test_the_peoples_dailys_older_form():
    url = "http://a.test/rmrb/html/2020-03/01/nbs.D110000renmrb_02.htm"
    found = read(
        '<a href="nw.D110000renmrb_20200301_1-02.htm">一条消息</a><a href="nbs.D110000renmrb_01.htm">第01版：要闻</a>',
        url,
    )
    assert [title for _, title in found.articles] == ["一条消息"]
    assert len(found.pages) == 1
    assert found.number == "02"


def test_other_pages_are_none():
    assert read("", "http://a.test/2026-03/01/content_1.htm") is None
