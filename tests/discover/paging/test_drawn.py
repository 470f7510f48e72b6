"""Pagers without anchors, in every form seen: the next page, the last page, and similar things that are no pagers."""

# ruff: noqa: E501  pages are written as they are sent
from __future__ import annotations

import pytest

from tests.discover.forms import PAGERS
from tests.discover.walk import article, page, rows, title, walk

PAGES, SIZE = 4, 6


@pytest.mark.parametrize("form", PAGERS)
def test_a_list_is_read_to_its_end(form):
    pager, address = PAGERS[form]
    pages = {
        address(number): page(rows(range((number - 1) * SIZE, number * SIZE)) + pager(number, PAGES))
        for number in range(1, PAGES + 1)
    }
    found = walk(pages, address(1), most=60)
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
