"""The frontier's operations on a file, with a simulated clock."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl import disk
from newscrawl.errors import DataFolderError, FrontierError
from newscrawl.frontier import report
from newscrawl.frontier.db.lease_owner import is_alive, new_owner
from newscrawl.frontier.messages import Answer, Lead
from newscrawl.frontier.policy import DAY, HOUR, START_PRIORITY, Rules
from newscrawl.frontier.store import Frontier
from newscrawl.urls import url_id

A = "http://a.cn/"


class Clock:
    def __init__(self):
        self.now = 1_700_000_000.5

    def __call__(self):
        self.now += 0.001
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def open_frontier(opening, clock):
    return lambda **rules: opening(Rules(**rules), clock)


@pytest.fixture
def frontier(open_frontier):
    return open_frontier()


def leads(*paths, host="a.cn", **kwargs):
    return [Lead.of(f"http://{host}/{path}", **kwargs) for path in paths]


def lease(frontier, portal="p", count=99, **kwargs):
    return [lease.url for lease in frontier.lease(portal, count, per_host=99, **kwargs)]


def state(frontier, url):
    return frontier.read("SELECT * FROM addresses WHERE id = ?", url_id(url))[0]


def test_an_address_is_leased_once_and_settled_with_its_discoveries(frontier):
    assert frontier.enqueue("p", leads("", kind="start")) == 1
    assert frontier.enqueue("p", leads("")) == 0
    assert lease(frontier) == [A]
    assert lease(frontier) == []
    settled = frontier.settle(url_id(A), "list", leads("1.html", "2.html", "1.html?spm=x", kind="article"))
    assert settled.news == 2
    assert lease(frontier) == ["http://a.cn/1.html", "http://a.cn/2.html"]
    assert report.counts(frontier) == {"done": 1, "leased": 2}


def test_priority_goes_first_then_the_order_found(frontier):
    frontier.enqueue("p", [*leads("1", "2"), *leads("3", priority=5)])
    assert [url[-1] for url in lease(frontier)] == ["3", "1", "2"]


def test_hosts_are_served_in_turn(frontier):
    frontier.enqueue("p", leads(*map(str, range(50)), host="big.cn"))
    frontier.enqueue("p", [*leads("1", "2", host="b.cn"), *leads("1", "2", host="c.cn")])
    order = [lease.url for _ in range(3) for lease in frontier.lease("p", 3, per_host=1)]
    assert order[:3] == ["http://big.cn/0", "http://b.cn/1", "http://c.cn/1"]
    assert sorted(order[3:6]) == ["http://b.cn/2", "http://big.cn/1", "http://c.cn/2"]


def test_busy_hosts_are_passed_over(frontier):
    frontier.enqueue("p", [*leads("1", "2"), *leads("1", host="b.cn")])
    busy = frontier.lease("p", 1, per_host=1)[0].host_id
    assert lease(frontier, skip={busy}) == ["http://b.cn/1"]
    assert lease(frontier, skip={busy}) == []
    assert lease(frontier) == ["http://a.cn/2"]


def test_portals_do_not_see_each_others_addresses(frontier):
    frontier.enqueue("p", leads("1"))
    assert lease(frontier, "q") == []
    assert report.by_portal(frontier) == {"p": {"pending": 1}}


def test_an_address_never_fetched_goes_to_whoever_finds_it_last(frontier):
    frontier.enqueue("p", leads("1", "2"))
    frontier.enqueue("q", leads("1"))
    assert lease(frontier) == ["http://a.cn/2"]
    assert lease(frontier, "q") == ["http://a.cn/1"]


def test_what_is_leased_or_fetched_stays_where_it_is(frontier):
    frontier.enqueue("p", leads("1", "2", kind="article"))
    lease(frontier)
    frontier.settle(url_id("http://a.cn/1"), "article")
    frontier.enqueue("q", leads("1", "2", kind="article"))
    assert lease(frontier, "q") == []


@pytest.mark.parametrize("first", ["double", "settle"])
@pytest.mark.parametrize("moves", [True, False])
def test_an_alias_is_fetched_again_when_its_article_moves_to_it(frontier, moves, first):
    """Whole, without validators; also where it was an article until its double came."""
    frontier.enqueue("p", leads("1", "2", kind="article"))
    lease(frontier)
    frontier.settle(url_id(A + "1"), "article")
    if first == "settle":
        frontier.settle(url_id(A + "2"), "article", answer=Answer(200, etag='"1"', last_modified="Mon"))
    frontier.double(A + "2", A + "1")
    if first == "double":
        frontier.settle(url_id(A + "2"), "alias", answer=Answer(200, etag='"1"', last_modified="Mon"))
    frontier.enqueue("p", leads("3", kind="article"))
    lease(frontier)
    old = A + ("1" if moves else "3")  # another page that redirects to the alias is no sign of it
    frontier.settle(url_id(old), "redirect", leads("2", kind="article"), Answer(301, redirect=A + "2"))
    frontier.begin_run("p")
    leased = [(one.url, one.etag, one.last_modified) for one in frontier.lease("p", 9)]
    assert leased == ([(A + "2", None, None)] if moves else [])


@pytest.mark.parametrize(
    ("full", "visits"), [("article", False), ("redirect", True), ("http-404", False), (None, True)]
)
def test_a_page_for_phones_is_fetched_again_where_the_full_page_only_redirects_to_it(frontier, full, visits):
    frontier.enqueue("p", [*leads("1", kind="article"), *leads("1", host="m.a.cn", kind="article")])
    lease(frontier)
    if full:
        frontier.settle(url_id(A + "1"), "article")
        frontier.settle(url_id(A + "1"), full, answer=Answer(redirect="http://m.a.cn/1" if visits else None))
    settled = frontier.settle(url_id("http://m.a.cn/1"), "article", answer=Answer(200, canonical=A + "1"))
    assert (settled.due is not None) == visits


def test_a_start_page_is_fetched_for_each_portal_that_starts_there(frontier, clock):
    for portal in ("p", "q", "p"):
        clock.now += 1
        frontier.begin_run(portal)
        frontier.enqueue(portal, leads("", kind="start"))
        assert lease(frontier, portal) == [A]
        frontier.settle(url_id(A), "list")
        frontier.enqueue(portal, leads("", kind="start"))
        assert lease(frontier, portal) == []


def test_lists_are_due_at_every_run_and_articles_when_their_age_comes(frontier, clock):
    frontier.enqueue("p", leads("list", kind="list"))
    lease(frontier)
    frontier.settle(url_id("http://a.cn/list"), "list", leads("1", kind="article"))
    lease(frontier)
    frontier.settle(url_id("http://a.cn/1"), "article", answer=Answer(200, etag='"1"', last_modified="Mon"))
    assert lease(frontier) == []
    frontier.begin_run("p")
    assert lease(frontier) == ["http://a.cn/list"]
    frontier.settle(url_id("http://a.cn/list"), "list", leads("1", kind="article"))
    clock.now += 6 * HOUR
    frontier.begin_run("p")
    again = {found.url: found for found in frontier.lease("p", 9)}
    assert set(again) == {"http://a.cn/list", "http://a.cn/1"}
    assert (again["http://a.cn/1"].etag, again["http://a.cn/1"].last_modified) == ('"1"', "Mon")


@pytest.mark.parametrize(("ahead", "days", "due"), [(3650, 1, True), (3650, 40, False), (-3650, 1, False)])
def test_visits_left_out_by_a_clock_that_ran_ahead_are_made(open_frontier, clock, ahead, days, due):
    """Not those of an article whose visits are all made by now, and not by a clock that is late itself."""
    frontier, page = open_frontier(revisit_after=(6 * HOUR, 30 * DAY)), url_id("http://a.cn/1")
    frontier.enqueue("p", leads("1", kind="article"))
    lease(frontier)
    frontier.settle(page, "article")
    right = clock.now
    clock.now = right + max(ahead, 40) * DAY
    frontier.begin_run("p")
    assert lease(frontier) == ["http://a.cn/1"]
    assert frontier.settle(page, "article").due is None, "all its visits are made"
    clock.now = right + (days if ahead > 0 else ahead) * DAY
    frontier.begin_run("p")
    assert lease(frontier) == (["http://a.cn/1"] if due else [])
    assert not due or frontier.settle(page, "article").due == pytest.approx(right + 30 * DAY, abs=1)


def test_a_failed_page_keeps_no_validators(frontier):
    frontier.enqueue("p", leads("1"))
    lease(frontier)
    frontier.fail(url_id("http://a.cn/1"), "pipeline-error", answer=Answer(200, etag='"1"'))
    assert state(frontier, "http://a.cn/1")["etag"] is None


def test_a_retry_is_woken_within_the_run_or_by_the_next(frontier, clock):
    frontier.enqueue("p", leads("1", "2"))
    lease(frontier)
    one, two = url_id("http://a.cn/1"), url_id("http://a.cn/2")
    assert frontier.fail(one, "timeout").due == pytest.approx(clock.now + 5, abs=1)
    frontier.fail(two, "timeout")
    assert lease(frontier) == []
    frontier.wake([one])
    assert lease(frontier) == ["http://a.cn/1"]
    frontier.begin_run("p")
    assert lease(frontier) == []
    clock.now += 6
    frontier.begin_run("p")
    assert lease(frontier) == ["http://a.cn/2"]


def test_failed_addresses_are_kept_and_can_be_tried_again(frontier):
    frontier.enqueue("p", leads("1"))
    for tries in range(6):
        frontier.begin_run("p")
        frontier.wake([url_id("http://a.cn/1")])
        assert lease(frontier) == ["http://a.cn/1"]
        assert frontier.fail(url_id("http://a.cn/1"), "spider-error").state == ("failed" if tries == 5 else "pending")
    assert report.retry_failed(frontier, "q") == 0
    assert report.retry_failed(frontier, "p") == 1
    assert lease(frontier) == ["http://a.cn/1"]


def test_a_failing_host_rests_and_the_next_run_tries_it_again(open_frontier):
    frontier = open_frontier(host_error_limit=4)
    frontier.enqueue("p", [*leads(*"123456"), *leads("1", host="b.cn")])
    for number in range(4):
        [leased] = frontier.lease("p", 1, per_host=1, skip={2})
        assert frontier.fail(leased.id, "timeout").rests is (number == 3)
    assert lease(frontier) == ["http://b.cn/1"]
    [streak] = report.streaks(frontier)
    assert (streak.host, streak.failures) == ("a.cn", 4)
    assert frontier.next_turn("p") == streak.rests_until
    frontier.begin_run("p")
    assert "http://a.cn/5" in lease(frontier)


def test_an_answer_ends_a_hosts_streak(open_frontier):
    frontier = open_frontier(host_error_limit=2)
    frontier.enqueue("p", leads(*"123"))
    one, two, three = frontier.lease("p", 3)
    frontier.fail(one.id, "timeout")
    frontier.settle(two.id, "http-404")
    assert not frontier.fail(three.id, "timeout").rests


def test_retry_after_is_kept_across_runs(frontier, clock):
    frontier.enqueue("p", leads("1", "2"))
    one = frontier.lease("p", 1, per_host=1)[0]
    assert frontier.settle(one.id, "http-429", answer=Answer(429, retry_after=120)).rests
    frontier.begin_run("p")
    assert lease(frontier) == []
    assert frontier.next_turn("p") == pytest.approx(clock.now + 120, abs=1)
    clock.now += 121
    frontier.begin_run("p")
    assert sorted(lease(frontier)) == ["http://a.cn/1", "http://a.cn/2"]


def test_the_days_ceiling_of_a_host(open_frontier, clock):
    frontier = open_frontier(host_daily_limit=3)
    frontier.enqueue("p", leads(*"12345"))
    assert len(lease(frontier)) == 3
    assert lease(frontier) == []
    clock.now += DAY
    assert len(lease(frontier)) == 2


def test_a_barren_host_gives_only_what_a_list_names(open_frontier):
    frontier = open_frontier(barren_limit=8)
    frontier.enqueue("p", leads("story", kind="article"))
    [story] = frontier.lease("p", 1)
    frontier.settle(story.id, "article", leads(*map(str, range(20)), host="b.cn", kind="article"))
    for leased in frontier.lease("p", 2):
        frontier.settle(leased.id, "http-404")
    assert lease(frontier) == []
    frontier.enqueue("p", leads("7", "named", host="b.cn", kind="article"), trusted=True)
    assert sorted(lease(frontier)) == ["http://b.cn/7", "http://b.cn/named"]
    frontier.begin_run("p")
    assert len(lease(frontier)) > 0


def test_a_redirect_to_another_spelling_is_followed_and_a_loop_ends(frontier):
    frontier.enqueue("p", leads("x"))
    address = url_id("http://a.cn/x")
    targets = ["https://a.cn/x", "https://a.cn/x?spm=1", "https://a.cn/x?spm=1"]
    for target in targets[:2]:
        lease(frontier)
        frontier.settle(address, "http-301", answer=Answer(301, redirect=target))
        assert (state(frontier, A + "x")["state"], state(frontier, A + "x")["url"]) == ("pending", target)
    assert lease(frontier) == [targets[1]]
    assert frontier.settle(address, "http-301", answer=Answer(301, redirect=targets[2])).due is not None


def test_redirects_and_canonical_addresses_are_recorded_as_aliases(frontier):
    frontier.enqueue("p", leads("old", "mobile"))
    lease(frontier)
    frontier.settle(url_id(A + "old"), "redirect", leads("new"), Answer(301, redirect=A + "new"))
    frontier.settle(url_id(A + "mobile"), "article", answer=Answer(200, canonical=A + "new"))
    rows = frontier.read("SELECT url, address, reason FROM aliases ORDER BY reason")
    assert [tuple(row) for row in rows] == [
        (A + "mobile", url_id(A + "new"), "canonical"),
        (A + "old", url_id(A + "new"), "redirect"),
    ]
    assert lease(frontier) == [A + "new"]


def test_leases_of_a_dead_process_come_back_and_those_of_a_living_do_not(open_frontier, frontier, place):
    script = (
        "import os; from newscrawl.frontier.store import Frontier;"
        "from newscrawl.frontier.messages import Lead;"
        f"f = Frontier.open({str(place)!r});"
        "f.enqueue('p', [Lead.of('http://a.cn/dead')]); print(len(f.lease('p', 9)), flush=True); os._exit(9)"
    )
    dead = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert dead.stdout == "1\n", dead.stderr
    other = open_frontier()
    other.enqueue("q", leads("living"))
    assert len(other.lease("q", 9)) == 1
    assert frontier.begin_run("p") == 1
    assert lease(frontier) == ["http://a.cn/dead"]
    frontier.begin_run("q")
    assert lease(frontier, "q") == []
    other.release()
    assert lease(frontier, "q") == ["http://a.cn/living"]


def test_a_lease_that_is_too_old_comes_back(open_frontier, frontier, clock):
    frontier.enqueue("p", leads("1"))
    lease(frontier)
    clock.now += DAY
    assert open_frontier().begin_run("p") == 1


def test_a_process_number_used_again_is_another_process():
    mine = new_owner()
    assert is_alive(mine)
    pid, start, token = mine.split(":")
    if start:
        assert not is_alive(f"{pid}:{int(start) + 1}:{token}")


def test_a_process_of_another_host_may_live_and_one_before_the_last_boot_does_not():
    process, host, boot = new_owner().split("@")
    dead = process.replace(":", "1:", 1)
    assert is_alive(f"{dead}@other/1@{boot}")
    assert not is_alive(f"{process}@{host}@another-boot")
    assert is_alive(process), "a lease of an older version says nothing of its host"


def test_closing_gives_back_what_was_not_fetched(open_frontier, frontier):
    frontier.enqueue("p", leads("1", "2"))
    lease(frontier)
    frontier.close()
    assert report.counts(open_frontier()) == {"pending": 2}


def test_overdue_and_forgetting(frontier, clock):
    frontier.enqueue("p", leads("1", "2"))
    [overdue] = report.overdue(frontier)
    assert (overdue.portal, overdue.addresses) == ("p", 2)
    assert overdue.oldest <= clock.now
    assert report.forget(frontier, "https://a.cn/1?utm_source=x")
    assert not report.forget(frontier, "http://a.cn/1")
    assert lease(frontier) == ["http://a.cn/2"]


def test_settling_what_was_forgotten_meanwhile_is_no_error(frontier):
    frontier.enqueue("p", leads("1"))
    lease(frontier)
    report.forget(frontier, "http://a.cn/1")
    assert frontier.settle(url_id("http://a.cn/1"), "article").state == "forgotten"
    assert frontier.fail(url_id("http://a.cn/1"), "timeout").state == "forgotten"


def test_where_one_scheme_is_refused_the_other_is_tried(frontier):
    frontier.enqueue("p", leads("1", "2"))
    for _ in frontier.lease("p", 2):
        pass
    one, two = url_id(A + "1"), url_id(A + "2")
    frontier.fail(one, "refused")
    frontier.fail(two, "timeout")
    frontier.wake([one, two])
    assert lease(frontier) == ["https://a.cn/1", "http://a.cn/2"]


def test_a_list_spells_the_address_better_than_an_article(frontier):
    frontier.enqueue("p", [Lead.of("https://a.cn/1")], trusted=False)
    frontier.enqueue("p", leads("1"))
    frontier.enqueue("p", [Lead.of("https://a.cn/1")])
    assert lease(frontier) == [A + "1"]


def test_a_page_that_was_gone_comes_back_when_a_list_names_it_again(frontier, clock):
    frontier.enqueue("p", leads("1"), trusted=False)
    lease(frontier)
    assert frontier.settle(url_id(A + "1"), "http-404").state == "gone"
    for days, found in ((1, []), (7, [A + "1"])):
        clock.now += days * DAY
        frontier.begin_run("p")
        frontier.enqueue("p", leads("1"))
        assert lease(frontier) == found


def settle_list(frontier, *paths):
    """Run once: give the articles fetched, in order."""
    frontier.begin_run("p")
    frontier.enqueue("p", leads("list", kind="list"))
    assert lease(frontier) == [A + "list"]
    frontier.settle(url_id(A + "list"), "list", leads(*paths, kind="article"))
    found = lease(frontier)
    for url in found:
        frontier.settle(url_id(url), "article")
    return [url.removeprefix(A) for url in found]


def test_an_article_that_vanished_from_its_list_is_looked_at_at_once_and_once(frontier, clock):
    assert settle_list(frontier, *"54321") == [*"54321"]
    clock.now += 60
    assert sorted(settle_list(frontier, *"6532")) == ["4", "6"]  # 1 grew out of the list
    clock.now += 60
    assert settle_list(frontier, *"6532") == []
    clock.now += 60
    assert sorted(settle_list(frontier, *"7532")) == ["6", "7"]
    clock.now += 60
    assert settle_list(frontier, *"7532") == []


def test_start_pages_and_what_lists_name_go_before_known_articles(frontier, clock):
    frontier.enqueue("p", leads("list", kind="list", priority=20))
    lease(frontier)
    frontier.settle(url_id(A + "list"), "list", leads("known", kind="article", priority=40))
    lease(frontier)
    frontier.settle(url_id(A + "known"), "article")
    clock.now += DAY
    frontier.begin_run("p")
    frontier.enqueue("p", leads("", kind="start", priority=START_PRIORITY))
    [start, *rest] = lease(frontier)
    frontier.release()
    assert start == A
    assert rest == [A + "list", A + "known"]
    [first] = frontier.lease("p", 1)
    frontier.settle(first.id, "list", leads("new", "known", kind="article", priority=40))
    assert lease(frontier) == [A + "new", A + "list", A + "known"]


def test_what_is_no_web_address_is_passed_over(frontier):
    odd = ["mailto:a@b.cn", "javascript:void(0)", "http://", "ftp://a.cn/x", "http://[broken/x"]
    assert frontier.enqueue("p", [Lead.of(url) for url in odd]) == 0


def test_a_newer_or_damaged_file_is_refused_in_one_line(tmp_path):
    path = tmp_path / "frontier.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(FrontierError, match="version 99"):
        Frontier.open(path)
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(FrontierError, match=r"is damaged.*check --repair"):
        Frontier.open(path)
    with pytest.raises(DataFolderError, match="cannot open or write"):
        Frontier.open(path / "below" / "frontier.db")


def test_one_that_another_holds_is_not_called_damaged(tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "BUSY_SECONDS", 0.1)
    path = tmp_path / "frontier.db"
    with closing(Frontier.open(path)) as frontier, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(FrontierError, match=r"another process has held .*frontier\.db"):
            frontier.enqueue("p", leads("1"))
        other.execute("ROLLBACK")


def test_a_transaction_that_breaks_writes_nothing(frontier):
    frontier.enqueue("p", leads("1"))
    lease(frontier)

    def breaking():
        yield from leads("2")
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        frontier.settle(url_id("http://a.cn/1"), "article", breaking())
    assert report.counts(frontier) == {"leased": 1}


def only_of_sqlite(place):
    if not isinstance(place, Path):
        pytest.skip("a matter of SQLite's")


def test_the_queries_of_a_crawl_scan_and_sort_nothing(frontier, clock, place):
    only_of_sqlite(place)
    statements = set()
    frontier.db.set_trace_callback(statements.add)
    frontier.begin_run("p")
    frontier.enqueue("p", leads("1", "2", "3", kind="list"))
    one, two, three = frontier.lease("p", 3)
    frontier.settle(one.id, "list", leads("2", "4"))
    frontier.fail(two.id, "timeout")
    frontier.wake([two.id])
    frontier.next_turn("p")
    frontier.release([three.id])
    frontier.release()
    clock.now += DAY
    frontier.begin_run("p")
    report.standing(frontier, "p", [one.id, 5])
    frontier.db.set_trace_callback(None)
    plans = {
        (row["detail"], statement)
        for statement in statements
        if statement.startswith(("SELECT", "UPDATE", "INSERT"))
        for row in frontier.read(f"EXPLAIN QUERY PLAN {statement}")
    }
    assert len(plans) > 15
    small = (
        "INDEX leases",
        "CONSTANT ROW",
        "SCAN twins",
        "SCAN TABLE twins",
    )  # leased now; a value; few habits of sites
    dear = [plan for plan in plans if plan[0].startswith(("SCAN", "USE TEMP")) and not any(s in plan[0] for s in small)]
    assert dear == []


def test_a_run_that_got_no_answer_is_told_what_rests_and_what_lies_ahead(frontier, clock):
    frontier.enqueue("p", leads("", kind="start"))
    frontier.enqueue("p", [*leads("", kind="start", host="b.cn"), *leads("story", host="c.cn")])
    lease(frontier)
    frontier.settle(url_id(A), "article", [])
    frontier.db.execute("UPDATE hosts SET turn = ?", (clock.now + DAY,))
    frontier.db.execute("UPDATE addresses SET state = 'pending', due = NULL WHERE host <> 1")
    left = report.standing(frontier, "p", [], idle=True)
    assert [host.split()[0] for host in left["resting"]] == ["b.cn"], "a start page that waits, not any page"
    assert left["ahead"] == 0
    clock.now -= DAY
    assert report.standing(frontier, "p", [], idle=True)["ahead"] == 1
    assert report.standing(frontier, "p", [])["ahead"] == 0, "who was answered is not asked about the clock"


def test_a_full_disk_is_said_in_one_line_and_nothing_is_lost(frontier, place):
    only_of_sqlite(place)
    frontier.enqueue("p", leads("1"))
    pages = frontier.read("PRAGMA page_count")[0][0]
    frontier.db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DataFolderError, match=r"^the disk is full: .*; make room"):
        frontier.enqueue("p", leads(*map(str, range(9999))))
    assert lease(frontier) == [A + "1"]


def test_an_unusual_request_is_kept_with_its_address(frontier):
    lead = Lead(7, A + "data", request=json.dumps({"method": "POST"}))
    frontier.enqueue("p", [lead])
    assert frontier.lease("p", 1)[0].request == lead.request


@pytest.mark.parametrize(("wished", "known"), [(False, []), (True, [f"{A}story.html", A])])
def test_a_run_that_is_told_to_looks_at_all_it_knows_before_its_turn(open_frontier, clock, wished, known):
    frontier = open_frontier()
    frontier.enqueue("p", [*leads("", kind="start"), *leads("story.html", "dead.html", kind="article")])
    lease(frontier)
    frontier.settle(url_id(A), "list", leads("story.html"))
    frontier.settle(url_id(f"{A}story.html"), "article", [])
    frontier.settle(url_id(f"{A}dead.html"), "ignored", [])
    frontier.db.execute("UPDATE addresses SET due = due + 3600 WHERE kind = 'start'")
    again = open_frontier(revisit_now=wished)
    again.begin_run("p")
    assert sorted(lease(again)) == sorted(known)
