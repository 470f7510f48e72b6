"""The sample portal's pages are what its README says, and its expected values are what its pages print."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from html import unescape
from itertools import combinations
from urllib.parse import urljoin

import pytest
from parsel import Selector

from newscrawl.sample import HOME, expected, pages, stories
from newscrawl.sample.addresses import (
    MISSING,
    MOVED,
    MOVED_TO,
    PRIVATE,
    SOFT_404,
    TRACKED,
    TRACKED_AT_HOME,
    TRACKED_IN_LIST,
)

PAGES = {edition: pages(edition) for edition in (1, 2)}
EXPECTED = {edition: expected(edition) for edition in (1, 2)}
ENCODINGS = {story.url: story.encoding for story in stories(1)}
ORIGINAL = MOVED_TO


def text_of(url: str, edition: int = 1) -> str:
    return PAGES[edition][url].body.decode(ENCODINGS.get(url, "utf-8"))


def words(url: str, edition: int = 1) -> str:
    """All a page prints or says in attributes, without white space."""
    return re.sub(r"\s+", "", unescape(text_of(url, edition)))


def links_of(url: str, edition: int = 1) -> set[str]:
    return {urljoin(url, href) for href in Selector(text_of(url, edition)).css("a::attr(href)").getall()}


def html_addresses(edition: int = 1) -> set[str]:
    return {url for url, page in PAGES[edition].items() if page.headers.get("Content-Type", "").startswith("text/html")}


def shingles(text: str) -> set[str]:
    text = re.sub(r"\W+", "", text)
    return {text[i : i + 5] for i in range(len(text) - 4)}


def containment(one: str, other: str) -> float:
    first, second = shingles(one), shingles(other)
    return len(first & second) / min(len(first), len(second))


@pytest.fixture(params=sorted(EXPECTED[1]))
def article(request):
    return EXPECTED[1][request.param]


def test_there_are_enough_articles_in_four_channels():
    assert len(EXPECTED[1]) >= 44
    assert {story.channel.key for story in stories(1)} == {"ywdt", "minsheng", "keji", "wenhua"}


def test_pages_are_the_same_on_every_call():
    assert pages(1) == PAGES[1]
    assert pages(2) == PAGES[2]


def test_an_article_prints_what_is_expected_of_it(article):
    page = words(article.url)
    for value in (article.title, article.source, article.relative, *article.authors, *article.editors):
        assert value is None or re.sub(r"\s+", "", value) in page
    for part, body in article.parts.items():
        paragraphs = Selector(text_of(part)).xpath("string(//body)").get().replace("\n", "")
        assert all(line.replace(" ", "") in re.sub(r"\s", "", paragraphs) for line in body.splitlines())


def test_an_article_prints_its_time_and_no_other_precision(article):
    page = text_of(article.url)
    if article.published is None:
        assert not re.findall(r"20\d\d-\d\d|20\d\d年\d+月\d+日", page)
        return
    moment = datetime.fromisoformat(article.published).replace(tzinfo=timezone(timedelta(hours=8)))
    day, _, time = article.published.partition("T")
    assert day in page or f"{moment:%Y年%m月%d日}" in page or str(int(moment.timestamp())) in page
    assert time in page or str(int(moment.timestamp())) in page
    assert f"{time}:" not in page or not time


def test_expected_text_is_clean(article):
    assert "\ufffd" not in article.body + article.title
    assert article.body
    assert article.body == article.body.strip()
    assert not re.search(r"责任编辑|版权声明|点击：|\n来源：", article.body)
    assert "岚台新闻网" not in article.title


def test_expected_links_and_pictures_stand_in_the_page_and_lead_somewhere(article):
    linked = links_of(article.url)
    for link in article.links:
        assert link.url in linked
        assert link.url in EXPECTED[1]
        assert link.url != article.url
    for image in article.images:
        assert PAGES[1][image].body.startswith(b"\x89PNG")
        assert any(image.rpartition("/")[2] in text_of(part) for part in article.parts)


def test_every_article_is_reached_from_the_home_page():
    html, reached, ahead = html_addresses(), set(), {HOME}
    while ahead:
        url = ahead.pop()
        reached.add(url)
        found = links_of(url) if url in html else set()
        ahead |= {link for link in found if link in PAGES[1]} - reached
    assert set(EXPECTED[1]) <= reached
    assert {SOFT_404, MOVED, PRIVATE} <= reached


def test_lists_name_every_article_once():
    for key, host in {"ywdt": "www", "minsheng": "www", "keji": "www", "wenhua": "epaper"}.items():
        addresses = [f"http://{host}.lantai.test/{key}/{name}.shtml" for name in ("index", "index_1")]
        listed = [
            urljoin(url, href)
            for url in addresses
            for href in Selector(text_of(url)).css(".news-list a::attr(href)").getall()
        ]
        assert listed == [story.url for story in stories(1) if story.channel.key == key]


def test_trs_lists_leave_their_second_page_to_a_script():
    first = "http://www.lantai.test/ywdt/index.shtml"
    assert 'createPageHTML(2, 0, "index", "shtml")' in text_of(first)
    assert first.replace("index", "index_1") not in links_of(first)


def test_the_seed_shape():
    url = f"{HOME}keji/10462.html"
    article = EXPECTED[1][url]
    assert "日期: 来源:岚台科创收集编辑:岚台科创" in Selector(text_of(url)).xpath("string(//body)").get()
    assert article.published is None
    assert list(dict.fromkeys(link.section for link in article.links)) == ["相关阅读", "热门文章", "最新文章"]
    assert all(link.snippet for link in article.links)


def test_a_gb18030_page_is_labelled_gb2312():
    (story,) = [story for story in stories(1) if story.encoding == "gb18030"]
    body = PAGES[1][story.url].body
    assert b"charset=gb2312" in body
    assert "charset" not in PAGES[1][story.url].headers["Content-Type"]
    for narrower in ("gb2312", "gbk", "utf-8"):
        with pytest.raises(UnicodeDecodeError):
            body.decode(narrower)
    assert all(character in body.decode("gb18030") for character in "镕喆堃㙍")
    assert len("㙍".encode("gb18030")) == 4


def test_a_gbk_page_has_no_label():
    (story,) = [story for story in stories(1) if story.encoding == "gbk"]
    page = PAGES[1][story.url]
    assert b"charset" not in page.body
    assert "charset" not in page.headers["Content-Type"]
    assert story.title in page.body.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        page.body.decode("utf-8")


def test_a_utf8_page_is_labelled_gb2312():
    (story,) = [story for story in stories(1) if (story.encoding, story.declared) == ("utf-8", "gb2312")]
    page = PAGES[1][story.url]
    assert b"charset=gb2312" in page.body
    assert "charset" not in page.headers["Content-Type"]
    assert story.title in page.body.decode("utf-8")


def test_a_story_over_three_pages():
    (article,) = [article for article in EXPECTED[1].values() if len(article.parts) > 1]
    first, second, third = article.parts
    assert (second, third) == (first.replace(".shtml", "_2.shtml"), first.replace(".shtml", "_3.shtml"))
    assert "下一页" in text_of(first)
    assert "下一页" in text_of(second)
    assert "下一页" not in text_of(third)
    assert {second, third} <= links_of(first)
    assert article.body == "\n".join(article.parts.values())


def test_three_reprints_of_one_story():
    original = EXPECTED[1][ORIGINAL]
    copies = {article.relation: article for article in EXPECTED[1].values() if article.reprint_of == ORIGINAL}
    assert set(copies) == {"same", "cut", "edited"}
    assert copies["same"].body == original.body
    assert len(copies["cut"].body) < 0.7 * len(original.body)
    assert containment(copies["cut"].body, original.body) > 0.8
    assert 0.6 < containment(copies["edited"].body, original.body) < 0.9
    assert len({article.channel[-1] for article in (original, *copies.values())}) == 4


def test_notices_on_one_template_are_no_reprints():
    notices = [article.body for article in EXPECTED[1].values() if article.title.startswith("停水通知")]
    assert len(notices) == 5
    assert all(100 <= len(notice) <= 200 for notice in notices)
    assert all(containment(one, other) < 0.4 for one, other in combinations(notices, 2))


def test_no_other_two_articles_share_their_text():
    alone = [article.body for article in EXPECTED[1].values() if not article.reprint_of]
    assert all(containment(one, other) < 0.4 for one, other in combinations(alone, 2))


def test_one_address_is_linked_with_two_tracking_queries():
    assert TRACKED in EXPECTED[1]
    assert TRACKED_AT_HOME in links_of(HOME)
    assert TRACKED_IN_LIST in links_of(f"{HOME}minsheng/index.shtml")


def test_stale_links():
    assert {MISSING, MOVED} <= links_of(HOME)
    assert MISSING not in PAGES[1]
    assert PAGES[1][MOVED].status == 301
    assert PAGES[1][MOVED].headers["Location"] == MOVED_TO
    assert PAGES[1][SOFT_404].status == 200
    assert "页面不存在" in text_of(SOFT_404)


def test_relative_dates_stand_alone():
    relative = [article for article in EXPECTED[1].values() if article.relative]
    assert {article.relative for article in relative} == {"3小时前", "昨天 10:20"}
    assert all(article.published is None and not re.search(r"20\d{6}|20\d\d/", article.url) for article in relative)


def test_the_second_edition_edits_withdraws_and_adds():
    first, second = EXPECTED[1], EXPECTED[2]
    (withdrawn,) = set(first) - set(second)
    (added,) = set(second) - set(first)
    changed = [url for url in first.keys() & second if first[url].body != second[url].body]
    assert len(changed) == 1
    before, after = first[changed[0]], second[changed[0]]
    assert after.title != before.title
    assert len(after.body.splitlines()) == len(before.body.splitlines()) - 1
    assert "38.1亿元" in after.body
    assert withdrawn not in PAGES[2]
    assert not any(withdrawn in links_of(url, 2) for url in html_addresses(2))
    assert any(added in links_of(url, 2) for url in (HOME, f"{HOME}ywdt/index.shtml"))


def test_counted_pages_differ_at_every_fetch_and_have_no_validators():
    counted = [url for url in EXPECTED[1] if PAGES[1][url].counted]
    assert len(counted) == 2
    for url in counted:
        page = PAGES[1][url]
        assert page.shown(1) != page.shown(2)
        assert re.search("点击：[0-9]+次", page.shown(1).decode())
        assert "ETag" not in page.headers


def test_the_manners_of_the_cms_families():
    marks = {
        "trs": 'class="TRS_Editor"',
        "enorth": 'id="div_content"',
        "founder": "<founder-content>",
        "wechat": 'id="js_content"',
    }
    shown = {cms: [story.url for story in stories(1) if story.cms == cms] for cms in marks}
    assert all(shown.values())
    assert all(mark in text_of(url) for cms, mark in marks.items() for url in shown[cms])
    assert all(re.search(r"/\d{6}/t\d{8}_\d{7}\.shtml$", url) for url in shown["trs"])
    assert all(re.search(r"/system/\d{4}/\d\d/\d\d/\d{9}\.shtml$", url) for url in shown["enorth"])
    assert all(re.search(r"/content_\d+\.htm$", url) for url in shown["founder"])


def test_a_hot_list_is_hidden_behind_a_tab():
    page = Selector(text_of(ORIGINAL))
    hidden = page.xpath('//ul[contains(@style, "display:none")]//a/@href').getall()
    assert {urljoin(ORIGINAL, href) for href in hidden} == {
        link.url for link in EXPECTED[1][ORIGINAL].links if link.section == "一周热榜"
    }


def test_lazy_pictures_hold_their_address_elsewhere():
    lazy = [story for story in stories(1) if story.lazy]
    assert lazy
    for story in lazy:
        page = Selector(text_of(story.url))
        real = [urljoin(story.url, value) for value in page.css("img::attr(data-src)").getall()]
        assert real == EXPECTED[1][story.url].images
        assert set(page.css("img::attr(src)").getall()) == {"/images/blank.gif"}
