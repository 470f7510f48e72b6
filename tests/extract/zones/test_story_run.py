"""Other prose next to a story is left out, and unusual stories are found; each kind has a page on both sides."""

from __future__ import annotations

import re

import pytest

from newscrawl.extract.fields.form import form
from newscrawl.extract.kind import refusal
from newscrawl.extract.page.document import Document
from newscrawl.extract.zones.story import body_text, image_urls
from tests.extract.pages import STORY, TITLE, page

LINES = [re.sub(r"<[^>]+>", "", paragraph) for paragraph in STORY]
BYLINE = "<p>2024-05-20 16:25 来源：示例日报</p>"
SAID = "这件事办得好，希望村里的路也能早一点修通，大家都在等。"
BESIDE = {
    "comments": "".join(f"<div class='q'><i>读者{n}</i><em>2024-05-2{n}</em><p>{SAID}{n}</p></div>" for n in range(9)),
    "teasers": "".join(
        f"<div class='q'><h3><a href='/n/{n}.html'>邻县第{n}届丰收节今天开幕</a></h3>"
        f"<p>{SAID}游客们拍照留念，气氛热烈{n}。</p></div>"
        for n in range(9)
    ),
    "second article": (
        "<div class='q'><h2><a href='/n/77.html'>邻县丰收节今天在镇上开幕</a></h2>"
        "<p>2024-05-19 09:10 来源：邻县日报</p>"
        + f"<p>{SAID}活动现场展出了各村的特色农产品，游客们一边品尝，一边拍照留念。</p>" * 8
        + "</div>"
    ),
    "second article, its byline without labels": (
        "<div><h2>邻县丰收节今天在镇上开幕</h2><p>邻县日报 2024-05-19</p>"
        + f"<p>{SAID}活动现场热闹非凡。</p>" * 8
        + "</div>"
    ),
    "comments in a list of terms": "<h3>网友热议</h3><dl>"
    + "".join(f"<dt>山里的风 2024-05-2{n} 12:0{n}</dt><dd>{SAID}</dd>" for n in range(9))
    + "</dl>",
}


def lines(document: Document) -> list[str]:
    return (body_text(document) or "").split("\n")


@pytest.mark.parametrize("kind", BESIDE)
def test_what_stands_behind_the_story_in_boxes_that_say_nothing_is_not_it(kind):
    assert lines(page(byline=BYLINE, after=BESIDE[kind])) == LINES


_NEXT = (
    f"<div><h2><a href='/2024/content_7777.html'>邻县丰收节今天在镇上开幕迎客</a></h2>{BYLINE.replace('示例', '邻县')}"
    + "".join(f"<p>第{n}场：{SAID * 3}活动现场展出了各村的特色农产品，游客们拍照留念。</p>" for n in range(14))
    + "</div>"
)
_ASKING = "山里人习以为常的集市 为何城里来的人却说“了不得”？"  # read as prose where it is shown again


@pytest.mark.parametrize("again", ["", f"<div>{_ASKING}</div>", f"<h2>{_ASKING}</h2>"])
@pytest.mark.parametrize("size", [1, 3])
def test_a_short_story_outweighs_a_long_article_with_a_headline_of_its_own_below_it(again, size):
    story = f"<div>{''.join(STORY[:size])}</div>"
    html = f"<title>{_ASKING}_示例</title><h1>{_ASKING}</h1>{again}<p>2024-05-20 16:25 示例日报</p>{story}{_NEXT}"
    assert lines(Document(html, "http://news.example.cn/a/4711.html")) == LINES[:size]


def test_words_over_the_pages_own_headline_are_no_story_of_which_it_is_another():
    story = f"<h1>{TITLE}</h1>{BYLINE}<div>{''.join(STORY)}</div>"
    html = f"<title>{TITLE}_示例</title><div><h2>示例网</h2><p>{SAID}</p></div>{story}"
    assert lines(Document(html, "http://news.example.cn/a/4711.html")) == LINES


RULES = "".join(
    f"<p>【{n}】与本报报道内容无关、涉及人身攻击、张贴广告的留言，一律删除，发言者自负法律责任，不得有异议。</p>"
    for n in range(1, 9)
)


def test_the_rules_for_readers_comments_are_no_story_however_long():
    rules = f"<p>新闻讨论规范</p><div>{RULES}</div>"
    assert lines(page(byline=BYLINE, after=rules)) == LINES


def test_rules_under_a_headline_of_their_own_are_a_story():
    html = f"<title>社区议事规则</title><body><h1>社区议事规则</h1>{BYLINE}<div>{RULES}</div>"
    assert (body_text(Document(html, "http://news.example.cn/a/4711.html")) or "").count("留言") == 8


def test_a_story_in_sections_of_one_make_is_read_whole():
    sections = "".join(f"<h3>第{n}节</h3>{paragraph}" for n, paragraph in enumerate(STORY, 1))
    html = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{BYLINE}<div>{sections}</div></body></html>"
    assert set(LINES) <= set(lines(Document(html, "http://a.test/2024/0520/1.html")))


