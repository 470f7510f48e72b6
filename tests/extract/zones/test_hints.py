"""Overrides fix zones before any field is read and before a page is refused, so dependent fields change too."""

from __future__ import annotations

import logging
from collections import Counter

import pytest

from newscrawl.discover import Scope, links_of
from newscrawl.extract.finders import constant, css, jsonld, line, meta, of, script, xpath
from newscrawl.extract.kind import refusal
from newscrawl.extract.loader import NoArticle, give_hints, read
from newscrawl.extract.page.document import Document
from newscrawl.extract.zones.nearby import nearby
from newscrawl.items import Article, PortalFacts
from newscrawl.pipelines import extract
from newscrawl.portal import make_page
from tests.archive.pages import START

URL = "http://www.shuangxi.test/2024/0506/3101.html"
# A short notice with a picture, under which a longer tale of another day is printed whole, with a picture of its own.
NOTICE = (
    "<p>双溪大桥五月六日起封闭检修，过往车辆请绕行北环路，行人可走下游便桥。</p><p>检修预计十二天。（记者 骆一苇）</p>"
)
TALE = "".join(
    f"<p>老船工忆起第{number}次放排，水面宽阔，号子一声接一声，两岸的人都停下手里的活计，望着木排慢慢转过山嘴。</p>"
    for number in ("一", "二", "三", "四")
)
PAGE = f"""<html><head><title>双溪网</title><meta name="desk" content="双溪大桥封闭检修"></head><body>
<div class="nav"><a href="/">首页</a> <a href="/xw/">新闻</a></div>
<div class="a1">双溪大桥封闭检修</div><div class="a2">双溪日报 2024-05-06 08:30</div>
<div class="a3"><img src="/p/bridge.jpg" width="600" height="400">{NOTICE}<p>责任编辑：宁守拙</p></div>
<div class="b1"><h1>放排人的号子</h1><div class="b2">2024-04-01 10:00 来源：山乡周刊</div>
<div class="b3"><img src="/p/raft.jpg" width="600" height="400">{TALE}</div></div></body></html>"""
LISTED = (
    "<html><head><title>{0}</title></head><body><h1>{0}</h1><div class='a3'><ul>{1}</ul></div></body></html>".format(
        "双溪新闻",
        "".join(
            f"<li><a href='/xw/{n}.html'>双溪镇第{n}次河长会议召开</a> 2024-05-0{n % 9 + 1}</li>" for n in range(30)
        ),
    )
)


def article(overrides=None, page=PAGE) -> Article:
    found = read(Document(page, URL), overrides)
    assert isinstance(found, Article)
    return found


def test_without_a_hint_the_longer_text_is_read():
    found = article()
    assert found.title == "放排人的号子"
    assert found.images == ["http://www.shuangxi.test/p/raft.jpg"]


@pytest.mark.parametrize(
    "query", [css(".a3"), css(".a3 p"), css(".a3 p::text"), css(".a3 ::text"), xpath("//div[@class='a3']")]
)
def test_the_storys_place_moves_body_pictures_authors_and_editors(query):
    found = article({"body": query, "title": css(".a1")})
    assert (found.body or "").splitlines() == [
        "双溪大桥五月六日起封闭检修，过往车辆请绕行北环路，行人可走下游便桥。",
        "检修预计十二天。（记者 骆一苇）",
    ]
    assert found.images == ["http://www.shuangxi.test/p/bridge.jpg"]
    assert (found.authors, found.editors) == (["骆一苇"], ["宁守拙"])
    assert found.form == "text"


@pytest.mark.parametrize("query", [css(".a1"), css(".a1::text"), meta("desk"), constant("双溪大桥封闭检修")])
def test_the_headlines_place_moves_what_is_read_around_it(query):
    found = article({"title": query})
    assert (found.title, found.published, found.source) == ("双溪大桥封闭检修", "2024-05-06T08:30+08:00", "双溪日报")


def test_a_headline_the_page_does_not_show_is_taken_as_it_is():
    assert article({"title": constant("大桥_双溪网")}).title == "大桥_双溪网"


def test_the_bylines_place_is_all_of_it():
    found = article({"byline": css(".a2")})
    assert (found.published, found.source) == ("2024-05-06T08:30+08:00", "双溪日报")
    assert article({"byline": css(".none")}).source == "山乡周刊"


def test_a_named_byline_is_read_whatever_else_it_says():
    page = PAGE.replace("双溪日报 2024-05-06 08:30", "双溪大桥管理处今日通报发布情况如下请各位知悉 2024-05-06 08:30")
    assert article({"byline": css(".a2")}, page).published == "2024-05-06T08:30+08:00"


def test_furniture_is_no_story_and_its_pictures_are_none():
    for hint in (css(".b3"), line("老船工忆起.*", "放排人的号子")):
        found = article({"furniture": hint, "title": css(".a1")})
        assert "放排" not in (found.body or "")
        assert "绕行北环路" in (found.body or "")
    assert article({"furniture": css(".b3"), "title": css(".a1")}).images == ["http://www.shuangxi.test/p/bridge.jpg"]


def test_a_line_is_furniture_only_whole():
    assert article({"furniture": line("老船工")}) == article()


@pytest.mark.parametrize(
    ("printed", "published", "precision"),
    [("2024-05-07 09:15:20", "2024-05-07T09:15:20+08:00", "second"), ("2024年5月7日", "2024-05-07", "day")],
)
def test_a_date_is_read_with_its_precision(printed, published, precision):
    found = article({"published": constant(printed)})
    assert (found.published, found.published_precision, found.published_raw) == (published, precision, printed)


def test_what_is_no_date_leaves_it_to_the_rules():
    assert article({"published": constant("不日")}) == article()


