"""The verdicts of crawls that stored nothing: real crawls of a local site, one for each way to fail."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from newscrawl.health.judge import Facts, below, judge
from newscrawl.health.verdict import MEANINGS, Verdict, is_alarming, worst
from tests.conftest import command, six_hours_later
from tests.servers.site import Answer, Site
from tests.test_history_crawl import NAMES, PATHS, article, crawl, front


def test_a_worker_for_whom_others_left_nothing_is_no_alarm():
    verdict, said = judge(Facts("http://a.cn/", joined=True))
    assert (verdict, said) == (Verdict.NOTHING_NEW, "other workers were at work on it, and left nothing to do")
    assert judge(Facts("http://a.cn/", joined=True, failed={"timeout": 3}))[0] is Verdict.UNREACHABLE


SHELL = (
    "<html><head><title>江畔网</title></head><body><div id='app'></div><script src='/app.js'></script></body></html>"
)
UPKEEP = (
    "<html><head><title>江畔网</title></head><body><h1>系统维护中</h1><p>网站正在升级，请稍后再来。</p></body></html>"
)


def last_crawl(folder):
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        db.row_factory = sqlite3.Row
        return dict(db.execute("select * from crawls order by started_at desc").fetchone())


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A site, and the data folder of a crawl that has stored its two articles."""
    folder, names = tmp_path_factory.mktemp("stored") / "data", ["quiet", "older"]
    with Site() as site:
        site.page("/", front(names))
        for name in names:
            site.page(PATHS[name], article(name))
        assert crawl(site, folder)[0] == 0
        assert last_crawl(folder)["verdict"] == "ok"
        yield site, folder


@pytest.fixture
def known(stored, data):
    """A site whose two articles an earlier crawl has stored."""
    site, folder = stored
    shutil.copytree(folder, data)
    pages = dict(site.pages)
    yield site
    site.pages = pages


@pytest.mark.parametrize(
    ("answers", "verdict", "status"),
    [
        ({"/robots.txt": Answer(b"User-agent: *\nDisallow: /\n", 200, {"Content-Type": "text/plain"})}, "robots", 1),
        ({"/": Answer(SHELL.encode())}, "script-drawn", 1),
        ({"/": Answer(UPKEEP.encode())}, "no article", 1),
        ({"/": Answer(b"", 302, {"Location": "/"})}, "misdeclared", 1),
        ({"/": Answer(b"", 404)}, "misdeclared", 1),
        ({"/": Answer(b"", 403)}, "blocked", 5),
        ({"/": Answer(b"<rss><channel><item><link>", 200, {"Content-Type": "application/rss+xml"})}, "no article", 1),
        ({}, "nothing new", 0),
    ],
    ids=["robots", "script", "maintenance", "redirect-to-itself", "not-there", "forbidden", "broken-feed", "as-it-was"],
)
def test_a_crawl_that_stored_nothing_says_why(known, data, answers, verdict, status):
    known.pages |= answers
    ended, said = crawl(known, data)
    row = last_crawl(data)
    assert (row["verdict"], ended) == (verdict, status), said
    assert verdict in said
    assert status == 0 or MEANINGS[Verdict(verdict)].advice in said


def test_a_site_that_asks_to_be_spared_is_left_alone_and_said_so(site, data):
    site.pages["/"] = Answer(b"", 503, {"Retry-After": "7200"})
    assert crawl(site, data)[0] == 5
    status, said = crawl(site, data)
    assert status == 5
    assert "left alone" in said
    assert "Beijing time" in said
    assert site.requests["/"] == 1


def test_the_report_has_every_portal_with_its_verdict_and_fits_eighty_columns(site, data):
    site.pages["/"] = Answer(b"", 404)
    crawl(site, data)
    rows = {row["portal"]: row for row in map(json.loads, command("newscrawl", "report", "--json").stdout.splitlines())}
    assert rows["127.0.0.1"]["verdict"] == "misdeclared"
    assert rows["127.0.0.1"]["advice"]
    assert rows["hunan_rednet"]["verdict"] == "never crawled"
    said = command("newscrawl", "report").stdout
    assert site.url in said
    assert max(map(len, said.splitlines())) <= 80


def test_a_time_limit_keeps_the_counts(site, data):
    names = list(NAMES)[:6]
    site.page("/", front(names))
    for name in names:
        site.page(PATHS[name], article(name))
        site.delays[PATHS[name]] = 1
    for limit in (2, 4):  # a busy machine may not come to an article within the first
        status, said = crawl(site, data, "-s", f"CLOSESPIDER_TIMEOUT={limit}")
        row = last_crawl(data)
        if json.loads(row["counts"])["new"]:
            break
    assert (status, row["verdict"]) == (6, "time limit")
    assert 0 < json.loads(row["counts"])["new"] < len(names)
    assert f"{json.loads(row['counts'])['new']} new" in said


