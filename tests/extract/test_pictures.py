"""Where a story's pictures may stand."""

from __future__ import annotations

import pytest

from newscrawl.extract.zones.story import image_urls
from tests.extract.pages import TITLE, page


def test_the_storys_first_picture_may_stand_over_its_authors_line():
    opening = "<p><img src='/p/first.jpg'></p><p>文丨张小山</p>"
    byline = "<p>2024-05-20 16:25 来源：示例日报</p>"
    inside = f"<h1>{TITLE}</h1>{byline}{opening}"
    assert image_urls(page(headline="", opening=inside)) == ["http://news.example.cn/p/first.jpg"]


@pytest.mark.parametrize(
    ("mark_up", "name"),
    [
        ("<img src='/p/a.jpg' alt='集市一角'>", "a.jpg"),
        ("<img src='/p/city-logo.jpg' width=600 height=399>", "city-logo.jpg"),
        ("<img src='' srcset='/p/a_1.jpg 78w, /p/a_2.jpg 1199w, /p/a_3.jpg 545w'>", "a_2.jpg"),
        ("<img src='/p/s.gif' data-srcset='/p/b.jpg 1x, /p/b2.jpg 2x'>", "b2.jpg"),
        ("<img src='/p/400x300-1.jpg'>", "400x300-1.jpg"),
        ("<img width=320 height=240 rel='/p/c.jpg'>", "c.jpg"),
        ("<img src='/static/common/none.gif' file='/p/f.jpg'>", "f.jpg"),
        ("<img src='/p/none-left.jpg'>", "none-left.jpg"),
        ("<img width=60 height=90 src='/p/d.jpg'>", "d.jpg"),
        ("<a href='/show.htm?http://img.example.cn/e.jpg&n=1'><img src='/p/e.jpg'></a>", "e.jpg"),
        ("<img src='/p/aqrbe.jpg'>", "aqrbe.jpg"),
        ("<img class=content-image src='/p/fb-summit.jpg'>", "fb-summit.jpg"),
        ("<img src='/p/bus.jpg' alt='五月二十日，市民在公交站用手机扫描二维码乘车。'>", "bus.jpg"),
    ],
)
def test_a_picture_of_the_story_is_given_by_its_largest_address(mark_up, name):
    assert image_urls(page(opening=f"<p>{mark_up}</p>")) == [f"http://news.example.cn/p/{name}"]


@pytest.mark.parametrize(
    "mark_up",
    [
        "<img src='/p/city-logo.jpg'>",
        "<img src='/p/fb.svg' alt='分享山乡集市的早晨到Facebook'>",
        "<img class='avatar' src='/p/5ac3f1.jpg'>",
        "<img src='/p/type-button-5.jpg'>",
        "<img src='/p/850x118-1.jpg'>",
        "<img src='/p/a.jpg' width=728 height=90>",
        "<img src='/p/zhang.jpg' width=50 height=50>",
        "<img onerror=\"this.src='/p/none.jpg'\" alt='集市一角'>",
        "<a href='/show.htm?goods=1&n=1'><img src='/p/a.jpg'></a>",
        "<img src='/p/a.jpg' alt='关注公众号：示例发布'>",
        "<img src='https://chart.example.com/chart?chs=280x280&cht=qr&chl=x'>",
        "<img src='/e/qrcode/index.php?text=http://news.example.cn'>",
        "<img src='/img/next_page.jpg'>",
        "<img src='file:///C:/temp/a.jpg'>",
        "<button><img src='/images/more8.png'></button>",
        "</p><div>ADVERTISEMENT</div><p><img src='/p/7fc099.png'>",
        "分享到：<a><img src='/p/xl.jpg'>新浪微博</a><a><img src='/p/tx.jpg'>腾讯微博</a>",
    ],
)
def test_codes_banners_buttons_and_advertisements_are_none(mark_up):
    assert image_urls(page(opening=f"<p>{mark_up}</p>")) == []


@pytest.mark.parametrize(
    ("closing", "names"),
    [
        ("<p><img src='/p/1.jpg'></p><p><img src='/p/2.jpg'></p><p>长按二维码关注我们</p>", ["1.jpg"]),
        ("<p><img src='/p/1.jpg'></p><p>长按二维码关注我们</p><p><img src='/p/2.jpg'></p>", ["1.jpg"]),
        ("<p><img src='/p/1.jpg'></p><p>扫码付款的人多了。</p><p><img src='/p/2.jpg'></p>", ["1.jpg", "2.jpg"]),
        ("<p><img src='/p/1.jpg'></p><p>欢迎转发</p>", ["1.jpg"]),
    ],
)
def test_a_picture_beside_a_request_to_scan_it_is_none(closing, names):
    assert [url.rpartition("/")[2] for url in image_urls(page(closing=closing))] == names


def test_the_same_file_with_other_parameters_is_one_picture():
    opening = "<p><img src='/p/a.jpg?w=750'></p><p><img src='/p/a.jpg'></p><p><img src='/show.php?id=1'></p>"
    found = [url.rpartition("/")[2] for url in image_urls(page(opening=f"{opening}<p><img src='/show.php?id=2'></p>"))]
    assert found == ["a.jpg?w=750", "show.php?id=1", "show.php?id=2"]


def test_the_picture_over_the_story_that_the_page_is_shared_with_is_its_own():
    head = "<meta property='og:image' content='http://img.example.cn/p/20240520162501.jpg'>"
    lead = "<div><img src='/p/20240520162501.jpg'></div>"
    other = "<div><img src='/p/20240520162502.jpg'></div>"
    both = page(head=head, byline="<p>2024-05-20 16:25</p>", headline=f"{other}{lead}<h1>{TITLE}</h1>")
    assert image_urls(both) == ["http://news.example.cn/p/20240520162501.jpg"]


