"""`newscrawl reprints` and `sources`: families of the archive, families of given texts, unknown sources."""

from __future__ import annotations

import csv
import json
import shutil
from xml.etree import ElementTree as ET

import pytest

from newscrawl.archive import Archive
from newscrawl.archive.sql import times
from newscrawl.cli.analyst.reprints import delay
from tests.cli import seed

BRIDGE = seed.url(seed.HUNAN, "bridge")


def test_a_family_is_told_in_order_with_what_each_changed(run):
    text = run("reprints", seed.url(seed.YUEYANG, "bridge")).stdout
    rows = text.splitlines()[1:6]
    assert [row.split("http://")[1].split(".")[0] for row in rows] == [
        "hunan-test",
        "shanghai-test",
        "hunan-yueyang",
        "jiangxi-test",
        "jiangxi-test",
    ]
    assert [word in row for word, row in zip(("first", "same", "cut", "extended", "same"), rows, strict=True)] == [
        True
    ] * 5
    assert "3 h 30 min" in rows[1]
    assert "~ 清溪大桥[-建成-]通车{+ 过江只要六分钟+}" in text
    assert "+ 清溪县融媒体中心今晚七点半" in text
    assert text.count("word for word the same") == 2
    assert "~" not in run("reprints", BRIDGE, "--no-diff").stdout


def test_a_family_for_programs(run):
    members = [json.loads(line) for line in run("reprints", BRIDGE, "--json").stdout.splitlines()]
    assert [member["relation"] for member in members] == ["first", "same", "cut", "extended", "same"]
    assert [member["delay"] for member in members] == [None, "3 h 30 min", "1 d", "21 h 55 min", "6 d 22 h 55 min"]


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("2026-02-20", "2026-02-20T09:00+08:00", "0 d"),
        ("2026-02-20T10:00+08:00", "2026-02-20T09:30:15+08:00", "−29 min"),
        ("2026-02-20T10:00+08:00", "2026-02-20T10:00+08:00", "0 min"),
        (None, "2026-02-20", None),
    ],
)
def test_delays(first, then, expected):
    names = ("published", "published_precision")
    assert delay(*(dict(zip(names, times.stored(text), strict=True)) for text in (first, then))) == expected


def test_an_article_without_copies(run):
    result = run("reprints", seed.url(seed.YUEYANG, "notice"))
    assert result.stderr == "no copies are known\n"
    assert "=干部任前公示" in result.stdout


def test_rebuilding_finds_the_same(run, seeded, tmp_path):
    shutil.copy(seeded / "archive.db", tmp_path)
    before = run("reprints", BRIDGE).stdout
    assert run("reprints", "--rebuild", data=tmp_path).stdout == "7 reprints among 13 articles\n"
    assert run("reprints", BRIDGE, data=tmp_path).stdout == before


def test_an_alias_is_told_as_such(run, seeded, tmp_path):
    shutil.copy(seeded / "archive.db", tmp_path)
    with Archive.open(tmp_path / "archive.db") as archive:
        phone = seed.phone_page()
        archive.store(phone)
    members = [json.loads(line) for line in run("reprints", phone.url, "--json", data=tmp_path).stdout.splitlines()]
    assert [(member["url"], member["delay"]) for member in members if member["relation"] in {"first", "alias"}] == [
        (BRIDGE, None),
        (phone.url, None),
    ]
    assert "alias" in run("reprints", BRIDGE, data=tmp_path).stdout
    assert run("reprints", "--rebuild", data=tmp_path).stdout == "7 reprints among 13 articles\n"
    for reading in ("show", "history"):
        assert run(reading, phone.url, data=tmp_path).exit_code == 0


def test_texts_of_others(run, tmp_path):
    cut = "\n".join(seed.BRIDGE.splitlines()[:3])
    rows = [
        {"id": "late", "body": cut, "published": "2026-02-22"},
        {"id": "first", "body": seed.BRIDGE, "published": "2026-02-20"},
        {"id": "other", "body": seed.TEA},
    ]
    file = tmp_path / "texts.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    found = {row["id"]: row for row in map(json.loads, run("reprints", "--texts", file).stdout.splitlines())}
    assert found["late"] == {
        "id": "late",
        "family": "first",
        "original": "first",
        "relation": "cut",
        "containment": 1.0,
    }
    assert found["other"]["family"] == "other"
    assert run("reprints", "--texts", "-", input=file.read_text("utf-8")).stdout.count("\n") == 3


@pytest.mark.parametrize("line", ["no json", "[1]", '{"body": "x"}', '{"id": 1, "body": 2}'])
def test_texts_that_are_none_are_one_line(run, tmp_path, line):
    file = tmp_path / "texts.jsonl"
    file.write_text('{"id": 1, "body": "x"}\n' + line, "utf-8")
    result = run("reprints", "--texts", file)
    assert result.exit_code == 1
    assert f"{file}, line 2" in result.stderr
    assert result.stderr.count("\n") == 1


def test_one_thing_at_a_time(run):
    assert run("reprints").exit_code == 2
    assert run("reprints", BRIDGE, "--rebuild").exit_code == 2


def test_unknown_sources_by_frequency(run):
    rows = [json.loads(line) for line in run("sources", "--json").stdout.splitlines()]
    assert {"source": "清溪县水利局", "printed_as": "清溪县水利局", "articles": 2} in rows
    assert not {"新华社", "潇湘网"} & {row["source"] for row in rows}
    assert [row["articles"] for row in rows] == sorted((row["articles"] for row in rows), reverse=True)
    assert run("sources", "--limit", 1).stdout.count("\n") == 2


def test_who_takes_from_whom_as_a_graph(run, tmp_path):
    assert run("sources", "--graph", tmp_path / "a.csv").exit_code == 0
    edges = list(csv.DictReader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()))
    assert {"outlet": "潇湘网", "portal": "浦江网", "articles": "1"} in edges
    assert run("sources", "--graph", tmp_path / "a.graphml").exit_code == 0
    graph = ET.parse(tmp_path / "a.graphml").getroot().find("{*}graph")
    names = {node.get("id"): node.findtext("{*}data") for node in graph.findall("{*}node")}
    drawn = {(names[edge.get("source")], names[edge.get("target")]) for edge in graph.findall("{*}edge")}
    assert drawn == {(edge["outlet"], edge["portal"]) for edge in edges}
    assert run("sources", "--graph", tmp_path / "a.png").exit_code == 2
