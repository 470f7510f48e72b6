"""A site of sixty articles whose furniture no single page betrays: all of it reads as if it belonged to the story.

A promo paragraph stands among the story's, a constant caption under its picture, a rotating feed of other articles'
beginnings right behind it, in elements whose names say nothing. What is not furniture stands on several pages as well:
a series' first line, 本报讯, an article and its reprint, official closing formulas. Nothing here is anyone's writing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from html import escape

from tests.archive.made_texts import person, sentence, story

HOST = "www.zhennan.test"
SITE = "镇南之窗"
PROMO = "每天清晨，一份本地早读准时送到您手边，搜一搜“镇南之窗”，家门口的大事小情一个不落。"
CAPTION = "镇南的早晨从江边开始。"
SERIES = "今年是镇南撤县设区十周年，本网走进十个村庄，听十位老人讲述身边的变化，今天请看第几站的见闻。"
NEWS = "本报讯"
CLOSING = "特此公告。"
PAGES, SHOWN, CHANNELS = 60, 4, ("要闻", "民生", "乡村")
_TWIN, _REPRINT = 20, 41  # an article and its reprint under another headline


@dataclass(frozen=True, slots=True)
class Made:
    """An article of the site: where it is, its page, and what a reader would call its headline and text."""

    url: str
    content: bytes
    title: str
    body: str


def made_site(host: str = HOST, pages: int = PAGES, *, furniture: bool = True) -> list[Made]:
    """Make the site, the same at every call; without furniture its pages have the stories alone."""
    dice = random.Random(2024)
    texts = [story(dice, dice.choice((1, 2, 4, 6))).split("\n") for _ in range(pages)]
    titles = [f"{sentence(dice).split('，')[0].strip('“')[:18]}第{number}号" for number in range(pages)]
    if pages > _REPRINT:
        texts[_REPRINT] = [*texts[_TWIN]]
    for number, text in enumerate(texts):
        if number % 5 == 0:
            text.insert(0, SERIES)
        elif number % 5 == 1:
            text.insert(0, NEWS)
        elif number % 5 == 2:
            text.append(CLOSING)
    return [
        Made(
            f"http://{host}/a/2024/{number}.html",
            _page(number, titles, texts, dice, host, furniture=furniture).encode(),
            titles[number],
            "\n".join(texts[number]),
        )
        for number in range(pages)
    ]


def _page(
    number: int, titles: list[str], texts: list[list[str]], dice: random.Random, host: str, *, furniture: bool
) -> str:
    title, paragraphs = titles[number], [f"<p>{escape(text)}</p>" for text in texts[number]]
    picture = f'<p><img src="/i/{number}.jpg" width="600" height="400"></p>'
    feed = ""
    if furniture:
        picture += f"<p>{CAPTION}</p>"
        paragraphs.insert(min(len(paragraphs), 2 + number % 3), f"<p>{PROMO}</p>")
        others = [(number + step) % len(titles) for step in range(1, SHOWN + 1)]
        feed = "".join(_teaser(titles[other], texts[other], other, host) for other in others)
    paragraphs.insert(1 if len(paragraphs) > 1 else 0, picture)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>{title}_{CHANNELS[number % len(CHANNELS)]}_{SITE}</title></head>
<body><div class="x1"><a href="/">首页</a> <a href="/yw/">要闻</a> <a href="/ms/">民生</a></div>
<div class="x2"><div class="x3">{title}</div>
<div class="x4">2024-0{1 + number % 9}-1{number % 10} 08:{10 + number % 50} 来源：镇南日报 作者：{person(dice)}</div>
<div class="x5">{"".join(paragraphs)}</div>{feed}</div>
<div class="x6">镇南之窗 版权所有</div></body></html>"""


def _teaser(title: str, text: list[str], number: int, host: str) -> str:
    beginning = max(text, key=len)[:90]
    return f"""<div class="x5"><h3><a href="http://{host}/a/2024/{number}.html">{title}</a></h3>
<p>{escape(beginning)}</p></div>"""
