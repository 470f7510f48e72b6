"""Pages that kill their crawl, endless domains, clocks that were ahead."""

from __future__ import annotations

import time

import pytest

from newscrawl.frontier.db import schema
from newscrawl.frontier.messages import Lead
from newscrawl.frontier.policy import DAY, Rules
from newscrawl.urls import url_id

NOW = 1_800_000_000.0


def lead(url: str, kind: str = "article") -> Lead:
    return Lead(url_id(url), url, kind, 0, None, None)


@pytest.fixture
def opened(opening):
    return lambda now=NOW, rules=None: opening(rules, lambda: now)


@pytest.fixture
def die_while_reading(opened, monkeypatch):
    """Lease all there is, and die while one page is read."""
    monkeypatch.setattr(schema, "is_alive", lambda owner: False)  # PostgreSQL sees it by the connection

    def die(url: str) -> None:
        frontier = opened()
        frontier.begin_run("p")
        assert any(lease.url == url for lease in frontier.lease("p", 10))
        frontier.working(url_id(url))
        frontier.db.close()  # without giving anything back
        time.sleep(0.1 if frontier.database.is_shared else 0)  # until the server has noticed

    return die


def test_a_page_that_killed_two_crawls_is_set_aside_and_the_others_are_not(opened, die_while_reading):
    bad, good = "http://a.cn/bad.html", "http://a.cn/good.html"
    frontier = opened()
    frontier.enqueue("p", [lead(bad), lead(good)])
    frontier.close()
    die_while_reading(bad)
    die_while_reading(bad)
    frontier = opened()
    frontier.begin_run("p")
    assert frontier.leases.set_aside == [bad]
    assert [lease.url for lease in frontier.lease("p", 10)] == [good]


def test_after_one_death_the_page_comes_last(opened, die_while_reading):
    bad, good = "http://a.cn/bad.html", "http://a.cn/good.html"
    frontier = opened()
    frontier.enqueue("p", [lead(bad), lead(good)])
    frontier.close()
    die_while_reading(bad)
    frontier = opened()
    frontier.begin_run("p")
    assert [lease.url for lease in frontier.lease("p", 10)] == [good, bad]


@pytest.mark.parametrize(("limit", "given"), [(3, 3), (10, 6)])
def test_a_domain_has_its_share_of_a_run_over_all_its_hosts(opened, limit, given):
    frontier = opened(rules=Rules(domain_run_limit=limit))
    frontier.begin_run("p")
    frontier.enqueue("p", [lead(f"http://h{number}.evil.cn/1.html") for number in range(6)])
    frontier.enqueue("p", [lead("http://honest.cn/1.html")])
    urls = [lease.url for _ in range(4) for lease in frontier.lease("p", 10)]
    assert sum("evil.cn" in url for url in urls) == given
    assert "http://honest.cn/1.html" in urls
    assert frontier.domains.reached == ({"evil.cn"} if given == limit else set())


def test_new_hosts_of_a_domain_are_bounded(opened):
    frontier = opened(rules=Rules(domain_new_hosts=2))
    news = frontier.enqueue("p", [lead(f"http://h{number}.evil.cn/1.html") for number in range(6)])
    assert news == 2
    assert frontier.domains.reached == {"evil.cn"}


def test_a_clock_that_ran_ahead_silences_nothing(opened):
    url = "http://a.cn/"
    for now in (NOW + 40 * DAY, NOW):
        frontier = opened(now)
        frontier.begin_run("p")
        frontier.enqueue("p", [lead(url, "start")])
        leased = frontier.lease("p", 10)
        assert [lease.url for lease in leased] == [url]
        frontier.settle(leased[0].id, "list", [])
        frontier.close()
    assert frontier.mended > 0
