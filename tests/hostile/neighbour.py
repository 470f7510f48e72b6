"""The honest neighbour: a small site of 24 articles on two lists, whose home page also names the attacker's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.hostile.exchange import Exchange

ARTICLES = 24
HOST = "honest.test"
_SENTENCES = (
    "今年以来，云溪县把水利建设放在重要位置，先后完成了三条河道的清淤和两座小型水库的加固。",
    "县水利局负责人介绍，新修的渠道可以灌溉附近四个乡镇的农田，预计每年增收粮食六百吨。",
    "记者在现场看到，几台挖掘机正在河滩上作业，村民们自发送来茶水，慰问施工的工人。",
    "下一步，当地还将在河边修建步道和凉亭，让居民在傍晚有一处散步的地方。",
)


def story(number: int, where: str = "云溪") -> str:
    """An article's page, in the plain manner of a county's site."""
    paragraphs = "".join(
        f"<p>{sentence}这是第{number}篇报道的第{n}段。</p>" for n, sentence in enumerate(_SENTENCES, 1)
    )
    title = f"{where}县水利工程第{number}期全部完工通水"
    return (
        f"<html><head><meta charset=utf-8><title>{title}_{where}新闻网</title></head><body><h1>{title}</h1>"
        f"<div class=info>2024-05-{number % 28 + 1:02d} 09:30 来源：{where}日报</div>"
        f"<div class=content>{paragraphs}</div></body></html>"
    )


def path(number: int) -> str:
    return f"/news/202405/t202405{number % 28 + 1:02d}_{1000 + number}.html"


def links(addresses: Sequence[str], words: str = "云溪县水利工程又有新的进展报道") -> str:
    return "<ul>" + "".join(f'<li><a href="{url}">{words}{n}</a></li>' for n, url in enumerate(addresses)) + "</ul>"


def respond(exchange: Exchange, bait: Sequence[str]) -> None:
    """Answer for the neighbour; `bait` are addresses of the attacker that its home page names first."""
    pages = {path(number): story(number) for number in range(ARTICLES)}
    first, second = list(pages)[: ARTICLES // 2], list(pages)[ARTICLES // 2 :]
    head = "<html><head><meta charset=utf-8><title>云溪新闻网</title></head><body>"
    pages["/"] = f'{head}{links(bait)}{links(first)}<a href="/shuili/">水利要闻</a></body></html>'
    pages["/shuili/"] = f"{head}{links(second)}</body></html>"
    body = pages.get(exchange.path)
    exchange.answer(body or "<html><body>404</body></html>", 200 if body else 404)
