"""Forms of links on pages and of pagers on lists, for the tests of `discover` and for the replica portals."""

# ruff: noqa: E501  pages are written as they are sent
from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Entry(NamedTuple):
    """An article as a list shows it; its address is `before`, its id, `.html`."""

    before: str
    id: str
    title: str

    @property
    def url(self) -> str:
        return f"{self.before}{self.id}.html"


Entries = list[Entry]


def rows(entries: Entries) -> str:
    return "<ul>" + "".join(f"<li><a href='{e.url}'>{e.title}</a></li>" for e in entries) + "</ul>"


def each(form: str) -> Callable[[Entries], str]:
    """A form that writes each entry alike."""
    return lambda entries: "<div>" + "".join(form.format(url=e.url, title=e.title, id=e.id) for e in entries) + "</div>"


def data(entries: Entries) -> list[dict[str, str]]:
    return [{"title": e.title, "url": e.url} for e in entries]


def written(entries: Entries) -> str:
    return "".join(f"document.write('<li><a href=\"{e.url}\">{e.title}</a></li>');\n" for e in entries)


# Links that stand in the page itself.
IN_PAGE: dict[str, Callable[[Entries], str]] = {
    "onclick": each("<li onclick=\"window.open('{url}')\">{title}</li>"),
    "onclick-location": each("<li onclick=\"location.href='{url}'\">{title}</li>"),
    "picture-click": each("<img src='1.jpg' onclick=\"location.href='{url}'\" alt='{title}'>"),
    "vue-click": each("<li @click=\"open('{url}')\">{title}</li>"),
    "javascript-call": each("<a href=\"javascript:openNews('{url}')\">{title}</a>"),
    "javascript-id": lambda es: (
        f"<script>function show(id) {{ window.location.href = '{es[0].before}' + id + '.html'; }}</script>"
        + each("<a href='javascript:show({id})'>{title}</a>")(es)
    ),
    "onclick-id": lambda es: (
        f"<script>var go = function(id) {{ window.open('{es[0].before}' + id + '.html') }};</script>"
        + each("<p onclick='go(\"{id}\")'>{title}</p>")(es)
    ),
    "data-href": each("<div class='item' data-href='{url}'>{title}</div>"),
    "data-url": each("<a href='#' data-url='{url}'>{title}</a>"),
    "own-attribute": each("<li to='{url}'><h3>{title}</h3><p>导读</p></li>"),
    "data-json": each('<li data-item=\'{{"link": "{url}"}}\'>{title}</li>'),
    "option": lambda es: "<select>" + each("<option value='{url}'>{title}</option>")(es) + "</select>",
    "textarea": lambda es: f"<textarea style='display:none'>{rows(es)}</textarea>",
    "template": lambda es: f"<template>{rows(es)}</template>",
    "script-html": lambda es: f"<script type='text/html'>{rows(es)}</script>",
    "noscript": lambda es: f"<noscript>{rows(es)}</noscript>",
    "cdata": lambda es: (
        "<div><recordset>"
        + "".join(f"<record><![CDATA[<li><a href='{e.url}'>{e.title}</a></li>]]></record>" for e in es)
        + "</recordset></div>"
    ),
    "document-write": lambda es: f"<script>{written(es)}</script>",
    "document-write-sum": lambda es: (
        "<script>"
        + "".join(f"document.write('<li><a href=\"' + '{e.url}' + '\">' + '{e.title}' + '</a></li>');\n" for e in es)
        + "</script>"
    ),
    "objects": lambda es: f"<script>var news = {json.dumps(data(es), ensure_ascii=False)};</script>",
    "bare-objects": lambda es: (
        "<script>var news = [" + ",".join(f"{{t:'{e.title}',u:'{e.url}'}}" for e in es) + "];</script>"
    ),
    "arrays": lambda es: (
        "<script>var l = new Array();"
        + "".join(f"l[{n}] = ['{e.title}', '{e.url}'];" for n, e in enumerate(es))
        + "</script>"
    ),
    "calls": lambda es: "<script>" + "".join(f"addRow('{e.url}', '{e.title}');" for e in es) + "</script>",
    "next-data": lambda es: (
        "<div id='__next'></div><script id='__NEXT_DATA__' type='application/json'>"
        + json.dumps({"props": {"pageProps": {"list": data(es)}}})
        + "</script>"
    ),
    "initial-state": lambda es: (
        f"<script>window.__INITIAL_STATE__={json.dumps({'home': {'rows': data(es)}})};</script>"
    ),
    "rows-like-an-anchor": lambda es: (
        rows(es[:1])
        + "<script id='__NEXT_DATA__' type='application/json'>"
        + json.dumps({"list": [{"id": e.id, "title": e.title} for e in es]})
        + "</script>"
    ),
    "rows-by-id": lambda es: (
        f"<script>var data = {json.dumps([{'id': e.id, 'title': e.title} for e in es])};"
        f"for (var i = 0; i < data.length; i++) {{ html += '<a href=\"{es[0].before}' + data[i].id + '.html\">' + data[i].title"
        " + '</a>'; }</script>"
    ),
}


