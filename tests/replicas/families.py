"""Replicas of CMS families."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.replicas.portal import Replica

if TYPE_CHECKING:
    from tests.replicas.portal import Made


class Plain(Replica):
    """Links and a 下一页, as everybody would write them."""

    host = "plain.test"


class Trs(Replica):
    """拓尔思: page two of a list is `index_1`, drawn by `createPageHTML` that counts from 0."""

    host = "trs.test"

    def article_url(self, made: Made) -> str:
        return f"/xw/{made.published:%Y%m/t%Y%m%d}_{made.number}.html"

    def list_url(self, channel: int, page: int) -> str:
        return f"/xw/c{channel}/index{f'_{page - 1}' if page > 1 else ''}.html"

    def pager(self, channel: int, page: int, last: int) -> str:
        return f"<script>createPageHTML({last}, {page - 1}, 'index', 'html');</script>"


class OneBased(Trs):
    """The other `createPageHTML`: the box's id first, counted from 1, names of 32 digits."""

    host = "onebased.test"

    def article_url(self, made: Made) -> str:
        return f"/xw/{made.published:%Y%m}/{made.number:032x}.shtml"

    def list_url(self, channel: int, page: int) -> str:
        return f"/xw/c{channel}/list{f'_{page}' if page > 1 else ''}.shtml"

    def pager(self, channel: int, page: int, last: int) -> str:
        return f"<div id='pages'></div><script>createPageHTML('pages', {last}, {page}, 'list', 'shtml', 6);</script>"


class Vsb(Replica):
    """博达: `info/COLUMN/ID.htm`; the oldest page of a list has the number 1."""

    host = "vsb.test"

    def article_url(self, made: Made) -> str:
        return f"/info/10{made.channel:02}/{made.number}.htm"

    def list_url(self, channel: int, page: int) -> str:
        return f"/xw{channel}.htm" if page == 1 else f"/xw{channel}/{self.last_page(channel) - page + 1}.htm"


class Long(Trs):
    """One list of thirty pages."""

    host = "long.test"
    channels = 1

    def __init__(self, pages: int = 30, per_page: int = 4) -> None:
        super().__init__(pages, per_page)


FAMILIES = (Plain, Trs, OneBased, Vsb)
