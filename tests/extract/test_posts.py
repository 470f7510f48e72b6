"""Posts of WeChat that only a script holds: pictures with a title, a short text without one."""

from __future__ import annotations

import pytest

from newscrawl.extract.loader import read
from newscrawl.extract.page.document import Document
from newscrawl.items import Article

TEXT = "老桥头的集市搬到河东，五月二十日开市。摊位先到先得，清晨六点放人进场。"
PICTURES = (
    "window.picture_page_info_list = [{cdn_url: 'https://img.test/a/0?wx_fmt=jpeg'},"
    " {cdn_url: JsDecode('https://img.test/b/0?wx_fmt=jpeg\\x26amp;tp=1')},"
    " {cdn_url: 'https://img.test/c/0?wx_fmt=jpeg'}];"
)


def post(*, title="", content="", script=""):
    html = (
        f"<html><head><title></title></head><body><h1 id='activity-name'></h1><a id='js_name'>山里人家</a>"
        f"<em id='publish_time'></em><div id='js_content' style='visibility:hidden'>{content}</div>"
        "<script>var nickname = '山里人家'; var ct = '1716193501';"
        f"var msg_title = '{title}'.html(false);{script}</script>"
    )
    return read(Document(html, "https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv"))


def test_a_post_of_pictures_is_an_article_with_its_pictures():
    article = post(title="老桥头的集市搬家", script=PICTURES)
    assert isinstance(article, Article)
    assert (article.title, article.source, article.form) == ("老桥头的集市搬家", "山里人家", "pictures")
    assert article.published == "2024-05-20T16:25:01+08:00"
    assert [image.partition("?")[0] for image in article.images] == [f"https://img.test/{x}/0" for x in "abc"]
    assert article.images[1].endswith("&tp=1")


def test_a_post_of_a_text_is_headed_by_its_first_sentence():
    article = post(script=f"window.content_noencode = '{TEXT}\\x0a';")
    assert isinstance(article, Article)
    assert article.title == "老桥头的集市搬到河东，五月二十日开市"
    assert article.body == TEXT


@pytest.mark.parametrize("content", [f"<p>{TEXT}</p>", TEXT])
def test_a_post_that_shows_its_text_is_left_alone(content):
    article = post(title="老桥头的集市搬家", content=content, script=f"var content_noencode = '{TEXT[:20]}';")
    assert isinstance(article, Article)
    assert article.body == TEXT
