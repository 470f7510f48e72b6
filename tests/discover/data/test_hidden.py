"""Links that are no anchors, in every form seen; and similar things that are no links."""

from __future__ import annotations

import pytest

from newscrawl.discover.data.hidden import moves_of
from newscrawl.extract.page.document import Document
from tests.discover.forms import BEHIND, IN_PAGE, Entry
from tests.discover.walk import article, page, rows, title, walk

NINE = range(1, 10)
ENTRIES = [Entry("/xw/202405/t20240511_", str(48000 + n), title(n)) for n in NINE]


@pytest.mark.parametrize("form", IN_PAGE)
def test_all_links_of_a_form_are_found(form):
    found = walk({"/": page(IN_PAGE[form](ENTRIES))})
    assert {article(n) for n in NINE} <= set(found.articles)
    assert len(found.requests) <= 12


@pytest.mark.parametrize("form", BEHIND)
def test_what_stands_behind_a_frame_a_script_or_a_call_is_found(form):
    first, second = BEHIND[form]
    found = walk({"/": page(first.replace("@", "/list.html")), "/list.html": second(ENTRIES)})
    assert {article(n) for n in NINE} <= set(found.articles)
    assert len(found.requests) <= 12


def test_a_body_that_moves_on_loading():
    entry = "<html><body onload=\"location.replace('/list.html')\"></body></html>"
    assert len(walk({"/": entry, "/list.html": page(rows(NINE))}).articles) == 9


@pytest.mark.parametrize(
    ("script", "moves"),
    [
        ("location.replace('/a.html');", ["http://b.test/a.html"]),
        ("top.location = '/a.html';", ["http://b.test/a.html"]),
        ("name = name.replace('/a.html', '/b.html'); var where = location.pathname;", []),
        ("if (link.href == '/a.html') { show(location.href); }", []),
    ],
)
def test_a_script_moves_the_page_by_its_address_alone(script, moves):
    assert moves_of(Document(f"<html><body><script>{script}</script></body></html>", "http://b.test/")) == moves


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
    row = page("".join(f"<a href='/l_{n}.html'>{n}</a>" for n in range(14_000)))
    assert len(walk({"/": row}, most=3).requests) == 3
