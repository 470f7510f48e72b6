from __future__ import annotations

import itertools
import random

import pytest

from newscrawl.archive import Archive
from newscrawl.errors import ArchiveError
from newscrawl.extract.page.document import Document
from newscrawl.items import Link, Part, PortalFacts
from tests.archive.pages import BODY, article_page, other_page

URL = "http://news.test/a/1.html"
TABLES = ("portals", "captures", "articles", "revisions", "events", "parts", "urls", "links", "reprints")


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive.db") as it:
        yield it


def dump(archive):
    """Every row of every table, in no order."""
    return {name: sorted(map(repr, archive.database.table(name).rows)) for name in TABLES}


def whats(archive, *pages):
    return [archive.store(page).what for page in pages]


def test_an_article_is_stored_with_all_its_page_gives(archive):
    page = article_page(authors=["李四"], channel=["首页", "要闻"], images=["http://news.test/1.jpg"])
    page.document = Document(b"<html>", URL)

    stored = archive.store(page)

    row = archive.article(URL)
    assert (stored.what, stored.article) == ("new", row["id"])
    expected = {
        "url": URL,
        "portal": "hunan_test",
        "host": "news.test",
        "region": "湖南",
        "title": "全市部署春季造林",
        "published": "2026-03-01T15:30:00+08:00",
        "published_precision": "minute",
        "source": "测试日报",
        "authors": ["李四"],
        "editors": [],
        "channel": ["首页", "要闻"],
        "body": BODY,
        "images": ["http://news.test/1.jpg"],
        "first_seen": "2026-03-01T08:00:00.123456Z",
        "last_seen": "2026-03-01T08:00:00.123456Z",
        "gone_at": None,
        "complete": 1,
        "content_hash": page.fingerprint.content_hash,
    }
    assert {name: row[name] for name in expected} == expected
    (capture,) = archive.captures(URL)
    expected = {
        "id": row["capture"],
        "fetched_at": "2026-03-01T08:00:00.123456Z",
        "status": 200,
        "digest": "sha1:X",
        "warc": "hunan_test-1.warc.gz",
        "offset": 100,
        "length": 50,
        "outcome": "article",
        "charset": "utf-8",
        "mojibake": 0.0,
    }
    assert {name: capture[name] for name in expected} == expected


def test_the_same_page_twice_changes_nothing(archive):
    pages = [
        article_page(links=[Link("http://news.test/a/2.html", "另一篇", "相关阅读")]),
        other_page(404, "http-404", hours=1),
        other_page(404, "http-404", hours=2),
        article_page(body=BODY + "\n新的一段。", hours=3),
    ]
    first = whats(archive, *pages)
    before = dump(archive)
    assert first == ["new", "suspected", "gone", "returned"]
    assert whats(archive, *pages) == ["unchanged", "none", "none", "unchanged"]
    assert dump(archive) == before


def test_the_order_in_which_pages_come_does_not_matter(tmp_path):
    pages = [
        article_page(links=[Link("http://news.test/a/2.html", "另一篇", "相关阅读")]),
        article_page(body="改过的正文，说的是另一件事情。", hours=1, links=[Link("http://news.test/a/2.html", "改名")]),
        other_page(404, "http-404", hours=2),
        other_page(200, "soft-404", hours=3),
        article_page(hours=4, links=[Link("https://news.test/a/2.html", "再改", "相关阅读")]),
        article_page("http://news.test/a/3.html", hours=1),
    ]
    random.seed(3)
    orders = [pages, pages[::-1], *(random.sample(pages, len(pages)) for _ in range(6))]
    results = []
    for number, order in enumerate(orders):
        with Archive.open(tmp_path / f"{number}.db") as archive:
            whats(archive, *order)
            results.append(dump(archive))
    assert all(result == results[0] for result in results)
    assert len(results[0]["revisions"]) == 2
    assert len(results[0]["events"]) == 3


