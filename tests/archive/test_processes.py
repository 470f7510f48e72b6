"""Several processes at one archive."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time

import pytest

from newscrawl.archive import Archive
from newscrawl.errors import ArchiveError
from newscrawl.items import PortalFacts
from tests.archive.pages import article_page

COUNT = 40


def fill(path, portal, start):
    start.wait()
    with Archive.open(path) as archive:
        for number in range(COUNT):
            url = f"http://{portal}.test/a/{number}.html"
            archive.store(article_page(url, portal=PortalFacts(portal, portal), body=f"{portal}的第{number}篇正文。"))


def store_for_ever(path):
    with Archive.open(path) as archive:
        for number in range(1_000_000):
            archive.store(article_page(f"http://a.test/{number}.html", body=f"第{number}篇。" * 50))


def test_two_processes_write_at_once_from_the_first_start(tmp_path):
    path = tmp_path / "archive.db"
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    workers = [context.Process(target=fill, args=(path, portal, start)) for portal in ("one", "two")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    with Archive.open(path, read_only=True) as archive:
        assert {row["portal"]: row["articles"] for row in archive.summary()} == {"one": COUNT, "two": COUNT}


def test_a_database_held_by_another_for_too_long_is_told(tmp_path):
    path = tmp_path / "archive.db"
    with Archive.open(path) as one, Archive.open(path) as other:
        other.database.conn.execute("BEGIN IMMEDIATE")
        one.database.conn.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(ArchiveError, match="another process has held"):
            one.store(article_page())
        other.database.conn.execute("COMMIT")
        assert one.store(article_page()).what == "new"


def test_a_killed_writer_leaves_whole_articles(tmp_path):
    path = tmp_path / "archive.db"
    worker = multiprocessing.get_context("spawn").Process(target=store_for_ever, args=(path,))
    worker.start()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if path.exists():
            with Archive.open(path) as archive:
                if archive.counts()["articles"] > 20:
                    break
        time.sleep(0.05)
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    with Archive.open(path) as archive:
        assert archive.counts()["articles"] == archive.counts()["captures"] > 20
        assert archive.database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert archive.database.execute("PRAGMA foreign_key_check").fetchall() == []
