"""The queries of the front page and of an article's page: newest articles, times of events, first publication."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.archive import Archive
from newscrawl.urls import url_id
from tests.cli import seed

BEIJING = timedelta(hours=8)


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def seeded(path):
    with Archive.open(path, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize(("minutes", "shown"), [(-1, True), (0, True), (50, True), (70, False), (60 * 24 * 400, False)])
def test_todays_articles_are_the_newest_at_any_hour(archive, minutes, shown):
    at = datetime.now(UTC) + BEIJING + timedelta(minutes=minutes)
    published = f"{at:%Y-%m-%dT%H:%M}+08:00"
    archive.store(seed.page(seed.HUNAN, "now", 0, title="此刻发布", body=seed.TEA, published=published))
    today = f"{datetime.now(UTC) + BEIJING:%Y-%m-%d}"
    archive.store(seed.page(seed.HUNAN, "day", 0, title="今日发布", body=seed.MARKET, published=today))
    assert {row["title"] for row in archive.pages.newest(9)} == {"今日发布"} | ({"此刻发布"} if shown else set())


def test_a_revision_is_told_of_when_it_was_seen(seeded):
    happened = seeded.pages.happened(20)
    assert [row["at"] for row in happened] == sorted((row["at"] for row in happened), reverse=True)
    revised = {row["title"]: row["at"][:13] for row in happened if row["what"] == "revised"}
    assert revised == {"今年新打机井四十三眼": "2026-03-01T06", "第十二届清溪茶叶节开幕": "2026-03-01T07"}
    assert {row["what"] for row in happened} == {"revised", "gone", "returned"}
    assert [seeded.pages.happened(number) for number in range(9)] == [happened[:number] for number in range(9)]


def test_the_first_of_a_family_stands_first_and_a_copy_of_an_unknown_hour_after_it(archive):
    body = {"title": "清溪大桥建成通车", "body": seed.BRIDGE}
    archive.store(seed.page(seed.HUNAN, "bridge", 0, published="2026-02-20T10:05+08:00", **body))
    archive.store(seed.page(seed.SHANGHAI, "bridge", 1, published="2026-02-20", **body))
    archive.store(seed.page(seed.JIANGXI, "bridge", 2, published="2026-02-19T23:00+08:00", **body))
    first = archive.family(seed.url(seed.HUNAN, "bridge"))[0]["url"]
    around = archive.pages.surroundings(1, url_id(first), "hunan_test")
    assert around["portal"] == "潇湘网"
    members = [member["id"] for member in around["family"]]
    assert members[0] == url_id(first)
    assert len(members) == 3


def test_the_pages_count_as_the_archive_does(seeded):
    summary = {row["portal"]: row for row in seeded.summary()}
    for row in seeded.pages.summary():
        assert {name: summary[row["portal"]][name] for name in row} == row
    counts = seeded.counts()
    assert all(counts[name] == number for name, number in seeded.pages.counts().items())
    total = seeded.pages.total("", {"region": "湖南"})
    facets = seeded.pages.facets("", {"region": "湖南"})
    assert dict(facets["region"]) == {"湖南": total}
    assert sum(number for _, number in facets["portal"]) == total
