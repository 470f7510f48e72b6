"""An article in a script is extracted if the page shows nothing else, and only the page's own article."""

from __future__ import annotations

import json

import pytest

from newscrawl.extract.loader import NoArticle, read
from newscrawl.extract.page.document import Document
from newscrawl.items import Article
from tests.extract.pages import STORY, TITLE

PLAIN = "".join(STORY)
OTHER = (
    "县里新修的图书馆本周开馆，藏书五万册，周末全天开放。"
    "馆长说，孩子们放学以后有了去处，老人们也有了看报的地方，第一天就来了八百多名读者。"
)


def article(**values: object) -> dict[str, object]:
    return {"title": TITLE, "publishTime": "2024-05-06 07:08:09", "source": "山乡融媒", "content": PLAIN, **values}


def app(data: object, *, title: str = "山乡", shown: str = "", url: str = "https://m.example.cn/d/4711") -> Document:
    script = f"<script>window.__STATE__ = {json.dumps(data, ensure_ascii=False)}</script>"
    return Document(f"<html><head><title>{title}</title></head><body><div id='app'>{shown}</div>{script}", url)


@pytest.mark.parametrize(
    "data",
    [
        article(),
        {"data": {"detail": article()}},
        [article()],
        {"news_title": TITLE, "meta": {"pub_time": 1714950489, "copyFrom": "山乡融媒"}, "body": {"html": PLAIN}},
        {"list": [article(), article(title="图书馆本周开馆", content=OTHER, id=12)], "detail": article(id=4711)},
    ],
)
def test_an_article_in_a_script_is_read_like_one_on_a_page(data):
    found = read(app(data))
    assert not isinstance(found, NoArticle)
    assert (found.title, found.published, found.source) == (TITLE, "2024-05-06T07:08:09+08:00", "山乡融媒")
    assert found.body.count("\n") == 2


def test_values_that_are_escaped_once_more_are_read_as_text():
    title, source = "集市&amp;庙会", "山乡&middot;融媒"
    for content in (PLAIN.replace("<", "&lt;").replace(">", "&gt;"), OTHER.replace("本周", "&quot;本周&quot;")):
        found = read(app(article(title=title, source=source, content=content)))
        assert (found.title, found.source) == ("集市&庙会", "山乡·融媒")
        assert "&" not in found.body
        assert "<" not in found.body
    assert found.body.startswith('县里新修的图书馆"本周"开馆')


def test_of_several_the_one_that_title_or_address_names_is_read():
    several = [article(id=4711), article(title="图书馆本周开馆", content=OTHER, id=4712)]
    assert read(app(several)).title == TITLE
    assert read(app(several, url="https://m.example.cn/d/4712")).title == "图书馆本周开馆"
    assert read(app(several, title="图书馆本周开馆_山乡", url="https://m.example.cn/d/9")).title == "图书馆本周开馆"
    assert read(app(several, url="https://m.example.cn/d/9")) == NoArticle("script")


@pytest.mark.parametrize(
    "data",
    [
        article(publishTime=None),  # what a site says of itself has no time
        article(content="<p>正文</p>"),
        article(title=""),
        {"11": article(), "12": article(title="图书馆本周开馆", content=OTHER)},
    ],
)
def test_what_is_no_article_or_not_surely_this_one_is_not_read(data):
    assert read(app(data)) == NoArticle("script")


def test_a_page_that_shows_its_story_is_read_as_it_is_shown():
    shown = f"<h1>图书馆本周开馆</h1><p>2024-05-07 来源：县报</p><p>{OTHER * 5}</p>"
    found = read(app(article(), title="图书馆本周开馆", shown=shown))
    assert (found.title, found.source) == ("图书馆本周开馆", "县报")


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


def test_a_story_for_readers_without_scripts_is_read_where_the_page_shows_no_other():
    shell = f"<html><head><title>{TITLE}</title></head><body><div id='app'></div>"
    byline = "<p>2024-05-20 16:25 来源：山乡融媒</p>"
    found = read(
        Document(f"{shell}<noscript><h1>{TITLE}</h1>{byline}{PLAIN}</noscript>", "https://m.example.cn/d/4711")
    )
    assert not isinstance(found, NoArticle)
    assert (found.title, found.source, found.body.count("\n")) == (TITLE, "山乡融媒", 2)


def test_what_stands_for_missing_scripts_beside_a_story_or_is_but_a_hint_is_not_read():
    hint = "<noscript>您的浏览器没有启用脚本，本站需要它才能显示内容。请在设置中启用脚本，然后重新打开本页。</noscript>"
    empty = f"<html><head><title>{TITLE}</title></head><body><div id='app'></div>"
    assert isinstance(read(Document(empty + hint, "https://m.example.cn/d/4711")), NoArticle)
    beside = (
        f"{empty}<h1>{TITLE}</h1><p>2024-05-20 16:25</p>{PLAIN}{PLAIN}{PLAIN}<noscript><p>{OTHER * 2}</p></noscript>"
    )
    assert OTHER not in read(Document(beside, "https://m.example.cn/d/4711")).body
