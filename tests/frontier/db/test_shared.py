"""Several workers on one frontier: leases, the crawl delay of a host, and the leases of a dead worker."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import Counter
from contextlib import closing

import pytest

from newscrawl.errors import FrontierError
from newscrawl.frontier import checking, report
from newscrawl.frontier.db.copying import copy
from newscrawl.frontier.db.opening import open_database
from newscrawl.frontier.messages import Answer, Lead
from newscrawl.frontier.policy import Rules
from newscrawl.frontier.store import Frontier
from newscrawl.sample.server import serve
from newscrawl.urls import url_id
from tests import forked
from tests.conftest import command
from tests.frontier.site import newspaper, serving, start_crawl
from tests.frontier.test_store import A, Clock, leads, lease, state


@pytest.fixture
def shared(postgres):
    return postgres.place()


def in_threads(*functions):
    threads = [threading.Thread(target=function) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()


def test_slots_of_a_host_are_apart_by_its_delay_whoever_takes_them(opening):
    clock = Clock()
    one, two = opening(clock=clock), opening(clock=clock)
    assert one.slot("a.cn", 2.0) == 0
    assert [worker.slot("a.cn", 2.0) for worker in (two, one)] == pytest.approx([2, 2], abs=0.1), "taken by neither"
    assert one.slot("b.cn", 2.0) == 0
    clock.now += 1.5
    assert two.slot("a.cn", 2.0) == pytest.approx(0.5, abs=0.1)
    clock.now += 60
    assert two.slot("a.cn", 2.0) == 0
    assert one.slot("a.cn", 5.0) == pytest.approx(2, abs=0.1), "slots nobody took are not saved up"


def test_workers_at_once_share_all_addresses_and_none_gets_one_twice(place, opening):
    first = opening()
    for host in range(8):
        first.enqueue("p", leads(*map(str, range(40)), host=f"h{host}.cn"))
    taken = []

    def work():
        worker = Frontier.open(place)
        while found := worker.lease("p", 8, per_host=4):
            taken.extend(found)
            for one in found:
                worker.settle(one.id, "article", leads("1", "2", host=f"h{one.id % 8}.cn"))
        worker.close()

    in_threads(work, work, work)
    assert len(taken) == 320
    assert set(Counter(lease.url for lease in taken).values()) == {1}


def test_transactions_that_wait_for_each_other_are_tried_again(shared):
    """Two portals, whose pages name the same addresses in opposite orders."""
    names = [str(number) for number in range(60)]
    first = Frontier.open(shared)
    for portal, host in (("p", "p.cn"), ("q", "q.cn")):
        first.enqueue(portal, leads(*map(str, range(12)), host=host, kind="list"))
    first.enqueue("r", leads(*names, kind="unknown"), trusted=False)

    def work(portal, order):
        worker = Frontier.open(shared)
        for one in worker.lease(portal, 12, per_host=12):
            worker.settle(one.id, "list", leads(*names[::order], kind="article", priority=one.id % 7))
        worker.close()

    in_threads(lambda: work("p", 1), lambda: work("q", -1))
    assert report.counts(first) == {"done": 24, "pending": 60}
    first.close()


def test_who_comes_later_joins_the_run_and_wakes_nobody(shared):
    one = Frontier.open(shared, Rules(host_error_limit=1))
    one.begin_run("p")
    one.enqueue("p", [*leads("", kind="start"), *leads("1", host="b.cn")])
    for found in one.lease("p", 2):
        if found.url == A:
            one.settle(found.id, "list")
        else:
            one.fail(found.id, "timeout")
    two = Frontier.open(shared, Rules(host_error_limit=1))
    two.begin_run("p")
    two.enqueue("p", leads("", kind="start"))
    assert lease(two) == [], "the start page was fetched in this run, and the failing host rests"
    one.close()
    two.close()
    later = Frontier.open(shared)
    later.begin_run("p")
    assert lease(later) == [A]
    later.close()


def test_a_worker_sees_others_at_work_until_they_are_gone(shared):
    one, two = Frontier.open(shared), Frontier.open(shared)
    one.enqueue("p", leads("1"))
    lease(one)
    assert two.others_at_work("p")
    assert not two.others_at_work("q")
    assert not one.others_at_work("p")
    one.db.close()  # as a killed process closes it
    two._looked = float("-inf")
    deadline = time.monotonic() + 5
    while two.others_at_work("p"):
        assert time.monotonic() < deadline
        two._looked = float("-inf")
        time.sleep(0.01)
    assert lease(two) == [A + "1"]
    two.close()


def test_no_address_breaks_the_database(opening):
    frontier = opening()
    assert frontier.enqueue("p", [Lead(7, "http://a.cn/x\0y?a=%s&b=100%:name"), Lead(8, "http://a.cn/'; --")]) == 2
    assert [url[:13] for url in lease(frontier)] == ["http://a.cn/x", "http://a.cn/'"]
    frontier.settle(7, "article", answer=Answer(200, etag='"\0"'))


def fill(frontier):
    frontier.begin_run("p")
    frontier.enqueue("p", leads("list", kind="list"))
    lease(frontier)
    frontier.settle(url_id(A + "list"), "list", leads(*"abc", kind="article"), Answer(200, etag='"1"'))
    frontier.settle(lease(frontier, count=1)[0] and url_id(A + "a"), "article", leads("x", host="b.cn"))
    frontier.double(A + "d?div=-1", A + "d")
    assert len(lease(frontier, count=1)) == 1


def rows(frontier):
    found = {}
    for table in ("hosts", "addresses", "aliases", "listed", "forms", "twins"):
        dropped = {"owner", "lease_until", "rowid"}
        read = [dict(row) for row in frontier.read(f"SELECT * FROM {table}")]
        found[table] = sorted([sorted((k, str(v)) for k, v in row.items() if k not in dropped) for row in read])
    return found


def test_a_frontier_is_copied_whole_and_what_was_leased_is_wanted(tmp_path, shared):
    file = Frontier.open(tmp_path / "one.db", clock=Clock())
    fill(file)
    database = open_database(shared)
    assert copy(file.database, database) == 5
    file.close()  # gives back its lease
    shared_one = Frontier(database, Rules())
    back = open_database(tmp_path / "two.db")
    assert copy(database, back) == 5
    returned = Frontier(back, Rules())
    assert rows(returned) == rows(shared_one)
    reopened = Frontier.open(tmp_path / "one.db")
    assert rows(reopened) == rows(returned)
    assert report.counts(returned) == {"done": 2, "pending": 3}
    with pytest.raises(FrontierError, match="has addresses already"):
        copy(back, database)
    shared_one.enqueue("p", leads("new"))  # its number comes after those copied
    assert state(shared_one, A + "new")["state"] == "pending"
    for frontier in (shared_one, returned, reopened):
        frontier.close()


def test_what_does_not_hold_is_found_and_set_right_in_both_stores(opening):
    frontier = opening()
    fill(frontier)
    assert list(checking.faults(frontier)) == []
    frontier.enqueue("p", leads("w"))
    for fault in ("UPDATE hosts SET active = 0", "UPDATE addresses SET due = 9e9 WHERE kind = 'article'"):
        frontier.db.execute(fault)
    assert [line.split()[1] for line in checking.faults(frontier)] == ["hosts", "addresses"]
    checking.repair(frontier)
    assert list(checking.faults(frontier)) == []
    known = checking.known_articles(frontier)
    assert checking.enter_articles(frontier, [("p", A + "archived", 1.0, 2.0)]) == 1
    assert checking.known_articles(frontier) == known | {url_id(A + "archived")}
    assert report.standing(frontier, "p", [url_id(A + "archived"), 5])["list_articles"] == 1


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (
            "postgresql://me:secret@127.0.0.1:1/x",
            "cannot use postgresql://me@127.0.0.1:1/x: .*see that the server runs",
        ),
        ("mysql://a/b", "mysql:// is no frontier"),
    ],
)
def test_a_place_that_is_none_is_said_in_one_line(place, said, postgres):
    with pytest.raises(FrontierError, match=said) as raised:
        Frontier.open(place)
    assert "secret" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_of_three_workers_one_is_killed_and_nothing_is_lost_or_hurried(shared, tmp_path):
    """All pages are fetched, those of the killed worker twice; together the workers keep the crawl delay."""
    delay, pages = 0.015, newspaper(200)
    settings = {"NEWSCRAWL_FRONTIER": shared, "DOWNLOAD_DELAY": delay, "CONCURRENT_REQUESTS_PER_DOMAIN": 4}
    with serving(pages) as site:
        workers = [start_crawl(tmp_path / str(number), site.url(), **settings) for number in range(3)]
        watching = Frontier.open(shared)
        while sum(site.asked.values()) < 80:
            time.sleep(0.01)
        held = watching.read("SELECT owner, count(*) AS held FROM addresses WHERE state = 'leased' GROUP BY owner")
        assert len(held) == 3, "all three are at work"
        dead = f"{workers[0].process.pid}:%"
        leased = set()
        for _ in range(2):  # before and after: it may lease more, or others may take back what it held
            leased |= {row[0] for row in watching.read("SELECT url FROM addresses WHERE owner LIKE ?", dead)}
            workers[0].kill()
        said = [worker.communicate(60) for worker in workers]
        assert [worker.returncode for worker in workers[1:]] == [0, 0], said
        assert report.counts(watching) == {"done": 221}
        watching.close()
    assert set(site.asked) - {"/robots.txt"} == set(pages)
    twice = {site.url(path) for path, count in site.asked.items() if count > 1 and path != "/robots.txt"}
    assert leased
    assert twice <= leased
    run = 20  # requests: each is some milliseconds on its way
    fastest = min(later - earlier for earlier, later in zip(site.times, site.times[run:], strict=False))
    assert fastest >= run * delay * 0.95


def test_two_workers_through_the_real_settings_store_every_article_between_them(shared, tmp_path):
    with serve() as sample:
        folders = [tmp_path / "one", tmp_path / "two"]
        crawls = [
            forked.scrapy(
                *("crawl", "sample", "-a", f"server={sample.proxy}"),
                NEWSCRAWL_DATA=str(folder),
                NEWSCRAWL_FRONTIER=shared,
            )
            for folder in folders
        ]
        said = [crawl.communicate(120)[1] for crawl in crawls]
        alone = forked.scrapy(
            *("crawl", "sample", "-a", f"server={sample.proxy}"), NEWSCRAWL_DATA=str(tmp_path / "alone")
        )
        alone.communicate(120)
    assert [crawl.returncode for crawl in crawls] == [0, 0], said
    assert not (tmp_path / "one" / "frontier.db").exists()
    stored = Counter(url for folder in folders for url in articles(folder))
    assert set(stored) == set(articles(tmp_path / "alone"))
    assert sum(count > 1 for count in stored.values()) < 5, "a story of several pages may be with both"
    backed = command(
        "newscrawl", "backup", tmp_path / "copy", NEWSCRAWL_DATA=str(folders[0]), NEWSCRAWL_FRONTIER=shared
    )
    assert backed.returncode == 0, backed.stderr
    copy_of_it = Frontier.open(tmp_path / "copy" / "frontier.db")
    assert report.counts(copy_of_it)["done"] > len(stored)
    copy_of_it.close()


def articles(folder):
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        return [url for (url,) in db.execute("SELECT url FROM articles")]
