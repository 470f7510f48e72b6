"""Each kind of corruption in a data folder is found and named; what can be rebuilt is repaired."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import sqlite3
import time
from contextlib import closing

import pytest
from click.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from newscrawl.archive import Archive, Mend
from newscrawl.cli import main
from newscrawl.cli.archivist import check as checking
from newscrawl.data_folder import DataFolder
from newscrawl.errors import ArchiveError, DataFolderError
from newscrawl.health.backup import backup
from newscrawl.health.checking import check, repair
from newscrawl.run import check_storage
from newscrawl.sample import serve
from tests import forked
from tests.conftest import command
from tests.health.test_breaks import ADDRESS, publish

COMPARED = "select url, title, body, content_hash, capture from articles order by id"


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """A data folder after a crawl of the sample portal."""
    data = tmp_path_factory.mktemp("checked") / "data"
    assert command("scrapy", "crawl", "sample", NEWSCRAWL_DATA=str(data)).returncode == 0
    return data


@pytest.fixture
def folder(crawled, data):
    shutil.copytree(crawled, data)
    return data


def sql(folder, *statements, file="archive.db"):
    """Run statements on the file without triggers or foreign keys."""
    with closing(sqlite3.connect(folder / file)) as db, db:
        db.execute("pragma foreign_keys = off")
        triggers = db.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _ in triggers:
            db.execute(f"drop trigger {name}")
        for statement in statements:
            db.execute(statement)
        for _, definition in triggers:
            db.execute(definition)


def rows(folder, query=COMPARED, file="archive.db"):
    with closing(sqlite3.connect(folder / file)) as db:
        return db.execute(query).fetchall()


def warc(folder):
    return max((folder / "warc").glob("*.warc.gz"), key=lambda path: path.stat().st_size)


def zero_page_of(folder, name):
    """Overwrite the first page of an index or table with zeros."""
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        db.execute("pragma wal_checkpoint(truncate)")
        page, size = db.execute("select rootpage from sqlite_master where name = ?", (name,)).fetchone()[0], 4096
    content = bytearray((folder / "archive.db").read_bytes())
    content[(page - 1) * size : page * size] = bytes(size)
    (folder / "archive.db").write_bytes(content)


def alter_record(folder):
    """Exchange a word in an article's record; its gzip member is right, its digest is not."""
    path = warc(folder)
    members, found = [], False
    with path.open("rb") as stream:
        records = ArchiveIterator(stream)
        offsets = [(records.get_record_offset(), records.get_record_length()) for _ in records]
    content = path.read_bytes()
    for offset, length in offsets:
        text = gzip.decompress(content[offset : offset + length])
        if not found and b"WARC-Type: response" in text and "岚台".encode() in text:
            text, found = text.replace("岚台".encode(), "他台".encode()), True
        members.append(gzip.compress(text, mtime=0))
    assert found
    path.write_bytes(b"".join(members))


def cut(path, share):
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])


def leave_open(folder):
    path = warc(folder)
    path.rename(path.with_name(f"{path.name}.open"))


def flip(folder):
    path = warc(folder)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def statement(text, file="archive.db"):
    return lambda folder: sql(folder, text, file=file)


def replay(files):
    """Store the pages of WARC files again, in a process of its own as the command does."""
    process = forked.Forked(replay_here, files)
    said = process.communicate(60)
    assert process.returncode == 0, said


def replay_here(files):
    from newscrawl.replay.replay import Choice, run_replay  # noqa: PLC0415  it brings the reactor

    run_replay(Choice(files))


def replay_some():
    """Replay until a few articles are stored, saving the position after every page; then die."""
    from newscrawl.replay import replay as module  # noqa: PLC0415  it brings the reactor

    class Dying(module.Replay):
        def page(self, capture):
            if self.place.count > 30:
                os.kill(os.getpid(), signal.SIGKILL)
            return super().page(capture)

    module.EVERY = 1
    module.Replay = Dying
    module.run_replay()