@pytest.mark.parametrize(("link", "shown"), [("content_1234_4.htm", 1), ("content_5678_4.htm", 0), ("/hot/", 0)])
def test_a_picture_over_its_caption_may_lead_to_the_next_page_of_its_story(link, shown):
    picture = f"<div><a href='{link}'><img src='/p/1.jpg'></a></div>"
    address = "http://news.example.cn/2024-05/20/content_1234_3.htm"
    byline = f"<p>2024-05-20 16:25 来源：示例日报</p>{picture}"
    assert len(image_urls(page(byline=byline, url=address))) == shown


def test_pictures_of_a_page_for_phones_are_its_pictures():
    assert image_urls(page(opening="<amp-img src='/p/1.jpg' width=800 height=600></amp-img>")) == [
        "http://news.example.cn/p/1.jpg"
    ]


@pytest.mark.parametrize(
    ("mark_up", "names"),
    [
        ("<img src='/i/pixel.gif' data-x-src='/p/a.jpg'>", ["a.jpg"]),
        ("<img src='/i/pixel.gif' data-x-src='/i/loading.gif'>", []),
        ("<img src='/i/pixel.gif' _src='/p/a.jpg'>", ["a.jpg"]),
        ("<picture><source srcset='/p/a.jpg 400w, /p/b.jpg 800w'><img alt='集市'></picture>", ["b.jpg"]),
        ("<picture><source srcset='/p/a.webp'><img src='/p/a.jpg'></picture>", ["a.jpg"]),
        ("<img src='/p/a_90.jpg' aria-hidden='true'><img src='/p/a_906.jpg'>", ["a_906.jpg"]),
    ],
)
def test_placeholders_and_coarse_copies_give_way_to_the_picture(mark_up, names):
    found = image_urls(page(opening=f"<p>{mark_up}</p>"))
    assert found == [f"http://news.example.cn/p/{name}" for name in names]


@pytest.mark.parametrize(("caption", "shown"), [("清晨的集市。张小山摄", 1), ("", 0)])
def test_a_picture_between_byline_and_story_needs_a_caption(caption, shown):
    byline = f"<p>2024-05-20 16:25 来源：示例日报</p><div><img src='/p/1.jpg'><p>{caption}</p></div>"
    assert len(image_urls(page(byline=byline))) == shown


@pytest.mark.parametrize(
    ("mark_up", "shown"),
    [
        ("<img src='/tools/news_print.gif'>", 0),
        ("<img src='/tools/shareButton_21.png'>", 0),
        ("<img src='/tools/banner-v2.png'>", 0),
        ("<img src='/p/button-seller.jpg'>", 1),
        ("<img src='/p/flood.jpg'>", 1),  # a photograph is no drawing
        ("<img src='/p/flood20240520.png'>", 1),
        ("<img src='/p/a17826.png'>", 1),
        ("<img src='/p/map.png' width=600 height=400>", 1),
        ("<figure><img src='/p/map.png'><figcaption>线路示意图</figcaption></figure>", 1),
    ],
)
def test_a_drawing_named_in_words_before_or_behind_the_story_is_the_sites(mark_up, shown):
    assert len(image_urls(page(opening=f"<p>{mark_up}</p>"))) == shown
    assert len(image_urls(page(closing=f"<p>{mark_up}</p>"))) == shown


def test_a_drawing_named_in_words_between_two_paragraphs_is_the_storys():
    opening = "<p>昨日起，穿城而过的三条公交线路改道运行，沿线居民出行更加方便。</p><p><img src='/p/map.png'></p>"
    assert image_urls(page(opening=opening)) == ["http://news.example.cn/p/map.png"]


@pytest.mark.parametrize(("name", "shown"), [("icon_docx.gif", False), ("icon_painter_at_work.jpg", True)])
def test_the_drawing_of_an_annexs_kind_is_none(name, shown):
    annex = f"<p><img src='/p/{name}'><a href='/1.docx'>附件：摊位名单.docx</a></p><p>2024年5月20日</p>"
    assert image_urls(page(closing=annex)) == [f"http://news.example.cn/p/{name}"] * shown


@pytest.mark.parametrize(("name", "shown"), [("2024/641", 1), ("641.jpg", 1), ("641.png", 0), ("none.jpg", 0)])
def test_an_address_shown_three_times_is_a_drawing_or_a_picture_shown_again(name, shown):
    assert len(image_urls(page(opening=f"<p><img src='/p/{name}'></p>" * 3))) == shown


def test_a_figure_over_the_headline_is_the_storys_also_in_its_own_box():
    figure = "<figure><img src='/p/20240520.jpg'></figure>"
    headline = f"<div>{figure}<p>集市一角</p></div><h1>{TITLE}</h1>"
    assert image_urls(page(headline=headline, opening="</div>")) == ["http://news.example.cn/p/20240520.jpg"]
    far = f"{figure}{'<p>示例</p>' * 5}<h1>{TITLE}</h1>"
    assert image_urls(page(headline=far, opening="</div>")) == []


def test_the_headline_once_more_may_be_the_caption_of_the_first_picture():
    picture, again = "<div><img src='/p/20240520162501.jpg'></div>", f"<div><h3>{TITLE}</h3></div>"
    byline = "<p>2024-05-20 16:25 来源：示例日报</p>"
    assert image_urls(page(byline=f"{byline}{picture}{again}")) == ["http://news.example.cn/p/20240520162501.jpg"]
    assert image_urls(page(above=picture, byline=byline)) == []
