"""The main job, as users start it: real crawls of the sample portal through the real settings."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from xml.etree import ElementTree as ET

import pytest

from newscrawl.archive import WarcRef, read_record
from newscrawl.sample import expected, serve
from tests.conftest import command, six_hours_later

LISTS = {"list"}


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """A data folder after one crawl of the sample portal, and the requests the portal saw."""
    folder = tmp_path_factory.mktemp("crawled") / "data"
    with serve() as sample:
        result = command("scrapy", "crawl", "sample", "-a", f"server={sample.proxy}", NEWSCRAWL_DATA=str(folder))
        assert result.returncode == 0, result.stderr[-3000:]
        yield folder, list(sample.requests)


def rows(folder, query, *values):
    with closing(sqlite3.connect(f"file:{folder}/archive.db?mode=ro", uri=True)) as db, db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(query, values)]


def test_the_sample_portal_becomes_an_archive(crawled):
    folder, _ = crawled
    articles = rows(folder, "select * from articles")
    assert len(articles) >= 38
    assert all(row["title"] and row["body"] for row in articles)
    assert not any("\ufffd" in row["body"] + row["title"] for row in articles)


def test_every_article_can_be_read_back_from_its_warc_record(crawled):
    folder, _ = crawled
    for row in rows(
        folder, "select a.url, c.warc, c.offset, c.length, c.digest from articles a join captures c on c.id = a.capture"
    ):
        capture = read_record(folder / "warc", WarcRef(row["warc"], row["offset"], row["length"], row["digest"]))
        assert capture.url == row["url"] or capture.status == 200


def test_the_warc_files_are_sound(crawled):
    folder, _ = crawled
    files = sorted((folder / "warc").iterdir())
    assert files
    assert all(path.name.endswith(".warc.gz") for path in files)
    check = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, text=True, check=False
    )
    assert check.returncode == 0, check.stdout


def test_no_page_is_asked_for_twice_and_the_private_ones_never(crawled):
    _, requests = crawled
    urls = [request["url"] for request in requests if not request["url"].endswith("/robots.txt")]
    assert len(urls) == len(set(urls))
    assert not any("/private/" in url for url in urls)


def test_a_second_run_stores_nothing_new_and_asks_only_for_lists(crawled, tmp_path):
    folder = shutil.copytree(crawled[0], tmp_path / "data")
    before = rows(folder, "select * from articles order by id")
    with serve() as sample:
        command("scrapy", "crawl", "sample", "-a", f"server={sample.proxy}", NEWSCRAWL_DATA=str(folder))
        second = [request["url"] for request in sample.requests]
    assert rows(folder, "select * from articles order by id") == before
    lists = {row["url"] for row in rows(folder, "select url from captures where outcome = 'list'")}
    assert {url for url in second if not url.endswith("/robots.txt")} <= lists


def test_feeds_work_as_in_any_scrapy_project(tmp_path):
    out, cells, tree = (tmp_path / f"out.{form}" for form in ("jsonl", "csv", "xml"))
    files = ("-O", out, "-O", cells, "-O", tree)
    result = command("scrapy", "crawl", "sample", *files, NEWSCRAWL_DATA=str(tmp_path / "data"))
    assert result.returncode == 0, result.stderr[-3000:]
    assert "-O replaces" not in result.stderr
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(lines) >= 38
    assert all({"url", "title", "body", "links"} <= line.keys() for line in lines)
    assert any(link["section"] for line in lines for link in line["links"])
    shown = list(csv.DictReader(cells.read_text("utf-8").splitlines(keepends=True)))
    assert [json.loads(row["links"] or "[]") for row in shown] == [line["links"] for line in lines]
    assert [json.loads(row["authors"]) for row in shown] == [line["authors"] for line in lines]
    assert ET.parse(tree).find("item/links/value/url").text.startswith("http://")
    assert "Link(" not in cells.read_text("utf-8") + tree.read_text("utf-8")

    more = command(
        *("scrapy", "crawl", "sample", "-o", cells, "-a", "edition=2", "-s", "FRONTIER_REVISIT_NOW=1"),
        NEWSCRAWL_DATA=str(tmp_path / "data"),
    )
    assert more.returncode == 0, more.stderr[-3000:]
    added = list(csv.DictReader(cells.read_text("utf-8").splitlines(keepends=True)))
    assert added[: len(shown)] == shown
    assert {row["url"] for row in added[len(shown) :]} >= expected(2).keys() - expected(1).keys()
    assert "url" not in [row["url"] for row in added]

    before = out.read_bytes()
    again = command("scrapy", "crawl", "sample", "-O", out, NEWSCRAWL_DATA=str(tmp_path / "data"))
    assert f"-O replaces {out}" in again.stderr
    assert out.read_bytes() == before  # nothing was new


def test_scrapy_list_and_shell_work():
    assert "hunan_rednet" in command("scrapy", "list").stdout.split()


def test_the_second_edition_becomes_history(crawled_twice):
    """An edited article has a revision, a withdrawn one is gone at the second visit, and a counter changes nothing."""
    folder = crawled_twice
    six_hours_later(folder)
    with serve(edition=2) as sample:
        result = command("scrapy", "crawl", "sample", "-a", f"server={sample.proxy}", NEWSCRAWL_DATA=str(folder))
        assert result.returncode == 0, result.stderr[-3000:]
    before, after = expected(1), expected(2)
    edited = {url for url in before.keys() & after.keys() if before[url].body != after[url].body}
    revised = rows(
        folder, "select a.url, r.body as before, a.body from revisions r join articles a on a.id = r.article"
    )
    assert {row["url"] for row in revised} == edited
    assert all(row["before"] != row["body"] for row in revised)
    withdrawn = rows(folder, "select url, body, gone_at from articles where gone_at is not null")
    assert {row["url"] for row in withdrawn} == before.keys() - after.keys()
    assert all(row["body"] for row in withdrawn)
    added = rows(folder, "select url from articles")
    assert after.keys() - before.keys() <= {row["url"] for row in added}
