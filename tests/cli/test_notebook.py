"""`newscrawl.open_archive`: frames by one call, with every digit of the ids."""

from __future__ import annotations

import subprocess
import sys

import pytest

import newscrawl
from newscrawl.errors import NewscrawlError
from tests.cli import seed


@pytest.fixture
def notebook(seeded):
    pytest.importorskip("pandas")
    with newscrawl.open_archive(seeded) as opened:
        yield opened


def test_importing_newscrawl_is_light():
    code = "import sys, newscrawl; print(sorted({'scrapy', 'sqlite_utils', 'pandas', 'lxml'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_articles_have_days_times_and_lists(notebook):
    frame = notebook.articles(region="湖南")
    assert len(frame) == 7
    assert str(frame["day"].max())[:10] == "2026-02-26"
    assert str(frame["first_seen"].dt.tz) == "UTC"
    assert frame.set_index("url").loc[seed.url(seed.HUNAN, "budget"), "editors"] == ["王晓明", "陈静"]
    assert notebook.articles(since="2030").shape == (0, frame.shape[1])


def test_ids_keep_all_their_digits(notebook):
    frame = notebook.frame("articles")
    known = dict(notebook.archive.database.execute("SELECT url, reprint_of FROM articles").fetchall())
    copies = frame[frame["reprint_of"].notna()]
    kept = dict(zip(copies["url"], map(int, copies["reprint_of"]), strict=True))
    assert kept == {url: original for url, original in known.items() if original is not None}


def test_queries_take_values_and_the_search(notebook):
    frame = notebook.sql("SELECT count(*) AS n FROM article_list WHERE region = ?", "江西")
    assert frame["n"].tolist() == [4]
    query = "SELECT count(*) AS n FROM articles_fts WHERE articles_fts MATCH fts_query(?)"
    assert notebook.sql(query, "财政").loc[0, "n"] == len(notebook.search("财政")) == 2


def test_nothing_can_be_written(notebook):
    with pytest.raises(NewscrawlError, match="readonly"):
        notebook.sql("DELETE FROM articles")


def test_an_unknown_table_names_those_there_are(notebook):
    with pytest.raises(NewscrawlError, match="article_list"):
        notebook.frame("nonsense; DROP TABLE articles")


def test_without_pandas_one_line_says_what_to_install(seeded, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(NewscrawlError, match="make analysis"):
        newscrawl.open_archive(seeded / "archive.db")
