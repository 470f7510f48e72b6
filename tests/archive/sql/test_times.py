"""Times have one of two ISO forms, with their zone, in every column, view, page, command and JSON output."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.archive import Archive
from newscrawl.archive.sql import times
from tests.archive.db.test_read_only import RELEASED
from tests.archive.pages import article_page
from tests.cli import seed

BEIJING = timedelta(hours=8)
PUBLISHED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Text that is no time in the archive's format.
NO_TIMES = {
    "published_raw",
    "published_precision",
    "evidence",
    "detail",
    "body",
    "fields",
    "version",
    "title",
    "snippet",
}


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("2026-03-01", ("2026-03-01T00:00:00+08:00", "day")),
        ("2026-03-01T15:30", ("2026-03-01T15:30:00+08:00", "minute")),
        ("2026-03-01T15:30+08:00", ("2026-03-01T15:30:00+08:00", "minute")),
        ("2026-03-01T15:30:59+08:00", ("2026-03-01T15:30:59+08:00", "second")),
        ("2026-03-01T15:30:59Z", ("2026-03-01T23:30:59+08:00", "second")),
        ("yesterday", ("yesterday", None)),
        (None, (None, None)),
    ],
)
def test_a_publication_has_one_spelling(given, stored):
    assert times.stored(given) == stored
    assert times.stored(times.of_page(*stored)) == stored


def test_every_time_in_every_table_and_view_has_one_of_two_spellings(tmp_path):
    seen = {PUBLISHED: 0, MOMENT: 0}
    with Archive.open(seed.make(tmp_path / "archive.db"), read_only=True) as archive:
        db = archive.database
        for name in [*db.table_names(), *db.view_names()]:
            if name.startswith(("articles_", "_sqlite", "sqlite_")) and name not in db.view_names():
                continue
            for row in db.query(f'SELECT * FROM "{name}"'):
                for column, value in row.items():
                    if column in NO_TIMES or not isinstance(value, str) or not DAY.match(value):
                        continue
                    wanted = PUBLISHED if "published" in column else MOMENT
                    if not DAY.fullmatch(value) or "published" in column:  # an issue's day is no time
                        assert wanted.fullmatch(value), (name, column, value)
                        seen[wanted] += 1
    assert all(count > 20 for count in seen.values())


def test_pandas_reads_every_publication(tmp_path):
    pandas = pytest.importorskip("pandas")
    from newscrawl import open_archive  # noqa: PLC0415  # needs pandas

    path = seed.make(tmp_path / "archive.db")
    with open_archive(path) as archive:
        for frame in (archive.articles(), archive.frame("article_list"), archive.frame("revisions")):
            moments = pandas.to_datetime(frame["published"])
            assert moments.notna().sum() == frame["published"].notna().sum() > 1
            days = frame["published"].dropna().str[:10]
            assert list(moments.dropna().dt.strftime("%Y-%m-%d")) == list(days), "of a day alone the day stays"
            assert set(frame["published_precision"].dropna()) <= {"day", "minute", "second"}


def test_sqlite_compares_both_spellings(tmp_path):
    """A story told at 15:30 and seen a minute later lies a minute before, whatever the zone."""
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.store(article_page(published="2026-03-01T15:59:00+08:00"))  # seen 2026-03-01T08:00:00.123456Z
        query = "SELECT round((julianday(first_seen) - julianday(published)) * 86400) FROM articles"
        assert archive.database.execute(query).fetchone() == (60.0,)


def test_a_revision_of_the_precision_alone_is_told_as_the_pages_gave_it(tmp_path):
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.store(article_page(published="2026-03-01"))
        archive.store(article_page(published="2026-03-02T10:00+08:00", hours=1))
        (_, step) = archive.history("http://news.test/a/1.html")
        assert step.detail == "published:\n~ 2026-03-0{+2T+}1{+0:00+08:00+}"


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.name)
def test_an_older_archive_is_read_and_brought_up_to_date_in_the_same_spelling(released, tmp_path):
    path = tmp_path / "archive.db"
    path.write_bytes(gzip.decompress(released.read_bytes()))
    of = "SELECT published, published_precision FROM"
    query = f"{of} articles UNION ALL {of} revisions"
    told = []
    for read_only in (True, False):
        with Archive.open(path, read_only=read_only) as archive:
            told.append(sorted(archive.database.execute(query).fetchall()))
    assert told[0] == told[1]
    assert all(PUBLISHED.fullmatch(published) and precision for published, precision in told[0])
    with Archive.open(path) as archive:
        before = archive.counts()["revisions"]
        for row in list(archive.database.query("SELECT url, title, body, published, source FROM articles")):
            assert archive.store(article_page(hours=9000, **row)).what in {"unchanged", "revised", "returned"}
        assert archive.counts()["revisions"] <= before + 2


@pytest.mark.parametrize("ago", [timedelta(minutes=1), timedelta(hours=1), timedelta(hours=9)])
def test_the_front_page_shows_what_was_published_today(ago, tmp_path):
    front = pytest.importorskip("newscrawl.explore.pages.front")
    now = datetime.now(UTC) + BEIJING
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.store(article_page("http://news.test/a/1.html", published=f"{now - ago:%Y-%m-%dT%H:%M}+08:00"))
        future = f"{now + timedelta(days=2):%Y-%m-%dT%H:%M}+08:00"
        archive.store(article_page("http://news.test/a/2.html", title="误记的日期", published=future))
        assert [row["title"] for row in front.state(archive)["newest"]] == ["全市部署春季造林"]


def test_the_page_and_the_command_tell_a_family_in_the_same_order(tmp_path):
    pages = pytest.importorskip("newscrawl.explore.pages.article")
    with Archive.open(seed.make(tmp_path / "archive.db"), read_only=True) as archive:
        first = seed.url(seed.HUNAN, "bridge")
        told = [member["url"] for member in archive.family(first)]
        shown = pages.whole(archive, archive.article(first)["id"])["family"]
        assert [member["url"] for member in shown] == told
        assert [member["original"] for member in shown] == [True] + [False] * (len(told) - 1)