def _whole(body: str) -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>本地要闻</title></head><body>{body}</body></html>"


# Links behind the page: what it shows, with `@` for the other address, and what stands there.
BEHIND: dict[str, tuple[str, Callable[[Entries], str]]] = {
    "iframe": ("<iframe src='@'></iframe>", lambda es: _whole(rows(es))),
    "frameset": ("<frameset cols='200,*'><frame src='@'></frameset>", lambda es: _whole(rows(es))),
    "script-written": ("<div class='box'><script src='@'></script></div>", written),
    "script-array": ("<ul><script src='@'></script></ul>", lambda es: f"var newsList = {json.dumps(data(es))};"),
    "ajax": (
        "<script>$.ajax({url: '@', type: 'get', success: show});</script>",
        lambda es: json.dumps({"data": data(es)}),
    ),
    "getjson": ("<script>$.getJSON('@', function (d) {});</script>", lambda es: json.dumps(data(es))),
    "fetch": (
        "<script>fetch('@').then(r => r.json())</script>",
        lambda es: json.dumps({"data": {"list": data(es)}}),
    ),
    "load": ("<script>$('#list').load('@');</script>", rows),
    "jsonp": (
        "<script>$.ajax({url: '@', dataType: 'jsonp'});</script>",
        lambda es: f"callback({json.dumps(data(es))});",
    ),
    "xml": (
        "<script>$.get('@', function (xml) {});</script>",
        lambda es: (
            "<?xml version='1.0'?><list>"
            + "".join(f"<news><title>{e.title}</title><url>{e.url}</url></news>" for e in es)
            + "</list>"
        ),
    ),
    "timeout": ("<script>setTimeout(\"location.href='@'\", 100);</script>", lambda es: _whole(rows(es))),
    "timeout-javascript": (
        "<script>setTimeout(\"javascript:location.href='@'\", 3000);</script>",
        lambda es: _whole(rows(es)),
    ),
    "variable": ("<script>var u = '@'; window.location.href = u;</script>", lambda es: _whole(rows(es))),
    "onload": (
        "<p onload=''></p><script>window.onload = function () { location.replace('@'); };</script>",
        lambda es: _whole(rows(es)),
    ),
}


def from_zero(number: int) -> str:
    return "/xw/index.html" if number == 1 else f"/xw/index_{number - 1}.html"


def from_one(number: int) -> str:
    return "/xw/list.html" if number == 1 else f"/xw/list_{number}.html"


def queried(number: int) -> str:
    return "/list.php?cid=3" if number == 1 else f"/list.php?cid=3&page={number}"


def plain(number: int) -> str:
    return "/xw/" if number == 1 else f"/xw/index_{number}.html"


def following(number: int, last: int, text: str) -> str:
    return text if number < last else ""


