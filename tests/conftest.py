"""Fixtures: a data folder, a local site, and crawls as users start them."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.sample.server import serve
from tests import forked
from tests.servers.postgres import postgres
from tests.servers.site import Site

__all__ = ["postgres"]  # a fixture, for all tests
ROOT = Path(__file__).parent.parent
os.environ.setdefault("NEWSCRAWL_JS", "0")  # no crawl of a test loads a browser's driver unless it is about that
# Compiled modules are kept, whatever the environment says: a fifth of the suite's time is the start of processes.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


# The files that take longest, crawls most of them.
LONGEST = (
    *("test_replicas", "test_errors", "test_history_crawl", "test_watchdog", "test_run", "test_browser", "test_new"),
    *("test_checking", "test_loading", "test_demo", "test_breaks", "test_stock_tools", "test_epaper", "test_soak"),
)


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers():
    """One more worker than cores, as some tests wait for a server, a time limit or a browser."""
    return (yield) + 1


def pytest_collection_modifyitems(items):
    """Begin with the longest files, so that no worker waits for another's at the end."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(LONGEST)))


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """An empty data folder, named to every command by the environment."""
    folder = tmp_path / "data"
    monkeypatch.setenv("NEWSCRAWL_DATA", str(folder))
    return folder


def six_hours_later(folder: Path) -> None:
    """Make every revisit of a data folder due, as if its hours had passed."""
    with closing(sqlite3.connect(folder / "frontier.db")) as db, db:
        db.execute("update addresses set due = 0 where due is not null")


@pytest.fixture(scope="session")
def recorded(tmp_path_factory, worker_id) -> Path:
    """A data folder after crawls of both editions of the sample portal, made once for all; nobody may write to it."""
    base = tmp_path_factory.getbasetemp()
    place = (base if worker_id == "master" else base.parent) / "recorded"
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            making = place.with_suffix(f".{worker_id}")
            for edition in (1, 2):
                if edition == 2:
                    six_hours_later(making)
                with serve(edition) as sample:
                    crawl = ("scrapy", "crawl", "sample", "-a", f"server={sample.proxy}")
                    result = command(*crawl, NEWSCRAWL_DATA=str(making))
                    assert result.returncode == 0, result.stderr[-3000:]
            making.rename(place)
    return place


@pytest.fixture
def crawled_twice(recorded, tmp_path) -> Path:
    """A data folder of the test's own after crawls of both editions of the sample portal."""
    return shutil.copytree(recorded, tmp_path / "crawled_twice")


@pytest.fixture
def site():
    """A site on loopback whose answers the test sets."""
    with Site() as running:
        yield running


def command(*arguments: object, timeout: float = 120, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m …` from the project's root, as a user would; Scrapy and ours are imported already."""
    program = {"scrapy": forked.scrapy, "newscrawl": forked.newscrawl}.get(str(arguments[0]))
    if program and "PYTHONIOENCODING" not in environment:  # which Python reads when it starts
        process = program(*arguments[1:], **environment)
        said = process.communicate(timeout)
        return subprocess.CompletedProcess(arguments, process.returncode or 0, *said)
    return subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


# A local site has a private address, and nobody is there to be spared.
LOCAL = ("-s", "NEWSCRAWL_ALLOW_PRIVATE=127.0.0.1", "-s", "DOWNLOAD_DELAY=0")


@pytest.fixture
def scrapy_crawl(data):
    """Run `scrapy crawl` against a local site."""

    def crawl(*arguments: object, **options) -> subprocess.CompletedProcess[str]:
        return command("scrapy", "crawl", *arguments, *LOCAL, **options)

    return crawl
