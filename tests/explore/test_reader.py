"""The archive behind the pages is opened once for each thread, and again when the file is replaced."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest

pytest.importorskip("datasette", reason="needs `make analysis`")

from newscrawl.archive import Archive
from newscrawl.explore import reader
from newscrawl.explore.pages import routes
from tests.explore import seeded


def put(path, number: int, title: str) -> None:
    with Archive.open(path) as archive:
        when = seeded.BEGIN + timedelta(days=number)
        archive.store(seeded.page(seeded.HUNAN, f"http://news.test/{number}.html", when, title, "正文甲乙丙丁。" * 9))


def test_many_requests_open_it_once_a_thread(tmp_path, ask_of, monkeypatch):
    path = tmp_path / "archive.db"
    put(path, 1, "第一篇文章")
    opened = []
    original = Archive.open.__func__
    monkeypatch.setattr(
        Archive, "open", classmethod(lambda cls, *given, **named: opened.append(1) or original(cls, *given, **named))
    )
    ask = ask_of(path)
    opened.clear()
    for _ in range(20):
        assert ask("/search.json?q=第一篇").json()["total"] == 1
    assert 1 <= len(opened) <= 4


def test_a_file_put_in_its_place_is_the_one_that_is_read(tmp_path, ask_of):
    path, other = tmp_path / "archive.db", tmp_path / "made anew.db"
    put(path, 1, "旧档案的文章")
    put(other, 2, "重放得来的文章")
    ask = ask_of(path)
    assert ask("/search.json?q=旧档案").json()["total"] == 1
    other.replace(path)
    assert [ask(f"/search.json?q={word}").json()["total"] for word in ("旧档案", "重放得来")] == [0, 1]


def test_several_files_are_shown_as_one(tmp_path, ask_of):
    path, closed, missing = tmp_path / "archive.db", tmp_path / "closed.sqlite", tmp_path / "closed too.sqlite"
    for file, number in ((path, 1), (closed, 2), (closed, 3), (missing, 4)):
        put(file, number, f"第{number}篇文章")
    put(closed, 1, "第1篇文章从前的题目")
    closed.chmod(0o444)
    ask = ask_of(path, closed, missing)
    found = ask("/search.json?q=篇文章&sort=date").json()
    assert [hit["title"] for hit in found["hits"]] == [f"第{number}篇文章" for number in (4, 3, 2, 1)]
    assert found["total"] == sum(value["count"] for value in found["facets"]["region"]) == 4
    assert ask("/search.json?q=从前").json()["total"] == 0
    assert ask("/search.json").json()["total"] == 4
    for hit in found["hits"]:
        assert hit["title"] in ask(f"/article/{hit['id']}").text
    assert "第4篇文章" in ask("/").text
    assert ask("/dashboards/articles_a_day").status_code == 200
    assert "第2篇文章" in ask("/changes.json").text or ask("/changes.json").json() == []
    put(missing, 5, "后来的一篇文章")
    assert ask("/search.json?q=后来").json()["total"] == 1


def test_tables_that_another_program_changes_are_read_as_they_are(tmp_path, ask_of):
    path = tmp_path / "archive.db"
    put(path, 1, "第一篇文章")
    ask = ask_of(path)
    assert ask("/search.json?q=").json()["total"] == 1
    with Archive.open(path) as archive:
        archive.database.execute("CREATE TABLE notes (text)")
    put(path, 2, "第二篇文章")
    assert ask("/search.json?q=").json()["total"] == 2


def test_a_slow_sum_is_answered_from_memory_and_asked_anew_beside(tmp_path, ask_of, monkeypatch):
    path = tmp_path / "archive.db"
    put(path, 1, "第一篇文章")
    ask = ask_of(path)
    monkeypatch.setattr(reader, "_ANSWERS", {})
    assert "第一篇文章" in ask("/").text
    assert reader._ANSWERS == {}  # quick answers are always new
    monkeypatch.setattr(reader, "_SLOW_SECONDS", 0)
    monkeypatch.setattr(reader, "_KEPT_SECONDS", 0)
    assert "第一篇文章" in ask("/").text
    put(path, 2, "第二篇文章")
    assert "第二篇文章" not in ask("/").text
    deadline = time.monotonic() + 10
    while "第二篇文章" not in ask("/").text and time.monotonic() < deadline:
        time.sleep(0.05)
    assert "第二篇文章" in ask("/").text


def test_facets_of_many_hits_come_after_the_page(ask, monkeypatch):
    monkeypatch.setattr(routes, "_COUNTED_AT_ONCE", 4)
    page = ask("/search?q=昆明").text
    later = re.search(r'data-later="([^"]*)"', page)[1]
    assert '<h2 id="facet-region">' not in page
    assert '<h2 id="facet-region">地区</h2>' in ask(later).text
    assert '<h2 id="facet-region">' in ask("/search?q=昆明&facets=all").text
    assert ask("/search.json?q=昆明").json()["facets"]["month"] == [{"value": "2026-03", "count": 5}]
    monkeypatch.setattr(routes, "_COUNTED_AT_ONCE", 5)
    assert '<h2 id="facet-region">' in ask("/search?q=昆明").text
