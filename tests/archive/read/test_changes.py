"""Changes of articles, by the time when a crawl saw them; saved searches."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawl.archive import CHANGES, Archive
from newscrawl.errors import ArchiveError
from tests.cli import seed

H, J, Y = seed.HUNAN, seed.JIANGXI, seed.YUEYANG
WELLS, TEA, BRIDGE = (seed.url(H, name) for name in ("wells", "tea", "bridge"))
BEGIN = datetime(2000, 1, 1, tzinfo=UTC)


def of(archive, kind, **options):
    return [(row["url"], row["detail"]) for row in archive.changes(after=BEGIN, kinds=[kind], **options)]


def test_every_article_was_new_once(archive):
    assert len(of(archive, "new")) == archive.number()


def test_the_last_comes_first_and_a_moment_bounds(archive):
    rows = list(archive.changes(after=BEGIN))
    times = [row["at"] for row in rows]
    assert times == sorted(times, reverse=True)
    assert {row["what"] for row in rows} == set(CHANGES)
    middle = datetime.fromisoformat(times[len(times) // 2])
    later = list(archive.changes(after=middle))
    assert later == [row for row in rows if datetime.fromisoformat(row["at"]) >= middle]
    assert list(archive.changes(after=BEGIN, before=middle)) == rows[len(later) :]
    assert list(archive.changes(after=BEGIN, limit=3)) == rows[:3]


def test_a_revision_happened_when_the_new_text_was_seen(archive):
    """Not when the old one was: an article of last year that was revised today changed today."""
    told = {row["url"]: row["at"] for row in archive.changes(after=BEGIN, kinds=["revised"])}
    for url, at in told.items():
        assert [step.at for step in archive.history(url) if step.what == "revised"] == [at]
        assert at > archive.article(url)["first_seen"]
    assert set(told) == {WELLS, TEA}
    assert dict(of(archive, "revised"))[TEA] == "清溪茶叶节开幕"


def test_withdrawn_returned_and_copied(archive):
    market = seed.url(Y, "market")
    assert [url for url, _ in of(archive, "withdrawn")] == [WELLS, market]
    assert of(archive, "withdrawn", gone=True)[0][1].startswith("HTTP 404")
    assert [url for url, _ in of(archive, "returned")] == [market]
    copies = of(archive, "copied", portal=H.key)
    assert (BRIDGE, seed.url(Y, "bridge")) in copies
    assert len(of(archive, "copied")) == archive.counts()["reprints"]


def test_filters_and_words_choose_the_articles(archive):
    assert {url for url, _ in of(archive, "new", words="茶叶节")} == {
        row["url"] for row in archive.articles(words="茶叶节")
    }
    assert {row["portal"] for row in archive.changes(after=BEGIN, portal=Y.key)} == {Y.key}


def test_a_search_is_saved_listed_replaced_and_forgotten(path):
    with Archive.open(path) as archive:
        archive.save_search("茶", "茶叶节 OR 春茶", {"region": "湖南", "gone": False, "portal": None})
        (saved,) = archive.saved_searches()
        assert (saved.name, saved.words, saved.filters) == ("茶", "茶叶节 OR 春茶", {"region": "湖南", "gone": False})
        assert {row["url"] for row in archive.changes(after=BEGIN, kinds=["new"], **saved.chosen)} == {TEA}
        archive.save_search("茶", "茶叶节", {})
        assert archive.saved_search("茶").chosen == {"words": "茶叶节"}
        archive.forget_search("茶")
        assert archive.saved_searches() == []
        for name in ("", "a/b"):
            with pytest.raises(ArchiveError, match="no name for a search"):
                archive.save_search(name, "茶", {})
        with pytest.raises(ArchiveError, match="nothing to search for"):
            archive.save_search("x", "，", {})
        with pytest.raises(ArchiveError, match="no search is called 'x'"):
            archive.forget_search("x")
