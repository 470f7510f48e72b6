"""Pages that kill their crawl, domains without end, clocks that ran ahead."""

from __future__ import annotations

import pytest

from newscrawl.frontier import leases
from newscrawl.frontier.policy import DAY, Rules
from newscrawl.frontier.records import Lead
from newscrawl.frontier.store import Frontier
from newscrawl.urls import url_id

NOW = 1_800_000_000.0


def lead(url: str, kind: str = "article") -> Lead:
    return Lead(url_id(url), url, kind, 0, None, None)


def opened(path, now=NOW, rules=None) -> Frontier:
    return Frontier.open(path / "frontier.db", rules, clock=lambda: now)


def die_while_reading(path, monkeypatch, url: str) -> None:
    """Lease all there is, and die while one page is read."""
    with monkeypatch.context() as patched:
        patched.setattr(leases, "is_alive", lambda owner: False)
        frontier = opened(path)
        frontier.begin_run("p")
        assert any(lease.url == url for lease in frontier.lease("p", 10))
        frontier.last_read.note(url_id(url))
        frontier.db.close()  # without giving anything back


def test_a_page_that_killed_two_crawls_is_set_aside_and_the_others_are_not(tmp_path, monkeypatch):
    bad, good = "http://a.cn/bad.html", "http://a.cn/good.html"
    frontier = opened(tmp_path)
    frontier.enqueue("p", [lead(bad), lead(good)])
    frontier.close()
    die_while_reading(tmp_path, monkeypatch, bad)
    die_while_reading(tmp_path, monkeypatch, bad)
    monkeypatch.setattr(leases, "is_alive", lambda owner: False)
    frontier = opened(tmp_path)
    frontier.begin_run("p")
    assert frontier.leases.set_aside == [bad]
    assert [lease.url for lease in frontier.lease("p", 10)] == [good]


def test_after_one_death_the_page_comes_last(tmp_path, monkeypatch):
    bad, good = "http://a.cn/bad.html", "http://a.cn/good.html"
    frontier = opened(tmp_path)
    frontier.enqueue("p", [lead(bad), lead(good)])
    frontier.close()
    die_while_reading(tmp_path, monkeypatch, bad)
    monkeypatch.setattr(leases, "is_alive", lambda owner: False)
    frontier = opened(tmp_path)
    frontier.begin_run("p")
    assert [lease.url for lease in frontier.lease("p", 10)] == [good, bad]


@pytest.mark.parametrize(("limit", "given"), [(3, 3), (10, 6)])
def test_a_domain_has_its_share_of_a_run_over_all_its_hosts(tmp_path, limit, given):
    frontier = opened(tmp_path, rules=Rules(domain_run_limit=limit))
    frontier.begin_run("p")
    frontier.enqueue("p", [lead(f"http://h{number}.evil.cn/1.html") for number in range(6)])
    frontier.enqueue("p", [lead("http://honest.cn/1.html")])
    urls = [lease.url for _ in range(4) for lease in frontier.lease("p", 10)]
    assert sum("evil.cn" in url for url in urls) == given
    assert "http://honest.cn/1.html" in urls
    assert frontier.domains.reached == ({"evil.cn"} if given == limit else set())


def test_new_hosts_of_a_domain_are_bounded(tmp_path):
    frontier = opened(tmp_path, rules=Rules(domain_new_hosts=2))
    news = frontier.enqueue("p", [lead(f"http://h{number}.evil.cn/1.html") for number in range(6)])
    assert news == 2
    assert frontier.domains.reached == {"evil.cn"}


def test_a_clock_that_ran_ahead_silences_nothing(tmp_path):
    url = "http://a.cn/"
    for now in (NOW + 40 * DAY, NOW):
        frontier = opened(tmp_path, now)
        frontier.begin_run("p")
        frontier.enqueue("p", [lead(url, "start")])
        leased = frontier.lease("p", 10)
        assert [lease.url for lease in leased] == [url]
        frontier.settle(leased[0].id, "list", [])
        frontier.close()
    assert frontier.mended > 0