VERSE = ["云溪春水绿如蓝", "两岸人家半入烟", "老渠新管通千户", "一城灯火到窗前"]


def verse(byline: str) -> Document:
    nav = "".join(f"<a href='/{n}/'>频道{n}</a> " for n in range(6))
    text = "<br>".join(VERSE)
    return Document(
        f"<html><head><title>云溪春水谣_示例新闻网</title></head><body><div>{nav}</div><h1>云溪春水谣</h1>{byline}"
        f"<div>{text}</div></body></html>",
        "http://a.test/2024/0520/1.html",
    )


def test_verse_below_headline_and_byline_is_a_story_and_below_a_headline_alone_is_none():
    assert refusal(verse(BYLINE)) is None
    assert lines(verse(BYLINE)) == VERSE
    assert refusal(verse("")) is not None


PICTURES = "".join(f"<p><img src='/p/{n}.jpg'></p>" for n in range(4))


def wordless(inside: str) -> Document:
    return Document(
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{BYLINE}<div>{inside}</div></body></html>",
        "http://a.test/2024/0520/1.html",
    )


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        (PICTURES, "pictures"),
        ("<video src='/v/1.mp4'></video>", "video"),
        ("<iframe src='http://v.test/player/1.html'></iframe>", "video"),
    ],
)
def test_a_page_without_words_is_an_article_of_its_form(inside, told):
    document = wordless(inside)
    assert refusal(document) is None
    assert form(document) == told
    assert body_text(document) in {None, ""}


def test_an_empty_frame_is_no_film():
    assert refusal(wordless("<iframe src='/ads/1.html'></iframe>")) is not None


def test_a_long_story_with_a_film_is_text():
    assert form(page(byline=BYLINE, opening="<video src='/v/1.mp4'></video>", closing="".join(STORY))) == "text"


@pytest.mark.parametrize("style", ["display:none", "font-size:0", "visibility:hidden", "DISPLAY: NONE !important"])
def test_a_decoy_within_a_line_is_not_read(style):
    story = STORY[0].replace("清晨", f"清<span style='{style}'>Q7x</span>晨")
    document = Document(
        f"<html><body><h1>{TITLE}</h1>{BYLINE}<div>{story}{STORY[1]}</div></body></html>", "http://a.test/1"
    )
    assert lines(document) == LINES[:2]


def test_a_line_set_small_is_read():
    story = STORY[0].replace("清晨", "<span style='font-size:0.9em'>清晨</span>")
    assert (
        lines(
            Document(
                f"<html><body><h1>{TITLE}</h1>{BYLINE}<div>{story}{STORY[1]}</div></body></html>", "http://a.test/1"
            )
        )
        == LINES[:2]
    )


def test_a_story_inside_one_link_is_read_and_a_linked_teaser_is_not():
    linked = f"<a href='app://open'>{''.join(STORY)}</a>"
    html = "<html><head><title>{0}</title></head><body><h1>{0}</h1>{1}<div>{2}</div></body></html>"
    assert lines(Document(html.format(TITLE, BYLINE, linked), "http://a.test/2024/0520/1.html")) == LINES
    teaser = f"<a href='/n/1.html'><p>邻县丰收节开幕</p><p>{SAID}</p></a>"
    assert SAID not in lines(page(byline=BYLINE, after=teaser))


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<figure><img src='/p/1.jpg'></figure>", ["http://news.example.cn/p/1.jpg"]),
        ("<a href='/p/big.jpg'><img src='/p/1.jpg'></a>", ["http://news.example.cn/p/1.jpg"]),
        ("<a href='1_2.html'><img src='/p/1.jpg'></a>", []),
        ("<a href='http://shop.example/'><img src='/p/1.jpg'></a>", []),
        (
            "".join(f"<p><img src='/x/load.jpg' data-k='/p/{n}.jpg'></p>" for n in (1, 2, 3)),
            [f"http://news.example.cn/p/{n}.jpg" for n in (1, 2, 3)],
        ),
    ],
)
def test_pictures_of_the_story(markup, found):
    assert image_urls(page(byline=BYLINE, opening=STORY[0] + markup)) == found


PRICES = ["<td>品种</td><td>单价</td>", "<td>尿素</td><td>112元</td>", "<td>农膜</td><td>14元</td>"]
OTHERS = ["<td><a href='/n/1.html'>邻县丰收节今天开幕</a></td>", "<td>新闻热线 总编室</td>"]


def table_of(rows: list[str]) -> str:
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def test_a_table_of_figures_closes_a_story_and_one_that_lays_out_the_page_does_not():
    html = "<html><head><title>{0}</title></head><body><h1>{0}</h1>{1}{2}</body></html>"
    told = f"<div>{''.join(STORY)}{table_of(PRICES)}</div>"
    assert lines(Document(html.format(TITLE, BYLINE, told), "http://a.test/1.html"))[-2:] == ["尿素 112元", "农膜 14元"]
    around = table_of([f"<td>{''.join(STORY)}</td>", *OTHERS])
    assert lines(Document(html.format(TITLE, BYLINE, around), "http://a.test/1.html")) == LINES


