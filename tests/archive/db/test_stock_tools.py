"""Stock tools, without newscrawl, read, count, dump and correct archive.db; the search index follows."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from newscrawl.archive import Archive
from newscrawl.archive.search import index
from newscrawl.archive.text.folding import fold
from newscrawl.errors import ArchiveError, DataFolderError
from tests.cli import seed
from tests.conftest import ROOT

TOOLS = ("sqlite-utils", "datasette", "pandas", "duckdb")
PLACE = ROOT / ".venv-stock"
WORDS = ("清溪大桥", "茶叶节", "民生", "井", "改名", "财政政策", "周文", "李一帆")


def run(*command: object, text: str | None = None) -> str:
    arguments = [str(part) for part in command]
    # Where these tests run on an old SQLite, the tools keep theirs: the shell goes with no other.
    environment = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
    done = subprocess.run(
        arguments, input=text, capture_output=True, text=True, check=False, timeout=120, env=environment
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def stock() -> Path:
    """An environment with only the stock tools, made once, in the versions that are installed here."""
    binaries = PLACE / "bin"
    uv = [Path(sys.executable).with_name("uv")]
    wanted = []
    for tool in TOOLS:
        try:
            wanted.append(f"{tool}=={version(tool)}")
        except PackageNotFoundError:
            wanted.append(tool)
    made = PLACE / "made"
    if made.exists() and made.read_text("utf-8").split() == wanted:
        return binaries
    for command in (
        ["venv", "--quiet", "--allow-existing", "--python", sys.executable, PLACE],
        ["pip", "install", "--quiet", "--python", binaries / "python", *wanted],
    ):
        done = subprocess.run([*uv, *command], capture_output=True, text=True, check=False, timeout=300)
        if done.returncode:
            pytest.skip(f"the package index cannot be reached: {done.stderr.strip()[-200:]}")
    made.write_text("\n".join(wanted), "utf-8")
    return binaries


@pytest.fixture
def path(tmp_path) -> Path:
    return seed.make(tmp_path / "archive.db")


def agree(path: Path) -> None:
    """Compare the search with a scan of all articles."""
    with Archive.open(path, read_only=True) as archive:
        rows = list(archive.database.query("SELECT url, title, body, authors FROM articles"))
        for word in WORDS:
            scanned = {row["url"] for row in rows if any(fold(word) in fold(row[name] or "") for name in row)}
            assert {hit["url"] for hit in archive.search(word, limit=None)} == scanned, word
            assert {row["url"] for row in archive.exported(words=word)} == scanned, word
            assert index.count(archive.database, word) == len(scanned)
        for kind, column in (("author", "authors"), ("editor", "editors"), ("channel", "channel")):
            query = f"SELECT DISTINCT articles.id, value FROM articles, json_each({column}) ORDER BY 1, 2"
            named = "SELECT article, name FROM names WHERE kind = ? ORDER BY 1, 2"
            assert archive.database.execute(named, [kind]).fetchall() == archive.database.execute(query).fetchall()
        query = "SELECT count(*) FROM places WHERE article NOT IN (SELECT id FROM articles)"
        assert archive.database.execute(query).fetchone() == (0,)


def test_sqlite_utils_counts_and_dumps(stock, path):
    with closing(sqlite3.connect(path)) as plain:
        [(articles,)] = plain.execute("SELECT count(*) FROM articles").fetchall()
    assert f'"table": "articles", "count": {articles}' in run(stock / "sqlite-utils", "tables", path, "--counts")
    copy = path.with_name("copy.db")
    with closing(sqlite3.connect(copy)) as restored:
        restored.executescript(run(stock / "sqlite-utils", "dump", path))
    agree(copy)
    with closing(sqlite3.connect(copy)) as restored:
        assert restored.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_sqlite_utils_counts_every_row_of_every_table_and_view(stock, path):
    code = "import sqlite_utils, sys; db = sqlite_utils.Database(sys.argv[1])\n"
    code += "for name in db.table_names() + db.view_names(): print(name, db[name].count, len(list(db[name].rows)))"
    counts = {
        name: (count, rows)
        for name, count, rows in map(str.split, run(stock / "python", "-c", code, path).splitlines())
    }
    assert all(count == rows for count, rows in counts.values())
    assert {"articles", "articles_fts", "article_list", "search_changes"} <= counts.keys()


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="no sqlite3 shell on this machine")
def test_the_sqlite3_shell_copies_and_corrects(path):
    copy = path.with_name("copy.db")
    run("sqlite3", copy, text=run("sqlite3", path, ".dump"))
    agree(copy)
    run("sqlite3", path, "DELETE FROM articles WHERE url LIKE '%wells%'")
    run("sqlite3", path, "UPDATE articles SET title = '改名：' || title WHERE region = '湖南'")
    run("sqlite3", path, "UPDATE articles SET body = replace(body, '大桥', '老桥') WHERE title LIKE '%桥%'")
    run("sqlite3", path, "REPLACE INTO articles SELECT * FROM articles WHERE title LIKE '%茶叶节%'")
    run("sqlite3", path, "UPDATE articles SET id = id - 1, body = '井' WHERE url LIKE '%budget%'")
    names = """authors = '["李一帆", "周文"]', editors = 'no JSON'"""
    run("sqlite3", path, f"UPDATE articles SET {names} WHERE url LIKE '%tea%'")
    run("sqlite3", path, "UPDATE articles SET editors = '[]', body = '南京市鼓楼区' WHERE url LIKE '%tea%'")
    agree(path)
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT count(*) FROM search_changes").fetchone() == (0,)
    with Archive.open(path) as archive:
        assert not [fault for fault in archive.check(path.parent) if "index" in fault.what]
        assert [row["word_count"] for row in archive.articles(place="320106")] == [6, 6]


def test_replaced_rows_leave_nothing_in_the_index(path):
    """REPLACE fires no trigger for the row that it removes."""
    with closing(sqlite3.connect(path)) as plain, plain:
        names = ", ".join(row[1] for row in plain.execute("PRAGMA table_info(articles)") if row[1] != "body")
        for _ in range(2):
            plain.execute(f"REPLACE INTO articles({names}, body) SELECT {names}, '空' FROM articles")
    agree(path)
    with Archive.open(path) as archive:
        assert not [fault for fault in archive.check(path.parent) if "index" in fault.what]
        assert {hit["snippet"] for hit in archive.search("空")} == {"«空»"}


def test_sqlite_utils_corrects(stock, path):
    with closing(sqlite3.connect(path)) as plain:
        [(article,)] = plain.execute("SELECT id FROM articles WHERE url LIKE '%market%' LIMIT 1").fetchall()
    run(stock / "sqlite-utils", path, "UPDATE articles SET title = '改名' WHERE id = :id", "--param", "id", article)
    agree(path)
    code = (
        "import sqlite_utils, sys; db = sqlite_utils.Database(sys.argv[1]); table = db['articles'];"
        "table.update(int(sys.argv[2]), {'title': '改名 清溪大桥'}); table.delete_where('url like ?', ['%tea%'])"
    )
    run(stock / "python", "-c", code, path, article)
    agree(path)


def test_a_table_made_anew_by_another_tool_is_followed_again(stock, path):
    """`transform` copies the rows into a new table, and the triggers are gone with the old one."""
    run(
        stock / "sqlite-utils",
        "transform",
        path,
        "articles",
        "--drop",
        "images",
        "--add-foreign-key",
        "capture",
        "captures",
        "id",
    )
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("UPDATE articles SET title = '改名' WHERE region = '湖南'")
    with Archive.open(path) as archive:
        assert any("articles_fts" in line for line in archive.migrated)
    agree(path)


def test_pandas_and_datasette_read_every_table(stock, path):
    code = """
