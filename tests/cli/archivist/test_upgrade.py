"""Upgrading data of an older version: a backup is offered first, and the result is reported."""

from __future__ import annotations

import gzip
import os
import pty
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from newscrawl.archive import Archive
from newscrawl.cli import main
from newscrawl.frontier.db.schema import VERSION
from newscrawl.frontier.store import Frontier
from tests.conftest import ROOT

RELEASED = Path(__file__).parents[2] / "archive" / "released"
FRONTIERS = sorted(RELEASED.glob("frontier-*.db.gz"))


@pytest.fixture
def old(data):
    """A data folder of the first version, without its raw pages."""
    data.mkdir()
    for name in ("archive", "frontier"):
        packed = RELEASED / f"{name}-0.1.0.db.gz"
        (data / f"{name}.db").write_bytes(gzip.decompress(packed.read_bytes()))
    return data


def version(path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("pragma user_version").fetchone()[0]


def in_terminal(*arguments: str, answer: str) -> str:
    """Run a command on a terminal, type an answer, and return the output."""
    keyboard, terminal = pty.openpty()
    with closing(os.fdopen(keyboard, "wb", buffering=0)) as typed:
        typed.write(f"{answer}\n".encode())
        process = subprocess.run(
            [sys.executable, "-m", *arguments], cwd=ROOT, stdin=terminal, capture_output=True, text=True, check=False
        )
    os.close(terminal)
    return process.stdout


@pytest.mark.parametrize(("answer", "copied"), [("y", True), ("n", False)])
def test_on_a_terminal_a_copy_is_offered_first(old, answer, copied):
    said = in_terminal("newscrawl", "check", answer=answer)
    assert "is of an older version. Copy it first?" in said
    assert f"the data in {old} was of an older version and is brought up to date (" in said
    copies = list(old.parent.glob(f"{old.name}-2*"))
    assert bool(copies) is copied
    assert (version(old / "frontier.db"), Archive.pending(old / "archive.db")) == (VERSION, [])
    for copy in copies:
        assert version(copy / "frontier.db") == 1, "as it was, so that the old version can go on with it"
        assert Archive.pending(copy / "archive.db")


def test_elsewhere_nothing_is_asked(old):
    said = CliRunner().invoke(main, ["upgrade"]).output
    assert "done: m005_crawl_health: " in said
    assert f"done: frontier.db: tables of version {VERSION} in place of 1" in said
    assert CliRunner().invoke(main, ["upgrade"]).output == f"the data in {old} is up to date\n"


@pytest.mark.parametrize("path", FRONTIERS, ids=lambda path: path.name)
def test_a_frontier_of_every_version_is_gone_on_with(path, tmp_path):
    (tmp_path / "frontier.db").write_bytes(gzip.decompress(path.read_bytes()))
    with closing(Frontier.open(tmp_path / "frontier.db")) as frontier:
        frontier.begin_run("hunan_test")
        known = {row["url"]: row["outcome"] for row in frontier.read("SELECT url, outcome FROM addresses")}
        assert known["http://news.test/a/1.html"] == "article"
        assert {lease.url for lease in frontier.lease("hunan_test", 10)} == known.keys(), "all of it is due by now"
    assert version(tmp_path / "frontier.db") == VERSION