def test_pages_of_the_same_moment_end_in_the_same_rows_either_way(tmp_path):
    pages = [article_page(), article_page("https://news.test/a/1.html?spm=3", body="同一时刻的另一版本，文字不同。")]
    results = []
    for number, order in enumerate((pages, pages[::-1])):
        with Archive.open(tmp_path / f"{number}.db") as archive:
            whats(archive, *order)
            results.append(dump(archive))
    assert results[0] == results[1]
    assert len(results[0]["articles"]) == len(results[0]["revisions"]) == 1


def test_a_page_without_article_leaves_its_capture(archive):
    assert archive.store(other_page(200, "list", "http://news.test/", hours=0)).what == "none"
    assert archive.counts()["articles"] == 0
    assert [row["outcome"] for row in archive.captures("http://news.test/")] == ["list"]


def test_addresses_of_the_same_page_share_an_article(archive):
    assert whats(archive, article_page(), article_page("https://news.test/a/1.html?spm=a1.b2#top", hours=1)) == [
        "new",
        "unchanged",
    ]
    assert archive.counts()["articles"] == 1


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"body": BODY.replace("四月底", "五月底")}, "revised"),
        ({"body": BODY.replace("。", "！", 1)}, "revised"),
        ({"title": "全市部署秋季造林"}, "revised"),
        ({"source": "别的日报"}, "revised"),
        ({"published": "2026-03-02T15:30"}, "revised"),
        ({"published": None}, "revised"),
        ({"body": "\u3000\u3000" + BODY.replace("\n", "  \n\n\u3000\u3000") + " "}, "unchanged"),
        ({"body": BODY + "\n阅读 1234  评论(56)\n广告"}, "unchanged"),
        ({"title": "全市部署春季造林\u200b "}, "unchanged"),
        ({"published": "2026-03-01T15:30:12"}, "unchanged"),
        ({"published": "2026-03-01"}, "unchanged"),
        ({"authors": ["王五"], "images": ["http://news.test/2.jpg"]}, "unchanged"),
    ],
)
def test_only_a_change_of_the_text_makes_a_revision(archive, changes, what):
    assert whats(archive, article_page(), article_page(hours=1, **changes)) == ["new", what]
    assert archive.counts()["revisions"] == (what == "revised")
    assert len(archive.captures(URL)) == 2


def test_counters_that_count_on_are_no_revision_but_prose_about_numbers_is(archive):
    pages = [article_page(body=f"{BODY}\n阅读量：{n}", hours=n) for n in (1, 2, 3)]
    assert whats(archive, *pages) == ["new", "unchanged", "unchanged"]
    prose = [
        article_page("http://news.test/a/2.html", body=f"视频浏览量达到{n}万次，引发关注。", hours=n) for n in (1, 2)
    ]
    assert whats(archive, *prose) == ["new", "revised"]


def test_a_relative_date_is_no_revision_at_every_look(archive):
    pages = [
        article_page(published="2026-03-01T13:00", published_raw="3小时前"),
        article_page(published="2026-03-01T13:10", published_raw="1天前", hours=24),
        article_page(published="2026-03-01T12:51", published_raw="2026-03-01 12:51", hours=48),
    ]
    assert whats(archive, *pages) == ["new", "unchanged", "unchanged"]
    assert archive.article(URL)["published"] == "2026-03-01T13:00:00+08:00"


def test_a_revision_keeps_what_stood_before(archive):
    whats(archive, article_page(), article_page(title="新标题", body="新的正文。", hours=1))
    (revision,) = archive.database.table("revisions").rows
    first, second = archive.captures(URL)
    expected = {
        "capture": first["id"],
        "seen_at": first["fetched_at"],
        "title": "全市部署春季造林",
        "body": BODY,
        "published": "2026-03-01T15:30:00+08:00",
        "published_precision": "minute",
        "source": "测试日报",
        "content_hash": article_page().fingerprint.content_hash,
    }
    assert {name: revision[name] for name in expected} == expected
    now = archive.article(URL)
    assert (now["title"], now["body"], now["capture"]) == ("新标题", "新的正文。", second["id"])
    assert (now["first_seen"], now["last_seen"]) == (first["fetched_at"], second["fetched_at"])


