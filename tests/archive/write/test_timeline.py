from __future__ import annotations

import pytest

from newscrawl.archive import Archive
from newscrawl.archive.write.timeline import (
    Event,
    Observation,
    Timeline,
    Version,
    absence,
    same_version,
    timeline,
    version_of,
)
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


TEXT = {
    "title": "春季造林",
    "source": "测试日报",
    "published": "2026-03-01",
    "published_raw": None,
    "body": "第一段。\n第二段。",
}


def is_same(**changed):
    """Tell whether a text with other columns is the same version."""
    return same_version(version_of(TEXT), version_of(TEXT | changed))


@pytest.mark.parametrize(
    "body",
    [
        " 第一段 。\n\n第二段。",
        "第一段。\n阅读：1234\n第二段。\n评论（56） 1.2万次浏览 | 广告",
        "第一段。\nAdvertisement\n第二段。",
        f"第一段。\n{'点赞12' * 15}\n第二段。",
    ],
)
def test_spaces_widths_counters_and_advertisements_make_no_version(body):
    assert is_same(body=body)
    assert is_same(body=body, title="春季　造林", source=" 测试 日报")


@pytest.mark.parametrize(
    "changed",
    [
        {"body": "第二段。\n第一段。"},
        {"body": "第一段。第二段。"},
        {"body": "第一段。\n阅读全文\n第二段。"},
        {"body": f"第一段。\n{'点赞12' * 15}3\n第二段。"},
        {"body": None},
        {"title": "测试日报", "source": "春季造林"},
        {"title": None},
        {"source": "别的日报"},
        {"published": "2026-03-02"},
        {"published": None},
    ],
)
def test_another_text_makes_another_version(changed):
    assert not is_same(**changed)


def test_no_title_and_an_empty_one_are_the_same():
    nothing = dict.fromkeys(TEXT)
    assert version_of(nothing) == version_of(nothing | {"title": "", "source": "", "body": ""})
    assert version_of(nothing).endswith("|")


def test_a_version_is_short_and_stable():
    assert version_of(TEXT) == "18ea18782342dd2a|2026-03-01"


@pytest.mark.parametrize(
    ("published", "printed", "time"),
    [
        ("2026-03-01", "3小时前", "~"),
        ("2026-03-01", "3 hours AGO", "~"),
        ("2026-03-01", "今天 08:00", "~"),
        ("2026-03-01", "2026年3月1日", "2026-03-01"),
        ("2026-03-01", None, "2026-03-01"),
        (None, "3小时前", ""),
        (None, None, ""),
    ],
)
def test_a_relative_time_fits_any(published, printed, time):
    assert version_of(TEXT | {"published": published, "published_raw": printed}).partition("|")[2] == time


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("", "", True),
        ("2026-03-01", "2026-03-01T15:30", True),
        ("2026-03-01", "2026-03-02", False),
        ("~", "2026-03-02", True),
        ("~", "", True),
        ("", "2026-03-01", False),
    ],
)
def test_a_time_known_more_exactly_is_no_change(one, other, same):
    assert same_version(f"a|{one}", f"a|{other}") is same
    assert same_version(f"a|{other}", f"a|{one}") is same
    assert not same_version(f"a|{one}", f"b|{other}")


@pytest.mark.parametrize(
    ("status", "outcome", "redirect", "found"),
    [
        (199, "soft-404", None, False),
        (200, "soft-404", None, True),
        (299, "soft-404", None, True),
        (300, "soft-404", None, False),
        (200, None, None, False),
        (299, "article", "http://news.test/", False),
        (300, None, "http://news.test/", True),
        (399, None, "http://news.test/", True),
        (400, None, "http://news.test/", False),
        (400, "redirect", "http://news.test/", True),
        (302, "redirect", "http://news.test", True),
        (302, "redirect", "http://www.news.test/", True),
        (302, "redirect", "http://news.test/a/", False),
    ],
)
def test_where_an_absence_begins_and_ends(status, outcome, redirect, found):
    assert bool(absence(URL, status, outcome, redirect)) is found


def test_a_home_page_that_leads_to_itself_is_not_absent():
    assert absence("http://news.test/", 302, "redirect", "http://news.test/") is None


def looks(*seen):
    """Build captures an hour apart: a version, an absence, a page's (number, version), or "=" for unchanged."""
    for number, what in enumerate(seen, 1):
        if isinstance(what, tuple):
            told = {"part": what[0], "version": what[1]}
        else:
            told = {"unchanged": True} if what == "=" else {"version" if "|" in what else "absence": what}
        yield Observation(number, f"{number:02}", **told)


