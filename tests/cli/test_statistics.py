"""stats as tables, for programs, and as a picture."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

from newscrawl.cli.picture import picture


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
