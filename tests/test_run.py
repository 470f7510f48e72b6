"""`newscrawl crawl`: several portals side by side, time limits, and a clean end when it is told to stop."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress

import pytest
from click.testing import CliRunner

from newscrawl.archive import Archive
from newscrawl.cli import main
from newscrawl.data_folder import DataFolder
from newscrawl.errors import FolderLockedError
from newscrawl.health.verdict import MEANINGS, Verdict
from newscrawl.run import LOG_BYTES, LOG_FILES, Runner, rotate
from newscrawl.sample import serve
from tests.conftest import LOCAL, ROOT, command

CRAWL = (sys.executable, "-m", "newscrawl", "crawl", "sample")


def states(folder) -> dict[str, int]:
    with closing(sqlite3.connect(folder / "frontier.db")) as db:
        return dict(db.execute("select state, count(*) from addresses group by state"))


def test_a_portal_over_its_time_limit_is_stopped_cleanly_and_goes_on_next_time(data):
    folder = DataFolder(data)
    folder.prepare()
    arguments = ["CONCURRENT_REQUESTS_PER_DOMAIN=1"]
    with serve(delay=1) as sample:
        for limit in (3, 12, 48):  # a busy machine may not come to a page within the first
            (run,) = Runner(folder, [f"server={sample.proxy}"], arguments, limit=limit).run(["sample"], 1)
            if run.counts.get("pages"):
                break
    assert run.status == MEANINGS[Verdict.TIME_LIMIT].exit_status
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
            [*CRAWL, "-a", f"server={sample.proxy}"],
            cwd=ROOT,
            env=os.environ.copy(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        while len(sample.requests) < 3 and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGTERM
    assert "Traceback" not in errors
    assert "leased" not in states(data)


def test_one_portal_that_fails_does_not_spoil_the_others(data):
    result = command("newscrawl", "crawl", "portal", "sample", "--jobs", "2", "-s", "FRONTIER_WAIT=0", *LOCAL)
    assert result.returncode == 1  # `portal` was given no address
    assert re.search(
        "newscrawl: portal: misdeclared: portal needs an address.*in \\d+ s\\); what to do: ", result.stderr
    )
    with closing(sqlite3.connect(data / "archive.db")) as db:
        assert db.execute("select count(*) from articles").fetchone()[0] >= 38


@pytest.mark.parametrize("option", ["-a", "-s"])
@pytest.mark.parametrize(("value", "refused"), [("edition", True), ("=2", True), ("edition=1", False)])
def test_an_option_without_name_or_value_is_refused_before_a_crawl_begins(data, option, value, refused):
    result = CliRunner().invoke(main, ["crawl", "nobody", option, value])
    assert result.exit_code == (2 if refused else 1)
    assert ("is not NAME=VALUE" if refused else "there is no portal 'nobody'") in result.output
    assert not data.exists()


def test_a_replay_of_a_misspelt_folder_makes_none(data):
    assert "no raw pages" in CliRunner().invoke(main, ["replay"]).output
    assert not data.exists()


def test_quiet_says_nothing_when_all_went_well(data):
    result = command("newscrawl", "crawl", "sample", "--quiet")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_crawls_whose_parent_was_killed_end_and_hold_the_lock_until_then(data):
    folder = DataFolder(data)
    with serve(delay=0.5) as sample:
        process = subprocess.Popen(
            [*CRAWL, "-a", f"server={sample.proxy}", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        while len(sample.requests) < 3 and process.poll() is None:
            time.sleep(0.05)
        process.kill()
        process.wait()
        deadline = time.monotonic() + 60
        with pytest.raises(FolderLockedError), folder.locked():
            pass
        while time.monotonic() < deadline:
            with suppress(FolderLockedError), folder.locked():
                break
            time.sleep(0.1)
        else:
            pytest.fail("the crawl did not end")
    assert "leased" not in states(data)
    with Archive.open(folder.archive) as archive:
        assert [crawl.verdict for crawl in archive.crawls()] == ["stopped"]


def test_each_end_is_told_as_it_comes(data):
    folder = DataFolder(data)
    folder.prepare()
    with serve(delay=3) as slow, folder.locked() as lock:  # for both crawls, as `newscrawl crawl` holds it
        arguments = [f"server={slow.proxy}"]
        ends = Runner(folder, arguments, ["FRONTIER_WAIT=0"], lock=lock).run(["sample", "portal"], 2)
        first = next(ends)
        assert first.portal == "portal", first  # it was given no address
        ends.close()  # nobody waits for the other any more: it is stopped


def test_a_large_log_is_put_aside_and_the_oldest_goes(tmp_path):
    log = tmp_path / "a.log"
    for number in range(LOG_FILES + 2):
        log.write_bytes(str(number).encode() * LOG_BYTES)
        rotate(log)
        rotate(log)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"a.log.{number}" for number in range(1, LOG_FILES + 1)]
    assert (tmp_path / "a.log.1").read_bytes()[:1] == str(LOG_FILES + 1).encode()
