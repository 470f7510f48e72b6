"""Broken and very large pages do not crash or delay extraction; a story in them is found."""

from __future__ import annotations

import time

import pytest

from newscrawl.extract.loader import NoArticle, read
from newscrawl.extract.page.document import Document
from newscrawl.items import Article

LIMIT = 3.0  # seconds of CPU; each takes well below one
URL = "https://www.qinglan.test/news/2024/0518/content_20931.html"
PARAGRAPHS = (
    "青岚县的旧粮仓今天改成了乡村剧场，三百张长凳坐得满满当当，头一出戏是本地的采茶调。",
    "修粮仓的工匠把木梁一根根编号拆下，换掉虫蛀的七根，其余原样装回，瓦也还是当年的瓦。",
    "县文化馆说，剧场每月演出八场，村民凭身份证免费入座，外地游客的票价定为二十元。",
)
STORY = "".join(f"<p>　　{text}</p>" for text in PARAGRAPHS)
TITLE = "旧粮仓里唱起采茶调"
HEAD = f"<h1>{TITLE}</h1><div class='info'>2024-05-18 09:30　来源：青岚日报　编辑：毕小舟</div>"

LINKS = "".join(f"<li><a href='/a/{number}.html'>第{number}条新闻的标题</a></li>" for number in range(14_000))
STRINGS = f'"{"山路十八弯。" * 10}"' + f',"{"水路九连环。" * 10}"' * 25_000


def page(body: str, head: str = "") -> str:
    return f"<html><head><meta charset='utf-8'><title>{TITLE}-青岚网</title>{head}</head><body>{body}</body></html>"


WITH_STORY = {
    "stray end of html before the story": page(f"</div></body></html>{HEAD}<div>{STORY}</div>"),
    "end of html in the story": page(f"{HEAD}<div>{STORY.replace('</p>', '</p></body></html>', 1)}</div>"),
    "title and byline behind comments": page(
        f"<!-- 标题 -->{TITLE}<!-- /标题 --><br><!-- 时间 -->2024-05-18 09:30<!-- -->　来源：<!-- -->青岚日报"
        f"<br><!-- 正文 -->{STORY}<!-- /正文 -->"
    ),
    "a comment that never ends": page(f"{HEAD}<div>{STORY}</div><!-- 页脚"),
    "nested forms": page(f"<form action=a><form action=b>{HEAD}<form><div>{STORY}</div></form></form></form>"),
    "100,000 nested divs around it": page("<div>" * 100_000 + HEAD + STORY + "</div>" * 100_000),
    "100,000 open divs after it": page(f"{HEAD}<div>{STORY}</div>" + "<div>" * 100_000),
    "100,000 open inline tags": page("<b><i>" * 50_000 + f"{HEAD}<div>{STORY}</div>"),
    "5 MB of script": page(f"{HEAD}<div>{STORY}</div><script>var list = [{'0.5,' * 1_250_000}0];</script>"),
    "5 MB of Chinese strings in a script": page(f"{HEAD}<div>{STORY}</div><script>var more = [{STRINGS}];</script>"),
    "NUL bytes": page(f"{HEAD}<div>{STORY}</div>").replace("<p>", "<p>\0").replace("，", "，\0"),
    "two html documents": "<html><head><title>跳转</title></head><body></body></html>\n"
    + page(f"{HEAD}<div>{STORY}</div>"),
    "14,000 links beside it": page(f"{HEAD}<div>{STORY}</div><ul>{LINKS}</ul>"),
    "50,000 empty paragraphs": page(f"{HEAD}<div>{STORY}{'<p>&nbsp;</p>' * 50_000}</div>"),
    "50,000 meta tags": page(f"{HEAD}<div>{STORY}</div>", '<meta name="source" content="">' * 50_000),
    "attributes without end": page(f"<div {' data-x=1' * 250}>{HEAD}<div>{STORY}</div></div>"),
    "a picture named by 300 letters": page(f"{HEAD}<div>{STORY}<img src='/{'qinglan' * 43}.jpg'></div>"),
    "a picture named by 20,000 slashes": page(f"{HEAD}<div>{STORY}<img src='{'/' * 20_000}a.jpg'></div>"),
    "JSON-LD a thousand lists deep": page(
        f"{HEAD}<div>{STORY}</div>", f'<script type="application/ld+json">{"[" * 100_000}{"]" * 100_000}</script>'
    ),
}
WITHOUT_STORY = {
    "empty file": b"",
    "white space": b" \r\n\t" * 1000,
    "NUL bytes alone": b"\0" * 100_000,
    "a byte order mark alone": b"\xef\xbb\xbf",
    "an open tag": b"<",
    "random bytes": bytes(range(256)) * 2000,
    "14,000 links": page(f"<ul>{LINKS}</ul>").encode(),
    "5 MB of script alone": page(f"<script>{'x=1;' * 1_250_000}</script>").encode(),
    "100,000 nested divs alone": ("<div>" * 100_000).encode(),
    "100,000 table cells": page(f"<table>{'<tr><td>1</td><td>2</td></tr>' * 50_000}</table>").encode(),
}


def timed(content: bytes) -> Article | NoArticle:
    began = time.process_time()
    result = read(Document(content, URL))
    assert time.process_time() - began < LIMIT
    return result


@pytest.mark.parametrize("name", WITH_STORY)
def test_the_story_is_found(name):
    article = timed(WITH_STORY[name].encode())
    assert isinstance(article, Article), article
    assert article.title == TITLE
    assert (article.published or "").startswith("2024-05-18T09:30")
    for text in PARAGRAPHS:
        assert text in (article.body or "")
    assert len(article.body or "") < 2 * sum(map(len, PARAGRAPHS))


@pytest.mark.parametrize("name", WITHOUT_STORY)
def test_nothing_is_made_of_nothing(name):
    result = timed(WITHOUT_STORY[name])
    assert isinstance(result, NoArticle) or result.title is None  # Check refuses what has no headline


def test_a_huge_text_node_is_read():
    article = timed(page(f"{HEAD}<div>{PARAGRAPHS[0] * 25_000}</div>").encode())
    assert not isinstance(article, Article) or PARAGRAPHS[0] in (article.body or "")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_rare_encodings_do_not_crash(encoding):
    timed(page(f"{HEAD}<div>{STORY}</div>").encode(encoding))
