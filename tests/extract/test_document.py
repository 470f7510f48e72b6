"""Any markup is parsed quickly and without loss of text; one walk reads all of it."""

from __future__ import annotations

import time

import pytest

from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.document import Document
from newscrawl.extract.page.guidance import Hints
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.story import body_text, image_urls
from tests.extract.pages import STORY, page

TEXT = "集市从清晨一直持续到中午，人们提着满满的篮子，说说笑笑地走在回家的路上。"


def shown(html: str) -> str:
    """All the text the walk reads."""
    return "\n".join(line.text for line in walk(Document(html, "http://a.cn/")).lines)


@pytest.mark.parametrize(
    "html",
    [
        f"<html><body><p>甲</p></body></html><p>{TEXT}</p></html>",
        f"<html><body>甲</body></html><html><body><p>{TEXT}</p></body></html>",
        f"<p>甲</p></Html>{TEXT}",
        f"<html><body><!-- 正文 -->{TEXT}<!-- /正文 --></body></html>",
        f"<p>甲<!-- 日期 -->{TEXT}</p>",
        f"<form><div><form><p>甲</form>{TEXT}</div></form>",
        f"<table><tr><td><form><tr><td>{TEXT}</table>",
        f"<?xml version='1.0' encoding='gb2312'?><html><body>{TEXT}</body></html>",
        f"<p>甲<?php echo 1; ?>{TEXT}</p>",
        f"<p>甲\x00\x01\x0b{TEXT}</p>",
        f"<!--enpcontent--><p>{TEXT}</p><!--/enpcontent-->",
        f"<frameset></frameset><noframes><p>{TEXT}</p></noframes>",
        f"{'<div>' * 3000}{TEXT}",
        f"{'<b><i><font>' * 1000}{TEXT}",
        TEXT,
    ],
)
def test_no_text_is_lost(html):
    assert TEXT in shown(html)


@pytest.mark.parametrize("html", ["", " \n", "<!-- -->", "<html></html>", "\x00", "<", "&", "<script>", "\ud800"])
def test_a_page_without_content_is_read(html):
    document = Document(html, "http://a.cn/")

    assert document.root.tag == "html"
    assert body_text(document) is None
    assert image_urls(document) == []


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "<p>" + TEXT,
        "<p>" + TEXT + "<script>var a = '<b>';\n" * 70_000,
        "<p>" + TEXT + '<script>var a = "' + "\\u3002'" * 700_000 + "</script>",
        "<p>" + TEXT + "</p>" + "<a href=x>甲" * 14_000,
        "<p>" + TEXT + "<p class='a" + " b" * 1_000_000 + "'>",
        TEXT + "<br>" * 100_000,
        "<table><tr><td>" * 20_000 + TEXT,
    ],
    ids=["deep", "script", "literal", "links", "class", "breaks", "tables"],
)
def test_monstrous_pages_take_no_more_than_a_second(html):
    document = Document(html, "http://a.cn/")
    started = time.process_time()
    text = body_text(document)

    assert time.process_time() - started < 1.0
    assert text is not None
    assert TEXT in text


def test_lines_break_at_blocks_and_not_at_inline_elements():
    html = "<p>甲<b>乙</b> <span>丙</span></p>丁<br>戊<ul><li>己<li><a href=x>庚</a></ul>"

    assert shown(html).split("\n") == ["甲乙 丙", "丁", "戊", "己", "庚"]


def test_preformatted_text_keeps_its_lines():
    assert shown("<pre>甲\n  乙\n</pre>").split("\n") == ["甲", "乙"]


def test_scripts_and_hidden_boxes_are_told_apart_from_text():
    found = walk(Document("<p>甲<script>乙</script>丙</p><div style='display: none'>丁</div>", "http://a.cn/"))

    assert [(line.text, line.hidden) for line in found.lines] == [("甲", False), ("丙", False), ("丁", True)]


def test_link_text_is_counted():
    found = walk(Document("<p>见<a href=x>甲乙丙</a>和<a href=y>丁<b>戊</b></a>。</p>", "http://a.cn/"))

    assert [(line.linked, line.links) for line in found.lines] == [(5, 2)]
    found = walk(Document("<div><a href=x><p>甲乙丙</p></a>丁戊</div>", "http://a.cn/"))
    assert [(line.linked, line.links) for line in found.lines] == [(3, 1), (0, 0)]


def test_what_is_inside_an_element_follows_from_the_arrays():
    found = walk(Document("<div><p>甲</p><p>乙<img src=1></p></div><p>丙</p>", "http://a.cn/"))
    division = found.number(next(found.elements[0].iter("div")))

    assert [line.text for line in found.inside(division)] == ["甲", "乙"]
    assert found.tags[division : found.ends[division]] == ["div", "p", "p", "img"]
    assert [found.tags[found.parents[number]] for number in range(division + 1, found.ends[division])] == [
        "div",
        "div",
        "p",
    ]
    assert [before for _, before in found.pictures] == [2]


def test_an_analysis_runs_once_a_page_until_hints_change_what_it_rests_on():
    ran = []

    @analysis
    def length(document: Document) -> int:
        ran.append(document)
        return len(document.url)

    document, other = page(), page()
    assert (length(document), length(document), length(other)) == (len(other.url),) * 3
    assert ran == [document, other]

    lines = walk(document)
    document.hint(Hints())
    length(document)
    assert ran == [document, other, document]
    assert walk(document) is lines, "the lines stand there whatever is known of them"
    assert STORY[0][3:-4] in (body_text(document) or "")


def test_relative_addresses_follow_the_base():
    assert Document("<base href='/x/'><p>甲", "http://a.cn/y/1.html").base_url == "http://a.cn/x/"
    assert Document("<base href='http://['><p>甲", "http://a.cn/y/1.html").base_url == "http://a.cn/y/1.html"
