"""The form of an address shows whether it is an article."""

from __future__ import annotations

import pytest

from newscrawl.discover.shapes import is_article_address, is_list_address, shape

ARTICLES = [
    "http://www.a.test/xw/202405/t20240511_48211.html",
    "http://www.a.test/sywh/202405/t48211.htm",
    "http://news.a.test/2024-05/11/content_48211.htm",
    "http://news.a.test/system/2024/05/11/030012345.shtml",
    "http://www.a.test/art/2024/5/11/art_1229_48211.html",
    "http://www.a.test/art/2024/art_0a1b2c3d4e5f60718293.html",
    "http://www.a.test/20240511/0a1b2c3d4e5f60718293a4b5c6d7e8f9/c.html",
    "http://www.a.test/n1/2024/0511/c1004-40232587.html",
    "http://www.a.test/a/20240511/000843.htm",
    "http://www.a.test/20/0511/01/FGLHEVF80001899O.html",
    "http://www.a.test/article/202405/202405111230451234.html",
    "http://www.a.test/2024/ARTIabcdefGHIJKLmnopqrstUV240511.shtml",
    "http://www.a.test/info/1032/48211.htm",
    "http://www.a.test/?p=4821",
    "http://www.a.test/feed/65893a1eda25ea00018c8712/",
    "http://www.a.test/content/646849/94/14500000.html",
    "http://www.a.test/newsDetail_forward_48211",
    "http://www.a.test/news/detail?id=48211",
    "http://www.a.test/show.php?contentid=48",
    "http://www.a.test/zwgk/202405/48211377/index.html",
    "http://www.a.test/n4/c48211/content.html",
    "http://www.a.test/c/2024/05/11/c48211377.html",
    "http://www.a.test/columns/a1b2c3d4-0000-1111-2222-333344445555/202405/11/a1b2c3d4-0000-1111-2222-333344445556.html",
    "http://www.a.test/p/1716193079034519",
    "http://www.a.test/article/7370966182997787176/",
    "http://www.a.test/shx/240511/e7opdxr.html",
    "http://mp.weixin.qq.com/s?__biz=MzI2&mid=2648978231&idx=1&sn=dd09",
]
LISTS = [
    "http://www.a.test/user/1611863983",
    "http://www.a.test/topics/1620276089894403",
    "http://www.a.test/?p=4",
    "http://www.a.test/list/?p=4821",
    "http://www.a.test",
    "http://www.a.test/",
    "http://www.a.test/?from=x",
    "http://www.a.test/index.html",
    "http://www.a.test/xw/",
    "http://www.a.test/xw/bdxw/index_12.shtml",
    "http://www.a.test/xw/list_11_3.shtml",
    "http://www.a.test/channel/7384.html",
    "http://www.a.test/node_48211.htm",
    "http://www.a.test/html/2024-05/11/node_2.htm",
    "http://www.a.test/pc/layout/202405/11/node_01.html",
    "http://www.a.test/html/2024-05/11/nbs.D110000hnrb_01.htm",
    "http://www.a.test/col/col1229/index.html",
    "http://www.a.test/2024/05/",
    "http://www.a.test/list.php?catid=5&page=2",
    "http://www.a.test/xw?page=3",
    "http://www.a.test/list_25462",
    "http://www.a.test/system/count/0001001/count_page_list_1.html",
    "http://www.a.test/tag/%E6%98%86%E6%98%8E.html",
]
NEITHER = [
    "http://www.a.test/about.html",
    "http://www.a.test/xwdt/5.htm",
    "http://www.a.test/2024-05-11.html",
    "http://www.a.test/replayed/01.html",
    "http://www.a.test/gongyi",
]


@pytest.mark.parametrize("url", ARTICLES)
def test_articles(url):
    assert is_article_address(url)


@pytest.mark.parametrize("url", LISTS)
def test_lists(url):
    assert is_list_address(url)


@pytest.mark.parametrize("url", NEITHER)
def test_neither(url):
    assert not is_article_address(url)
    assert not is_list_address(url)


@pytest.mark.parametrize(
    "url", ["", "x", "http://", "http://a.test?", "http://a.test/%ff%zz", "http://a.test/" + "9" * 9999]
)
def test_any_text_is_read(url):
    assert -4 <= shape(url) <= 4
