"""Replicas with endless lists, and with endless links beside normal lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.replicas.portal import Replica
from tests.servers.site import Answer

if TYPE_CHECKING:
    from tests.replicas.portal import Asked


class IgnoredPage(Replica):
    """`?page=N` answers page one for any N, with a 下一页 below it and numbers beside it."""

    host = "ignored.test"

    def lay_out(self) -> None:
        super().lay_out()
        self.trap = lambda path: "page=" in path

    def put_lists(self, channel: int) -> None:
        self.put(self.list_url(channel, 1), lambda: self._page(channel, 1))

    def list_url(self, channel: int, page: int) -> str:
        return f"/c{channel}/" + (f"?page={page}" if page > 1 else "")

    def answer(self, asked: Asked) -> Answer:
        if "page=" in asked.url:
            channel, _, number = asked.path.removeprefix("/c").partition("/?page=")
            return Answer(self._page(int(channel), int(number)).encode())
        return super().answer(asked)

    def _page(self, channel: int, number: int) -> str:
        numbers = "".join(f"<a href='{self.list_url(channel, number + n)}'>{number + n}</a>" for n in range(1, 9))
        following = f"<a href='{self.list_url(channel, number + 1)}'>下一页</a>"
        return self.html(self.name(channel), self.rows(self.of(channel)) + f"<div>{numbers}{following}</div>")


class RepeatedLast(Replica):
    """Behind the last page each further one shows it again, with a 下一页."""

    host = "repeated.test"

    def lay_out(self) -> None:
        super().lay_out()
        self.trap = lambda path: "index_" in path and int(path.rpartition("_")[2].partition(".")[0]) > self.pages

    def pager(self, channel: int, page: int, last: int) -> str:
        return f"<a href='{self.list_url(channel, page + 1)}'>下一页</a>"

    def missing(self, asked: Asked) -> Answer:
        channel, mark, number = asked.path.removeprefix("/c").partition("/index_")
        if not mark:
            return super().missing(asked)
        last, page = self.last_page(int(channel)), int(number.removesuffix(".html"))
        html = self.list_html(int(channel), last, last)
        return Answer(html.replace(self.list_url(0, last + 1), self.list_url(0, page + 1)).encode())


class Calendar(Replica):
    """A calendar of days, each with a 前一天, a 后一天 and its month's days; no day has news of its own."""

    host = "calendar.test"

    def lay_out(self) -> None:
        super().lay_out()
        self.trap = lambda path: path.startswith("/riqi/")

    def menu(self) -> str:
        return super().menu() + "<a href='/riqi/2026/6/30/'>日历</a>"

    def missing(self, asked: Asked) -> Answer:
        if not self.trap(asked.path):
            return super().missing(asked)
        year, month, day = map(int, asked.path.strip("/").split("/")[1:])
        before = day - 1 or 28
        then = (year, month if day > 1 else month - 1 or 12, before)
        days = "".join(f"<a href='/riqi/{year}/{month}/{n}/'>{n}</a>" for n in range(1, 29))
        steps = "".join(f"<a href='/riqi/{'/'.join(map(str, then))}/'>{word}</a>" for word in ("前一天", "上一月"))
        return Answer(self.html("日历", f"<div>{days}</div><div>{steps}</div><p>今日没有新闻</p>").encode())


TRAPS = (IgnoredPage, RepeatedLast, Calendar)
