from __future__ import annotations

import dataclasses
import sqlite3

import pytest
from sqlite_utils import Database

from newscrawl.archive import Archive, Column, columns
from newscrawl.archive.db import schema
from newscrawl.errors import ArchiveError, DataFolderError
from newscrawl.items import Article
from tests.archive.pages import article_page

URL = "http://news.test/a/1.html"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "archive.db"


def test_every_field_of_an_article_is_a_described_column(path):
    Archive.open(path).close()
    declared = list(columns())
    with Database(path) as db:
        assert [column.name for column in declared] == [column.name for column in db["articles"].columns]
    assert {field.name for field in dataclasses.fields(Article)} - {column.name for column in declared} == {"links"}
    assert all(column.doc for column in declared)


def test_opening_makes_folder_tables_and_views(path):
    with Archive.open(path) as archive:
        db = archive.database
        assert {"articles", "links", "urls", "captures", "revisions", "events", "parts", "portals", "crawls"} <= set(
            db.table_names()
        )
        for view in ("article_list", "reprint_families", "withdrawn", "article_history", "article_links"):
            assert list(db.query(f"SELECT * FROM {view}")) == []
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA synchronous").fetchone() == (2,)
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert db.execute("PRAGMA busy_timeout").fetchone() == (30_000,)


def test_opening_again_writes_nothing(path):
    with Archive.open(path) as archive:
        archive.store(article_page())
        before = archive.database.schema, archive.database.execute("PRAGMA schema_version").fetchone()
    with Archive.open(path) as archive:
        assert (archive.database.schema, archive.database.execute("PRAGMA schema_version").fetchone()) == before
        assert archive.counts()["articles"] == 1


def test_a_database_of_the_first_version_is_brought_up_to_date(path):
    path.parent.mkdir()
    db = Database(path)
    schema.migrations.apply(db, stop_before="m002_reprints")
    db["portals"].insert({"key": "p", "title": "旧站"})
    page = article_page()
    db["captures"].insert({"id": 1, "url": URL, "article": 5, "fetched_at": "2026-01-01T00:00:00.000000Z"})
    db["articles"].insert(
        {"id": 5, "url": URL, "portal": "p", "title": "旧闻一则", "body": page.article.body, "capture": 1}
        | {"first_seen": "2026-01-01T00:00:00.000000Z", "last_seen": "2026-01-01T00:00:00.000000Z"}
    )
    db.close()

    with Archive.open(path) as archive:
        assert archive.store(article_page("http://news.test/a/2.html")).what == "new"
        assert [hit["title"] for hit in archive.search("旧闻")] == ["旧闻一则"]
        assert archive.counts()["articles"] == 2
        applied = [migration.name for migration in schema.migrations.applied(archive.database)]
    assert applied == sorted(schema._NAMES)


def test_an_archive_from_before_claims_were_kept_gets_their_column(path):
    with Archive.open(path) as archive:
        archive.store(article_page())
    db = Database(path)
    for view in db.view_names():
        db[view].drop()
    db.execute("ALTER TABLE articles DROP COLUMN canonical_url")
    db["_sqlite_migrations"].delete_where("name = 'm004_canonical_url'")
    db.close()
    with Archive.open(path) as archive:
        assert archive.article(URL)["canonical_url"] is None
        phone = dataclasses.replace(article_page("http://m.news.test/a/1.html"), canonical=URL)
        assert archive.store(phone).what == "alias"
        assert archive.article(phone.url)["url"] == URL
        assert [row["relation"] for row in archive.family(URL)] == ["first", "alias"]


def test_a_view_that_is_missing_stands_in_for_reading(path):
    Archive.open(path).close()
    db = Database(path)
    db["withdrawn"].drop()
    db.close()
    with Archive.open(path, read_only=True) as archive:
        assert list(archive.database.query("SELECT * FROM withdrawn")) == []
    with Database(path) as db:
        assert "withdrawn" not in db.view_names()


def test_a_new_field_becomes_a_column_of_an_old_database(path, monkeypatch):
    Archive.open(path).close()
    more = [*columns(), Column("mood", "TEXT", "How it sounds")]
    monkeypatch.setattr(schema, "columns", lambda: iter(more))
    with Archive.open(path) as archive:
        assert "mood" in archive.database["articles"].columns_dict


def test_a_changed_view_is_renewed(path, monkeypatch):
    Archive.open(path).close()
    monkeypatch.setitem(schema.VIEWS, "withdrawn", "SELECT 1 AS one")
    with Archive.open(path) as archive:
        assert list(archive.database.query("SELECT * FROM withdrawn")) == [{"one": 1}]


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_database_is_refused(path, read_only):
    Archive.open(path).close()
    db = Database(path)
    db["_sqlite_migrations"].insert({"migration_set": "newscrawl", "name": "m900_future", "applied_at": "2030"})
    db.close()
    with pytest.raises(ArchiveError, match=r"archive\.db was written by a newer newscrawl \(m900_future\): upgrade"):
        Archive.open(path, read_only=read_only)


def test_a_file_that_is_no_database_is_refused(path):
    path.parent.mkdir()
    path.write_text("no database at all, " * 100)
    with pytest.raises(ArchiveError, match=r"archive\.db is no archive: .*; move it away"):
        Archive.open(path)
    assert path.read_text().startswith("no database")


def test_reading_where_no_archive_is_says_how_to_make_one(path):
    with pytest.raises(ArchiveError, match=r"no archive at .*; make one with: newscrawl crawl"):
        Archive.open(path, read_only=True)
    assert not path.exists()


def test_an_archive_open_for_reading_cannot_be_written(path):
    Archive.open(path).close()
    with Archive.open(path, read_only=True) as archive:
        with pytest.raises(DataFolderError, match="readonly"):
            archive.store(article_page())
        assert archive.counts()["articles"] == 0


def test_a_folder_that_cannot_be_made_is_named(path):
    path.parent.write_text("a file")
    with pytest.raises(DataFolderError, match=r"cannot make .*data"):
        Archive.open(path)


def test_a_path_that_cannot_be_opened_is_named(path):
    path.mkdir(parents=True)
    with pytest.raises(DataFolderError, match=r"cannot open or write .*archive\.db"):
        Archive.open(path)


def test_a_full_disk_fails_one_page_and_keeps_the_rest(path):
    with Archive.open(path) as archive:
        archive.store(article_page())
        pages = archive.database.execute("PRAGMA page_count").fetchone()[0]
        archive.database.execute(f"PRAGMA max_page_count = {pages + 2}")
        big = article_page("http://news.test/a/2.html", body="很长的正文。" * 20_000)
        with pytest.raises(DataFolderError, match=r"^the disk is full: cannot write .*archive\.db; make room"):
            archive.store(big)
        assert archive.counts()["articles"] == archive.counts()["captures"] == 1
        archive.database.execute("PRAGMA max_page_count = 1000000")
        assert archive.store(big).what == "new"
        assert archive.database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_damaged_database_says_how_to_rebuild_it(path):
    with Archive.open(path) as archive:
        archive.store(article_page())
    data = bytearray(path.read_bytes())
    data[4096 : 4096 * 8] = bytes(4096 * 7)
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match=r"is damaged: .*newscrawl replay"), Archive.open(path) as archive:
        list(archive.articles())


def test_plain_sqlite_reads_the_archive(path):
    with Archive.open(path) as archive:
        archive.store(article_page())
    plain = sqlite3.connect(path)
    assert plain.execute("SELECT title, portal, characters FROM article_list").fetchall() == [
        ("全市部署春季造林", "测试网", len(article_page().article.body))
    ]
    assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
    plain.close()
