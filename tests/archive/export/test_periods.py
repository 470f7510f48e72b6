"""Closed months as files: each article is in one; a file is renewed only after a change, and never incomplete."""

from __future__ import annotations

import hashlib
import json
import shutil
import signal
import subprocess
import sys
import time

import pytest

from newscrawl.archive import Archive
from newscrawl.errors import ArchiveError
from tests.cli import seed
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    return seed.make(tmp_path_factory.mktemp("seeded") / "archive.db")


@pytest.fixture
def path(seeded, tmp_path):
    return shutil.copy(seeded, tmp_path / "archive.db")


def write(path, folder, by="month", **filters):
    with Archive.open(path, read_only=True) as archive:
        return dict(archive.copy_periods(folder, by, **filters))


def urls(path, **filters):
    with Archive.open(path, read_only=True) as archive:
        return [row["url"] for row in archive.articles(**filters)]


def test_every_article_is_in_one_file(path, tmp_path):
    folder = tmp_path / "closed"
    written = write(path, folder)
    assert {"2026-02.sqlite", "undated.sqlite"} <= written.keys()
    found = [url for name in written for url in urls(folder / name)]
    assert sorted(found) == sorted(urls(path))
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    for name, facts in manifest["files"].items():
        file = folder / name
        assert facts["articles"] == written[name] == len(urls(file))
        assert facts["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
        assert file.stat().st_mode & 0o777 == 0o444
    assert sorted(entry.name for entry in folder.iterdir()) == sorted([*written, "manifest.json"])


def test_a_file_is_made_anew_when_its_articles_have_changed_and_only_then(path, tmp_path):
    folder = tmp_path / "closed"
    write(path, folder)
    before = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert set(write(path, folder).values()) == {None}
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == before
    with Archive.open(path) as archive:
        archive.store(seed.missing(seed.HUNAN, "bridge", 900))  # a first look misses it: an event, and a capture
    again = write(path, folder)
    assert [name for name, number in again.items() if number is not None] == ["2026-02.sqlite"]
    with Archive.open(folder / "2026-02.sqlite", read_only=True) as closed:
        assert closed.counts()["events"] > 0
        assert closed.captures(seed.url(seed.HUNAN, "bridge"))[-1]["status"] == 404


def test_a_file_that_was_lost_or_cut_is_made_again(path, tmp_path):
    folder = tmp_path / "closed"
    write(path, folder)
    (folder / "undated.sqlite").unlink()
    (folder / "2026-02.sqlite").chmod(0o644)
    with (folder / "2026-02.sqlite").open("r+b") as file:
        file.truncate(4096)
    again = write(path, folder)
    assert {name for name, number in again.items() if number} >= {"undated.sqlite", "2026-02.sqlite"}
    assert urls(folder / "2026-02.sqlite")


def test_days_choose_the_months_and_leave_the_others(path, tmp_path):
    folder = tmp_path / "closed"
    written = write(path, folder, until="2026-02")
    assert "undated.sqlite" not in written
    write(path, folder)
    assert set(write(path, folder, until="2026-02").values()) == {None}
    years = write(path, tmp_path / "years", "year")
    assert years.keys() == {"2026.sqlite", "undated.sqlite"}


def test_what_hangs_on_the_articles_comes_along(path, tmp_path):
    write(path, tmp_path / "closed", "year")
    with Archive.open(path, read_only=True) as archive:
        whole = archive.counts()
    year, undated = tmp_path / "closed/2026.sqlite", tmp_path / "closed/undated.sqlite"
    with Archive.open(year, read_only=True, also=[undated]) as closed:
        found = closed.counts()
        assert found == {**whole, "captures": found["captures"]}


def test_another_choice_or_other_files_are_not_touched(path, tmp_path):
    folder = tmp_path / "closed"
    write(path, folder, region="湖南")
    for by, filters in (("month", {}), ("year", {"region": "湖南"})):
        with pytest.raises(ArchiveError, match="another choice"):
            write(path, folder, by, **filters)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear")
    with pytest.raises(ArchiveError, match=r"letter\.txt"):
        write(path, tmp_path / "mine")
    (folder / "manifest.json").write_text("[]")
    with pytest.raises(ArchiveError, match=r"manifest\.json"):
        write(path, folder, region="湖南")


def test_two_at_once_do_not_write_to_one_folder(path, tmp_path):
    with Archive.open(path, read_only=True) as archive:
        first = archive.copy_periods(tmp_path / "closed", "month")
        next(first)
        with pytest.raises(ArchiveError, match="another export"):
            write(path, tmp_path / "closed")
        rest = dict(first)
    assert rest
    assert set(write(path, tmp_path / "closed").values()) == {None}


def test_a_killed_run_leaves_whole_files_and_the_next_does_the_rest(path, tmp_path):
    with Archive.open(path) as archive:
        for month in range(1, 7):
            for number in range(20):
                day = f"2025-{month:02}-{number + 1:02}"
                body = f"{day}：{seed.TEA}" * 8
                archive.store(seed.page(seed.HUNAN, f"{month}/{number}", 1, title=day, body=body, published=day))
    folder = tmp_path / "closed"
    command = [sys.executable, "-m", "newscrawl", "--data", str(tmp_path)]
    command += ["export", str(folder), "--format", "sqlite", "--partition", "month"]
    for kill in range(4):
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while len(list(folder.glob("*.sqlite"))) <= kill and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        time.sleep(0.01 * kill)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for file in folder.glob("*.sqlite"):
            assert urls(file)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "stay" in done.stdout
    assert sorted(url for file in folder.glob("*.sqlite") for url in urls(file)) == sorted(urls(path))
    assert not list(folder.glob(".*"))


def test_the_archive_itself_goes_on_as_before(path, tmp_path):
    """Articles of closed periods are still known: fetched again they are not new, and their copies are found."""
    write(path, tmp_path / "closed")
    with Archive.open(path) as archive:
        before = archive.counts()
        again = seed.page(seed.JIANGXI, "tea-copy", 500, title="茶叶节", body=seed.TEA, published="2026-03-20")
        assert archive.store(again).what == "new"
        assert archive.counts()["reprints"] > before["reprints"]
