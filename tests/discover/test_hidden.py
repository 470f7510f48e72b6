"""Links that are no anchors, in every form seen; and what looks like one and is none."""

# ruff: noqa: E501  pages are written as they are sent
from __future__ import annotations

import json

import pytest

from tests.discover.walk import article, page, rows, title, walk

NINE = range(1, 10)
DATA = [{"title": title(n), "url": article(n)} for n in NINE]


def each(form: str) -> str:
    return "<div>" + "".join(form.format(url=article(n), title=title(n), n=48000 + n) for n in NINE) + "</div>"


FORMS = {
    "onclick": each("<li onclick=\"window.open('{url}')\">{title}</li>"),
    "onclick-location": each("<li onclick=\"location.href='{url}'\">{title}</li>"),
    "javascript-call": each("<a href=\"javascript:openNews('{url}')\">{title}</a>"),
    "javascript-id": "<script>function show(id) { window.location.href = '/xw/202405/t20240511_' + id + '.html'; }</script>"
    + each("<a href='javascript:show({n})'>{title}</a>"),
    "onclick-id": "<script>var go = function(id) { window.open('/xw/202405/t20240511_' + id + '.html') };</script>"
    + each("<p onclick='go(\"{n}\")'>{title}</p>"),
    "data-href": each("<div class='item' data-href='{url}'>{title}</div>"),
    "data-url": each("<a href='#' data-url='{url}'>{title}</a>"),
    "own-attribute": each("<li to='{url}'><h3>{title}</h3><p>导读</p></li>"),
    "data-json": each("<li data-item='{{\"link\": \"{url}\"}}'>{title}</li>"),
    "option": "<select>" + each("<option value='{url}'>{title}</option>") + "</select>",
    "textarea": f"<textarea style='display:none'>{rows(NINE)}</textarea>",
    "template": f"<template>{rows(NINE)}</template>",
    "script-html": f"<script type='text/html'>{rows(NINE)}</script>",
    "noscript": f"<noscript>{rows(NINE)}</noscript>",
    "cdata": "<div><recordset>" + "".join(
        f"<record><![CDATA[<li><a href='{article(n)}'>{title(n)}</a></li>]]></record>" for n in NINE
    ) + "</recordset></div>",
    "document-write": "<script>" + "".join(
        f"document.write('<li><a href=\"{article(n)}\">{title(n)}</a></li>');\n" for n in NINE
    ) + "</script>",
    "document-write-sum": "<script>" + "".join(
        f"document.write('<li><a href=\"' + '{article(n)}' + '\">' + '{title(n)}' + '</a></li>');\n" for n in NINE
    ) + "</script>",
    "objects": f"<script>var news = {json.dumps(DATA, ensure_ascii=False)};</script>",
    "bare-objects": "<script>var news = [" + ",".join(f"{{t:'{title(n)}',u:'{article(n)}'}}" for n in NINE) + "];</script>",
    "arrays": "<script>var l = new Array();" + "".join(
        f"l[{n}] = ['{title(n)}', '{article(n)}'];" for n in NINE
    ) + "</script>",
    "calls": "<script>" + "".join(f"addRow('{article(n)}', '{title(n)}');" for n in NINE) + "</script>",
    "next-data": "<div id='__next'></div><script id='__NEXT_DATA__' type='application/json'>"
    + json.dumps({"props": {"pageProps": {"list": DATA}}}) + "</script>",
    "initial-state": f"<script>window.__INITIAL_STATE__={json.dumps({'home': {'rows': DATA}})};</script>",
    "rows-by-id": "<script>var data = " + json.dumps([{"id": 48000 + n, "title": title(n)} for n in NINE]) + ";"
    "for (var i = 0; i < data.length; i++) { html += '<a href=\"/xw/202405/t20240511_' + data[i].id + '.html\">' + data[i].title + '</a>'; }"
    "</script>",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_all_links_of_a_form_are_found(form):
    found = walk({"/": page(FORMS[form])})
    assert {article(n) for n in NINE} <= set(found.articles)
    assert len(found.requests) <= 12


BEHIND = {
    "iframe": ("<iframe src='/list.html'></iframe>", page(rows(NINE))),
    "frameset": ("<frameset cols='200,*'><frame src='/list.html'></frameset>", page(rows(NINE))),
    "script-written": (
        "<div class='box'><script src='/list.html'></script></div>",
        "".join(f"document.write('<li><a href=\"{article(n)}\">{title(n)}</a></li>');\n" for n in NINE),
    ),
    "script-array": ("<ul><script src='/list.html'></script></ul>", f"var newsList = {json.dumps(DATA)};"),
    "ajax": ("<script>$.ajax({url: '/list.html', type: 'get', success: show});</script>", json.dumps({"data": DATA})),
    "getjson": ("<script>$.getJSON('/list.html', function (d) {});</script>", json.dumps(DATA)),
    "fetch": ("<script>fetch('/list.html').then(r => r.json())</script>", json.dumps({"data": {"list": DATA}})),
    "load": ("<script>$('#list').load('/list.html');</script>", rows(NINE)),
    "jsonp": ("<script>$.ajax({url: '/list.html', dataType: 'jsonp'});</script>", f"callback({json.dumps(DATA)});"),
    "xml": (
        "<script>$.get('/list.html', function (xml) {});</script>",
        "<?xml version='1.0'?><list>"
        + "".join(f"<news><title>{title(n)}</title><url>{article(n)}</url></news>" for n in NINE)
        + "</list>",
    ),
    "timeout": ("<script>setTimeout(\"location.href='/list.html'\", 100);</script>", page(rows(NINE))),
    "timeout-javascript": (
        "<script>setTimeout(\"javascript:location.href='/list.html'\", 3000);</script>",
        page(rows(NINE)),
    ),
    "variable": ("<script>var u = '/list.html'; window.location.href = u;</script>", page(rows(NINE))),
    "onload": ("", page(rows(NINE))),
}


@pytest.mark.parametrize("form", BEHIND)
def test_what_stands_behind_a_frame_a_script_or_a_call_is_found(form):
    first, second = BEHIND[form]
    entry = page(first) if form != "onload" else "<html><body onload=\"location.replace('/list.html')\"></body></html>"
    found = walk({"/": entry, "/list.html": second})
    assert {article(n) for n in NINE} <= set(found.articles)
    assert len(found.requests) <= 12


@pytest.mark.parametrize(
    "html",
    [
        "<script>var o = {api: '/login.do', img: '/a/t20240511_1.png', css: '/x.css'};</script>",
        "<li onclick=\"alert('请登录')\">提示</li>",
        "<div data-src='/pic/202405/t20240511_1.jpg' style='background:url(/x/y.html)'>图</div>",
        "<script>$.post('/user/login', {name: n}); $.get('/hits.jsp?id=1'); $.post('/comment/save', {id: 1})</script>",
        "<script src='/js/jquery.min.js'></script><div><script src='/ad/float.js'></script></div>",
        "<!-- <a href='/xw/202405/t20240511_1.html'>旧稿</a> -->",
        "<script>// location.href = '/xw/202405/t20240511_1.html'</script>",
        "<iframe src='about:blank'></iframe><iframe src='http://weather.b.test/'></iframe>",
    ],
)
def test_what_is_no_link(html):
    assert walk({"/": page(f"<p>{'本站提示。' * 3}</p>{html}")}).requests == ["/"]


def test_a_page_is_read_within_bounds():
    many = page("<script>var n = [" + ",".join(f"['/x/t2024_{n}.html', '标题']" for n in range(20_000)) + "];</script>")
    assert len(walk({"/": many}, most=5).requests) == 5
    long = page(f"<script>{'var a = f(1, [2, {b: 3}]);' * 30_000}</script>{rows(NINE)}")
    assert len(walk({"/": long}).articles) == 9
