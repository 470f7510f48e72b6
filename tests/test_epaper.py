"""Newspapers crawled whole through the real settings: issues, pages, order, days, gaps."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from newscrawl import settings as project
from newscrawl.cli import main
from newscrawl.epaper import EpaperPortal
from newscrawl.errors import PortalError
from newscrawl.urls import canonical
from tests.conftest import command
from tests.servers.newspaper import NewForm, OldForm

FEBRUARY = [date(2026, 2, 12) + timedelta(days=number) for number in range(9)]
PAUSE = {date(2026, 2, 17), date(2026, 2, 18), date(2026, 2, 15)}  # 春节, and a Sunday
HOST = "http://paper.test"
PORTAL = '''
from newscrawl.epaper import EpaperPortal

class HunanQy(EpaperPortal):
    """清源日报."""

    name, title, region, level = "hunan_qy", "清源日报", "湖南", "city"
    start_urls = ["{host}{entry}"]
    issue_url = "{host}{first}"
'''


@pytest.fixture(params=[OldForm, NewForm], ids=["old", "new"])
def paper(request, site, tmp_path, monkeypatch):
    """A newspaper of nine days of February 2026 with three days' pause, and the folder that declares it."""
    made = request.param(site, [day for day in FEBRUARY if day not in PAUSE])
    folder = tmp_path / "portals"
    folder.mkdir()
    (folder / "hunan_qy.py").write_text(PORTAL.format(host=HOST, entry=made.entry, first=made.first), "utf-8")
    monkeypatch.setenv("NEWSCRAWL_PORTALS", str(folder))
    monkeypatch.setattr(project, "NEWSCRAWL_PORTALS", [str(folder)])
    return made


@pytest.fixture
def crawl(paper, data):
    def run(*arguments: str) -> None:
        paper.site.requests.clear()
        options = ("-s", "DOWNLOAD_DELAY=0", "-s", "FRONTIER_WAIT=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8")
        ended = command(
            "scrapy", "crawl", "hunan_qy", *arguments, *options, http_proxy=f"http://127.0.0.1:{paper.site.port}"
        )
        assert ended.returncode == 0, ended.stderr[-3000:]

    return run


def rows(data, query):
    with closing(sqlite3.connect(data / "archive.db")) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(query)]


def issues(*arguments) -> list[dict]:
    result = CliRunner().invoke(main, ["issues", "hunan_qy", "--json", *arguments])
    assert result.exit_code == 0, result.output
    return list(map(json.loads, result.stdout.splitlines()))


COLUMNS = "url, title, source, published, body, issue, issue_page, issue_section, issue_order"


def test_a_stretch_is_crawled_whole_in_order_and_its_gaps_have_reasons(paper, crawl, data):
    crawl("-a", "since=2026-02-12", "-a", "until=2026-02-20")
    stored = {canonical(row["url"]).removeprefix(HOST): row for row in rows(data, f"select {COLUMNS} from articles")}
    assert stored.keys() == paper.articles.keys()
    for path, printed in paper.articles.items():
        row = stored[path]
        assert (row["issue"], row["issue_page"], row["issue_section"], row["issue_order"]) == (
            printed.issue, printed.page, printed.section, printed.order,
        )  # fmt: skip
        assert row["source"] == "清源日报"
        assert row["title"] == printed.title
        assert row["published"][:10] == printed.issue
        assert row["body"].split("\n") == printed.body.split("\n")
    asked = {path: count for path, count in paper.site.requests.items() if path != "/robots.txt"}
    assert max(asked.values()) <= 2  # what is missing is looked at twice
    assert not any("?" in path for path in asked)
    found = {row["issue"]: row for row in issues("--since", "2026-02-11", "--until", "2026-02-21")}
    states = {day: row["state"] for day, row in found.items()}
    assert {day for day, state in states.items() if state == "no issue"} == {day.isoformat() for day in PAUSE}
    assert states["2026-02-11"] == states["2026-02-21"] == "not fetched"
    assert found["2026-02-17"]["holiday"] == "春节"
    assert found["2026-02-15"]["weekday"] == "Sun"
    assert found["2026-02-13"] == {
        "issue": "2026-02-13", "weekday": "Fri", "holiday": None, "state": "complete", "outcome": "list",
        "pages": 3, "listed": 6, "stored": 6,
    }  # fmt: skip
    said = CliRunner().invoke(main, ["issues", "hunan_qy", "--since", "2026-02-11", "--until", "2026-02-20"]).stdout
    assert "6 complete, 3 no issue, 1 not fetched" in said
    assert "2026-02-13" not in said
    first = rows(data, f"select {COLUMNS} from articles order by url")
    crawl("-a", "since=2026-02-12", "-a", "until=2026-02-20")
    assert sum(paper.site.requests.values()) <= 1 + len(PAUSE)  # robots.txt, and a second look at what is missing
    for file in data.glob("archive.db*"):
        file.unlink()
    replayed = command("newscrawl", "replay")  # the archive made anew from the raw pages
    assert replayed.returncode == 0, replayed.stderr
    assert rows(data, f"select {COLUMNS} from articles order by url") == first


def test_without_days_the_newest_issue_comes_by_the_entry_page(paper, crawl, data):
    crawl()
    newest = {path for path, printed in paper.articles.items() if printed.issue == "2026-02-20"}
    assert {canonical(row["url"]).removeprefix(HOST) for row in rows(data, "select url from articles")} == newest


def test_an_article_that_is_missing_makes_its_issue_incomplete(paper, crawl, data):
    lost = next(path for path, printed in paper.articles.items() if printed.issue == "2026-02-13")
    del paper.site.pages[lost]
    crawl("-a", "since=2026-02-13", "-a", "until=2026-02-14")
    states = [(row["state"], row["stored"]) for row in issues("--since", "2026-02-13", "--until", "2026-02-14")]
    assert states == [("incomplete", 5), ("complete", 6)]


def declared(**facts):
    given = {"name": "hunan_qy", "title": "清源日报", "region": "湖南", "level": "city", "start_urls": ["http://a.cn/"]}
    return type("HunanQy", (EpaperPortal,), given | {"issue_url": "http://a.cn/%Y-%m/%d/node_1.htm"} | facts)


def test_the_days_a_run_asks_for():
    paper = declared(days=3)
    usual = paper().days_asked()
    assert len(usual) == 3
    assert usual == sorted(usual, reverse=True)
    asked = paper(since="2020-02-27", until="2020-03-02").days_asked()
    assert [day.isoformat() for day in asked] == ["2020-03-02", "2020-03-01", "2020-02-29", "2020-02-28", "2020-02-27"]
    assert paper.issue_on(date(2020, 3, 2)) == "http://a.cn/2020-03/02/node_1.htm"
    assert declared(since=date(2099, 1, 1))().days_asked() == []


def test_what_is_misdeclared_or_misasked_is_refused():
    with pytest.raises(PortalError, match=r"HunanQy: issue_url is 'http://a.cn/'; write"):
        declared(issue_url="http://a.cn/")()
    with pytest.raises(PortalError, match="needs a first day too"):
        declared()(until="2020-01-01")
    result = CliRunner().invoke(main, ["issues", "hunan_rednet"])
    assert result.exit_code == 1
    assert "hunan_rednet is no newspaper" in result.stderr
