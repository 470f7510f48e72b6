"""Several archives read as one give the same answers as one archive with all their articles."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.archive import Archive, DayFigure
from newscrawl.archive.db.attached import MOST
from newscrawl.errors import ArchiveError
from tests.archive.pages import article_page
from tests.cli import seed

RELEASED = Path(__file__).parent.parent / "released" / "archive-0.1.0.db.gz"
QUESTIONS = {
    "counts": lambda archive: archive.counts(),
    "summary": lambda archive: archive.summary(),
    "report": lambda archive: archive.report(),
    "articles": lambda archive: sorted(map(str, archive.exported())),
    "links": lambda archive: sorted(map(str, archive.nested(["url", "links"]))),
    "by month": lambda archive: archive.tally("month"),
    "by place": lambda archive: archive.tally("place"),
    "words": lambda archive: archive.frequency(["清溪", "财政"], "portal"),
    "gaps": lambda archive: archive.gaps(),
    "author": lambda archive: archive.number(author="周文"),
    "number of words": lambda archive: archive.number(words="清溪"),
    "changes": lambda archive: [
        {**row, "detail": ""}
        for row in archive.changes(after=datetime(2026, 1, 1, tzinfo=UTC))
        if row["what"] != "copied"
    ],
    "sources": lambda archive: sorted(archive.unknown_sources()),
    "pages: counts": lambda archive: archive.pages.counts(),
    "pages: summary": lambda archive: archive.pages.summary(),
    "pages: newest": lambda archive: [row["title"] for row in archive.pages.newest(5)],
    "pages: happened": lambda archive: archive.pages.happened(5),
    "pages: total": lambda archive: [archive.pages.total(words, {}) for words in ("清溪", "市", "", "机井")],
    "pages: browse": lambda archive: [row["published"] for row in archive.pages.browse({}, 6, 3)],
    "pages: facets": lambda archive: archive.pages.facets("清溪", {"region": "湖南"}),
    "figure": lambda archive: archive.pages.figure("articles_a_day", DayFigure),
}


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """The seeded archive without copies and undated articles: whole, and divided into two."""
    folder = tmp_path_factory.mktemp("parts")
    with Archive.open(seed.make(folder / "seeded.db"), read_only=True) as seeded:
        seeded.copy(folder / "whole.db", reprints=False, since="2026")
    with Archive.open(folder / "whole.db", read_only=True) as whole:
        assert whole.copy(folder / "early.db", until="2026-02-22") > 1
        assert whole.copy(folder / "late.db", since="2026-02-23") > 1
    return folder


@pytest.mark.parametrize("question", QUESTIONS)
def test_two_archives_answer_as_one_does(parts, question):
    ask = QUESTIONS[question]
    with (
        Archive.open(parts / "whole.db", read_only=True) as whole,
        Archive.open(parts / "late.db", read_only=True, also=[parts / "early.db"]) as together,
        Archive.open(parts / "late.db", read_only=True) as late,
    ):
        assert together.counts()["articles"] > late.counts()["articles"]
        assert ask(together) == ask(whole)


@pytest.mark.parametrize("sort", ["relevance", "date"])
def test_a_search_turns_the_pages_of_all_files(parts, sort):
    with (
        Archive.open(parts / "whole.db", read_only=True) as whole,
        Archive.open(parts / "late.db", read_only=True, also=[parts / "early.db"]) as together,
    ):
        wanted = {hit["url"] for hit in whole.search("清溪 OR 市", limit=None)}
        found = [
            hit["url"]
            for page in range(len(wanted))
            for hit in together.search("清溪 OR 市", sort=sort, limit=2, offset=2 * page)
        ]
        assert len(found) == len(set(found)) == len(wanted) > 4
        assert set(found) == wanted


@pytest.mark.parametrize("name", ["show", "history"])
def test_an_article_of_any_file_is_shown_whole(parts, name):
    ask = {"show": Archive.article, "history": Archive.history}[name]
    with (
        Archive.open(parts / "whole.db", read_only=True) as whole,
        Archive.open(parts / "late.db", read_only=True, also=[parts / "early.db"]) as together,
    ):
        for row in list(whole.exported()):
            assert ask(together, row["url"]) == ask(whole, row["url"])


def test_an_article_of_two_files_is_the_first_ones(tmp_path):
    """A closed month has an article's text of that time; the archive's newer text and history count."""
    page = article_page()
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.store(page)
        archive.copy(tmp_path / "closed.sqlite")
        text = replace(page.article, title="后来的题目", body="后来改写的正文，说的是另一件事情。")
        archive.store(replace(page, article=text, fetched_at=page.fetched_at + timedelta(days=1)))
    with Archive.open(tmp_path / "archive.db", read_only=True, also=[tmp_path / "closed.sqlite"]) as together:
        assert together.counts()["articles"] == 1
        assert [hit["title"] for hit in together.search("后来改写")] == ["后来的题目"]
        assert list(together.search("造林")) == []
        assert together.pages.total("造林", {}) == 0
        assert [step.what for step in together.history(page.url)] == ["first seen", "revised"]
    with Archive.open(tmp_path / "closed.sqlite", read_only=True, also=[tmp_path / "archive.db"]) as together:
        assert [step.what for step in together.history(page.url)] == ["first seen"]


def test_a_file_of_an_older_version_is_read_with_the_rest(tmp_path):
    old = tmp_path / "old.sqlite"
    old.write_bytes(gzip.decompress(RELEASED.read_bytes()))
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.store(
            seed.page(seed.HUNAN, "new", 1, title="新的文章", body=seed.TEA, published="2026-03-02T09:00+08:00")
        )
        own = archive.counts()["articles"]
    old.chmod(0o444)
    with Archive.open(old, read_only=True) as alone:
        count, titles = alone.counts()["articles"], {row["title"] for row in alone.exported()}
    for first, second in ((tmp_path / "archive.db", old), (old, tmp_path / "archive.db")):
        with Archive.open(first, read_only=True, also=[second]) as together:
            rows = list(together.exported())
            assert len(rows) == count + own
            assert titles <= {row["title"] for row in rows}
            assert {len(row["published"]) for row in rows if row["published"]} == {25}
            assert together.pages.browse({}, 5, 0)
            assert len(list(together.search("的", limit=None))) == together.pages.total("的", {})


def test_what_another_program_wrote_is_found_in_each_file(parts, tmp_path):
    for name in ("late.db", "early.db"):
        shutil.copy(parts / name, tmp_path)
    with closing(sqlite3.connect(tmp_path / "early.db")) as plain, plain:
        plain.execute("UPDATE articles SET title = '别人改的标题' WHERE id = (SELECT min(id) FROM articles)")
    with Archive.open(tmp_path / "late.db", read_only=True, also=[tmp_path / "early.db"]) as together:
        assert [hit["title"] for hit in together.search("别人改的标题")] == ["别人改的标题"]


def test_what_cannot_be_read_with_it_is_named(parts, tmp_path):
    strange = tmp_path / "strange.db"
    strange.write_text("no database at all, but long enough to be taken for the header of one" * 20)
    for also, told in ((strange, "strange.db"), (tmp_path / "missing.db", "missing.db")):
        with pytest.raises(ArchiveError, match=told):
            Archive.open(parts / "late.db", read_only=True, also=[also])
    with pytest.raises(ArchiveError, match=f"{MOST} files"):
        Archive.open(parts / "late.db", read_only=True, also=[parts / "early.db"] * (MOST + 1))
