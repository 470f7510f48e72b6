"""Pagers that no anchor writes, in every form seen; where they end; and what is no pager."""

# ruff: noqa: E501  pages are written as they are sent
from __future__ import annotations

import pytest

from tests.discover.walk import article, page, rows, title, walk

PAGES, SIZE = 4, 6


def site(pager, address, *, rows_only: bool = False) -> dict[str, str]:
    """A list of four pages: `pager(k)` is what page k shows below its rows, `address(k)` where it is."""
    pages = {}
    for number in range(1, PAGES + 1):
        shown = rows(range((number - 1) * SIZE, number * SIZE))
        pages[address(number)] = shown if rows_only else page(shown + pager(number))
    return pages


def from_zero(number: int) -> str:
    return "/xw/index.html" if number == 1 else f"/xw/index_{number - 1}.html"


def from_one(number: int) -> str:
    return "/xw/list.html" if number == 1 else f"/xw/list_{number}.html"


def queried(number: int) -> str:
    return "/list.php?cid=3" if number == 1 else f"/list.php?cid=3&page={number}"


def plain(number: int) -> str:
    return "/xw/" if number == 1 else f"/xw/index_{number}.html"


def following(number: int, text: str) -> str:
    return text if number < PAGES else ""


FORMS = {
    "select": (
        lambda k: (
            "<select onchange='location.href=this.value'>"
            + "".join(f"<option value='{from_one(n).rpartition('/')[2]}'>{n}</option>" for n in range(1, PAGES + 1))
            + "</select>"
        ),
        from_one,
    ),
    "onclick": (
        lambda k: following(k, f"<span onclick=\"location.href='{from_one(k + 1)}'\">下一页</span>"),
        from_one,
    ),
    "function": (
        lambda k: (
            "<script>function goPage(n) { if (n == 1) { location.href = 'list.html'; } else"
            " { location.href = 'list_' + n + '.html'; } }</script>"
            + following(k, f"<a href='javascript:goPage({k + 1})'>下一页</a>")
        ),
        from_one,
    ),
    "function-from-zero": (
        lambda k: (
            "<script>function toPage(n) { window.location = 'index_' + (n - 1) + '.html'; }</script>"
            + following(k, f"<a href='#' onclick='toPage({k + 1});return false;'>{k + 1}</a>")
        ),
        from_zero,
    ),
    "function-elsewhere": (
        lambda k: following(k, f"<a href='javascript:goPage({k + 1})'>下一页</a>") + "<div class='pages'></div>",
        from_one,
    ),
    "laypage": (
        lambda k: (
            f"<div id='p'></div><script>laypage({{cont: 'p', pages: {PAGES}, curr: {k}, jump: function (obj, first)"
            " { if (!first) { location.href = 'list_' + obj.curr + '.html'; } }});</script>"
        ),
        from_one,
    ),
    "laypage-count": (
        lambda k: (
            f"<script>laypage.render({{elem: 'p', count: {PAGES * SIZE}, limit: {SIZE}, curr: {k}, jump: function (obj,"
            " first) { if (!first) location.href = '/list.php?cid=3&page=' + obj.curr; }});</script>"
        ),
        queried,
    ),
    "data-page": (
        lambda k: f"<div class='pager' data-total='{PAGES}' data-current='{k}' data-url='list_{{page}}.html'></div>",
        from_one,
    ),
    "data-page-buttons": (
        lambda k: (
            "".join(f"<a href='#' data-page='{n}'>{n}</a>" for n in range(1, PAGES + 1))
            + "<script>$('[data-page]').click(function () { var page = $(this).data('page');"
            " location.href = '/list.php?cid=3&page=' + page; });</script>"
        ),
        queried,
    ),
    "variables": (
        lambda k: (
            f"<div id='pg'></div><script>var totalPage = {PAGES}; var currentPage = {k}; var pageName = 'list';"
            " var pageExt = 'html'; drawPager();</script>"
        ),
        from_one,
    ),
    "config": (
        lambda k: (
            f"<script>var pagination_script_config = {{total: {PAGES}, current: {k - 1}}};"
            "createPageHTML(pagination_script_config.total, pagination_script_config.current, 'index', 'html');</script>"
        ),
        from_zero,
    ),
    "called-with-variables": (
        lambda k: f"<script>var n = {PAGES}, c = {k};createPageHTML('box', n, c, 'list', 'html', 6);</script>",
        from_one,
    ),
    "count-above-200": (
        lambda k: f"<script>var currentPage = {k - 1};\nvar countPage = 260;</script>",
        from_zero,
    ),
    "external": (lambda k: "<div class='page'><script src='/js/page.js'></script></div>", from_one),
    "external-from-zero": (lambda k: "<div id='pagination'></div>", from_zero),
    "folder": (lambda k: "<div class='pages'></div>", plain),
    "picture": (
        lambda k: following(k, f"<a href='{from_one(k + 1)}'><img src='/img/next.gif' alt='下一页'></a>"),
        from_one,
    ),
    "words": (lambda k: f"<p>共{PAGES}页 第{k}页</p>", from_one),
    "load-more": (
        lambda k: following(k, f"<a class='more' href='javascript:;' data-url='{from_one(k + 1)}'>加载更多</a>"),
        from_one,
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_list_is_read_to_its_end(form):
    pager, address = FORMS[form]
    found = walk(site(pager, address), address(1), most=60)
    assert {article(n) for n in range(PAGES * SIZE)} <= set(found.articles)
    assert len(found.requests) <= 1.3 * PAGES * SIZE


def test_a_postback_is_sent_with_the_forms_fields():
    def form(number: int) -> str:
        return (
            f"<form method='post' action='list.aspx'><input type='hidden' name='__VIEWSTATE' value='s{number}='>"
            f"{rows(range(number * SIZE, (number + 1) * SIZE))}<a href=\"javascript:__doPostBack('pager','{number + 2}')\">下一页</a></form>"
        )

    bodies = [f"__VIEWSTATE=s{n}%3D&__EVENTTARGET=pager&__EVENTARGUMENT={n + 2}" for n in range(2)]
    pages = {
        "/list.aspx": page(form(0)),
        f"/list.aspx {bodies[0]}": page(form(1)),
        f"/list.aspx {bodies[1]}": page(rows(range(12, 18))),
    }
    found = walk(pages, "/list.aspx")
    assert {article(n) for n in range(18)} <= set(found.articles)


@pytest.mark.parametrize(
    "below",
    [
        "",
        "<div class='homepage'>首页</div>",
        f"<script>var totalPage = 1; var currentPage = 1;</script><a onclick=\"share('{title(1)}')\">1</a>",
        "<p>共1页</p>",
        "<script>var swiper = {index: 1, count: 5, pagination: '.swiper'};</script>",
        "<script>createPageHTML(1, 0, 'index', 'html');</script><div class='page'></div>",
    ],
)
def test_what_has_no_further_page(below):
    found = walk({"/xw/": page(rows(range(8)) + below)}, "/xw/")
    assert set(found.requests) == {"/xw/", *(article(n) for n in range(8))}


def test_the_last_page_is_not_followed_by_another():
    last = page(rows(range(8)) + "<script>var totalPage = 4; var currentPage = 4; var pageName = 'list';</script>")
    assert len(walk({"/xw/list_4.html": last}, "/xw/list_4.html").requests) == 9