def test_pictures_are_named_by_element_or_address():
    for hint in (css(".a3 img"), css(".a3"), css(".a3 img::attr(src)"), constant("/p/bridge.jpg")):
        assert article({"images": hint}).images == ["http://www.shuangxi.test/p/bridge.jpg"]


def test_pictures_make_the_form():
    pictures = "".join(f"<img src='/p/{number}.jpg'>" for number in range(9))
    page = PAGE.replace('<div class="a1">', f"<div class='g'>{pictures}</div><div class=\"a1\">")
    hints = {"title": css(".a1"), "body": css(".a3 p")}
    assert article(hints, page).form == "text"
    assert article({**hints, "images": css(".g img")}, page).form == "pictures"


STORY = "这一夜河水退去，堤上守了三天的人终于能坐下来喝一口热汤。"
FRAME = f"""<html><head><title>守堤三日</title></head><body><div id="app"></div>
<script>var data = {{"story": "{STORY}"}};</script></body></html>"""


def test_a_page_is_refused_only_after_hints():
    assert read(Document(FRAME, URL)) == NoArticle("script")
    found = article({"body": script("story")}, FRAME)
    assert (found.title, found.body) == ("守堤三日", STORY)


def test_a_story_among_links_is_no_list():
    page = LISTED.replace("<div class='a3'>", f"<div class='w'><p>{STORY}</p></div><div class='a3'>")
    assert read(Document(page, "http://www.shuangxi.test/xw/")) == NoArticle("list")
    assert article({"body": css(".w")}, page).body == STORY


@pytest.mark.parametrize("hint", [css(".a3"), css("h1"), css(".none"), meta("desk")])
def test_a_list_stays_one_where_the_storys_place_holds_links(hint):
    page = LISTED.replace("<head>", "<head><meta name='desk' content='双溪新闻，报道双溪大小事，每天更新，欢迎来稿。'>")
    assert read(Document(page, "http://www.shuangxi.test/xw/"), {"body": hint}) == NoArticle("list")


def test_what_a_page_says_of_itself_still_counts():
    page = "<html><title>双溪网</title><div class='a3'>抱歉，您访问的页面不存在或已被删除！</div></html>"
    assert isinstance(read(Document(page, URL), {"body": css(".a3")}), NoArticle)


def test_named_lines_are_kept_where_the_rules_would_see_the_end():
    page = PAGE.replace("<p>检修", "<p>相关链接：</p><p>检修")
    assert "检修预计十二天" in (article({"body": css(".a3"), "title": css(".a1")}, page).body or "")


def test_lines_that_read_like_a_credit_are_the_story_where_they_are_all_of_it():
    page = PAGE.replace(NOTICE, "").replace("宁守拙", "宁守拙 校对：骆一苇 审核：冉一舟")
    assert article({"body": css(".a3"), "title": css(".a1")}, page).body == "责任编辑：宁守拙 校对：骆一苇 审核：冉一舟"


def test_text_of_an_override_is_the_body_as_it_is():
    page = PAGE.replace(
        "</head>",
        '<script type="application/ld+json">{"articleBody": "一句话说不完。\\n又一句话，也说不完。"}</script></head>',
    )
    assert article({"body": jsonld("articleBody")}, page).body == "一句话说不完。\n又一句话，也说不完。"


def test_hints_given_later_undo_what_was_read_without_them():
    document = Document(FRAME, URL)
    assert refusal(document) == "script"
    give_hints(document, {"body": script("story")})
    assert refusal(document) is None


def test_hints_are_given_once():
    calls = []
    overrides = {"body": of(lambda _: calls.append(1) or STORY)}
    document = Document(FRAME, URL)
    make_page(PortalFacts("x", "x", overrides=overrides), url=URL, status=200, location=None, document=document,
              fetched_at=START, capture=None)  # fmt: skip
    assert refusal(document) is None, "what the page leads to is judged by hints too"
    assert isinstance(read(document, overrides), Article)
    assert calls == [1]


def test_an_override_of_a_zone_that_raises_costs_it_alone_and_is_counted_once(caplog):
    def broken(_):
        raise ZeroDivisionError

    failed = []
    with caplog.at_level(logging.ERROR):
        found = read(Document(PAGE, URL), {"body": of(broken), "source": constant("双溪日报")}, failed.append)
    assert isinstance(found, Article)
    assert (found.body, found.source, failed) == (article().body, "双溪日报", ["body"])
    assert len(caplog.records) == 1
    with pytest.raises(ZeroDivisionError):
        read(Document(PAGE, URL), {"body": of(broken)})


def test_a_constant_is_the_same_on_every_page():
    assert article({"source": constant("双溪日报"), "channel": constant("首页", "交通")}).channel == ["首页", "交通"]


def test_a_css_query_of_an_element_gives_its_text():
    assert article({"source": css(".a2 , .none")}).source == "双溪日报"
    assert nearby(Document(PAGE, URL)).named is False


def test_from_its_kind_to_its_leads_a_page_is_analysed_once():
    ran = Counter()

    class Noted(dict):
        def __setitem__(self, analysis, found):
            ran[f"{analysis.__module__}.{analysis.__name__}"] += 1
            super().__setitem__(analysis, found)

    class Watched(Document):
        def __setattr__(self, name, value):
            super().__setattr__(name, Noted(value) if name == "analyses" else value)

    document = Watched(PAGE, URL)
    made = make_page(PortalFacts("x", "x"), url=URL, status=200, location=None, document=document, fetched_at=START,
                     capture=None)  # fmt: skip
    extract(made, pytest.fail)
    links_of(document, Scope(frozenset({"*"})))

    assert made.article is not None
    assert {"newscrawl.extract.kind.refusal", "newscrawl.discover.paging.parts.parts_of"} <= ran.keys()
    assert set(ran.values()) == {1}