FULL = "<p>发布时间：2024-05-{} 来源：示例日报 浏览次数：12</p>"


def test_a_byline_like_the_pages_own_begins_another_article_whatever_its_headline_stands_in():
    other = (
        f"<div><div>邻县丰收节今天在镇上开幕</div>{FULL.format(19)}" + f"<p>{SAID}活动现场热闹非凡。</p>" * 8 + "</div>"
    )
    assert lines(page(byline=FULL.format(20), after=other)) == LINES
    # The page's own byline once more below the story ends it, and nothing else.
    assert lines(page(byline=FULL.format(20), closing="<p>（作者：林可心）</p>" + FULL.format(20))) == [
        *LINES,
        "（作者：林可心）",
    ]


@pytest.mark.parametrize(
    "when", ["时间：2024-05-2{} 19:30", "展览时间：2024-05-2{}", "截止日期：2024-05-2{}", "2024-05-2{}"]
)
def test_the_times_of_events_begin_no_other_article(when):
    events = "".join(f"<h3>第{n}场演出</h3><p>{when.format(n)}</p><p>{SAID}</p>" for n in range(3))
    assert lines(page(byline=BYLINE, closing=events)).count(SAID) == 3


TABLE = "<table>" + "".join(f"<tr><td>{n}</td><td>第{n}小学</td></tr>" for n in range(1, 9)) + "</table>"
SIGNED = "<p>联系电话：0000-2233445</p><p>山乡教育局</p><p>2024年5月20日</p>"


def test_who_signs_a_notice_behind_its_table_belongs_to_it():
    notice = f"<p>现将评选结果公示如下，公示期五个工作日。</p>{TABLE}{SIGNED}"
    html = f"<title>{TITLE}</title><h1>{TITLE}</h1>{BYLINE}<div>{notice}</div><p>地址：山乡镇 电话：0000-1111111</p>"
    found = lines(Document(html, "http://a.test/2024/0520/1.html"))
    assert found[-3:] == ["联系电话：0000-2233445", "山乡教育局", "2024年5月20日"]


def test_whom_a_notice_is_written_to_belongs_to_it():
    head = f"<title>{TITLE}</title><h1>{TITLE}</h1>{BYLINE}"
    text = "<p>从本月八日起，门诊执行冬季作息时间。</p><p>急诊二十四小时开放，请大家相互转告。</p>"
    letter = Document(f"{head}<div><p>广大患者朋友：</p>{text}</div>", "http://a.test/2024/0520/1.html")
    assert lines(letter)[0] == "广大患者朋友："
    button = Document(f"{head}<div>调整字级：</div><div>{text}</div>", "http://a.test/2024/0520/1.html")
    assert "调整字级：" not in lines(button)


FOOT = "<div><p>版权所有 示例新闻网</p><p>地址：山乡镇人民路88号 电话：0000-8888888</p></div>"


def test_the_contacts_at_a_pages_foot_are_no_story_however_short_the_real_one_is():
    html = (
        f"<title>{TITLE}</title><h1>{TITLE}</h1>{BYLINE}<div><p><img src='/p/1.jpg'></p><p>制图：林可心</p></div>{FOOT}"
    )
    drawn = Document(html, "http://a.test/2024/0520/1.html")
    assert (refusal(drawn), form(drawn)) == (None, "pictures")
    assert "电话" not in (body_text(drawn) or "")
    # Whom to ask may end a notice.
    ask = "<p>咨询电话：0000-2211334</p>"
    assert lines(page(byline=BYLINE, closing=ask))[-1] == "咨询电话：0000-2211334"


def test_numbered_questions_below_a_byline_are_a_story_and_numbered_links_are_none():
    asked = [
        "1.汛期是指什么时候？",
        "A.春季 B.水位上涨的时期",
        "答案：B",
        "2.遇到山洪怎样避险？",
        "A.沿河谷跑 B.向高处跑",
        "答案：B",
    ]
    head = f"<title>{TITLE}</title><h1>{TITLE}</h1>{BYLINE}"
    quiz = Document(
        f"{head}<div>{''.join(f'<p>{one}</p>' for one in asked)}</div>{FOOT}", "http://a.test/2024/0520/1.html"
    )
    assert refusal(quiz) is None
    assert lines(quiz) == asked
    links = "".join(f"<p>{n}.<a href='/n/{n}.html'>邻县第{n}届丰收节开幕</a></p>" for n in range(1, 7))
    assert refusal(Document(f"{head}<div>{links}</div>{FOOT}", "http://a.test/2024/0520/1.html")) is not None


def test_a_story_about_a_website_keeps_its_first_sentence():
    first = "云溪网是云溪日报社主办的综合性新闻网站，创办于2005年，今年正好二十年。"
    story = "".join(f"<p>{text}</p>" for text in (first, *LINES))
    document = Document(f"<html><body><h1>{TITLE}</h1>{BYLINE}<div>{story}</div></body></html>", "http://a.test/1.html")
    assert (body_text(document) or "").startswith(first)