def test_links_are_kept_once_with_their_first_and_last_day(archive):
    hot = Link("http://news.test/a/7.html", "热文", "热门文章", "hot", 0, "摘要")
    related = [Link("http://news.test/a/8.html", "相关", None, "related", n) for n in range(2)]
    whats(archive, article_page(links=[hot, *related]), article_page(links=[hot], hours=2))
    one, two = archive.article(URL)["links"]
    assert one == {
        "section": "热门文章",
        "kind": "hot",
        "position": 0,
        "title": "热文",
        "snippet": "摘要",
        "url": "http://news.test/a/7.html",
        "first_seen": "2026-03-01T08:00:00.123456Z",
        "last_seen": "2026-03-01T10:00:00.123456Z",
    }
    assert (two["section"], two["position"], two["last_seen"]) == (None, 0, "2026-03-01T08:00:00.123456Z")
    assert archive.counts()["links"] == 2


def test_an_unchanged_answer_counts_as_a_sight(archive):
    gone = [other_page(404, "http-404", hours=hour) for hour in (2, 3)]
    pages = [article_page(), other_page(304, "unchanged", hours=1), *gone, other_page(304, "unchanged", hours=4)]
    assert whats(archive, *pages) == ["new", "unchanged", "suspected", "gone", "returned"]
    row = archive.article(URL)
    assert (row["last_seen"], row["gone_at"], row["body"]) == ("2026-03-01T12:00:00.123456Z", None, BODY)


def test_the_portal_is_described(archive):
    archive.store(article_page())
    archive.store(article_page(hours=1, portal=PortalFacts("hunan_test", "新名", "湖南", "city")))
    assert list(archive.database.table("portals").rows) == [
        {"key": "hunan_test", "title": "新名", "region": "湖南", "level": "city", "division": "430000"}
    ]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_story_over_several_pages_is_one_article_whatever_comes_first(archive, order):
    urls = [URL, "http://news.test/a/1_2.html", "http://news.test/a/1_3.html"]
    pages = [
        article_page(
            url,
            part=Part(URL, number + 1, 3),
            body=f"第{number + 1}页的正文。",
            images=[f"http://news.test/{number}.jpg"],
            editors=["赵六"] if number == 2 else [],
            title="全市部署春季造林" if number == 0 else f"全市部署春季造林（{number + 1}）",
        )
        for number, url in enumerate(urls)
    ]
    for count, number in enumerate(order, 1):
        archive.store(pages[number])
        assert archive.article(URL)["complete"] == (count == 3)

    row = archive.article(URL)

    assert row["body"] == "第1页的正文。\n第2页的正文。\n第3页的正文。"
    assert row["images"] == [f"http://news.test/{number}.jpg" for number in range(3)]
    assert (row["title"], row["url"], row["editors"]) == ("全市部署春季造林", URL, ["赵六"])
    assert (archive.counts()["articles"], archive.counts()["revisions"]) == (1, 0)
    assert len(archive.captures(URL)) == 3
    again = dump(archive)
    whats(archive, *pages)
    assert dump(archive) == again


def test_a_changed_page_of_a_story_is_a_revision_of_the_story(archive):
    def pages(second, hours):
        return [
            article_page(URL, part=Part(URL, 1, 2), body="第一页。", hours=hours),
            article_page("http://news.test/a/1_2.html", part=Part(URL, 2, 2), body=second, hours=hours + 0.1),
        ]

    what = whats(archive, *pages("第二页。", 0), *pages("第二页，改过。", 5), *pages("第二页，改过。", 9))
    assert what == ["new", "unchanged", "unchanged", "revised", "unchanged", "unchanged"]
    assert archive.article(URL)["body"] == "第一页。\n第二页，改过。"
    (revision,) = archive.database.table("revisions").rows
    assert revision["body"] == "第一页。\n第二页。"


