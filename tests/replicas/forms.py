"""Replicas whose channels differ by one thing each: how their rows link, or how their pages are turned."""

# ruff: noqa: E501  pages are written as they are sent
from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from tests.replicas.portal import Replica
from tests.servers.site import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.replicas.portal import Asked, Made


def items(shown: list[Made], write: Callable[[Made], str]) -> str:
    return f"<ul>{''.join(f'<li>{write(made)}</li>' for made in shown)}</ul>"


def anchor(made: Made) -> str:
    return f"<a href='{made.urls[0]}'>{escape(made.title)}</a>"


def plain(shown: list[Made]) -> str:
    return items(shown, anchor)


# Form: how the rows of a channel are written.
LINKS: dict[str, Callable[[list[Made]], str]] = {
    "plain": plain,
    "onclick": lambda shown: items(shown, lambda m: f"<span onclick=\"location.href='{m.urls[0]}'\">{m.title}</span>"),
    "window.open": lambda shown: items(shown, lambda m: f"<a onclick=\"window.open('{m.urls[0]}')\">{m.title}</a>"),
    "data-href": lambda shown: items(shown, lambda m: f"<div data-href='{m.urls[0]}'>{m.title}</div>"),
    "data-url": lambda shown: items(shown, lambda m: f"<p data-url='{m.urls[0]}'>{m.title}</p>"),
    "javascript:": lambda shown: items(shown, lambda m: f"<a href=\"javascript:go('{m.urls[0]}')\">{m.title}</a>"),
    "option": lambda shown: "".join(f"<option value='{m.urls[0]}'>{m.title}</option>" for m in shown),
    "template": lambda shown: f"<template>{plain(shown)}</template>",
    "textarea": lambda shown: f"<textarea style='display:none'>{escape(plain(shown))}</textarea>",
    "script of markup": lambda shown: f"<script type='text/html'>{plain(shown)}</script>",
    "noscript": lambda shown: f"<noscript>{plain(shown)}</noscript>",
    "comment": lambda shown: f"<div class='lazy'><!-- {plain(shown)} --></div>",
    "document.write": lambda shown: f"<script>document.write({json.dumps(plain(shown), ensure_ascii=False)});</script>",
    "array": lambda shown: (
        f"<script>var rows = {json.dumps([[m.title, m.urls[0]] for m in shown], ensure_ascii=False)};</script>"
    ),
    "objects": lambda shown: (
        f"<script>var rows = {json.dumps([{'title': m.title, 'url': m.urls[0]} for m in shown], ensure_ascii=False)};</script>"
    ),
    "__NEXT_DATA__": lambda shown: (
        "<script id='__NEXT_DATA__' type='application/json'>"
        + json.dumps({"props": {"list": [{"title": m.title, "link": m.urls[0]} for m in shown]}}, ensure_ascii=False)
        + "</script>"
    ),
    "CDATA": lambda shown: (
        "<script type='text/xml'><recordset>"
        + "".join(f"<record><![CDATA[{anchor(m)}]]></record>" for m in shown)
        + "</recordset></script>"
    ),
    "backslashes": lambda shown: items(
        shown, lambda m: "<a href='{}'>{}</a>".format(m.urls[0].replace("/", "\\"), m.title)
    ),
}
# Form: where the rows of a channel stand, if not on its page: a frame, or a script of its own.
APART = {
    "iframe": "<iframe src='{}'></iframe>",
    "frameset": "<frameset cols='*'><frame src='{}'></frameset>",
    "script file": "<script src='{}'></script>",
}


class LinkForms(Replica):
    """A channel for each form of link, of one page."""

    host = "links.test"
    forms = (*LINKS, *APART)
    channels = len(forms)
    at_home = 0

    def __init__(self, pages: int = 1, per_page: int = 6) -> None:
        super().__init__(pages, per_page)

    def name(self, channel: int) -> str:
        return f"频道{channel + 1}"

    def form_of(self, number: int) -> str:
        return self.forms[next(made for made in self.articles if made.number == number).channel]

    def list_html(self, channel: int, page: int, last: int) -> str:
        form, shown = self.forms[channel], self.of(channel)
        if form in APART:
            ending = "js" if form == "script file" else "html"
            rows = APART[form].format(f"/part{channel}.{ending}")
            return (
                f"<html><head><title>频道</title></head>{rows}</html>"
                if form == "frameset"
                else self.html("频道", rows)
            )
        return self.html(self.name(channel), LINKS[form](shown))

    def answer(self, asked: Asked) -> Answer:
        name, _, ending = asked.path.removeprefix("/part").partition(".")
        if not asked.path.startswith("/part"):
            return super().answer(asked)
        rows = plain(self.of(int(name)))
        if ending == "html":
            return Answer(f"<html><body>{rows}</body></html>".encode())
        text = f"document.write({json.dumps(rows, ensure_ascii=False)});"
        return Answer(text.encode(), headers={"Content-Type": "application/javascript; charset=utf-8"})


Turn = tuple[str, "Callable[[str, int, int], str]"]


def numbers(write: Callable[[int], str], own: int, last: int) -> str:
    return "".join(f"<b>{n}</b>" if n == own else write(n) for n in range(1, last + 1))


