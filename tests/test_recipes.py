"""Every recipe of docs/recipes.md is run over a seeded archive, and must find what was put there."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing

import pytest

from newscrawl.archive import Archive
from newscrawl.cli.analyst.export import Wish, write_export
from tests.cli import seed
from tests.conftest import ROOT

FAMILIES = {1, 2, 4, 10, 11, 12, 13, 14, 15}  # recipes that ask who reprinted whom
TEXT = (ROOT / "docs/recipes.md").read_text("utf-8")
RECIPES = dict(re.findall(r"^## (\d+\. [^\n]+)\n.*?^```sql\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE))

H, S, Y, J = seed.HUNAN, seed.SHANGHAI, seed.YUEYANG, seed.JIANGXI
WELLS, MARKET = seed.url(H, "wells"), seed.url(Y, "market")

# What a recipe gives: its number → some of its columns, and all rows of them, or the first few.
EXPECTED = {
    1: (
        ("original_source", "copy_portal", "relation"),
        [
            ("潇湘网", "浦江网", "same"),
            ("潇湘网", "岳阳在线", "cut"),
            ("潇湘网", "赣江网", "extended"),
            ("潇湘网", "赣江网", "same"),
        ],
    ),
    2: (
        ("from", "to", "articles", "word_for_word"),
        [(H.key, J.key, 4, 2), (H.key, Y.key, 1, 0), (H.key, S.key, 1, 1), (S.key, H.key, 1, 1)],
    ),
    3: (
        ("portal", "evidence", "hours_online"),
        [("潇湘网", "HTTP 404; first missed 2026-03-02T06:00:00.000000Z", 195)],
    ),
    4: (("withdrawn_at", "still_at"), [(WELLS, seed.url(J, "wells"))]),
    5: (("url", "hours_away"), [(MARKET, 48)]),
    6: (
        ("before", "after"),
        [("清溪茶叶节开幕", "第十二届清溪茶叶节开幕"), ("今年新打机井四十六眼", "今年新打机井四十三眼")],
    ),
    7: (("portal", "edited", "percent"), [(H.key, 2, 50.0), (Y.key, 0, 0.0)]),
    8: (
        ("day", "region", "articles"),
        [("2026-02-20", "上海", 1), ("2026-02-20", "湖南", 1), ("2026-02-21", "江西", 1), ("2026-02-21", "湖南", 1)],
    ),
    9: (("portal", "since", "until", "days"), [(H.key, "2026-02-24", "2026-02-25", 2)]),
    10: (("title", "copies", "portals"), [("清溪大桥建成通车", 4, 3)]),
    11: (("days", "copy_source", "copy_portal"), [(7, "清溪发布", "赣江网"), (1, "潇湘网", "岳阳在线")]),
    12: (
        ("original_title", "copy_title"),
        [
            ("清溪大桥建成通车", "清溪大桥通车 过江只要六分钟"),
            ("第十二届清溪茶叶节开幕", "清溪茶叶节开幕"),
            ("今年新打机井四十三眼", "今年新打机井四十六眼"),
        ],
    ),
    13: (("portal", "percent_cut"), [(Y.key, 26)]),
    14: (
        ("portal", "articles", "reprints", "percent_first_here"),
        [(H.key, 4, 1, 75), (Y.key, 3, 1, 67), (S.key, 2, 1, 50), (J.key, 4, 4, 0)],
    ),
    16: (("outlet", "articles", "forms"), [("新华社", 2, 2)]),
    18: (
        ("editor", "portal", "articles", "days"),
        [("王晓明", H.key, 3, 3), ("陈静", H.key, 2, 2), ("王晓明", S.key, 1, 1)],
    ),
    19: (
        ("portal", "section", "on"),
        [
            (H.key, "热门文章", seed.url(H, "bridge")),
            (Y.key, "热门文章", MARKET),
            (S.key, "热门文章", seed.url(S, "budget")),
        ],
    ),
    20: (("url", "pages"), [(WELLS, 3)]),
    21: (("portal", "title"), [(H.key, "财政政策加力提效 民生支出占比近八成")]),
    22: (("portal", "channel", "articles"), [(H.key, "要闻", 4), (Y.key, "要闻", 2), (Y.key, "公示", 1)]),
    23: (("portal", "reason", "pages"), [(J.key, "list", 7), (Y.key, "list", 6)]),
    24: (("status", "warc", "offset"), [(200, f"{H.key}-20260301.warc.gz", 100)] * 2),
    25: (("city", "articles", "mentions"), [("岳阳市", 1, 1)]),
    26: (("author", "articles", "portals"), [("周文", 2, f"{H.key},{S.key}")]),
}
# Recipes whose result depends on the outlet table: rows they must contain.
HOLDS = {
    15: (("credited", "printed_first_by"), ("清溪发布", "潇湘网")),
    17: (("source", "articles"), ("清溪县水利局", 2)),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = seed.make(tmp_path_factory.mktemp("recipes") / "archive.db")
    with Archive.open(path, read_only=True) as opened:
        yield opened


def _number(recipe: str) -> int:
    return int(recipe.partition(".")[0])


def test_every_recipe_is_asked_for():
    assert [_number(name) for name in RECIPES] == sorted(EXPECTED | HOLDS)
    assert len(RECIPES) >= 20


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_finds_what_is_there(archive, name):
    rows = list(archive.database.query(RECIPES[name]))
    number = _number(name)
    if number in HOLDS:
        columns, wanted = HOLDS[number]
        assert wanted in [tuple(row[column] for column in columns) for row in rows]
        assert len(rows) < archive.counts()["articles"]
    else:
        columns, wanted = EXPECTED[number]
        assert [tuple(row[column] for column in columns) for row in rows][: len(wanted)] == wanted


@pytest.mark.parametrize("name", [name for name in RECIPES if _number(name) in {1, 2, 10, 11, 12, 13, 14, 15}])
def test_an_alias_is_no_copy(archive, tmp_path, name):
    shutil.copy(archive.path, tmp_path)
    with Archive.open(tmp_path / "archive.db") as more:
        more.store(seed.phone_page())
        assert list(more.database.query(RECIPES[name])) == list(archive.database.query(RECIPES[name]))


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_needs_nothing_but_sqlite(archive, name):
    with closing(sqlite3.connect(f"file:{archive.path}?mode=ro", uri=True)) as plain:
        assert plain.execute(RECIPES[name]).fetchall()


@pytest.fixture(scope="module")
def halves(tmp_path_factory):
    """The seeded archive in two by date, and the whole of it, each without what has no date."""
    folder = tmp_path_factory.mktemp("halves")
    with Archive.open(seed.make(folder / "archive.db"), read_only=True) as seeded:
        seeded.copy(folder / "whole.db", since="2026")
        seeded.copy(folder / "early.db", until="2026-02-22")
        seeded.copy(folder / "late.db", since="2026-02-23")
    return folder


@pytest.mark.parametrize("name", [name for name in RECIPES if _number(name) not in FAMILIES])
def test_a_recipe_asks_several_files_as_one(halves, name):
    """But for what is told of pairs: a copy and its original may lie in two files."""
    with (
        Archive.open(halves / "whole.db", read_only=True) as whole,
        Archive.open(halves / "late.db", read_only=True, also=[halves / "early.db"]) as together,
    ):
        found, wanted = (list(map(str, archive.database.query(RECIPES[name]))) for archive in (together, whole))
        assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_asks_what_is_twice_once(halves, name):
    with Archive.open(halves / "whole.db", read_only=True, also=[halves / "early.db"]) as together:
        found = list(together.database.query(RECIPES[name]))
    with Archive.open(halves / "whole.db", read_only=True) as whole:
        assert found == list(whole.database.query(RECIPES[name]))


def test_the_search_written_by_hand_is_what_the_function_writes(archive):
    (query,) = (text for text in RECIPES.values() if "MATCH" in text)
    function = re.search(r"`(fts_query\('[^']*'\))`", TEXT)[1]
    written = re.search(r"MATCH ('.*?')", query)[1]
    by_function = query.replace(written, function)
    assert list(archive.database.query(by_function)) == list(archive.database.query(query))
    [row] = archive.database.execute(f"SELECT {function}").fetchall()
    assert row == (f"({written[1:-1]})",)


def test_duckdb_reads_the_export(archive, tmp_path, monkeypatch):
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    folder = tmp_path / "articles.parquet"
    write_export(archive, folder, Wish.of(folder, partition="month"), {})
    monkeypatch.chdir(tmp_path)
    query = re.search(r"^```duckdb\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)[1]
    rows = duckdb.sql(query).fetchall()
    assert ("湖南", "2026-02", 6) in rows
    assert ("湖南", None, 1) in rows
