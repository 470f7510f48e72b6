"""Damaged pages: extraction neither raises nor hangs, whatever the bytes."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.extract.loader import FIELDS, NoArticle, candidates, read
from newscrawl.extract.page.document import Document
from newscrawl.items import Article

LIMIT = 5.0  # seconds; a page takes some milliseconds, a busy machine is no reason to fail
URL = "https://news.example.cn/2024/0310/c21-48213.html"
PARAGRAPHS = "".join(
    f"<p>　　{lead}，青石镇的油菜花次第开放，每天迎来上千名游客，<a href='/zt/yc.html'>村民</a>做起了农家饭和茶点。</p>"
    for lead in (
        "本报讯（记者张三 通讯员李四）",
        "昨日上午",
        "据镇里介绍",
        "“今年的花比往年早。”村民王五说",
        "到目前为止",
    )
)
LINKS = "".join(
    f"<li><a href='/2024/0309/c21-{number}.html' title='老街改造完成 八十家店铺开门'>老街改造完成 八十...</a></li>"
    for number in range(48001, 48006)
)
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>青石镇油菜花开迎客来_山那边新闻网</title>
<meta name="author" content="张三"><meta property="article:published_time" content="2024-03-10T09:20:00+08:00">
<script type="application/ld+json">
{{"@type": "NewsArticle", "headline": "青石镇油菜花开迎客来", "datePublished": "2024-03-10"}}</script>
<script>var pubtime = '2024-03-10 09:20:00'; var ct = 1710033600;</script></head><body>
<div class="nav"><a href="/">首页</a><a href="/xq/">县区</a><a href="/sp/">视频</a></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/xq/">县区</a> &gt; 正文</div>
<h1>青石镇油菜花开迎客来</h1>
<div class="info">时间：2024年3月10日 09:20　来源：<a href="/">山那边日报</a>　作者：张三　编辑：王五</div>
<div class="content" id="zoom">{PARAGRAPHS}<p align="center"><img data-src="/p/1.jpg" alt="花海"></p>
<table><tr><td>景点</td><td>人数</td></tr></table><p>责任编辑：赵六</p></div>
<p>上一篇：<a href="/2024/0309/c21-48000.html">县医院新门诊楼下月启用</a></p>
<div class="rank"><ul class="tab"><li>日排行</li><li>周排行</li></ul>
<ul>{LINKS}</ul><ul style="display:none">{LINKS}</ul></div>
<div class="foot">版权所有 山那边新闻网 蜀ICP备00000000号</div></body></html>"""
TAG = re.compile(r"<[^<>]*>")

places = st.floats(min_value=0, max_value=1, allow_nan=False)


def assert_read(content: bytes | str, content_type: str | None = None) -> Article | NoArticle:
    start = time.perf_counter()
    document = Document(content, URL, content_type=content_type, fetched_at=datetime(2024, 3, 11, tzinfo=UTC))
    result = read(document)
    if isinstance(result, NoArticle):  # a page refused is none the safer: its fields must stand it too
        for name in FIELDS:
            list(candidates(document, name))
    assert time.perf_counter() - start < LIMIT
    assert isinstance(result, Article | NoArticle)
    return result


def fuzz(examples: int):
    return settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_the_page_unharmed_is_an_article():
    assert isinstance(assert_read(PAGE.encode()), Article)


@given(places, st.sampled_from(["utf-8", "gbk"]), st.sampled_from([None, "text/html; charset=gbk"]))
@fuzz(60)
def test_cut_anywhere(place, charset, header):
    content = PAGE.encode(charset)
    assert_read(content[: int(place * len(content))], header)


@given(st.lists(st.tuples(places, st.sampled_from(["drop", "double", "open", "swap"])), min_size=1, max_size=12))
@fuzz(80)
def test_tags_lost_doubled_left_open_or_out_of_order(changes):
    pieces = [
        piece for match in TAG.finditer(PAGE) for piece in (match[0], PAGE[match.end() : PAGE.find("<", match.end())])
    ]
    for place, change in changes:
        index = int(place * (len(pieces) - 3)) // 2 * 2
        if change == "drop":
            pieces[index] = ""
        elif change == "double":
            pieces[index] *= 2
        elif change == "open":
            pieces[index] = pieces[index].replace("</", "<").rstrip(">")
        else:
            pieces[index], pieces[index + 2] = pieces[index + 2], pieces[index]
    assert_read("".join(pieces).encode())


@given(st.lists(st.tuples(places, st.binary(min_size=1, max_size=3)), min_size=1, max_size=40))
@fuzz(60)
def test_bytes_overwritten(changes):
    content = bytearray(PAGE.encode())
    for place, noise in changes:
        index = int(place * len(content))
        content[index : index + len(noise)] = noise
    assert_read(bytes(content))


@given(st.text(alphabet="<>/=\"'&;# \n\0adivpscript!-[]年月日时分来源编辑：:（）1290", max_size=300), places)
@fuzz(60)
def test_noise_put_in_anywhere(noise, place):
    index = int(place * len(PAGE))
    assert_read(PAGE[:index] + noise + PAGE[index:])


@pytest.mark.parametrize(
    ("opening", "times"),
    [
        ("<div>", 100_000),
        ("<table><tr><td>", 3_000),
        ("<a href='/2024/0309/c21-48001.html'>", 20_000),
        ("<b><p>", 5_000),
    ],
)
def test_nested_deep(opening, times):
    assert_read(PAGE.replace("<h1>", opening * times + "<h1>", 1))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 10_000,
        b"<" * 100_000,
        b"&#" * 50_000,
        "来源：".encode() * 30_000,
        ("<script>" + "var a = '2024-03-10';" * 200_000).encode(),
        ("<p>" + "花" * 500_000).encode(),
        ("<ul>" + LINKS * 1_000).encode(),
        (
            "<p>" + "".join(f"<a href='/2024/0309/c21-{n}.html'>老街改造完成重新开门</a>" for n in range(20_000))
        ).encode(),
        ("<div>" + ("<ul><li>日排行</li><li>周排行</li></ul><ul>" + LINKS + "</ul><ul></ul>") * 1_500).encode(),
        PAGE.replace("</h1>", "</h1></body></html>", 1).encode(),
    ],
    ids=[
        "empty",
        "nul",
        "angles",
        "entities",
        "labels",
        "script",
        "paragraph",
        "links",
        "line of links",
        "tabs",
        "end of html",
    ],
)
def test_extremes(content):
    assert_read(content)
