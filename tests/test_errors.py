"""An error that a user causes gives one line that names the thing, an exit status, and loses nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from newscrawl.data_folder import DataFolder
from tests.conftest import LOCAL, ROOT, command


def one_line(result, *parts: str) -> None:
    """Standard error ends in one line of ours with all the parts, and has no traceback."""
    assert "Traceback" not in result.stderr, result.stderr
    said = [line for line in result.stderr.splitlines() if line.startswith("newscrawl: ")]
    assert len(said) == 1, result.stderr
    for part in parts:
        assert part in said[0]


@pytest.mark.parametrize("program", [("newscrawl", "crawl"), ("scrapy", "crawl")])
def test_an_unknown_portal_is_named(data, program):
    result = command(*program, "hunan_rednat")
    one_line(result, "hunan_rednat")
    assert result.returncode == 1


def test_a_near_miss_is_suggested(data):
    one_line(command("newscrawl", "crawl", "hunan_rednat"), "did you mean hunan_rednet")


def test_a_wrong_argument_is_explained(data):
    one_line(command("scrapy", "crawl", "portal", "-a", "url=www.example.cn"), "-a url=", "www.example.cn")


def test_an_unreachable_site_is_said_and_its_address_kept(data):
    result = command(
        "scrapy",
        "crawl",
        "portal",
        "-a",
        "url=http://127.0.0.1:9/",
        *LOCAL,
        "-s",
        "FRONTIER_WAIT=0",
        "-s",
        "LOG_FILE=/dev/null",
    )
    one_line(result, "unreachable", "http://127.0.0.1:9/")
    assert result.returncode == 5
    with closing(sqlite3.connect(data / "frontier.db")) as db, db:
        assert db.execute("select url, state from addresses").fetchall() == [("http://127.0.0.1:9/", "pending")]


@pytest.mark.parametrize("arguments", [("newscrawl", "crawl", "sample"), ("scrapy", "crawl", "sample")])
def test_a_data_folder_that_cannot_be_made_is_named(tmp_path, arguments):
    (tmp_path / "file").write_text("no folder")
    result = command(*arguments, NEWSCRAWL_DATA=str(tmp_path / "file" / "data"))
    one_line(result, str(tmp_path / "file" / "data"))
    assert result.returncode == 3


@pytest.mark.parametrize("name", ["archive.db", "frontier.db"])
def test_a_database_of_a_newer_version_is_left_alone(crawled_twice, name):
    data = crawled_twice
    with closing(sqlite3.connect(data / name, isolation_level=None)) as db:
        if name == "archive.db":
            db.execute(
                "insert into _sqlite_migrations (migration_set, name, applied_at)"
                " values ('newscrawl', 'm999_future', '2099-01-01')"
            )
        else:
            db.execute("pragma user_version = 999")
    before = (data / name).read_bytes()
    result = command("newscrawl", "crawl", "sample", NEWSCRAWL_DATA=str(data))
    assert result.returncode == 1
    one_line(result, name, "newer")
    assert (data / name).read_bytes() == before


def test_what_is_no_database_is_left_alone(data):
    data.mkdir()
    (data / "archive.db").write_text("dear diary, " * 400)
    one_line(command("newscrawl", "search", "财政"), "archive.db")
    one_line(command("newscrawl", "crawl", "sample"), "archive.db")
    assert (data / "archive.db").read_text().startswith("dear diary")


def test_without_an_archive_reading_says_how_to_get_one(data):
    result = command("newscrawl", "report")
    one_line(result, "archive.db")
    assert result.returncode != 0


@pytest.mark.parametrize("program", ["newscrawl", "scrapy"])
def test_a_second_start_ends_at_once_with_its_own_status(data, program):
    folder = DataFolder(data)
    folder.prepare()
    with folder.locked():
        result = command(program, "crawl", "sample", timeout=20)
    one_line(result, "another crawl", str(os.getpid()))
    assert result.returncode == 4


@pytest.mark.parametrize("program", ["newscrawl", "scrapy"])
def test_an_argument_nobody_reads_is_refused(data, program):
    one_line(command(program, "crawl", "sample", "-a", "editon=2"), "'editon'", "edition, server")


def test_the_message_of_a_crawl_that_could_not_start_is_shown(data):
    result = command("newscrawl", "crawl", "sample", "-s", "DOWNLOAD_DELAY=much")
    one_line(result, "sample: failed", "sample.log")
    assert "could not convert string to float: 'much'" in result.stderr


def test_a_crawl_ends_before_the_disk_is_full(data):
    result = command("newscrawl", "crawl", "sample", "-s", f"NEWSCRAWL_FREE_FLOOR={1 << 40}")
    one_line(result, "sample: storage: the disk of", "is nearly full")
    assert result.returncode == 3
    assert "Traceback" not in (data / "log" / "sample.log").read_text("utf-8")


def can_mount() -> bool:
    return shutil.which("unshare") is not None and (
        subprocess.run(
            ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False
        ).returncode
        == 0
    )


@pytest.mark.skipif(
    not can_mount(), reason="a small disk to fill needs `unshare` and the right to mount in a namespace"
)
@pytest.mark.parametrize("kilobytes", [300, 500, 700])
def test_a_full_disk_ends_the_crawl_and_loses_nothing(tmp_path, kilobytes):
    """The crawl of a small disk stops and says so; its data, moved to a larger one, is whole and goes on."""
    small, large = tmp_path / "small", tmp_path / "large"
    small.mkdir()
    script = (
        f"mount -t tmpfs -o size={kilobytes}k tmpfs {small} && "
        f"{sys.executable} -m newscrawl crawl sample -s NEWSCRAWL_FREE_FLOOR=0; status=$?; "
        f"cp -r {small} {large}; exit $status"
    )
    result = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script],
        cwd=ROOT,
        env={**os.environ, "NEWSCRAWL_DATA": str(small)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    one_line(result, "full")
    assert result.returncode == 3
    after = command("newscrawl", "crawl", "sample", NEWSCRAWL_DATA=str(large))
    assert after.returncode == 0, after.stderr
    with closing(sqlite3.connect(large / "archive.db")) as db, db:
        assert db.execute("select count(*) from articles").fetchone()[0] >= 38
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)


def test_an_archive_that_was_removed_is_missed(crawled_twice):
    for path in crawled_twice.glob("archive.db*"):
        path.unlink()
    result = command("scrapy", "crawl", "sample", NEWSCRAWL_DATA=str(crawled_twice))
    assert result.returncode != 0
    assert "newscrawl replay" in result.stderr
    assert not (crawled_twice / "archive.db").exists()
