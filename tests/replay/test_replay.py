"""Replay: the archive made anew from the WARC files holds the same rows."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing

import pytest

from newscrawl.replay.replay import Place, Replayed
from tests.conftest import command

# Of the frontier's and the process's making, not of the pages'.
NOT_COMPARED = {"sqlite_sequence", "_sqlite_migrations"}


def contents(path) -> dict[str, list[tuple]]:
    """All rows of all tables of an archive."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db, db:
        tables = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
        tables = [name for name in tables if name not in NOT_COMPARED and not name.startswith("articles_fts")]
        return {name: sorted(map(repr, db.execute(f'select * from "{name}"'))) for name in tables}


def test_a_replay_gives_the_same_rows(crawled_twice):
    archive = crawled_twice / "archive.db"
    before = contents(archive)
    for path in crawled_twice.glob("archive.db*"):
        path.unlink()
    result = command("newscrawl", "replay", NEWSCRAWL_DATA=str(crawled_twice))
    assert result.returncode == 0, result.stderr
    after = contents(archive)
    assert after.keys() == before.keys()
    for table in before:
        assert after[table] == before[table], table


def test_a_replay_over_a_whole_archive_changes_nothing(crawled_twice):
    before = contents(crawled_twice / "archive.db")
    assert command("newscrawl", "replay", NEWSCRAWL_DATA=str(crawled_twice)).returncode == 0
    assert contents(crawled_twice / "archive.db") == before


def test_a_damaged_record_is_named_and_costs_only_itself(crawled_twice):
    archive = crawled_twice / "archive.db"
    with closing(sqlite3.connect(archive)) as db, db:
        ref = db.execute(
            "select warc, offset, length, url from captures where outcome = 'article' order by fetched_at limit 1"
        ).fetchone()
    path = crawled_twice / "warc" / ref[0]
    raw = bytearray(path.read_bytes())
    raw[ref[1] + ref[2] // 2 : ref[1] + ref[2] // 2 + 8] = b"\0" * 8
    path.write_bytes(raw)
    captures = len(contents(archive)["captures"])
    for file in crawled_twice.glob("archive.db*"):
        file.unlink()
    result = command("newscrawl", "replay", NEWSCRAWL_DATA=str(crawled_twice))
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert ref[0] in result.stderr
    assert len(contents(archive)["captures"]) == captures - 1


def test_a_file_without_its_first_record_or_of_another_name_is_replayed_all_the_same(crawled_twice):
    archive = crawled_twice / "archive.db"
    before = len(contents(archive)["articles"])
    path = min((crawled_twice / "warc").glob("*.warc.gz"))
    raw = bytearray(path.read_bytes())
    raw[20:40] = b"\0" * 20
    path.with_name("found.warc.gz").write_bytes(raw)
    path.unlink()
    for file in crawled_twice.glob("archive.db*"):
        file.unlink()
    result = command("newscrawl", "replay", NEWSCRAWL_DATA=str(crawled_twice))
    assert "Traceback" not in result.stderr
    assert result.returncode == 1  # one record was damaged
    assert len(contents(archive)["articles"]) == before


@pytest.mark.parametrize(
    ("kept", "reached"),
    [
        ('{"choice": "all", "reached": ["2026-01-01", "a.warc.gz", 7]}', ("2026-01-01", "a.warc.gz", 7)),
        ('{"choice": "one", "reached": ["2026-01-01", "a.warc.gz", 7]}', ("", "", 0)),
        ('{"choice": "all", "reached": ["2026-01-01"]}', ("", "", 0)),
        ('{"choice": "all", "rea', ("", "", 0)),
    ],
)
def test_a_replay_goes_on_at_a_place_of_the_same_choice_that_is_whole(tmp_path, kept, reached):
    place = Place(tmp_path / "place", "all")
    place.path.write_text(kept, "utf-8")
    place.read()
    assert place.reached == reached


@pytest.mark.parametrize(
    ("stats", "said"),
    [
        ({"replay/whole": 1, "replay/read": 3, "outcome/article": 2, "outcome/list": 1}, None),
        (
            {"replay/whole": 1, "replay/read": 3, "outcome/article": 2},
            "1 of 3 pages could not be replayed; the log above names them",
        ),
        ({"replay/whole": 1, "warc/damaged": 2}, "2 damaged WARC records were passed over; the log above names them"),
        (
            {"replay/whole": 1, "replay/read": 1, "warc/damaged": 2},
            "1 of 1 pages could not be replayed, 2 damaged WARC records were passed over; the log above names them",
        ),
        ({"replay/read": 1}, "the replay stopped after 1 pages, 0 of them stored; the log above says why"),
    ],
)
def test_all_that_a_replay_lacks_is_said(stats, said):
    assert Replayed.of(stats).missing() == said


def test_the_results_of_several_processes_are_joined():
    one = Replayed(True, 3, Counter(article=2, list=1), damaged=1)
    other = Replayed(False, 1, Counter(article=1), error="the disk is full", exit_status=3)
    assert one + one == Replayed(True, 6, Counter(article=4, list=2), damaged=2)
    assert one + other == other + one == Replayed(False, 4, Counter(article=3, list=1), 1, "the disk is full", 3)
