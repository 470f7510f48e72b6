"""Build small pages for tests of extraction: a headline, a byline, a story, and boilerplate around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.extract.page.document import Document

if TYPE_CHECKING:
    from datetime import datetime

TITLE = "山乡集市的早晨热闹非凡"
STORY = (
    "<p>五月的清晨，镇上的集市早早热闹起来，来自各村的农户把新鲜的蔬菜摆上摊位，买菜的居民络绎不绝，叫卖声此起彼伏。</p>",
    "<p>据了解，今年当地推广大棚种植技术以来，蔬菜产量比去年增加了两成，农户的收入也随之提高，许多年轻人选择回乡创业。</p>",
    "<p>镇里还修通了通往各村的水泥路，运输时间缩短了一半，下一步将建设冷链仓库，让更多的农产品走出大山，走向城市的餐桌。</p>",
)


def page(
    *,
    head: str = "",
    title: str = f"{TITLE}_示例新闻网",
    above: str = "",
    headline: str = f"<h1>{TITLE}</h1>",
    byline: str = "",
    opening: str = "",
    closing: str = "",
    after: str = "",
    url: str = "http://news.example.cn/a/1.html",
    fetched_at: datetime | None = None,
) -> Document:
    """An article page; each argument is mark-up for the place of its name."""
    html = (
        f"<html><head><title>{title}</title>{head}</head><body>"
        "<div class='top'><a href='/'>首页</a><a href='/a'>新闻</a><a href='/b'>财经</a></div>"
        f"{above}<div class='main'>{headline}{byline}"
        f"<div class='content'>{opening}{''.join(STORY)}{closing}</div>{after}</div>"
        "<div class='foot'>版权所有 示例新闻网</div></body></html>"
    )
    return Document(html, url, fetched_at=fetched_at)