import sqlite3, sys, pandas
db = sqlite3.connect(sys.argv[1])
names = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
print({name: len(pandas.read_sql(f'SELECT * FROM "{name}"', db)) for name in names}["articles"])
"""
    frame = int(run(stock / "python", "-W", "ignore", "-c", code, path))
    told = run(stock / "datasette", "--get", "/archive/articles.json?_shape=array&_size=max", path)
    assert frame == told.count('"url":') > 10
    code = """
import asyncio, sys
from datasette.app import Datasette
async def statuses(pages):
    client = Datasette([sys.argv[1]]).client
    return [(await client.get(page)).status_code for page in pages]
print(asyncio.run(statuses(sys.argv[2:])))
"""
    pages = ("/archive", "/archive/articles_fts.json", "/archive/article_list.json")
    assert run(stock / "python", "-c", code, path, *pages) == "[200, 200, 200]\n"


def test_duckdb_reads_the_archive(stock, path):
    code = """
import duckdb, sys
try:
    duckdb.sql("INSTALL sqlite; LOAD sqlite")
except duckdb.Error as error:
    sys.exit(f"no extension: {error}")
duckdb.sql(f"ATTACH '{sys.argv[1]}' AS archive (TYPE sqlite, READ_ONLY)")
for name in ("articles", "article_list", "links", "captures"):
    print(duckdb.sql(f"SELECT count(*) FROM archive.{name}").fetchone()[0])
"""
    done = subprocess.run([stock / "python", "-c", code, path], capture_output=True, text=True, check=False, timeout=60)
    if done.stderr.startswith("no extension"):
        pytest.skip("DuckDB's own site, from which its sqlite extension comes, cannot be reached")
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0]) > 10


def test_where_nobody_may_write_a_search_says_that_it_cannot_follow(path, monkeypatch):
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("DELETE FROM articles WHERE url LIKE '%wells%'")

    def refused(*_args, **_options):
        raise DataFolderError("cannot write")

    monkeypatch.setattr("newscrawl.archive.db.connection.connect", refused)
    with Archive.open(path, read_only=True) as archive:
        assert archive.number()
        with pytest.raises(ArchiveError, match="another program has changed articles"):
            list(archive.search("清溪"))
        with pytest.raises(ArchiveError, match="another program has changed articles"):
            archive.number(words="清溪")
