"""Reading never writes: also in a read-only folder, and in an archive of an older version."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from newscrawl.archive import Archive
from newscrawl.errors import ArchiveError
from tests.archive.pages import article_page, other_page
from tests.conftest import ROOT, command

URL = "http://news.test/a/1.html"
RELEASED = sorted((Path(__file__).parents[1] / "released").glob("archive-*.db.gz"))
# Root may write everywhere; without these capabilities it may not.
AS_READER = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()


def needs_setpriv() -> bool:
    if not AS_READER:
        return False
    return shutil.which("setpriv") is None or bool(
        subprocess.run([*AS_READER, "true"], capture_output=True, check=False).returncode
    )


without_rights = pytest.mark.skipif(needs_setpriv(), reason="root needs setpriv to give up its rights")


def read(folder, *words):
    process = [*AS_READER, sys.executable, "-m", "newscrawl", "--data", str(folder), *words]
    return subprocess.run(process, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path):
    data = tmp_path / "data"
    with Archive.open(data / "archive.db") as archive:
        archive.store(article_page())
    packed = Path(__file__).parents[1] / "released" / "frontier-0.1.0.db.gz"
    (data / "frontier.db").write_bytes(gzip.decompress(packed.read_bytes()))
    yield data
    data.chmod(0o755)


@without_rights
@pytest.mark.parametrize(
    "words", [("search", "造林"), ("show", URL), ("stats",), ("report",), ("history", URL), ("frontier",)]
)
def test_a_folder_nobody_may_write_is_read(folder, words):
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o555)
    result = read(folder, *words)
    assert result.returncode == 0, result.stderr
    assert result.stdout
    assert {path.name for path in folder.iterdir()} == {"archive.db", "frontier.db"}


SERVED = """
import asyncio, sys
from pathlib import Path
from newscrawl.explore.application import explorer
app = explorer(Path(sys.argv[1]))
print(*(asyncio.run(app.client.get(path)).status_code for path in ("/", "/archive/article_list")))
"""


@without_rights
def test_a_folder_nobody_may_write_is_served(folder):
    pytest.importorskip("datasette", reason="needs the extra `analysis`")
    (folder / "archive.db").chmod(0o444)
    folder.chmod(0o555)
    process = [*AS_READER, sys.executable, "-c", SERVED, str(folder / "archive.db")]
    result = subprocess.run(process, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.stdout == "200 200\n", result.stderr


@without_rights
def test_changes_that_stand_in_the_log_alone_are_not_left_out_in_silence(folder, tmp_path):
    copied = tmp_path / "copied"
    copied.mkdir()
    with Archive.open(folder / "archive.db") as archive:
        archive.store(article_page("http://news.test/a/2.html"))
        for name in ("archive.db", "archive.db-wal"):
            shutil.copy(folder / name, copied / name)
    copied.chmod(0o555)
    result = read(copied, "search", "造林")
    assert result.returncode == 3
    assert result.stderr.count("\n") == 1
    assert "archive.db-wal holds changes" in result.stderr
    copied.chmod(0o755)


@pytest.fixture(params=RELEASED, ids=lambda path: path.name)
def released(request, tmp_path):
    path = tmp_path / "data" / "archive.db"
    path.parent.mkdir()
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def test_an_archive_of_every_version_is_read_as_it_is(released):
    before = released.read_bytes()
    with Archive.open(released, read_only=True) as archive:
        assert archive.counts()["articles"] == 2
        assert [crawl.verdict for crawl in archive.crawls()] == ["ok"]
        assert archive.crawls()[0].measures == {}
        assert archive.report()[0]["verdict"] == "ok"
        assert [step.what for step in archive.history(URL)] == ["first seen", "revised"]
        assert len(list(archive.search("造林"))) == 2
        assert list(archive.exported())
        for row in archive.articles():
            assert all(row in list(archive.articles(author=author)) for author in row["authors"])
    assert released.read_bytes() == before


def test_an_archive_of_every_version_is_brought_up_to_date_and_says_so(released):
    assert Archive.pending(released)
    with Archive.open(released) as archive:
        assert any(line.startswith("m005_crawl_health: ") for line in archive.migrated)
        assert archive.store(article_page("http://news.test/a/3.html")).what == "new"
    assert Archive.pending(released) == []
    with Archive.open(released) as archive:
        assert archive.migrated == []


def test_a_strangers_database_is_neither_read_nor_built_upon(tmp_path):
    path = tmp_path / "archive.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table diary (day text)")
    for read_only in (True, False):
        with pytest.raises(ArchiveError, match="another program's database"):
            Archive.open(path, read_only=read_only)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("select name from sqlite_master").fetchall() == [("diary",)]


def test_storing_a_list_costs_the_same_whatever_its_past(tmp_path):
    """Counted in steps of SQLite's machine, which depend on nothing else."""
    with Archive.open(tmp_path / "archive.db") as archive:
        steps = []

        def store(hours: float) -> int:
            steps.clear()
            archive.database.conn.set_progress_handler(lambda: steps.append(1), 10)
            archive.store(other_page(200, "list", "http://news.test/", hours=hours))
            archive.database.conn.set_progress_handler(None, 0)
            return len(steps)

        store(0)
        young = store(1)
        for hour in range(2, 1500):
            archive.store(other_page(200, "list", "http://news.test/", hours=hour))
        assert store(1500) <= 1.2 * young + 5


def test_a_terminal_without_emoji_shows_the_rest(folder):
    with Archive.open(folder / "archive.db") as archive:
        archive.store(article_page("http://news.test/a/9.html", title="茶叶节🍵开幕", body="清溪茶叶节🍵开幕。" * 9))
    for words in (("search", "茶叶节"), ("show", "http://news.test/a/9.html")):
        result = subprocess.run(
            [sys.executable, "-m", "newscrawl", "--data", str(folder), *words],
            cwd=ROOT,
            env={**os.environ, "PYTHONIOENCODING": "cp936"},
            capture_output=True,
            check=False,
        )
        assert result.returncode == 0, result.stderr
        assert "茶叶节?开幕" in result.stdout.decode("cp936").replace("«", "").replace("»", "")
    found = command("newscrawl", "--data", folder, "search", "茶叶节", "--json", PYTHONIOENCODING="ascii").stdout
    assert "\\ud83c\\udf75" in found


def test_an_older_index_needs_no_function_any_more(released):
    """Its triggers and its view called bigram(), which only newscrawl has."""
    with closing(sqlite3.connect(released)) as plain, pytest.raises(sqlite3.OperationalError, match="bigram"):
        plain.execute("select count(*) from articles_fts")
    with Archive.open(released) as archive:
        assert any(line.startswith("m010_plain_search: ") for line in archive.migrated)
        before = [hit["url"] for hit in archive.search("造林")]
        assert not [fault for fault in archive.check(released.parent) if "index" in fault.what]
    with closing(sqlite3.connect(released)) as plain, plain:
        plain.execute("select count(*) from articles_fts")
        plain.execute("delete from articles where url = ?", (before[0],))
        plain.execute("update articles set title = '茶叶节开幕'")
    with Archive.open(released, read_only=True) as archive:
        assert [hit["url"] for hit in archive.search("造林")] == before[1:]
        assert len(list(archive.search("茶叶节"))) == len(before) - 1