# What stands below page k of a list of `last` pages, and the address of page k.
PAGERS: dict[str, tuple[Callable[[int, int], str], Callable[[int], str]]] = {
    "select": (
        lambda k, last: (
            "<select onchange='location.href=this.value'>"
            + "".join(f"<option value='{from_one(n).rpartition('/')[2]}'>{n}</option>" for n in range(1, last + 1))
            + "</select>"
        ),
        from_one,
    ),
    "onclick": (
        lambda k, last: following(k, last, f"<span onclick=\"location.href='{from_one(k + 1)}'\">下一页</span>"),
        from_one,
    ),
    "function": (
        lambda k, last: (
            "<script>function goPage(n) { if (n == 1) { location.href = 'list.html'; } else"
            " { location.href = 'list_' + n + '.html'; } }</script>"
            + following(k, last, f"<a href='javascript:goPage({k + 1})'>下一页</a>")
        ),
        from_one,
    ),
    "function-from-zero": (
        lambda k, last: (
            "<script>function toPage(n) { window.location = 'index_' + (n - 1) + '.html'; }</script>"
            + following(k, last, f"<a href='#' onclick='toPage({k + 1});return false;'>{k + 1}</a>")
        ),
        from_zero,
    ),
    "function-elsewhere": (
        lambda k, last: (
            following(k, last, f"<a href='javascript:goPage({k + 1})'>下一页</a>") + "<div class='pages'></div>"
        ),
        from_one,
    ),
    "laypage": (
        lambda k, last: (
            f"<div id='p'></div><script>laypage({{cont: 'p', pages: {last}, curr: {k}, jump: function (obj, first)"
            " { if (!first) { location.href = 'list_' + obj.curr + '.html'; } }});</script>"
        ),
        from_one,
    ),
    "laypage-count": (
        lambda k, last: (
            f"<script>laypage.render({{elem: 'p', count: {last * 6}, limit: {6}, curr: {k}, jump: function (obj,"
            " first) { if (!first) location.href = '/list.php?cid=3&page=' + obj.curr; }});</script>"
        ),
        queried,
    ),
    "data-page": (
        lambda k, last: (
            f"<div class='pager' data-total='{last}' data-current='{k}' data-url='list_{{page}}.html'></div>"
        ),
        from_one,
    ),
    "data-page-buttons": (
        lambda k, last: (
            "".join(f"<a href='#' data-page='{n}'>{n}</a>" for n in range(1, last + 1))
            + "<script>$('[data-page]').click(function () { var page = $(this).data('page');"
            " location.href = '/list.php?cid=3&page=' + page; });</script>"
        ),
        queried,
    ),
    "variables": (
        lambda k, last: (
            f"<div id='pg'></div><script>var totalPage = {last}; var currentPage = {k}; var pageName = 'list';"
            " var pageExt = 'html'; drawPager();</script>"
        ),
        from_one,
    ),
    "config": (
        lambda k, last: (
            f"<script>var pagination_script_config = {{total: {last}, current: {k - 1}}};"
            "createPageHTML(pagination_script_config.total, pagination_script_config.current, 'index', 'html');</script>"
        ),
        from_zero,
    ),
    "called-with-variables": (
        lambda k, last: f"<script>var n = {last}, c = {k};createPageHTML('box', n, c, 'list', 'html', 6);</script>",
        from_one,
    ),
    "count-above-200": (
        lambda k, last: f"<script>var currentPage = {k - 1};\nvar countPage = 260;</script>",
        from_zero,
    ),
    "external": (lambda k, last: "<div class='page'><script src='/js/page.js'></script></div>", from_one),
    "external-from-zero": (lambda k, last: "<div id='pagination'></div>", from_zero),
    "folder": (lambda k, last: "<div class='pages'></div>", plain),
    "select-numbers": (
        lambda k, last: (
            "<script>function goPage(n) { window.location.href = 'list_' + n + '.html'; }</script>"
            "<select onchange='goPage(this.value)'>"
            + "".join(f"<option value='{n}'>{n}</option>" for n in range(1, last + 1))
            + "</select>"
        ),
        from_one,
    ),
    "another-function": (
        lambda k, last: f"<script>showPages({last}, {k - 1}, 'index', 'html', 20);</script>",
        from_zero,
    ),
    "picture": (
        lambda k, last: following(k, last, f"<a href='{from_one(k + 1)}'><img src='/img/next.gif' alt='下一页'></a>"),
        from_one,
    ),
    "words": (lambda k, last: f"<p>共{last}页 第{k}页</p>", from_one),
    "load-more": (
        lambda k, last: following(
            k, last, f"<a class='more' href='javascript:;' data-url='{from_one(k + 1)}'>加载更多</a>"
        ),
        from_one,
    ),
}