NOW = "update addresses set state = 'pending', due = null where kind = 'article'"
AHEAD = "update addresses set last_fetched = last_fetched + 4000000"
ORPHAN = "insert into links(article, url, first_seen, last_seen) values (1, 2, '', '')"
# What is done to the folder, words that name it, and whether it can be mended.
PLANTED = {
    "index-zeroed": (lambda folder: zero_page_of(folder, "links_once"), "archive.db", True),
    "table-zeroed": (lambda folder: zero_page_of(folder, "links"), "archive.db", True),
    "body-altered": (statement("update articles set body = body || '。改' where rowid % 7 = 0"), "altered", True),
    "articles-deleted": (statement("delete from articles where rowid % 9 = 0"), "the archive has none", True),
    "captures-deleted": (statement("delete from captures where rowid % 9 = 0"), "not in the archive", True),
    "wrong-offset": (statement("update captures set offset = offset + 7 where status = 200"), "offset", True),
    "digest-altered": (statement("update captures set digest = 'sha1:AAAA' where rowid % 5 = 0"), "says", True),
    "index-emptied": (statement("delete from searched"), "full-text index", True),
    "families-lost": (statement("delete from texts"), "reprints", True),
    "orphans": (statement(ORPHAN), "links", True),
    "archive-cut": (lambda folder: cut(folder / "archive.db", 0.6), "archive.db", True),
    "archive-removed": (lambda folder: (folder / "archive.db").unlink(), "there is none", True),
    "archive-overwritten": (lambda folder: (folder / "archive.db").write_bytes(b"none " * 999), "archive.db", True),
    "frontier-removed": (lambda folder: (folder / "frontier.db").unlink(), "there is none", True),
    "frontier-cut": (lambda folder: cut(folder / "frontier.db", 0.6), "frontier.db", True),
    "frontier-asleep": (statement(NOW, file="frontier.db"), "wanted", True),
    "wrong-clock": (statement(AHEAD, file="frontier.db"), "future", True),
    "wrong-clock-archive": (statement("update crawls set started_at = '2999'"), "a time still to come", False),
    "warc-left-open": (leave_open, "left open", True),
    "warc-removed": (lambda folder: warc(folder).unlink(), "missing", False),
    "warc-cut": (lambda folder: cut(warc(folder), 0.6), "no readable record", False),
    "record-exchanged": (alter_record, "digest", False),
    "byte-flipped": (flip, "damaged", False),
}


def test_a_sound_folder_has_no_fault_and_a_broken_one_status_1(folder):
    result = command("newscrawl", "check")
    assert (result.returncode, result.stdout) == (0, "no faults\n")
    warc(folder).unlink()
    result = command("newscrawl", "check", "--repair")
    assert result.returncode == 1
    assert "missing" in result.stdout


def test_a_second_address_and_a_story_whose_first_page_fails_are_no_faults(site, data, scrapy_crawl):
    ends = ("70001", "70001_0", "70002", "70002_1", "70002_2")
    story, second, first, further, last = (f"/news/202605/t20260504_{end}.html" for end in ends)
    publish(site, 0)
    site.page(second, site.pages[ADDRESS.format(1, 0)].body)
    site.page(story, site.pages[ADDRESS.format(1, 0)].body)
    parts = f"<div class='page'><a href='{first}'>1</a> <span>2</span> <a href='{last}'>3</a></div>"
    site.page(further, site.pages[ADDRESS.format(2, 1)].body.decode() + parts)
    site.page(last, "", 404)
    site.page(first, "", 503)
    links = "".join(
        f"<li><a href='{path}'>云溪县水利工程进展通报之{path[19:-5]}</a></li>" for path in (story, second, further)
    )
    site.page("/", f"<html><head><title>云溪网</title></head><body><ul>{links}</ul></body></html>")
    assert scrapy_crawl("portal", "-a", f"url={site.url}/", "-s", "FRONTIER_WAIT=0").returncode == 0
    assert rows(data, "select count(*) from aliases") == [(1,)]
    assert rows(data, "select complete from articles order by url") == [(1,), (0,)]
    assert list(check(DataFolder(data), writable=True)) == []
    sql(data, "delete from aliases")
    assert ["the archive has none" in fault.what for fault in check(DataFolder(data), writable=True)] == [True]


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_is_found_and_mended_where_it_can_be(folder, name):
    plant, words, mended = PLANTED[name]
    before, data = rows(folder), DataFolder(folder)
    plant(folder)
    found = list(check(data, writable=True))
    assert any(words in f"{fault.place} {fault.what}" for fault in found), found
    done = list(repair(data, found, replay))
    remaining = list(check(data, writable=True))
    assert bool(remaining) is not mended, (found, done, remaining)
    if mended:
        assert rows(folder) == before
        with Archive.open(data.archive, read_only=True) as archive:
            assert archive.number(words="全县")


def test_a_backup_under_a_running_crawl_can_stand_in_its_place(data, tmp_path):
    target = tmp_path / "copy"
    with serve(delay=0.05) as sample:
        process = forked.scrapy("crawl", "sample", "-a", f"server={sample.proxy}")
        deadline = time.monotonic() + 30
        while len(sample.requests) < 25 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert list(backup(DataFolder(data), target))
        running = process.returncode is None
        process.communicate(60)
        assert running, "the crawl was over before the backup: the test shows nothing"
        # pages recorded after the archive was copied, and the leases of a crawl that is not the copy's
        assert all(fault.mend is not Mend.NOTHING for fault in check(DataFolder(target), writable=True))
        assert 0 < len(rows(target)) < len(rows(data))
        restored = tmp_path / "restored"
        shutil.copytree(target, restored)
        copy = {"NEWSCRAWL_DATA": str(restored)}
        assert command("scrapy", "crawl", "sample", "-a", f"server={sample.proxy}", **copy).returncode == 0
    read = "select url, title, source, authors, editors, complete from articles order by id"
    assert rows(restored, read) == rows(data, read)
    assert "0 WARC files" not in list(backup(DataFolder(data), target)), "what was added since"
    assert rows(target) == rows(data)
    assert list(backup(DataFolder(data), target))[-1] == "0 WARC files"
    assert list(check(DataFolder(target), writable=True)) == []


