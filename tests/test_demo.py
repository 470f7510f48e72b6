"""`newscrawl demo` shows everything in one run, and leaves other data alone."""

from __future__ import annotations

import re

import pytest

from newscrawl.archive import Archive
from newscrawl.data_folder import DataFolder
from newscrawl.sample import visits
from tests.conftest import command


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "data"
    return folder, command("newscrawl", "--data", folder, "demo", "--no-serve")


def test_a_revision_a_withdrawal_a_return_and_a_family_are_there_at_once(made):
    folder, ended = made
    assert (ended.returncode, ended.stderr) == (0, "")
    assert re.findall(r"visit (\d): .* (\d+) revised, (\d+) gone", ended.stdout) == [
        ("1", "0", "0"),
        ("2", "1", "0"),
        ("3", "0", "2"),
        ("4", "0", "0"),
    ]
    for seen in ("[-七-]{+五+}", "gone  HTTP 404", "returned  gone since", "edited"):
        assert seen in ended.stdout
    with Archive.open(folder / "archive.db", read_only=True) as archive:
        told = {shown.what: archive.history(shown.url)[-1].what for shown in visits.shown(DataFolder(folder))}
        assert told == {"revised": "revised", "withdrawn": "gone", "returned": "returned", "copied": "first seen"}
        assert len(archive.family(visits.MOVED_TO)) == 4


def test_a_second_run_only_shows_what_the_first_made(made):
    folder, first = made
    again = command("newscrawl", "demo", "--no-serve", NEWSCRAWL_DATA=str(folder))
    assert again.returncode == 0
    assert again.stdout == "\n" + first.stdout.partition("\n\n")[2]


def test_another_archive_is_not_touched(tmp_path):
    Archive.open(tmp_path / "archive.db").close()
    before = (tmp_path / "archive.db").read_bytes()
    refused = command("newscrawl", "--data", tmp_path, "demo")
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"newscrawl: {tmp_path} holds an archive already")
    assert (tmp_path / "archive.db").read_bytes() == before
