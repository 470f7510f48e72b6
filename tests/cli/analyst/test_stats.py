"""stats as tables, for programs, and as a picture."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

from newscrawl.cli.analyst.picture import picture
from newscrawl.cli.analyst.word_picture import word_picture


def test_all_tables_in_one(run):
    tables = json.loads(run("stats", "--json").stdout)
    assert list(tables) == ["day", "region", "portal", "source", "gaps"]
    assert tables["region"][0] == {"region": "湖南", "articles": 7, "reprints": 2, "gone": 1}
    assert sum(row["articles"] for row in tables["day"]) == 13
    text = run("stats").stdout
    assert "Articles by region\nregion  articles  reprints  gone\n湖南           7         2     1\n" in text


def test_one_table_for_programs(run):
    rows = list(csv.DictReader(io.StringIO(run("stats", "--by", "month", "--csv", "--since", "2026").stdout)))
    assert rows == [{"month": "2026-02", "articles": "12", "reprints": "7", "gone": "1"}]


def test_gaps_reach_to_the_ends_asked_for(run):
    def gaps(*arguments):
        rows = run("stats", "--by", "gaps", "--json", "--portal", "shanghai_test", *arguments).stdout
        return [tuple(json.loads(row).values())[1:] for row in rows.splitlines()]

    assert gaps() == [("2026-02-21", "2026-02-21", 1)]
    assert gaps("--since", "2026-02", "--until", "2026-02") == [
        ("2026-02-23", "2026-02-28", 6),
        ("2026-02-21", "2026-02-21", 1),
        ("2026-02-01", "2026-02-19", 19),
    ]
    whole = [json.loads(row) for row in run("stats", "--by", "gaps", "--json").stdout.splitlines()]
    assert {"portal": "shanghai_test", "since": "2026-02-23", "until": "2026-02-27", "days": 5} in whole


def test_csv_holds_one_table(run):
    assert run("stats", "--csv").exit_code == 2
    assert run("stats", "--plot", "a.png").exit_code == 2


def test_the_picture_shows_days_regions_and_portals(run, tmp_path):
    assert run("stats", "--plot", tmp_path / "a.svg").exit_code == 0
    svg = ET.fromstring((tmp_path / "a.svg").read_text("utf-8"))
    bars = [bar.findtext("{*}title") for bar in svg.findall(".//{*}rect") if bar.get("class") == "b"]
    assert "2026-02-20：2 篇" in bars
    assert "湖南：6 篇" in bars
    assert "浦江网 2026-02-22" in bars
    assert "浦江网 2026-02-21" not in bars
    assert (
        max(float(bar.get("x")) + float(bar.get("width")) for bar in svg.findall(".//{*}rect") if bar.get("x")) <= 960
    )


def test_a_long_time_is_drawn_by_months():
    rows = [{"day": day, "region": None, "portal": "a", "articles": 1} for day in ("2019-01-05", "2026-02-01")]
    text = picture(rows, {"a": "<甲>"})
    assert "2019-01：1 篇" in text
    assert "&lt;甲&gt;" in text
    assert "（未知）：2 篇" in text


def test_what_is_left_out_is_said():
    rows = [{"day": "2026-02-01", "region": "湖南", "portal": f"p{number}", "articles": 1} for number in range(61)]
    text = picture(rows, {})
    assert "（前 60 个，共 61 个）" in text
    assert text.count("共 61 个") == 1


def test_nothing_to_draw_is_still_a_picture():
    assert ET.fromstring(picture([], {})).tag.endswith("svg")


def test_a_place_that_cannot_be_written_is_one_line(run, tmp_path):
    result = run("stats", "--plot", tmp_path / "missing" / "a.svg")
    assert result.exit_code == 1
    assert result.stderr.startswith("newscrawl: cannot write")


def test_words_are_counted_by_what_articles_are_counted_by(run):
    rows = [json.loads(line) for line in run("stats", "--words", "茶叶节，清溪、南极", "--json").stdout.splitlines()]
    assert [row["month"] for row in rows] == [None, "2026-02"]
    assert {name: rows[1][name] for name in ("articles", "茶叶节", "清溪", "南极")} == {
        "articles": 12,
        "茶叶节": 2,
        "清溪": 9,
        "南极": 0,
    }
    for by in ("day", "region", "portal", "source", "place"):
        rows = [json.loads(line) for line in run("stats", "--words", "清溪", "--by", by, "--json").stdout.splitlines()]
        assert rows
        assert all(0 <= row["清溪"] <= row["articles"] for row in rows)
    (row,) = csv.DictReader(
        io.StringIO(run("stats", "--words", "民生", "--by", "region", "--region", "上海", "--csv").stdout)
    )
    assert (row["region"], row["民生"]) == ("上海", "1")


def test_words_that_cannot_be_counted_are_told(run):
    assert "at most 8 words" in run("stats", "--words", ",".join("一二三四五六七八九")).stderr
    assert "--words counts by" in run("stats", "--words", "茶", "--by", "gaps").stderr
    assert "nothing to search for" in run("stats", "--words", "…").stderr


@pytest.mark.parametrize("by", ["month", "day", "region", "portal"])
def test_words_are_drawn(run, tmp_path, by):
    file = tmp_path / "words.svg"
    assert run("stats", "--words", "清溪,茶叶节", "--by", by, "--plot", file).exit_code == 0
    root = ET.fromstring(file.read_text("utf-8"))
    shown = "".join(root.itertext())
    assert "清溪" in shown
    assert "茶叶节" in shown
    lines = root.findall("{http://www.w3.org/2000/svg}polyline")
    assert len(lines) == (2 if by in {"month", "day"} else 0)


def test_a_month_without_articles_is_drawn_as_none():
    rows = [{"month": "2026-01", "茶": 3}, {"month": "2026-04", "茶": 1}, {"month": None, "茶": 9}]
    drawn = word_picture(rows, "month", ["茶"], {})
    assert "2026-02 茶：0 篇" in drawn
    assert "2026-04 茶：1 篇" in drawn
    assert "nothing to draw" in word_picture([], "month", ["茶"], {})


def test_articles_are_counted_by_the_places_they_name(run):
    rows = [json.loads(line) for line in run("stats", "--by", "place", "--json").stdout.splitlines()]
    assert {"place": "湖南省岳阳市", "articles": 1, "reprints": 0, "gone": 0} in rows