@pytest.mark.parametrize("seed", range(6))
def test_the_pages_of_a_story_may_come_in_any_order_of_looks(tmp_path, seed):
    chance = random.Random(seed)
    pages = []
    for hour in range(4):
        for number in (1, 2, 3):
            url = URL if number == 1 else f"http://news.test/a/1_{number}.html"
            body = f"第{number}页，{chance.choice(['初稿', '二稿', '定稿'])}。"
            if chance.random() < 0.8:
                pages.append(article_page(url, part=Part(URL, number, 3), body=body, hours=hour + number / 10))
        if chance.random() < 0.5:
            pages.append(other_page(404, "http-404", hours=hour + 0.5))
    results = []
    for number, order in enumerate([pages, pages[::-1], chance.sample(pages, len(pages))]):
        with Archive.open(tmp_path / f"{number}.db") as archive:
            whats(archive, *order)
            results.append(dump(archive))
    assert results[0] == results[1] == results[2]
    assert results[0]["articles"]


def test_better_extraction_of_the_same_capture_is_a_correction_not_a_revision(archive):
    whats(archive, other_page(200, "no-story", hours=0))
    assert whats(archive, article_page(body="半截"), article_page(authors=["李四"])) == ["new", "unchanged"]
    row = archive.article(URL)
    assert (row["body"], row["authors"]) == (BODY, ["李四"])
    assert archive.counts()["revisions"] == 0
    assert [capture["outcome"] for capture in archive.captures(URL)] == ["article"]


def test_half_a_character_does_not_cost_the_article(archive):
    half, whole = "春\ud83d耕", "春\ud83c\udf3e耕"
    link = Link("http://news.test/\ud83d.html", half, half, snippet=half)
    page = article_page(title=half, source=whole, authors=[half], links=[link])
    assert whats(archive, page, page) == ["new", "unchanged"]
    row = archive.article(URL)
    assert (row["title"], row["source"], row["authors"]) == ("春\ufffd耕", "春🌾耕", ["春\ufffd耕"])
    assert row["links"][0]["title"] == "春\ufffd耕"


def test_an_update_reaches_the_search(archive):
    whats(archive, article_page(), article_page(hours=1, title="换了标题"))
    assert [hit["title"] for hit in archive.search("换了")] == ["换了标题"]
    assert list(archive.search("全市部署")) == []


def test_reprints_are_found_in_the_same_transaction(archive):
    story = "".join(f"第{number}位代表在会上发言，谈到当地春季造林工作的进展与困难。" for number in range(12))
    whats(
        archive,
        article_page(body=story, published="2026-03-01T10:00"),
        article_page("http://other.test/b/2.html", body=story, published="2026-03-01T12:00", source="转载报", hours=1),
    )
    (family,) = archive.database.query("SELECT * FROM reprint_families")
    assert (family["original_source"], family["copy_source"], family["copies"]) == ("测试日报", "转载报", 1)
    assert [row["reprint_of"] for row in archive.database.query("SELECT * FROM article_list ORDER BY published")] == [
        None,
        URL,
    ]
    first, second = archive.articles()
    assert (first["reprint_of"], second["reprint_of"]) == (None, first["id"])
    assert archive.counts()["reprints"] == 1
    assert archive.summary()[0]["reprints"] == 1
    assert [row["url"] for row in archive.articles(reprints=True)] == ["http://other.test/b/2.html"]


def test_an_old_sqlite_is_refused_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 34, 1))
    with pytest.raises(ArchiveError, match=r"too old: use a Python that brings 3\.35 or newer"):
        Archive.open(tmp_path / "archive.db")
