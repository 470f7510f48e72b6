"""When a list ends, which of its pages are fetched again, and which lists are endless."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from newscrawl.frontier import report
from newscrawl.frontier.addresses import lists
from newscrawl.frontier.addresses.lists import form_of, vanished_from
from newscrawl.frontier.db.schema import _TABLES, connect
from newscrawl.frontier.policy import DAY, REVISIT_SHARE, Rules
from newscrawl.frontier.store import Frontier
from newscrawl.urls import url_id
from tests.frontier.test_store import A, Clock, leads, lease, state


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def frontier(opening, clock):
    return opening(clock=clock)


def entries(names):
    """Give one article a letter."""
    return leads(*names, kind="article")


def page(number, turns="next", path="list"):
    """Give the lead of a list's further page."""
    [lead] = leads(f"{path}_{number}", kind="list")
    return replace(lead, turns=turns)


def read(frontier, path, names, *more):
    """Settle a leased page of a list; return the addresses that are then pending, without articles."""
    frontier.settle(url_id(A + path), "list", [*entries(names), *more])
    wanted = [url.removeprefix(A) for url in lease(frontier)]
    for url in wanted:
        if len(url) == 1:
            frontier.settle(url_id(A + url), "article")
    return [url for url in wanted if len(url) > 1]


def begin(frontier):
    frontier.begin_run("p")
    frontier.enqueue("p", leads("list", kind="list"))
    return [url.removeprefix(A) for url in lease(frontier)]


def ended(frontier, path):
    return state(frontier, A + path)["ended"]


def test_a_list_is_read_to_its_last_page_and_later_only_as_far_as_it_has_news(frontier):
    assert begin(frontier) == ["list"]
    assert read(frontier, "list", "abc", page(2)) == ["list_2"]
    assert read(frontier, "list_2", "def", page(3)) == ["list_3"]
    assert read(frontier, "list_3", "gh") == []
    assert [ended(frontier, path) for path in ("list", "list_2", "list_3")] == [None, None, "last page"]
    assert begin(frontier) == ["list"]
    assert read(frontier, "list", "abc", page(2)) == []
    assert begin(frontier) == ["list"]
    assert read(frontier, "list", "xya", page(2)) == ["list_2"]
    assert read(frontier, "list_2", "bcd", page(3)) == []
    assert ended(frontier, "list_2") == "nothing new"
    [end] = report.ends(frontier)
    assert (end.portal, end.why, end.lists, end.pages) == ("p", "last page", 1, 3)


@pytest.mark.parametrize(
    ("url", "names", "why"),
    [
        ("list_2", "", "empty"),
        ("list_2", "abc", "repeats"),
        ("list_2", "ab", "repeats"),
        ("list?page=2", "abc", "parameter ignored"),
        ("list?page=2", "abcd", None),
    ],
)
def test_a_page_without_news_is_the_end(frontier, url, names, why):
    begin(frontier)
    [second, third] = [replace(lead, turns="next") for lead in leads(url, url + "9", kind="list")]
    assert read(frontier, "list", "abc", second) == [url]
    assert read(frontier, url, names, third) == ([] if why else [url + "9"])
    assert ended(frontier, url) == why


def test_what_several_pages_named_before_is_nothing_new(frontier):
    begin(frontier)
    read(frontier, "list", "abc", page(2))
    read(frontier, "list_2", "def", page(3))
    assert read(frontier, "list_3", "af", page(4)) == []
    assert ended(frontier, "list_3") == "nothing new"


def test_a_second_page_numbered_one_may_be_the_first_again(frontier):
    begin(frontier)
    assert read(frontier, "list", "abc", page(1)) == ["list_1"]
    assert read(frontier, "list_1", "abc", page(2)) == ["list_2"]
    assert read(frontier, "list_2", "abc", page(3)) == []


@pytest.mark.parametrize(("outcome", "why"), [("http-404", "missing"), ("empty", "stub"), ("soft-404", "missing")])
def test_a_page_that_is_none_ends_its_list_and_is_not_asked_again(frontier, clock, outcome, why):
    begin(frontier)
    read(frontier, "list", "abc", page(2))
    settled = frontier.settle(url_id(A + "list_2"), outcome)
    assert (settled.state, settled.due, ended(frontier, "list_2")) == ("done", None, why)
    clock.now += 40 * DAY
    assert "list_2" not in begin(frontier)


def test_a_page_that_fails_comes_again(frontier):
    begin(frontier)
    read(frontier, "list", "abc", page(2))
    assert frontier.fail(url_id(A + "list_2"), "http-500").state == "pending"
    assert ended(frontier, "list_2") is None


def test_other_numbers_are_asked_for_only_where_page_by_page_leads_no_further(frontier):
    begin(frontier)
    numbers = [page(number, "other") for number in (3, 4, 5)]
    assert read(frontier, "list", "abc", page(2), *numbers) == ["list_2"]
    frontier.settle(url_id(A + "list_2"), "http-404")
    assert lease(frontier) == [A + "list_3", A + "list_4", A + "list_5"]
    assert state(frontier, A + "list_5")["list"] == url_id(A + "list")


def test_numbers_alone_are_followed_until_three_bring_nothing(frontier):
    begin(frontier)
    numbers = [page(number, "other") for number in range(2, 9)]
    assert read(frontier, "list", "abc", *numbers) == [f"list_{number}" for number in range(2, 9)]
    frontier.release([url_id(A + f"list_{number}") for number in range(5, 9)])
    for number in (2, 3, 4):
        frontier.settle(url_id(A + f"list_{number}"), "list", entries("abc"))
    assert lease(frontier) == []


