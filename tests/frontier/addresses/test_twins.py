"""After three duplicates of one kind, further ones are not fetched; addresses that differ in another way are."""

from __future__ import annotations

import pytest

from newscrawl.frontier.messages import Answer
from newscrawl.urls import url_id
from tests.frontier.test_store import A, Clock, leads, lease, state


@pytest.fixture
def frontier(opening):
    return opening(clock=Clock())


def double(frontier, number):
    """Fetch an article at both addresses, and find them to be one."""
    paths = [f"{number}.htm?div=-1", f"{number}.htm"]
    frontier.enqueue("p", leads(*paths, kind="article"))
    lease(frontier)
    frontier.settle(url_id(A + paths[0]), "article")
    frontier.double(A + paths[0], A + paths[1])
    frontier.settle(url_id(A + paths[1]), "article")


def test_the_next_doubles_are_not_asked_for(frontier):
    for number in (1, 2):
        double(frontier, number)
        double(frontier, number)  # told twice, it counts once
    frontier.enqueue("p", leads("8.htm", "8.htm?div=-1", kind="article"))
    double(frontier, 3)
    frontier.enqueue("p", leads("9.htm", "9.htm?div=-1", "10.htm?div=-1", "9.htm?x=2", kind="article"))
    assert lease(frontier) == [A + path for path in ("9.htm", "10.htm?div=-1", "9.htm?x=2")]


def test_an_alias_is_not_looked_at_again(frontier):
    double(frontier, 1)
    assert state(frontier, A + "1.htm?div=-1")["due"] is None
    assert state(frontier, A + "1.htm")["due"] is not None
    frontier.enqueue("p", leads("2.htm", kind="article"))
    lease(frontier)
    assert frontier.settle(url_id(A + "2.htm"), "alias").due is None


WWW, BARE = "www.a.test", "a.test"


def on_two_hosts(frontier, number):
    """Fetch an article with and without www, and find them to be one."""
    for host in (BARE, WWW):
        frontier.enqueue("p", leads(f"{number}.htm", host=host, kind="article"))
    lease(frontier)
    frontier.settle(url_id(f"http://{BARE}/{number}.htm"), "article")
    frontier.double(f"http://{BARE}/{number}.htm", f"http://{WWW}/{number}.htm")
    frontier.settle(url_id(f"http://{WWW}/{number}.htm"), "article")


def third_known_before_the_rule(frontier):
    """Two articles on both hosts, and both addresses of a third one, leased before it teaches the rule."""
    for number in (1, 2):
        on_two_hosts(frontier, number)
    for host in (BARE, WWW):
        frontier.enqueue("p", leads("3.htm", host=host, kind="article"))
    lease(frontier)


@pytest.mark.parametrize("order", [(WWW, BARE), (BARE, WWW)])
def test_of_two_lists_never_fetched_the_sites_own_address_stays(frontier, order):
    for number in (1, 2, 3):
        on_two_hosts(frontier, number)
    for host in order:
        frontier.enqueue("p", leads("c1/", host=host, kind="list"))
    assert lease(frontier) == [f"http://{WWW}/c1/"]


@pytest.mark.parametrize("order", [(WWW, BARE), (BARE, WWW)])
def test_it_stays_also_where_both_were_known_before_the_rule(frontier, order):
    third_known_before_the_rule(frontier)
    for host in order:
        frontier.enqueue("p", leads("c1/", host=host, kind="list"))
    both = [f"http://{host}/3.htm" for host in (BARE, WWW)]
    frontier.settle(url_id(both[0]), "article")
    frontier.double(*both)
    frontier.settle(url_id(both[1]), "article")
    assert lease(frontier) == [f"http://{WWW}/c1/"]


@pytest.mark.parametrize("redirect", [True, False])
@pytest.mark.parametrize("known", [True, False], ids=["article", "new"])
def test_where_a_page_redirects_is_no_double_of_it(frontier, redirect, known):
    for number in (1, 2, 3):
        on_two_hosts(frontier, number)
    old, new = f"http://{WWW}/9.htm", f"http://{BARE}/9.htm"
    frontier.enqueue("p", leads("9.htm", host=WWW, kind="article"))
    assert lease(frontier) == [old]
    if known:
        frontier.settle(url_id(old), "article")
    answer = Answer(301, redirect=new) if redirect else Answer(200)
    frontier.settle(url_id(old), "redirect", leads("9.htm", host=BARE, kind="article"), answer)
    assert lease(frontier) == ([new] if redirect else [])


@pytest.mark.parametrize("known", [True, False], ids=["article", "new"])
def test_a_double_that_was_left_out_is_fetched_when_the_other_redirects_to_it(frontier, known):
    third_known_before_the_rule(frontier)
    old, new = f"http://{WWW}/9.htm", f"http://{BARE}/9.htm"
    for host in (BARE, WWW):
        frontier.enqueue("p", leads("9.htm", host=host, kind="article"))
    frontier.settle(url_id(f"http://{BARE}/3.htm"), "article")
    frontier.double(f"http://{BARE}/3.htm", f"http://{WWW}/3.htm")
    assert lease(frontier) == [old], "the third double has made a rule"
    if known:
        frontier.settle(url_id(old), "article")
    target = leads("9.htm", host=BARE, kind="article")
    frontier.settle(url_id(old), "redirect", target, Answer(301, redirect=new))
    assert lease(frontier) == [new]