def test_a_file_that_grows_while_it_is_copied_is_counted_once(tmp_path, monkeypatch):
    warc = tmp_path / "data" / "warc"
    warc.mkdir(parents=True)
    for name in ("a.warc.gz", "b.warc.gz"):
        (warc / name).write_bytes(b"")
    copyfile = shutil.copyfile

    def copied_while_growing(source, target):
        copyfile(source, target)
        if source.name == "a.warc.gz":
            source.write_bytes(source.read_bytes() + b"more")

    monkeypatch.setattr(shutil, "copyfile", copied_while_growing)
    assert list(backup(DataFolder(tmp_path / "data"), tmp_path / "copy"))[-1] == "2 WARC files"


def test_a_backup_into_the_data_itself_is_refused(folder):
    with pytest.raises(DataFolderError, match="lies in the data folder itself"):
        list(backup(DataFolder(folder), folder / "copy"))


def test_a_crawl_begins_by_telling_that_the_archive_is_an_older_one(folder):
    assert check_storage(DataFolder(folder)) == []
    sql(folder, "delete from articles where rowid % 3 = 0")
    (line,) = check_storage(DataFolder(folder))
    assert "archive.db lacks" in line
    assert "newscrawl check --repair" in line
    (folder / "archive.db").unlink()
    with pytest.raises(ArchiveError, match=r"archive\.db is missing, though \d+ articles were stored"):
        check_storage(DataFolder(folder))


def test_what_goes_wrong_while_the_lock_is_held_is_told(folder, monkeypatch):
    def full(*_, **__):
        raise DataFolderError("the disk is full")

    monkeypatch.setattr(checking, "check_folder", full)
    result = CliRunner().invoke(main, ["check"])
    assert (result.exit_code, result.stderr) == (3, "newscrawl: the disk is full\n")


def test_one_portals_or_hosts_pages_are_replayed_alone(folder):
    (folder / "archive.db").unlink()
    nobody = command("newscrawl", "replay", "--portal", "nobody")
    assert nobody.returncode == 1
    assert "newscrawl: no recorded page is of what was asked for" in nobody.stderr
    assert command("newscrawl", "replay", "--host", "www.lantai.test").returncode == 0
    assert {host for (host,) in rows(folder, "select distinct host from articles")} <= {"www.lantai.test"}


def test_a_replay_that_was_stopped_goes_on_where_it_was(folder):
    before = rows(folder)
    for file in folder.glob("archive.db*"):
        file.unlink()
    process = forked.Forked(replay_some)
    process.communicate(60)
    assert 0 < len(rows(folder)) < len(before)
    at = rows(folder, "select max(fetched_at) from captures")
    assert (folder / ".replay").exists()
    result = command("newscrawl", "replay")
    assert result.returncode == 0
    assert rows(folder) == before
    assert not (folder / ".replay").exists()
    assert at < rows(folder, "select max(fetched_at) from captures")


def test_old_captures_of_lists_go_and_nothing_else(folder):
    for _ in range(2):  # two answers 304 to each list
        assert command("scrapy", "crawl", "sample").returncode == 0
    old = "update captures set fetched_at = '2020' || substr(fetched_at, 5) where outcome in ('list', 'unchanged')"
    sql(folder, old)
    articles, pages = rows(folder), rows(folder, "select id from captures where status = 200 order by id")
    confirmed = "select count(*), count(distinct article) from captures where status = 304"
    assert "could be removed" in command("newscrawl", "compact").stdout
    assert rows(folder, confirmed)[0][0] > rows(folder, confirmed)[0][1]
    assert command("newscrawl", "compact", "--apply").returncode == 0
    assert rows(folder) == articles
    assert rows(folder, "select id from captures where status = 200 order by id") == pages
    captures, addresses = rows(folder, confirmed)[0]
    assert captures == addresses, "the newest of each stays"
    unread = [fault for fault in check(DataFolder(folder), writable=True) if "is not what the record" not in fault.what]
    assert unread == [], "times were altered by this test; every record is where its row says"
    assert command("newscrawl", "compact").stdout.startswith("0 captures")
