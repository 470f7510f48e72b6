"""Tables in a pipe, and cells for spreadsheets."""

from __future__ import annotations

import io

import pytest

from newscrawl.archive import TABLE_MEANINGS, Archive, describe
from newscrawl.cli.tables import beijing, show_json, show_table, spreadsheet_cell, told_in_beijing
from tests.conftest import ROOT


def test_chinese_is_two_wide_and_numbers_stand_right(capsys):
    show_table([{"name": "红网", "n": 7}, {"name": "abcdef", "n": 123}, {"name": None, "n": None}], title="表")
    assert capsys.readouterr().out == "表\nname      n\n红网      7\nabcdef  123\n\n"


def test_a_cell_is_one_line_and_cannot_steer_a_terminal(capsys):
    show_table([{"title": "一\n二\x1b[31m三"}])
    assert capsys.readouterr().out == "title\n一 二 [31m三\n"


@pytest.mark.parametrize(
    ("encoding", "printed"), [("utf-8", '{"来源": "31m日报"}'), ("gbk", r'{"\u6765\u6e90": "\u009b31m\u65e5\u62a5"}')]
)
def test_json_cannot_steer_a_terminal_and_loses_nothing(monkeypatch, encoding, printed):
    out = io.TextIOWrapper(io.BytesIO(), encoding)
    monkeypatch.setattr("sys.stdout", out)
    show_json({"来源": "\x9b31m日报"})
    out.seek(0)
    assert out.read() == f"{printed}\n"


def test_no_rows_print_nothing(capsys):
    show_table([])
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "＝1", "＠a"])
def test_a_formula_is_shown_and_not_computed(text):
    assert spreadsheet_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", [-1, 0.5, None, "文", "a=1"])
def test_other_cells_stay(value):
    assert spreadsheet_cell(value) == value


def test_lists_are_json_in_a_cell():
    assert spreadsheet_cell(["王晓明"]) == '["王晓明"]'


def test_times_are_those_of_beijing():
    assert beijing("2026-03-01T16:30:00.000000Z") == "2026-03-02 00:30"
    assert beijing(0) == "1970-01-01 08:00"
    assert beijing(None) == ""


def test_every_table_and_column_is_described_on_the_schema_page(tmp_path):
    page = (ROOT / "docs/schema.md").read_text("utf-8")
    with Archive.open(tmp_path / "archive.db") as archive:
        tables = list(describe(archive.database))
    assert {table.name for table in tables} == set(TABLE_MEANINGS)
    for table in tables:
        assert table.doc
        assert f"\n## {table.name}\n" in page
        if table.kind != "machinery":
            assert not [name for name, _, meaning in table.columns if not meaning]


def test_moments_within_a_sentence_are_told_in_beijing_time():
    told = told_in_beijing("HTTP 404; first missed 2026-03-01T16:01:02.465108Z")
    assert told == "HTTP 404; first missed 2026-03-02 00:01"
    assert told_in_beijing("HTTP 404") == "HTTP 404"