def test_a_whole_timeline():
    line = timeline(looks("a|", "b|", "404", "soft", "410", "=", "404", "b|"))
    assert line == Timeline(
        versions=[Version(1, "01", {0: "a|"}), Version(2, "02", {0: "b|"})],
        events=[
            Event("03", "suspected", "404"),
            Event("04", "gone", "soft; first missed 03"),
            Event("06", "returned", "gone since 04"),
            Event("07", "suspected", "404"),
        ],
        effects={1: "new", 2: "revised", 3: "suspected", 4: "gone", 6: "returned", 7: "suspected"},
        first_seen="01",
        last_seen="08",
    )


def test_before_it_was_seen_an_article_is_neither_missed_nor_unchanged():
    line = timeline(looks("404", "=", "404", "a|"))
    assert (line.events, line.effects, line.first_seen, line.last_seen) == ([], {4: "new"}, "04", "04")


def test_captures_of_one_moment_go_by_their_number():
    seen = [Observation(2, "01", version="b|"), Observation(1, "01", version="a|")]
    assert [version.pages for version in timeline(seen).versions] == [{0: "a|"}, {0: "b|"}]


@pytest.mark.parametrize(
    ("seen", "versions"),
    [
        ([(1, "a|"), (2, "b|")], [{1: "a|", 2: "b|"}]),
        ([(1, "a|"), (2, "b|"), (2, "c|")], [{1: "a|", 2: "b|"}, {1: "a|", 2: "c|"}]),
        ([(1, "a|"), (2, "b|"), (2, "b|2026"), (1, "a|")], [{1: "a|", 2: "b|"}, {1: "a|", 2: "b|2026"}]),
        (["a|", (1, "a|"), (1, "a|")], [{0: "a|"}]),
        (["a|", (1, "b|")], [{0: "a|"}, {1: "b|"}]),
        (["a|", (2, "a|")], [{0: "a|"}, {2: "a|"}]),
        ([(1, "a|"), "a|"], [{1: "a|"}, {0: "a|"}]),
    ],
)
def test_pages_of_a_story_make_one_text(seen, versions):
    line = timeline(looks(*seen))
    assert [version.pages for version in line.versions] == versions
    assert all(version.at == f"{version.capture:02}" for version in line.versions)
    told = [line.effects[version.capture] for version in line.versions]
    assert told == ["new", *["revised"] * (len(versions) - 1)]
    assert len(line.effects) == len(versions)


@pytest.mark.parametrize(
    ("seen", "gone", "home"),
    [
        ([(None, "a|"), (None, 7), (None, "404"), (None, "404")], "04", 7),  # never seen there
        ([(None, "a|"), (None, 7), (7, "404"), (7, "404")], "04", 7),
        ([(None, "a|"), (None, 7), (7, "a|"), (None, "404"), (None, "404")], None, 7),
        ([(None, "a|"), (None, 7), (7, "a|"), (7, "404"), (7, "404")], "05", 7),
        ([(None, "a|"), (None, 7), (7, "a|"), (None, "a|"), (7, "404"), (7, "404")], None, None),
        ([(None, "a|"), (None, 7), (7, "a|"), (7, 8), (None, 7), (8, "a|"), (7, "404"), (7, "404")], None, 8),
        ([(None, "a|"), (None, 7), (7, "a|"), (7, 8), (8, "404"), (8, "404")], "06", 8),
        ([(None, "a|"), (None, 7), (7, 8), (8, 7), (7, "a|")], None, 7),
        ([(None, "a|"), (7, 8), (8, "404"), (8, "404")], None, None),  # its own address leads nowhere
    ],
)
def test_a_moved_article_is_missed_where_it_was_last_seen(seen, gone, home):
    captures = []
    for number, (alias, what) in enumerate(seen, 1):
        told = {"moved_to": what} if isinstance(what, int) else {"version" if "|" in what else "absence": what}
        captures.append(Observation(number, f"{number:02}", alias=alias, **told))
    line = timeline(captures)
    assert (line.gone_at, line.home) == (gone, home)


def test_a_circle_of_moves_is_not_followed_for_ever():
    seen = Observation(1, "01", version="a|")
    circle = [Observation(2, "02", moved_to=7), Observation(3, "03", alias=7, moved_to=8)]
    assert timeline([seen, *circle, Observation(4, "04", alias=8, moved_to=7)]).home in {7, 8}
