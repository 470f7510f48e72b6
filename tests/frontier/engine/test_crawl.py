"""Real crawls of a local site by Scrapy with the frontier as its scheduler."""

from __future__ import annotations

import socket
import sqlite3
import time
from collections import Counter
from contextlib import closing

from tests.frontier.site import crawl, newspaper, serving

QUICK = {"TEST_RETRY_AFTER": [0.2, 0.4, 1800, 1e5, 1e5]}


def rows(data, query):
    with closing(sqlite3.connect(data / "frontier.db")) as db, db:
        found = db.execute(query).fetchall()
    db.close()
    return found


def outcomes(data):
    return {
        url.split("/", 3)[3]: (outcome, state)
        for url, outcome, state in rows(data, "SELECT url, outcome, state FROM addresses")
    }


def test_every_page_once_and_the_next_run_asks_only_for_lists(tmp_path):
    pages = newspaper(40)
    with serving(pages) as site:
        first = crawl(tmp_path, site.url())
        assert Counter(site.asked) == dict.fromkeys(pages, 1)
        site.asked.clear()
        second = crawl(tmp_path, site.url())
        assert set(site.asked) == {path for path in pages if not path.startswith("/a/")}
        assert max(site.asked.values()) == 1
    assert first["frontier/settled/article"] == first["item_scraped_count"] == 40
    assert first["frontier/enqueued"] == first["frontier/leased"] == 45
    assert "frontier/enqueued" not in second
    assert first["finish_reason"] == second["finish_reason"] == "finished"


def test_whatever_happens_to_a_page_is_recorded(tmp_path):
    asked = Counter()

    def first_only(status, headers, then=()):
        def answer(request):
            asked[id(answer)] += 1
            return (status, headers, []) if asked[id(answer)] == 1 else (200, {}, list(then))

        return answer

    pages = {
        "/robots.txt": [],
        "/": ["/a/gone", "/a/busy", "/a/poison", "/a/moved", "/broken", "/list", "/a/shut", "/detail", "/a/twin?x=1"],
        "/a/busy": first_only(503, {}),
        "/a/moved": lambda _: (302, {"Location": "/a/target"}, []),
        "/a/target": [],
        "/a/shut": lambda _: (403, {}, []),
        "/a/poison": ["/a/undiscovered"],
        "/broken": [],
        "/list": ["/a/1"],
        "/a/1": [],
        "/detail": ["/a/unread"],
        "/a/twin?x=1": first_only(301, {"Location": "/a/twin?x=1&spm=2"}),
        "/a/twin?x=1&spm=2": [],
    }
    with serving(pages) as site:
        stats = crawl(tmp_path, site.url(), ROBOTSTXT_OBEY=True, **QUICK)
        assert asked[id(pages["/a/busy"])] == 2
        assert site.asked["/a/shut"] == site.asked["/a/gone"] == site.asked["/a/target"] == 1
        assert "/a/never" not in site.asked
    assert outcomes(tmp_path) == {
        "": ("list", "done"),
        "a/gone": ("http-404", "pending"),
        "a/busy": ("article", "done"),
        "a/poison": ("pipeline-error", "pending"),
        "a/moved": ("redirect", "done"),
        "a/target": ("article", "done"),
        "broken": ("spider-error", "pending"),
        "list": ("list", "done"),
        "a/1": ("article", "done"),
        "a/shut": ("http-403", "pending"),
        "detail": ("list", "done"),
        "a/twin?x=1&spm=2": ("article", "done"),
    }
    assert stats["detail/kept"] == 1
    failed = {name.rpartition("/")[2]: count for name, count in stats.items() if name.startswith("frontier/failed/")}
    assert failed == {"http-503": 1, "http-403": 1, "pipeline-error": 1, "spider-error": 1}
    assert stats["frontier/failed_count"] == 4
    assert rows(tmp_path, "SELECT reason FROM aliases") == [("redirect",)]


