from __future__ import annotations

import pytest

from newscrawl.archive import Archive
from newscrawl.archive.write.timeline import Observation, absence, timeline
from newscrawl.items import Part
from tests.archive.pages import BODY, article_page, other_page

URL = "http://news.test/a/1.html"


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive.db") as it:
        yield it


def whats(archive, *pages):
    return [archive.store(page).what for page in pages]


@pytest.mark.parametrize(
    ("status", "outcome", "redirect", "evidence"),
    [
        (404, "http-404", None, "HTTP 404"),
        (410, "http-410", None, "HTTP 410"),
        (200, "soft-404", None, "the page says that there is no such page"),
        (200, "withdrawn", None, "the page says that it was taken down"),
        (200, "list", None, "a list of links in its place"),
        (302, "redirect", "http://news.test/", "redirect to the home page"),
        (301, "redirect", "https://www.news.test/index.html", "redirect to the home page"),
        (200, "redirect", "http://news.test/", "redirect to the home page"),
        (301, "redirect", "https://news.test/a/1.html", None),
        (302, "redirect", "http://news.test/a/2.html", None),
        (302, "redirect", "http://news.test/?id=7", None),
        (302, "redirect", "http://login.other.test/", None),
        (403, "http-403", None, None),
        (412, "http-412", None, None),
        (429, "http-429", None, None),
        (500, "http-500", None, None),
        (503, "http-503", None, None),
        (200, "blocked", None, None),
        (200, "login", None, None),
        (200, "script", None, None),
        (200, "no-story", None, None),
        (403, "soft-404", None, None),
    ],
)
def test_what_counts_as_an_absence(archive, status, outcome, redirect, evidence):
    assert absence(URL, status, outcome, redirect) == evidence
    looks = [other_page(status, outcome, hours=hour, redirect=redirect) for hour in (1, 2, 3)]
    seen = whats(archive, article_page(), *looks)
    assert seen == (["new", "suspected", "gone", "none"] if evidence else ["new", "none", "none", "none"])


def test_a_withdrawn_article_keeps_its_text_and_says_since_when(archive):
    whats(archive, article_page(), other_page(404, "http-404", hours=1), other_page(200, "soft-404", hours=7))
    row = archive.article(URL)
    assert (row["body"], row["gone_at"], row["last_seen"]) == (
        BODY,
        "2026-03-01T15:00:00.123456Z",
        "2026-03-01T08:00:00.123456Z",
    )
    (withdrawn,) = archive.database.query("SELECT * FROM withdrawn")
    assert (withdrawn["title"], withdrawn["portal"]) == ("全市部署春季造林", "测试网")
    assert withdrawn["evidence"] == "the page says that there is no such page; first missed 2026-03-01T09:00:00.123456Z"


def test_a_suspicion_ends_with_the_next_sight(archive):
    pages = [
        article_page(),
        other_page(404, "http-404", hours=1),
        article_page(hours=2),
        other_page(404, "http-404", hours=3),
    ]
    assert whats(archive, *pages) == ["new", "suspected", "unchanged", "suspected"]
    assert archive.article(URL)["gone_at"] is None


def test_a_storm_between_two_looks_neither_confirms_nor_clears(archive):
    storm = [other_page(503, "http-503", hours=hour) for hour in (2, 3, 4)]
    pages = [article_page(), other_page(404, "http-404", hours=1), *storm, other_page(404, "http-404", hours=5)]
    assert whats(archive, *pages) == ["new", "suspected", "none", "none", "none", "gone"]


def test_two_looks_of_one_moment_are_one_look():
    seen = Observation(1, "2026-03-01T08", version="a|")
    missed = [Observation(number, "2026-03-01T09", absence="HTTP 404") for number in (2, 3)]
    assert timeline([seen, *missed]).gone_at is None
    assert timeline([seen, *missed, Observation(4, "2026-03-01T10", absence="HTTP 404")]).gone_at == "2026-03-01T10"


def test_an_address_never_seen_as_an_article_cannot_be_withdrawn(archive):
    assert whats(archive, *(other_page(404, "http-404", hours=hour) for hour in (1, 2, 3))) == ["none"] * 3
    assert archive.article(URL) is None
    assert archive.history(URL) == []


def test_a_whole_life_reads_well(archive):
    edited = BODY.replace("四月底", "五月底")
    whats(
        archive,
        article_page(),
        article_page(hours=1, body=edited),
        article_page(hours=2, body=edited + "\n浏览：12次"),
        other_page(404, "http-404", hours=3),
        other_page(200, "soft-404", hours=4),
        other_page(404, "http-404", hours=5),
        other_page(503, "http-503", hours=6),
        article_page(hours=7),
    )
    steps = archive.history(URL)
    assert [(step.at[11:13], step.what) for step in steps] == [
        ("08", "first seen"),
        ("09", "revised"),
        ("11", "suspected"),
        ("12", "gone"),
        ("15", "revised"),
        ("15", "returned"),
    ]
    assert steps[0].detail == "全市部署春季造林"
    assert steps[1].detail == "body:\n~ 会议要求，各县在[-四-]{+五+}月底前完成植树任务，并做好管护。"
    assert steps[3].detail == "the page says that there is no such page; first missed 2026-03-01T11:00:00.123456Z"
    assert steps[4].changes["body"][1] == ("~", "会议要求，各县在[-五-]{+四+}月底前完成植树任务，并做好管护。")
    rows = list(archive.database.query("SELECT at, what, detail FROM article_history ORDER BY at"))
    assert [(row["at"][11:13], row["what"]) for row in rows] == [(step.at[11:13], step.what) for step in steps]


def test_a_story_that_shrinks_to_one_page_is_a_revision(archive):
    whats(
        archive,
        article_page(part=Part(URL, 1, 2), body="第一页。"),
        article_page("http://news.test/a/1_2.html", part=Part(URL, 2, 2), body="第二页。"),
    )
    assert whats(archive, article_page(body="只有一页。", hours=3)) == ["revised"]
    assert (archive.article(URL)["body"], archive.article(URL)["complete"]) == ("只有一页。", 1)
    (revision,) = archive.database.table("revisions").rows
    assert revision["body"] == "第一页。\n第二页。"
