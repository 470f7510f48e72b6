"""`newscrawl crawl`: several portals side by side, time limits, and a clean end when it is told to stop."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

from newscrawl.data_folder import DataFolder
from newscrawl.run import TIMED_OUT, Runner
from newscrawl.sample import serve
from tests.conftest import LOCAL, ROOT, command


def states(folder) -> dict[str, int]:
    with closing(sqlite3.connect(folder / "frontier.db")) as db:
        return dict(db.execute("select state, count(*) from addresses group by state"))


def test_a_portal_over_its_time_limit_is_stopped_cleanly_and_goes_on_next_time(data):
    folder = DataFolder(data)
    folder.prepare()
    with serve(delay=0.5) as sample:
        (run,) = Runner(folder, [f"server={sample.proxy}"], ["CONCURRENT_REQUESTS_PER_DOMAIN=1"], limit=6).run(
            ["sample"], 1
        )
    assert run.status == TIMED_OUT
    assert run.verdict == "time limit"
    assert 0 < run.counts["pages"] < 62
    before = states(data)
    assert "leased" not in before
    assert before["pending"] > 0
    assert not list(folder.warc.glob("*.open"))
    assert command("newscrawl", "crawl", "sample").returncode == 0
    assert states(data).get("pending", 0) < before["pending"]


def test_told_to_stop_it_stops_its_crawls_first(data):
    with serve(delay=0.5) as sample:
        process = subprocess.Popen(
            [sys.executable, "-m", "newscrawl", "crawl", "sample", "-a", f"server={sample.proxy}"],
            cwd=ROOT,
            env=os.environ.copy(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        deadline = time.monotonic() + 30
        while len(sample.requests) < 5 and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGTERM
    assert "Traceback" not in errors
    assert "leased" not in states(data)


def test_one_portal_that_fails_does_not_spoil_the_others(data):
    result = command("newscrawl", "crawl", "portal", "sample", "--jobs", "2", "-s", "FRONTIER_WAIT=0", *LOCAL)
    assert result.returncode == 1  # `portal` was given no address
    assert "newscrawl: portal: misdeclared: portal needs an address" in result.stderr
    with closing(sqlite3.connect(data / "archive.db")) as db:
        assert db.execute("select count(*) from articles").fetchone()[0] >= 38


def test_quiet_says_nothing_when_all_went_well(data):
    result = command("newscrawl", "crawl", "sample", "--quiet")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
