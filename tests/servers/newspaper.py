"""Made-up newspapers in both forms of Founder's facsimile, laid on a `Site` issue by issue."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.archive import made_texts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tests.servers.site import Site

SECTIONS = {"01": "要闻", "02": "民生", "A03": "副刊"}


@dataclass(frozen=True, slots=True)
class Printed:
    """An article as it was printed."""

    issue: str
    page: str
    section: str
    order: int
    title: str
    body: str


class Newspaper:
    """A newspaper of three pages with two articles each; a form says how addresses and pages are written.

    Attributes:
        articles: what was printed, by path.
    """

    entry = "/"
    first = ""  # an issue's first page, as `issue_url` of a portal has it

    def __init__(self, site: Site, days: Iterable[date]) -> None:
        self.site = site
        self.articles: dict[str, Printed] = {}
        self.days = sorted(days)
        for day in self.days:
            self.lay_out(day)
        site.page(self.entry, self.entrance(self.days[-1]))

    def lay_out(self, day: date) -> None:
        pages = {self.page_path(day, rank): number for rank, number in enumerate(SECTIONS, 1)}
        for rank, (path, number) in enumerate(pages.items(), 1):
            own = {}
            for order in (1, 2):
                key = day.toordinal() * 10 + rank * 2 + order
                title = f"{SECTIONS[number]}版第{order}篇：{day:%m月%d日}的消息"
                body = made_texts.story(random.Random(key), 3)
                article = self.article_path(day, rank, key)
                own[article] = Printed(day.isoformat(), number, SECTIONS[number], order, title, body)
                self.site.page(article, self.article(day, own[article], pages))
            self.site.page(path, self.page(day, path, pages, own))
            self.articles |= own

    def page_links(self, pages: dict[str, str]) -> str:
        return "".join(
            f'<li><a id="pageLink" href="{path}">第{number}版：{SECTIONS[number]}</a></li>'
            for path, number in pages.items()
        )

    def page_path(self, day: date, rank: int) -> str:
        raise NotImplementedError

    def article_path(self, day: date, rank: int, key: int) -> str:
        raise NotImplementedError

    def entrance(self, newest: date) -> str:
        raise NotImplementedError

    def page(self, day: date, path: str, pages: dict[str, str], own: dict[str, Printed]) -> str:
        raise NotImplementedError

    def article(self, day: date, printed: Printed, pages: dict[str, str]) -> str:
        raise NotImplementedError


class OldForm(Newspaper):
    """`html/YYYY-MM/DD/node_2.htm`: entered by setTimeout, articles in a table and, in other order, as areas."""

    entry = "/qyrb/paperindex.htm"
    first = "/qyrb/html/%Y-%m/%d/node_2.htm"

    def page_path(self, day, rank):
        return f"/qyrb/html/{day:%Y-%m/%d}/node_{rank + 1}.htm"

    def article_path(self, day, rank, key):
        return f"/qyrb/html/{day:%Y-%m/%d}/content_{key}_{rank}.htm"

    def entrance(self, newest):
        return (
            "<html><head><title>清源日报</title></head><body><script>"
            f"setTimeout(\"javascript:location.href='html/{newest:%Y-%m/%d}/node_2.htm'\", 300);</script></body></html>"
        )

    def page(self, day, path, pages, own):
        areas = "".join(f'<area shape="poly" coords="1,1,9,9" href="{url}?div=-1">' for url in reversed(own))
        rows = "".join(f'<tr><td><a href="{url}?div=-1">{one.title}</a></td></tr>' for url, one in own.items())
        return f"""<html><head><title>清源日报 {day:%Y年%m月%d日}</title></head><body>
            <strong>第{pages[path]}版：{SECTIONS[pages[path]]}</strong>
            <map name="PagePicMap">{areas}</map><table>{rows}</table><ul>{self.page_links(pages)}</ul>
            <a href="../../2020-01/01/node_2.htm">上一期</a></body></html>"""

    def article(self, day, printed, pages):
        body = "".join(f"<p>　　{line}</p>" for line in printed.body.split("\n"))
        return f"""<html><head><title>清源日报 - {printed.title}</title></head><body>
            <table><tr><td>{day:%Y年%m月%d日} 星期日</td><td>第{printed.page}版：{printed.section}</td></tr></table>
            <table><tr><td class="font01">{printed.title}</td></tr></table>
            <div id="ozoom"><founder-content>{body}</founder-content></div>
            <div><a href="../../2020-01/01/content_1_1.htm?div=-1">上一篇</a></div>
            <ul>{self.page_links(pages)}</ul></body></html>"""


class NewForm(Newspaper):
    """`/<code>/pc/layout/YYYYMM/DD/node_01.html`: its entry page is a page of the newest issue without its day."""

    entry = "/qywb/pc/layout/index.html"
    first = "/qywb/pc/layout/%Y%m/%d/node_01.html"

    def page_path(self, day, rank):
        return f"/qywb/pc/layout/{day:%Y%m/%d}/node_{list(SECTIONS)[rank - 1]}.html"

    def article_path(self, day, rank, key):
        return f"/qywb/pc/content/{day:%Y%m/%d}/content_{key}.html"

    def entrance(self, newest):
        links = "".join(
            f'<li><a href="{newest:%Y%m/%d}/node_{number}.html">{number}：{name}</a></li>'
            for number, name in SECTIONS.items()
        )
        return f"<html><head><title>清源晚报</title></head><body><div id='list'><ul>{links}</ul></div></body></html>"

    def page(self, day, path, pages, own):
        rows = "".join(f'<li class="clearfix"><a href="{url}">{one.title}</a></li>' for url, one in own.items())
        links = "".join(f'<li><a href="{page}">{number}：{SECTIONS[number]}</a></li>' for page, number in pages.items())
        return f"""<html><head><title>清源晚报</title></head><body>
            <div id="layout">{pages[path]}：{SECTIONS[pages[path]]}</div>
            <div id="list"><ul>{links}</ul></div><ul id="articlelist">{rows}</ul></body></html>"""

    def article(self, day, printed, pages):
        body = "".join(f"<p>{line}</p>" for line in printed.body.split("\n"))
        return f"""<html><head><title>{printed.title}</title></head><body><p>第{printed.page}版：{printed.section}</p>
            <h1 id="Title">{printed.title}</h1><date>{day:%Y-%m-%d}</date>
            <founder-content>{body}</founder-content></body></html>"""