def test_the_next_run_asks_conditionally_for_what_is_due_and_not_again_for_what_robots_forbids(tmp_path):
    def article(headers):
        return (304, {}, []) if headers["If-None-Match"] == '"v1"' else (200, {"ETag": '"v1"'}, [])

    settings = {"REVISIT_AFTER": [0.0167, 24], "ROBOTSTXT_OBEY": True}  # a minute and a little, and a day
    with serving({"/": ["/a/1", "/private/x"], "/a/1": article, "/robots.txt": []}) as site:
        site.robots = b"User-agent: *\nDisallow: /private/\n"
        first = crawl(tmp_path, site.url(), **settings)
        with closing(sqlite3.connect(tmp_path / "frontier.db")) as db, db:
            db.execute("UPDATE addresses SET due = due - 100, article_since = article_since - 100 WHERE due > 0")
        db.close()
        second = crawl(tmp_path, site.url(), **settings)
        assert site.headers["/a/1"]["If-None-Match"] == '"v1"'
        assert "/private/x" not in site.asked
    assert first["frontier/settled/robots"] == second["frontier/settled/unchanged"] == 1
    assert "frontier/settled/robots" not in second
    assert outcomes(tmp_path)["a/1"] == ("unchanged", "done")
    assert outcomes(tmp_path)["private/x"] == ("robots", "done")


def test_hosts_are_served_in_turn(tmp_path):
    def front(_headers):
        own = [f"/a/{n}" for n in range(40)]
        return 200, {}, own + [site.url(f"/a/{n}", "localhost") for n in range(40, 45)]

    pages = {f"/a/{n}": [] for n in range(45)} | {"/": front}
    with serving(pages) as site:
        # Without a delay, the first host is done before a busy machine has resolved the second host's name.
        crawl(tmp_path, site.url(), CONCURRENT_REQUESTS_PER_DOMAIN=1, DOWNLOAD_DELAY=0.05)
        small = [place for place, (host, _) in enumerate(site.order) if host == "localhost"]
    assert len(small) == 5
    assert small[-1] < 20


def test_dead_links_of_articles_end_by_themselves(tmp_path):
    with serving({"/": [f"/a/{n}" for n in range(5)]}) as site:
        for n in range(5):
            site.pages[f"/a/{n}"] = [site.url(f"/a/dead-{n}-{i}", "localhost") for i in range(40)]
        site.pages["/"] += [site.url("/a/named", "localhost")]
        crawl(tmp_path, site.url(), CONCURRENT_REQUESTS_PER_DOMAIN=1, FRONTIER_BARREN_LIMIT=20)
        dead = [path for host, path in site.order if "dead" in path]
        assert 5 <= len(dead) <= 20
        assert site.asked["/a/named"] == 1


def test_a_host_that_asks_for_a_pause_gets_it(tmp_path):
    times = []

    def article(_headers):
        times.append(time.monotonic())
        return (429, {"Retry-After": "2"}, []) if len(times) == 1 else (200, {}, [])

    with serving({"/": ["/a/1", "/a/2"], "/a/1": article, "/a/2": article}) as site:
        crawl(tmp_path, site.url(), CONCURRENT_REQUESTS_PER_DOMAIN=1, **QUICK)
    assert len(times) == 3
    assert times[1] - times[0] >= 1.9


def test_a_host_that_fails_throughout_is_left_alone_and_reported(tmp_path):
    with serving({"/": ["/a/1"], "/a/1": []}) as site:
        for number in range(30):
            site.pages[f"/a/down-{number}"] = lambda _: (500, {}, [])
        site.pages["/"] += [site.url(f"/a/down-{number}", "localhost") for number in range(30)]
        stats = crawl(tmp_path, site.url(), CONCURRENT_REQUESTS_PER_DOMAIN=1, FRONTIER_HOST_ERROR_LIMIT=4, **QUICK)
        down = [path for host, path in site.order if host == "localhost"]
        assert site.asked["/a/1"] == 1
    assert len(down) == 4
    assert stats["frontier/left_alone"] == ["localhost"]
    assert stats["log"].count("localhost fails on and on and is left alone") == 1
    assert stats["finish_reason"] == "finished"


def test_a_site_that_cannot_be_reached_ends_the_run_soon(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    stats = crawl(tmp_path, f"http://127.0.0.1:{port}/", **QUICK)
    assert stats["frontier/failed/refused"] == stats["frontier/failed_count"] == 3
    assert stats["elapsed_time_seconds"] < 10


def test_a_full_disk_stops_the_crawl_and_the_next_goes_on(tmp_path):
    pages = newspaper(100)
    with serving(pages) as site:
        stats = crawl(tmp_path, site.url(), TEST_MAX_PAGES=13)
        assert "make room" in stats["verdict/error"]
        assert stats["finish_reason"] == "storage"
        assert "Traceback" not in stats["log"]
        crawl(tmp_path, site.url())
        assert set(site.asked) == set(pages)
    assert {state for _, state in outcomes(tmp_path).values()} == {"done"}
