from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.archive import Archive, Crawl
from newscrawl.items import Link, PortalFacts
from tests.archive.pages import START, article_page, other_page


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive.db") as it:
        it.store(
            article_page("http://one.test/1.html", published="2026-01-05T10:00", links=[Link("http://x.test/", "x")])
        )
        it.store(article_page("http://one.test/2.html", published="2026-01-31", source=None, title="第二篇"))
        other = PortalFacts("yunnan_other", "别网", "云南", "province")
        it.store(
            article_page("http://two.test/1.html", published=None, portal=other, title="第三篇", body="另一篇文字。")
        )
        for hour in (1, 2):
            it.store(other_page(404, "http-404", "http://one.test/2.html", hours=hour))
        yield it


def test_the_summary_has_a_row_a_portal(archive):
    rows = archive.summary()
    assert [row["portal"] for row in rows] == ["hunan_test", "yunnan_other"]
    assert rows[0] == {
        "portal": "hunan_test",
        "title": "测试网",
        "region": "湖南",
        "articles": 2,
        "dated": 2,
        "sourced": 1,
        "reprints": rows[0]["reprints"],
        "gone": 1,
        "first_day": "2026-01-05",
        "last_day": "2026-01-31",
    }
    assert rows[1]["dated"] == 0
    assert rows[1]["first_day"] is None


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({}, ["第三篇", "全市部署春季造林", "第二篇"]),
        ({"portal": "hunan_test"}, ["全市部署春季造林", "第二篇"]),
        ({"region": "云南"}, ["第三篇"]),
        ({"source": "测试日报"}, ["第三篇", "全市部署春季造林"]),
        ({"since": "2026-01-06"}, ["第二篇"]),
        ({"since": "2026-01-05", "until": "2026-01-05"}, ["全市部署春季造林"]),
        ({"until": "2026-01"}, ["全市部署春季造林", "第二篇"]),
        ({"until": "2026-01-31"}, ["全市部署春季造林", "第二篇"]),
        ({"gone": True}, ["第二篇"]),
        ({"gone": False, "portal": "hunan_test"}, ["全市部署春季造林"]),
    ],
)
def test_articles_are_given_by_filter(archive, filters, titles):
    assert [row["title"] for row in archive.articles(**filters)] == titles


def test_links_come_along_when_asked_for(archive):
    rows = {row["url"]: row for row in archive.articles(with_links=True)}
    assert [link["url"] for link in rows["http://one.test/1.html"]["links"]] == ["http://x.test/"]
    assert rows["http://one.test/2.html"]["links"] == []
    assert all("links" not in row for row in archive.articles())


def test_articles_can_be_left_half_read(archive):
    rows = archive.articles()
    assert next(rows)["title"] == "第三篇"
    rows.close()
    assert archive.store(article_page("http://one.test/9.html")).what == "new"


def test_search_finds_words_of_title_and_body(archive):
    assert [hit["title"] for hit in archive.search("第三篇")] == ["第三篇"]
    assert [hit["title"] for hit in archive.search("造林", region="云南")] == []


def test_a_crawl_is_one_row_and_comes_back_from_its_payload(archive):
    crawl = archive.begin_crawl("hunan_test", START)
    assert archive.crawls() == [Crawl("hunan_test", "2026-03-01T08:00:00.123456Z")]
    crawl.counts, crawl.drops, crawl.fill, crawl.verdict = {"pages": 9}, {"list": 4}, {"source": 0.5}, "ok"
    archive.end_crawl(crawl, START + timedelta(minutes=1))
    before = list(archive.database["crawls"].rows)

    archive.put_crawl(Crawl.from_payload({**crawl.payload(), "of a later version": 1}))

    assert list(archive.database["crawls"].rows) == before
    assert archive.crawls("hunan_test") == [crawl]
    assert archive.crawls("yunnan_other") == []
    assert crawl.finished_at == "2026-03-01T08:01:00.123456Z"


def test_the_report_tells_of_each_portals_last_crawl(archive):
    for day, verdict in enumerate(["unreachable", "ok"]):
        crawl = archive.begin_crawl("hunan_test", START + timedelta(days=day))
        crawl.counts, crawl.drops, crawl.verdict = {"pages": 9 + day, "new": 2}, {"list": 4, "login": 6}, verdict
        archive.end_crawl(crawl, START + timedelta(days=day, minutes=1))
    one, two = archive.report()
    assert one == {
        "portal": "hunan_test",
        "title": "测试网",
        "articles": 2,
        "last_crawl": "2026-03-02T08:00:00.123456Z",
        "pages": 10,
        "new": 2,
        "revised": 0,
        "gone": 0,
        "dropped": "login 6, list 4",
        "errors": None,
        "verdict": "ok",
        "detail": None,
    }
    assert (two["portal"], two["last_crawl"], two["verdict"]) == ("yunnan_other", None, "never crawled")


def test_the_report_has_portals_that_never_stored_a_page(archive):
    archive.end_crawl(archive.begin_crawl("henan_silent", START), START)
    assert [row["portal"] for row in archive.report()] == ["henan_silent", "hunan_test", "yunnan_other"]


def test_a_crawl_by_a_clock_that_ran_ahead_is_not_the_last_one(archive):
    now = datetime.now(UTC)
    for days, verdict in ((-1, "ok"), (40, "failed")):
        crawl = archive.begin_crawl("hunan_test", now + timedelta(days=days))
        crawl.verdict = verdict
        archive.end_crawl(crawl, now + timedelta(days=days))
    assert archive.report()[0]["verdict"] == "ok"
    assert [crawl.verdict for crawl in archive.crawls("hunan_test")] == ["ok"]
    assert archive.counts()["crawls"] == 2


def test_a_word_to_search_for_is_found(archive, tmp_path):
    assert len(list(archive.search(archive.a_word()))) > 0
    with Archive.open(tmp_path / "empty.db") as empty:
        assert empty.a_word() == "新闻"


def test_an_unknown_filter_is_a_mistake(archive):
    with pytest.raises(TypeError):
        list(archive.articles(colour="red"))


def test_crawls_come_newest_first(archive):
    for day in range(3):
        archive.begin_crawl("hunan_test", START + timedelta(days=day))
    assert [crawl.started_at[:10] for crawl in archive.crawls(limit=2)] == ["2026-03-03", "2026-03-02"]
