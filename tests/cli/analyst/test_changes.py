"""changes and searches, as commands and as feeds."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import UTC, datetime, timedelta
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest

from newscrawl.archive import Archive
from tests.archive.pages import article_page, other_page
from tests.cli import seed

ATOM = "{http://www.w3.org/2005/Atom}"
START = "2026-02-01"


def test_changes_for_people_and_programs(run):
    shown = run("changes", "--since", START, "--kind", "withdrawn", "--kind", "returned").stdout
    assert [line.split()[2] for line in shown.splitlines()[1:]] == ["returned", "withdrawn", "withdrawn"]
    rows = [json.loads(line) for line in run("changes", "--since", START, "--json", "--limit", 0).stdout.splitlines()]
    assert {row["what"] for row in rows} == {"new", "revised", "withdrawn", "returned", "copied"}
    assert all(row["at"].endswith("Z") for row in rows)
    assert len(list(csv.reader(io.StringIO(run("changes", "--since", START, "--csv").stdout)))) == len(rows) + 1
    assert "nothing happened" in run("changes", "--since", "1h").stderr


@pytest.mark.parametrize(("since", "status"), [("2026-03-01T08:00", 0), ("3d", 0), ("2w", 0), ("yesterday", 2)])
def test_since_is_a_day_a_time_or_how_long_ago(run, since, status):
    result = run("changes", "--since", since)
    assert result.exit_code == status
    assert ("is no time" in result.stderr) == bool(status)


@pytest.fixture
def folder(seeded, tmp_path):
    shutil.copy(seeded / "archive.db", tmp_path)
    return tmp_path


def test_a_search_is_saved_and_followed(run, folder):
    assert "no search is saved" in run("searches", data=folder).stderr
    assert run("searches", "add", "茶", "茶叶节", "--region", "湖南", "--no-reprints", data=folder).exit_code == 0
    listed = run("searches", data=folder).stdout
    assert "region=湖南 reprints=False" in listed
    assert "/searches/茶.atom" in listed
    rows = run("changes", "--search", "茶", "--since", START, "--json", data=folder).stdout.splitlines()
    assert {json.loads(row)["url"] for row in rows} == {seed.url(seed.HUNAN, "tea")}
    saved = run("searches", "add", "本年", "茶叶节", "--region", "湖南", "--since", "2026", data=folder)
    assert saved.exit_code == 0  # the day of publication, not of what happened
    rows = run("changes", "--search", "本年", "--since", START, "--json", data=folder).stdout.splitlines()
    assert {json.loads(row)["url"] for row in rows} == {seed.url(seed.HUNAN, "tea")}
    assert run("searches", "remove", "茶", data=folder).exit_code == 0
    assert "no search is called '茶'" in run("searches", "remove", "茶", data=folder).stderr
    assert run("changes", "--search", "茶", data=folder).exit_code != 0


@pytest.mark.parametrize(
    "command",
    [
        ["searches", "add", "茶", "茶叶节"],
        ["searches", "remove", "茶"],
        ["compact", "--apply"],
        ["reprints", "--rebuild"],
    ],
    ids=" ".join,
)
def test_where_there_is_no_archive_none_is_made(run, tmp_path, command):
    result = run(*command, data=tmp_path)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"newscrawl: no archive at {tmp_path}")
    assert not (tmp_path / "archive.db").exists()


@pytest.fixture
def ask(tmp_path):
    """Ask the pages over an archive of today: an article revised, and one withdrawn."""
    import asyncio  # noqa: PLC0415

    application = pytest.importorskip("newscrawl.explore.application")
    begin = datetime.now(UTC) - timedelta(days=2)
    with Archive.open(tmp_path / "archive.db") as archive:
        pages = [article_page(), article_page(title="全市造林<&>\x0b", hours=1)]
        url = "http://news.test/a/2.html"
        pages.append(article_page(url, title="茶叶节", body="茶叶节昨天在文化广场开幕，来自七个省份的茶企带来了春茶。"))
        pages += [other_page(404, "missing", url, hours=hour) for hour in (5, 30)]
        first = pages[0].fetched_at
        for page in pages:
            page.fetched_at = begin + (page.fetched_at - first)
            archive.store(page)
        archive.save_search("春 茶", "茶叶节", {"region": "湖南"})
    explored = application.explorer(tmp_path / "archive.db")
    with asyncio.Runner() as runner:
        runner.run(explored.invoke_startup())
        yield lambda path, **options: runner.run(explored.client.get(path, **options))
    explored.get_database("archive").close()
    explored.executor.shutdown()


def entries(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("application/atom+xml")
    top = ET.fromstring(answer.text)
    assert all(top.find(ATOM + name).text for name in ("id", "title", "updated"))
    return [
        (entry.find(f"{ATOM}category").get("term"), entry.find(f"{ATOM}title").text, entry.find(f"{ATOM}id").text)
        for entry in top.iter(f"{ATOM}entry")
    ]


def test_what_happened_is_a_feed(ask):
    found = entries(ask("/changes.atom"))
    assert [what for what, _, _ in found] == ["withdrawn", "revised", "new", "new"]
    assert found[1][1] == "[修订] 全市造林<&>"
    assert len({identifier for _, _, identifier in found}) == 4
    assert found == entries(ask("/changes.atom")), "a reader shows an entry once"
    assert [what for what, _, _ in entries(ask("/changes.atom?kind=withdrawn"))] == ["withdrawn"]
    assert [what for what, _, _ in entries(ask("/changes.atom?q=" + quote("造林")))] == ["revised", "new"]
    assert entries(ask("/changes.atom?region=" + quote("上海"))) == []
    assert entries(ask("/changes.atom?lang=en"))[0][1] == "[Withdrawn] 茶叶节"
    assert [row["what"] for row in ask("/changes.json").json()] == ["withdrawn", "revised", "new", "new"]
    assert ask("/changes.atom?since=x").status_code == 400
    assert len(entries(ask("/changes.atom?since=2000"))) == 4  # articles published since
    assert entries(ask("/changes.atom?until=2000")) == []


def test_every_saved_search_has_its_feed(ask):
    assert [what for what, _, _ in entries(ask("/searches/" + quote("春 茶") + ".atom"))] == ["withdrawn", "new"]
    assert ask("/searches/none.atom").status_code == 404
