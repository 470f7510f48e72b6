"""Numbered addresses, the scripts that draw pagers, and what a pager's links say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discover.paging.pager import (
    LAST,
    MOST_PAGES,
    NEXT,
    PREVIOUS,
    Numbered,
    Saying,
    ScriptPager,
    numbered,
    numbered_address,
    pager_anchors,
    says,
    script_address,
    script_pager,
)
from newscrawl.extract.page.document import Document

A = "http://a.test/xw/"


def page(content: str, url: str = f"{A}index.html") -> Document:
    return Document(f"<html><body>{content}</body></html>", url)


def drawn(script: str, url: str = f"{A}index.html") -> ScriptPager | None:
    return script_pager(page(f"<script>{script}</script>", url))


@pytest.mark.parametrize(
    ("url", "readings"),
    [
        (f"{A}4821_2.html", [Numbered(f"{A}4821.html", 2)]),
        (f"{A}4821_02.html", [Numbered(f"{A}4821.html", 2, 2)]),
        (f"{A}4821_020.html", [Numbered(f"{A}4821.html", 20, 3)]),
        (f"{A}4821-2.html", [Numbered(f"{A}4821.html", 2, separator="-")]),
        (f"{A}4821_P2.html", [Numbered(f"{A}4821.html", 2, separator="_P")]),
        (f"{A}4821_2", [Numbered(f"{A}4821", 2)]),
        (f"{A}4821_2.html?a=1", [Numbered(f"{A}4821.html?a=1", 2)]),
        (f"{A}4821_1234.html", []),
        (f"{A}_2.html", []),
        (f"{A}index2.html", [Numbered(f"{A}index.html", 2, separator="")]),
        (f"{A}list02.html?a=1", [Numbered(f"{A}list.html?a=1", 2, 2, separator="")]),
        (f"{A}2.html", []),
        (A, []),
    ],
)
def test_an_address_is_read_as_a_page_with_its_number_and_as_a_first_one(url, readings):
    assert numbered(url) == [*readings, Numbered(url, None)]


@pytest.mark.parametrize(
    ("url", "stem", "number"),
    [
        (f"{A}?page=2", A, 2),
        (f"{A}?id=7&page=2", f"{A}?id=7", 2),
        (f"{A}?page=2&id=7", f"{A}?id=7", 2),
        (f"{A}?id=7&PageIndex=12&x=1", f"{A}?id=7&x=1", 12),
        (f"{A}index_3.html?p=4", f"{A}index_3.html", 4),
    ],
)
def test_a_parameter_counts_before_the_name(url, stem, number):
    assert numbered(url) == [Numbered(stem, number, form="query")]


@pytest.mark.parametrize("url", [f"{A}?page=12345", f"{A}?page=2x", f"{A}?mypage=2", f"{A}?page="])
def test_parameters_that_are_no_page(url):
    assert numbered(url) == [Numbered(url, None)]


@given(
    st.integers(0, 999),
    st.integers(1, 3),
    st.sampled_from(["_", "-", "_p"]),
    st.sampled_from(["a/4821.html", "x/n.shtml", "b.c/4821", "a/4821.html?q=1"]),
)
def test_a_numbered_address_is_read_back(number, width, separator, name):
    stem = f"http://a.test/{name}"
    url = numbered_address(stem, number, width, separator)
    digits = f"{number:0{width}d}"
    assert url.replace(f"{separator}{digits}", "", 1) == stem
    reading = numbered(url)[0]
    assert (reading.stem, reading.number, reading.separator, reading.form) == (stem, number, separator, "name")
    assert reading.width == (len(digits) if digits[0] == "0" else 1)


def test_where_the_number_stands():
    assert numbered_address(f"{A}4821.html", 2) == f"{A}4821_2.html"
    assert numbered_address(f"{A}4821.html", 2, 3) == f"{A}4821_002.html"
    assert numbered_address("http://a.b/4821?x=1.5", 2) == "http://a.b/4821_2?x=1.5"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("createPageHTML(25, 3, 'index', 'htm');", ScriptPager(25, 3, 0, "index", "htm")),
        ("createPageHTML(25, 1, 'index', '.htm', 500);", ScriptPager(25, 1, 0, "index", "htm")),
        ("createPageHTML(25, 0, 'index', 'htm');", ScriptPager(25, 0, 0, "index", "htm")),
        ("createPageHTML('box', 25, 3, 'list', 'shtml', 500);", ScriptPager(25, 3, 1, "list", "shtml")),
        ("createPageHTML('box', 25, 0, 'list', 'shtml');", ScriptPager(25, 0, 1, "list", "shtml")),
        ("x.showPages(25, 3, 'index', 'html');", ScriptPager(25, 3, 0, "index", "html")),
        ("SHOWPAGE(25, 3, 'index', 'html');", ScriptPager(25, 3, 0, "index", "html")),
        ("var n = 25, name = 'index'; page(n, 3, name, 'html');", ScriptPager(25, 3, 0, "index", "html")),
        ("var o = {n: 25}; page(o.n, 3, 'index', 'html');", ScriptPager(25, 3, 0, "index", "html")),
        ("page(25, 3, 'index', 'js'); page(9, 2, 'index', 'html');", ScriptPager(9, 2, 0, "index", "html")),
        ("page(25, 'index', 3, 'html');", ScriptPager(25, 3, 0, "index", "html")),
        ("createPageHTML(25, 3, 'index', extension);", None),
        ("createPageHTML(25, 3, 'index');", None),
        ("createPageHTML(25, 'index', 'html', 'x');", None),
        ("createPageHTML(25, 3, '', 'html');", None),
        ("createPageHTML(25, 3, name, 'html');", None),
        ("createPageHTML(25, 3, 'index', 'png');", None),
        (f"createPageHTML({'9' * 10}, 3, 'index', 'html');", None),
        (f"createPageHTML({'9' * 9}, 3, 'index', 'html');", ScriptPager(999_999_999, 3, 0, "index", "html")),
        ("other(25, 3, 'index', 'html');", None),
        ("countPage = 9; currentPage = 3;", ScriptPager(9, 3, 0)),
        ("countPage = 2; currentPage = 3;", ScriptPager(2, 3, 0)),
        ("countPage = 1; currentPage = 0;", None),
        (f"countPage = {MOST_PAGES}; currentPage = 3;", ScriptPager(MOST_PAGES, 3, 0)),
        (f"countPage = {MOST_PAGES + 1}; currentPage = 3;", None),
        ("countPage = 9;", None),
        ("currentPage = 3;", None),
        ("no pager", None),
    ],
)
def test_the_pager_that_a_script_draws(script, expected):
    """On page `_3` the dialect tells whether pages count from 0 or from 1."""
    assert drawn(script, f"{A}4821_3.html") == expected


@pytest.mark.parametrize(
    ("call", "url", "base"),
    [
        ("createPageHTML(25, 1, 'index', 'html');", A, 1),
        ("createPageHTML(25, 0, 'index', 'html');", A, 0),
        ("createPageHTML(25, 2, 'index', 'html');", A, 0),
        ("createPageHTML(25, 1, 'index', 'html');", f"{A}index_1.html", 0),
        ("createPageHTML('box', 25, 2, 'index', 'html');", A, 1),
        ("createPageHTML('box', 25, 0, 'index', 'html');", A, 0),
        ("createPageHTML('box', 25, 1, 'index', 'html');", f"{A}index_1.html", 1),
    ],
)
def test_the_number_of_page_one_is_that_of_a_page_without_number(call, url, base):
    assert drawn(call, url).base == base


@pytest.mark.parametrize(
    ("pager", "number", "url", "expected"),
    [
        (ScriptPager(9, 0, 0, "index", "html"), 0, A, f"{A}index.html"),
        (ScriptPager(9, 0, 0, "index", "html"), 1, A, f"{A}index_1.html"),
        (ScriptPager(9, 1, 1, "index", "html"), 1, A, f"{A}index.html"),
        (ScriptPager(9, 1, 1, "index", "html"), 2, A, f"{A}index_2.html"),
        (ScriptPager(9, 0, 0), 1, A, f"{A}index_1.html"),
        (ScriptPager(9, 0, 0), 1, f"{A}t_4821.html", f"{A}t_4821_1.html"),
        (ScriptPager(9, 3, 0), 4, f"{A}t_4821_3.html", f"{A}t_4821_4.html"),
        (ScriptPager(9, 2, 0), 3, f"{A}t_3.html", f"{A}t_3_3.html"),
        (ScriptPager(9, 0, 0), 1, f"{A}t_0.html", f"{A}t_0_1.html"),
    ],
)
def test_the_address_of_a_page_that_a_script_draws(pager, number, url, expected):
    assert script_address(page("", url), pager, number) == expected


@pytest.mark.parametrize(
    ("text", "saying"),
    [
        ("3", Saying(number=3)),
        ("[12]", Saying(number=12)),
        ("第 3 页", Saying(number=3)),
        ("1234", None),
        ("下一页", Saying(step=NEXT)),
        ("后页", Saying(step=NEXT)),
        ("Next Page", Saying(step=NEXT)),
        ("»", Saying(step=NEXT)),
        ("上一页", Saying(step=PREVIOUS)),
        ("<< 上一页", Saying(step=PREVIOUS)),
        ("prev", Saying(step=PREVIOUS)),
        ("尾页", Saying(step=LAST)),
        ("末頁", Saying(step=LAST)),
        ("首页", None),
        ("下一篇", None),
        ("", None),
        ("下一页       ]]", None),
        ("第          3", Saying(number=3)),
        ("第           3", Saying(number=3)),
        ("第            3", Saying(number=3)),
        ("第             3", None),
    ],
)
def test_what_a_link_says(text, saying):
    assert says(text) == saying


def test_the_links_that_a_pager_may_have_printed():
    links = ["2", "<img alt='下一页' src='n.gif'>", "首页", "三座便民桥通车", "第 3 页"]
    document = page("".join(f"<a href='index_{number}.html'>{text}</a>" for number, text in enumerate(links)))
    found = [(anchor.url.rpartition("/")[2], saying) for anchor, saying in pager_anchors(document)]
    assert ("index_0.html", Saying(number=2)) in found
    assert ("index_4.html", Saying(number=3)) in found
    assert not {"index_2.html", "index_3.html"} & {name for name, _ in found}