def test_a_list_known_before_it_was_told_to_be_a_page_of_another_is_asked_no_more_by_itself(frontier):
    frontier.enqueue("p", leads("list_2", kind="list"))
    begin(frontier)
    frontier.settle(url_id(A + "list_2"), "list", entries("def"))
    assert state(frontier, A + "list_2")["due"] is not None
    read(frontier, "list", "abc", page(2))
    assert (state(frontier, A + "list_2")["due"], begin(frontier)) == (None, ["list"])


def test_a_lists_first_page_never_becomes_a_page_of_another(frontier):
    begin(frontier)
    read(frontier, "list", "abc", page(2))
    read(frontier, "list_2", "def", replace(leads("list", kind="list")[0], turns="other"))
    assert begin(frontier) == ["list"]


def test_pages_beyond_the_ceiling_are_not_asked_for(opening, clock):
    frontier = opening(Rules(list_ceiling=2), clock)
    begin(frontier)
    read(frontier, "list", "abc", page(2))
    assert read(frontier, "list_2", "def", page(3)) == []
    assert ended(frontier, "list_2") == "ceiling"


def test_a_calendar_ends(frontier):
    """Each day names the day before and nothing else; one that has news begins the count anew."""
    frontier.enqueue("p", leads("", kind="start"))
    lease(frontier)
    frontier.settle(url_id(A), "list", leads("day/99/", kind="list"))
    asked, wanted = 0, lease(frontier)
    while wanted:
        [day] = [url for url in wanted if "/day/" in url]
        asked += 1
        number = int(day.rstrip("/").rpartition("/")[2])
        news = entries("n") if number == 97 else []
        frontier.settle(url_id(day), "list", [*news, *leads(f"day/{number - 1}/", kind="list")])
        wanted = [url for url in lease(frontier) if "/day/" in url]
    assert asked == 3 + lists.BARREN_FORMS
    frontier.begin_run("p")
    assert not [url for url in lease(frontier) if "/day/" in url and url not in (f"{A}day/97/", f"{A}day/99/")]


def test_days_with_news_are_followed_as_far_as_they_lead(frontier):
    frontier.enqueue("p", leads("day/99/", kind="list"))
    for number in range(99, 60, -1):
        assert f"{A}day/{number}/" in lease(frontier)
        more = [*leads(f"story/{number}", kind="article"), *leads(f"day/{number - 1}/", kind="list")]
        frontier.settle(url_id(f"{A}day/{number}/"), "list", more)


def test_a_day_that_is_over_is_not_asked_for_again(frontier, clock):
    """The clock stands at 2023-11-14."""
    frontier.enqueue("p", leads("", kind="start"))
    lease(frontier)
    days = [f"paper/2023-11/{day:02}/node_1.htm" for day in (14, 13, 10)]
    frontier.settle(url_id(A), "list", leads(days[0], kind="list"))
    for number, day in enumerate(days):
        assert A + day in lease(frontier)
        more = leads(*days[number + 1 : number + 2], kind="list")
        frontier.settle(url_id(A + day), "list", [*leads(f"story/{number}", kind="article"), *more])
    assert [state(frontier, A + day)["due"] is None for day in days] == [False, False, True]


def test_form_of():
    assert form_of("https://a.cn/2026/06-30/list_12.html?p=3") == "a.cn/#/#-#/list_#.html?p=#"


@pytest.mark.parametrize(
    ("before", "now", "kind", "vanished"),
    [
        ("54321", "6532", "list", "4"),  # 6 pushed 1 off the end, not 4
        ("654321", "865432", "list", ""),
        ("6532", "7532", "list", "6"),  # nothing fell off the end: 6 was replaced
        ("6532", "7532", "start", ""),  # on a home page it may have moved to its channel
        ("abcxyz", "nabxyz", "start", ""),  # a box of a home page took a new row
        ("abcxyz", "nabmxy", "start", ""),
        ("abcxyz", "acxyz", "start", "b"),
        ("abcxyz", "acxyzd", "list", "b"),  # an older row moved up
        ("abcdef", "uvwxyf", "list", ""),  # another page
        ("abc", "xyz", "list", ""),
        ("", "abc", "list", ""),
    ],
)
def test_what_vanished_and_what_was_pushed_off(before, now, kind, vanished):
    assert vanished_from([*map(ord, before)], [*map(ord, now)], home=kind == "start") == [*map(ord, vanished)]


def test_known_articles_have_a_share_of_every_batch(frontier, clock):
    begin(frontier)
    read(frontier, "list", "abcdefgh")
    clock.now += DAY
    frontier.begin_run("p")
    frontier.enqueue("p", leads(*(f"new{number}" for number in range(40)), kind="article", priority=40))
    batch = [found.url for found in frontier.lease("p", 8)]
    assert sum(len(url) == len(A) + 1 for url in batch) == 8 // REVISIT_SHARE


def test_a_list_that_tells_nothing_at_its_first_visit_rests_at_once(frontier, clock):
    begin(frontier)
    read(frontier, "list", "abc", *leads("tag/x", kind="list"))
    frontier.settle(url_id(A + "tag/x"), "list", entries("ab"))
    assert begin(frontier) == ["list"]
    clock.now += DAY
    assert "tag/x" in begin(frontier)


def test_a_file_of_the_first_version_goes_on(tmp_path, clock):
    path = tmp_path / "frontier.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(f"{_TABLES};PRAGMA user_version = 1")
    db.close()
    connect(path).close()
    frontier = Frontier.open(path, clock=clock)
    begin(frontier)
    assert read(frontier, "list", "abc", page(2)) == ["list_2"]
    frontier.db.close()