# Form: the address of a page behind the first (of its base and number), and the pager (of base, own and last number).
PAGERS: dict[str, Turn] = {
    "next": ("index_{}.html", lambda b, o, last: f"<a href='{b}index_{o + 1}.html'>下一页</a>" if o < last else ""),
    "numbers": ("index_{}.html", lambda b, o, last: numbers(lambda n: f"<a href='{b}index_{n}.html'>{n}</a>", o, last)),
    "query": ("?page={}", lambda b, o, last: numbers(lambda n: f"<a href='{b}?page={n}'>{n}</a>", o, last)),
    "icon": (
        "index_{}.html",
        lambda b, o, last: f"<a href='{b}index_{o + 1}.html'><img src='/n.gif' alt='下一页'></a>" if o < last else "",
    ),
    "rel": (
        "index_{}.html",
        lambda b, o, last: f"<a rel='next' href='{b}index_{o + 1}.html'>&gt;</a>" if o < last else "",
    ),
    "select": (
        "index_{}.html",
        lambda b, o, last: (
            "<select onchange='location.href=this.value'>"
            + "".join(
                f"<option value='{b}{f'index_{n}.html' if n > 1 else ''}'>第{n}页</option>" for n in range(1, last + 1)
            )
            + "</select>"
        ),
    ),
    "onclick": (
        "index_{}.html",
        lambda b, o, last: f"<span onclick=\"location.href='{b}index_{o + 1}.html'\">下一页</span>" if o < last else "",
    ),
    "goPage": (
        "index_{}.html",
        lambda b, o, last: (
            f"<a href='javascript:goPage({o + 1})'>下一页</a>"
            f"<script>function goPage(n) {{ location.href = '{b}index_' + n + '.html'; }}</script>"
            if o < last
            else ""
        ),
    ),
    "data-page": (
        "?page={}",
        lambda b, o, last: (
            numbers(lambda n: f"<a data-page='{n}' href='javascript:;'>{n}</a>", o, last)
            + "<script>$('a').click(function () { location.href = '?page=' + $(this).data('page'); });</script>"
        ),
    ),
    "laypage": (
        "?page={}",
        lambda b, o, last: (
            f"<div id='pages'></div><script>laypage({{cont: 'pages', pages: {last}, curr: {o}, jump: function (e, first) "
            "{ if (!first) { location.href = '?page=' + e.curr; } }});</script>"
        ),
    ),
    "variables": (
        "index_{}.html",
        lambda b, o, last: (
            f"<script>var totalPage = {last}; var currentPage = {o}; var pageName = 'index'; var pageExt = 'html';</script>"
        ),
    ),
    "config": (
        "index_{}.html",
        lambda b, o, last: (
            f"<script>var pagination_script_config = {{ total: {last}, current: {o}, prefix: 'index', suffix: 'html' }};</script>"
        ),
    ),
    "createPageHTML": (
        "index_{}.html",
        lambda b, o, last: f"<script>createPageHTML('page_div', {last}, {o}, 'index', 'html', 60);</script>",
    ),
    "countPage": (
        "index_{}.html",
        lambda b, o, last: f"<script>var currentPage = {o}; var countPage = 260;</script>",
    ),
    "external script": ("index_{}.html", lambda b, o, last: "<div id='page'></div><script src='/js/page.js'></script>"),
    "GET form": (
        "?page={}",
        lambda b, o, last: (
            f"<form method='get' action='{b}'>第<input name='page' value='{o}'>页 共{last}页<input type='submit' value='转到'></form>"
        ),
    ),
    "__doPostBack": (
        "",
        lambda b, o, last: (
            f"<form method='post' action='{b}'><input type='hidden' name='__VIEWSTATE' value='/wE{o}'></form>"
            + (f"<a href=\"javascript:__doPostBack('Pager','{o + 1}')\">下一页</a>" if o < last else "")
        ),
    ),
    "letters": (
        "list-{}.html",
        lambda b, o, last: f"<a href='{b}list-{o + 1}.html'>Next &raquo;</a>" if o < last else "",
    ),
    "load more": (
        "?page={}",
        lambda b, o, last: (
            f"<a class='more' data-next='{b}?page={o + 1}' href='javascript:;'>加载更多</a>" if o < last else ""
        ),
    ),
}


class PagerForms(Replica):
    """A channel for each form of pager."""

    host = "pagers.test"
    forms = tuple(PAGERS)
    channels = len(PAGERS)
    at_home = 0

    def __init__(self, pages: int = 4, per_page: int = 5) -> None:
        super().__init__(pages, per_page)

    def name(self, channel: int) -> str:
        return f"频道{channel + 1}"

    def form_of(self, number: int) -> str:
        return self.forms[next(made for made in self.articles if made.number == number).channel]

    def list_url(self, channel: int, page: int) -> str:
        return f"/c{channel}/" + (PAGERS[self.forms[channel]][0].format(page) if page > 1 else "")

    def pager(self, channel: int, page: int, last: int) -> str:
        return PAGERS[self.forms[channel]][1](f"/c{channel}/", page, last)

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/js/page.js":
            return Answer(
                b"document.getElementById('page').innerHTML = draw();", headers={"Content-Type": "text/javascript"}
            )
        if asked.method == "POST" and "__EVENTARGUMENT=" in asked.body:
            channel = int(asked.path.strip("/").removeprefix("c"))
            page = int(asked.body.partition("__EVENTARGUMENT=")[2].partition("&")[0])
            if page <= self.last_page(channel):
                return Answer(self.list_html(channel, page, self.last_page(channel)).encode())
        return super().answer(asked)

    def put_lists(self, channel: int) -> None:
        if self.forms[channel] == "__doPostBack":
            self.put(self.list_url(channel, 1), lambda: self.list_html(channel, 1, self.last_page(channel)))
        else:
            super().put_lists(channel)


FORMS = (LinkForms, PagerForms)
