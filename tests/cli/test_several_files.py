"""Commands over several archives, and closed months as the command line makes them."""

from __future__ import annotations

import json

import pytest

from newscrawl.archive import Archive
from tests.cli import seed

BRIDGE, BUDGET = seed.url(seed.HUNAN, "bridge"), seed.url(seed.HUNAN, "budget")


@pytest.fixture(scope="module")
def halves(seeded, tmp_path_factory):
    """A data folder with the later half of the archive, and the other half closed."""
    folder = tmp_path_factory.mktemp("halves")
    with Archive.open(seeded / "archive.db", read_only=True) as archive:
        archive.copy(folder / "archive.db", since="2026-02-23")
        assert dict(archive.copy_periods(folder / "closed", "month", until="2026-02-22"))
    return folder, folder / "closed" / "2026-02.sqlite"


def told(result):
    """A command's output, one JSON object for each line."""
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    "words",
    [
        ("search", "财政政策", "--json"),
        ("show", BUDGET),
        ("history", BUDGET),
        ("reprints", BRIDGE, "--json"),
        ("changes", "--since", "2026-01-01", "--json"),
        ("stats", "--by", "month", "--json"),
    ],
)
def test_a_command_finds_what_is_in_the_other_file(run, halves, words):
    folder, closed = halves
    alone, both = run(*words, data=folder), run(*words, "--also", closed, data=folder)
    assert both.exit_code == 0, both.stderr
    assert len(both.stdout) > len(alone.stdout)


def test_reports_and_exports_count_all_files(run, halves, tmp_path):
    folder, closed = halves
    report, stats = (
        {row["portal"]: row["articles"] for row in told(run(*words, "--json", "--also", closed, data=folder))}
        for words in (("report",), ("stats", "--by", "portal"))
    )
    assert {portal: count for portal, count in report.items() if count} == stats
    assert run("export", tmp_path / "all.jsonl", "--also", closed, data=folder).exit_code == 0
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == len({row["url"] for row in rows}) == sum(stats.values())
    assert any(row["links"] for row in rows)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("export", "{0}/a.sqlite", "--also", "{1}"), "--also"),
        (("export", "{0}/a.wacz", "--also", "{1}"), "--also"),
        (("export", "{0}/years.parquet", "--partition", "year"), "--format sqlite"),
        (("export", "{0}/a.sqlite", "--partition", "month", "--columns", "url"), "--columns"),
        (("search", "市", "--also", "{0}/none.sqlite"), "none.sqlite"),
    ],
)
def test_what_makes_no_sense_is_told(run, halves, tmp_path, words, says):
    folder, closed = halves
    result = run(*(word.format(tmp_path, closed) for word in words), data=folder)
    assert result.exit_code == 2
    assert says in result.stderr


def test_closed_months_are_told_and_left_as_they_are(run, tmp_path):
    words = ("export", tmp_path / "closed", "--format", "sqlite", "--partition", "month")
    assert f"articles → {tmp_path / 'closed' / '2026-02.sqlite'}" in run(*words).stdout
    assert run(*words).stdout.endswith("stay as before\n")
