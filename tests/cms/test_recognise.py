"""CMS families are recognised by their pages."""

from __future__ import annotations

import pytest

from newscrawl.cms import ENORTH, FAMILIES, FOUNDER, GKMLPT, JPAAS, JPAGE, TRS, UCAP, VSB, WORDPRESS, XINHUA, family_of
from newscrawl.extract.page.document import Document

ADDRESSES = {
    "trs": ["http://www.a.test/xw/202405/t20240511_48211.html", "http://a.test/202405/t20240511_48211_1.shtml"],
    "founder": [
        "http://news.a.test/content/2024-05/11/content_30012.htm",
        "http://a.test/2024-05/11/content_30012_2.htm",
        "http://a.test/rb/pc/content/202405/11/content_30012.html",
    ],
    "enorth": [
        "http://news.a.test/system/2024/05/11/030012345.shtml",
        "http://a.test/system/2024/05/11/030012345_01.shtml",
    ],
    "jpage": ["http://www.a.test/art/2024/5/11/art_1229_48211.html"],
    "jpaas": ["http://a.test/art/2024/art_0a1b2c3d4e5f60718293.html"],
    "gkmlpt": ["http://a.test/gkmlpt/content/1/48/post_48211.html"],
    "ucap": ["http://www.a.test/zhengce/content/202405/content_69001.htm"],
    "xinhua": ["http://a.test/20240511/0a1b2c3d4e5f60718293a4b5c6d7e8f9/c.html"],
    "vsb": ["http://www.a.test/info/1032/48211.htm"],
}


NAMED = [family for family in FAMILIES if family.article_url]


@pytest.mark.parametrize("family", NAMED, ids=lambda family: family.name)
def test_only_its_own_articles(family):
    for name, urls in ADDRESSES.items():
        for url in urls:
            assert bool(family.article_url.search(url)) == (name == family.name), url


@pytest.mark.parametrize(
    ("family", "html"),
    [
        (TRS, "<div class='TRS_Editor'><p>西河通车</p></div>"),
        (FOUNDER, "<div id='displaypagenum'></div>"),
        (ENORTH, "<div id='news_more_page_div_id'></div>"),
        (JPAGE, "<script src='/module/web/jpage/search.js'></script>"),
        (JPAAS, "<script queryData=\"{'webId': '1'}\"></script>"),
        (GKMLPT, "<script src='/gkmlpt/index.js'></script>"),
        (UCAP, "<div id='UCAP-CONTENT'></div>"),
        (XINHUA, "<ul class='wz-list'></ul>"),
        (WORDPRESS, "<img src='/wp-content/uploads/1.jpg'>"),
        (VSB, "<div class='v_news_content'>西河通车</div>"),
        (None, "<div class='content'>西河通车</div>"),
        (None, ""),
    ],
)
def test_told_by_its_marks(family, html):
    assert family_of(Document(f"<html><body>{html}</body></html>", "http://a.test/x.html")) is family


@pytest.mark.parametrize("family", NAMED, ids=lambda family: family.name)
def test_told_by_its_address(family):
    document = Document("<p>西河通车</p>", ADDRESSES[family.name][0])
    assert family_of(document) is family


def listing(links: int, url: str) -> Document:
    rows = "".join(
        f"<li><a href='/xw/202405/t20240511_{48000 + n}.html'>第{n}条本地要闻的标题文字</a></li>" for n in range(links)
    )
    return Document(f"<ul>{rows}</ul>", url)


def test_told_by_the_links_of_a_list():
    assert family_of(listing(8, "http://a.test/xw/")) is TRS
    assert family_of(listing(2, "http://a.test/xw/")) is None