def test_a_crawls_row_keeps_what_it_is_judged_by(known, data):
    row = last_crawl(data)
    measures = json.loads(row["measures"])
    assert measures["list_links"] >= measures["list_articles"] == 2
    assert measures["dated"] == 2
    assert measures["body_length"] > 50
    known.pages[PATHS["story"]] = Answer(b"", 500)
    known.page("/", front(["quiet", "story"]))
    crawl(known, data)
    row = last_crawl(data)
    assert json.loads(row["errors"]) == {"http-500": 1}
    assert (row["verdict"], "1 failed (http-500 1)" in row["detail"]) == ("nothing new", True)


def test_every_verdict_is_explained():
    assert MEANINGS.keys() == set(Verdict)
    assert all(meaning.means and meaning.advice for meaning in MEANINGS.values())
    assert not is_alarming("ok")
    assert is_alarming("unreachable: a sentence of an older version")


def test_the_worst_of_several_statuses_is_the_one_that_says_most():
    assert worst([]) == worst([0, 0]) == 0
    assert worst([0, 6, 5]) == 5
    assert worst([6, 3, 1]) == 3


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (Facts(reason="memusage_exceeded", changed=8), Verdict.MEMORY),
        (Facts(reason="shutdown", settled={"list": 1}), Verdict.STOPPED),
        (Facts(reason="closespider_timeout", failed={"dns": 3}), Verdict.UNREACHABLE),
        (Facts(spent=("a.test",)), Verdict.DAILY_LIMIT),
        (Facts(spent=("a.test",), changed=4), Verdict.DAILY_LIMIT),
        (Facts(), Verdict.NO_ARTICLE),
        (Facts(backfill=True), Verdict.NOTHING_NEW),
        (Facts(backfill=True, settled={"http-404": 3}), Verdict.NOTHING_NEW),
        (Facts(backfill=True, failed={"dns": 3}), Verdict.UNREACHABLE),
        (Facts(ahead=3), Verdict.CLOCK),
        (Facts(changed=1, missing=("source 0.10 < 0.90",)), Verdict.FIELDS_MISSING),
        (Facts(changed=3, alike=3), Verdict.ONE_TEXT),
        (Facts(changed=3, alike=2), Verdict.OK),
        (Facts(changed=1, left_alone=("b.test",), start_hosts=frozenset({"a.test"})), Verdict.OK),
        (Facts(changed=1, left_alone=("a.test",), start_hosts=frozenset({"a.test"})), Verdict.LEFT_ALONE),
        (Facts(changed=3, withdrawn=3, start={"http-404": 1}, settled={"http-404": 4}), Verdict.MISDECLARED),
        (Facts(changed=3, withdrawn=3, start={"list": 1}, settled={"list": 1, "redirect": 3}), Verdict.NO_ARTICLE),
        (Facts(changed=3, withdrawn=2, start={"http-404": 1}, settled={"http-404": 3}), Verdict.OK),
        (Facts(changed=3, withdrawn=3, list_articles=1, settled={"list": 1, "http-404": 3}), Verdict.OK),
        (Facts(reason="something"), Verdict.FAILED),
    ],
)
def test_what_a_crawl_saw_decides(facts, verdict):
    assert judge(facts)[0] is verdict


def test_where_no_article_is_found_the_hosts_of_its_headlines_are_named():
    facts = Facts(start={"list": 1}, settled={"list": 1}, list_links=2, outside={"www.a.cn": 40, "b.cn": 3})
    verdict, detail = judge(facts)
    assert verdict is Verdict.NO_ARTICLE
    assert "headlines lead out of the scope: www.a.cn 40, b.cn 3" in detail


def test_a_field_that_fewer_articles_have_than_expected_is_named():
    assert below({"source": 0.9, "published": 0.5, "editors": 0.2}, {"source": 0.4, "published": 0.5}) == [
        "source 0.40 < 0.90",
        "editors 0.00 < 0.20",
    ]


def test_a_crawl_without_articles_or_expectations_disappoints_nobody():
    assert below({"source": 0.9}, {}) == []
    assert below({}, {"source": 0.1}) == []


@pytest.mark.parametrize(("replaced", "verdict"), [(3, "one text for all"), (2, "ok")])
def test_articles_that_all_get_one_text_are_an_alarm(tmp_path, replaced, verdict):
    folder, names = tmp_path / "data", ["quiet", "older", "kept"]
    with Site() as site:
        site.page("/", front(names))
        for name in names:
            site.page(PATHS[name], article(name))
        assert crawl(site, folder)[0] == 0
        parked = article(
            "story", ["这个域名正在出售，欢迎来电洽谈，价格从优。本站已于日前停止更新，感谢多年来的支持。"]
        )
        for name in names[:replaced]:
            site.page(PATHS[name], parked)
        six_hours_later(folder)
        status, said = crawl(site, folder)
    assert last_crawl(folder)["verdict"] == verdict, said
    assert status == MEANINGS[Verdict(verdict)].exit_status
