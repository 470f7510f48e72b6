"""Two addresses of one article become one row; the other address and its captures are kept."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from newscrawl.archive import Archive
from newscrawl.items import PortalFacts
from newscrawl.urls import url_id
from tests.archive import made_texts
from tests.archive.pages import article_page, other_page

TEXT = made_texts.story(random.Random(5), 5)
FULL = "http://www.news.test/xw/202603/t20260301_4821.html"
OTHER = made_texts.story(random.Random(6), 5)
MINUTE = {"published": "2026-03-01T15:30", "published_precision": "minute"}
DAY = {"published": "2026-03-01", "published_precision": "day"}


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive.db") as it:
        yield it


def page(url, hours=0, claim=None, **fields):
    return replace(article_page(url, hours=hours, **{"body": TEXT, **MINUTE, **fields}), canonical=claim)


def known(archive):
    return sorted(row["url"] for row in archive.articles())


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(
    ("second", "evidence"),
    [
        (page("http://m.news.test/xw/202603/t20260301_4821.html", 1), "twin"),
        (page("http://news.test/xw/202603/t20260301_4821.html", 1, **DAY), "twin"),
        (page("http://www.news.test/ms/202603/t20260301_4821.html", 1), "twin"),
        (page("http://www.news.test/ms/202603/t20260301_5930.html", 1), "same"),
        (page("http://m.news.test/9.html", 1, claim=FULL, body=TEXT[: len(TEXT) // 2]), "canonical"),
    ],
    ids=["phone", "bare host", "folder", "other number", "claim"],
)
def test_a_double_is_folded_whichever_came_first(archive, order, second, evidence):
    pages = (page(FULL), second)
    told = [archive.store(pages[place]) for place in order]
    assert known(archive) == [FULL]
    assert archive.counts()["reprints"] == 0
    [double] = told[1].doubles
    assert (double.alias, double.url, double.evidence) == (second.url, FULL, evidence)
    assert archive.article(second.url)["url"] == FULL
    assert [row["relation"] for row in archive.family(second.url)] == ["first", "alias"]
    assert len(archive.captures(second.url)) == 1
    again = archive.store(replace(second, fetched_at=page(FULL, 9).fetched_at))
    assert (again.what, again.article, again.doubles) == ("alias", url_id(FULL), ())


@pytest.mark.parametrize(
    "second",
    [
        page("http://www.other.test/xw/202603/t20260301_4821.html", 1),
        page("http://hn.news.test/xw/202603/t20260301_4821.html", 1),
        page("http://www.news.test/ms/202603/t20260301_4821.html", 1, body=OTHER),
        page("http://www.news.test/ms/202603/t20260301_4821.html", 1, title="另一则"),
        page("http://www.news.test/ms/202603/t20260301_5930.html", 1, published="2026-03-01T15:31"),
        page("http://m.news.test/9.html", 1, claim=FULL, body=OTHER),
    ],
    ids=["site", "subdomain", "text", "title", "minute", "claim without the text"],
)
def test_what_is_not_shown_to_be_one_stays_two(archive, second):
    assert archive.store(page(FULL)).doubles == archive.store(second).doubles == ()
    assert len(known(archive)) == 2


@pytest.mark.parametrize(("length", "rows"), [(199, 2), (200, 1)])
def test_a_day_makes_two_numbers_one_for_a_long_text_alone(archive, length, rows):
    long = (TEXT * 3)[:length]
    archive.store(page(FULL, body=long, **DAY))
    archive.store(page("http://www.news.test/ms/202603/t20260301_5930.html", 1, body=long, **DAY))
    assert len(known(archive)) == rows


def test_without_a_date_two_numbers_stay_two(archive):
    undated = {"published": None, "published_precision": None, "body": TEXT * 3}
    archive.store(page(FULL, **undated))
    archive.store(page("http://www.news.test/ms/202603/t20260301_5930.html", 1, **undated))
    assert len(known(archive)) == 2


def test_a_copy_elsewhere_is_a_reprint_of_the_one_that_is_kept(archive):
    copy = "http://www.other.test/1.html"
    archive.store(page("http://m.news.test/xw/202603/t20260301_4821.html"))
    archive.store(page(copy, 1, published="2026-03-01T18:00", portal=PortalFacts("other", "他网", "湖北", "city")))
    archive.store(page(FULL, 2))
    assert known(archive) == sorted([copy, FULL])
    assert [row["url"] for row in archive.articles(reprints=True)] == [copy]
    assert {row["portal"]: row["reprints"] for row in archive.summary()} == {"hunan_test": 0, "other": 1}


MOVED = "http://www.news.test/ms/202603/t20260301_5930.html"


@pytest.mark.parametrize("moves", [True, False])
def test_a_moved_article_goes_on_at_its_new_address_and_another_alias_does_not(archive, moves):
    answer = other_page(301, "redirect", FULL, hours=1, redirect=MOVED) if moves else page(FULL, 1)
    pages = [
        page(FULL),
        answer,
        page(MOVED, 2),
        page(MOVED, 30, body=f"{TEXT}\n编辑补充：工程的投资后来改为四千万元。"),
        other_page(404, "http-404", MOVED, hours=60),
        other_page(404, "http-404", MOVED, hours=90),
    ]
    told = [archive.store(one) for one in pages]
    moved, still = ["unchanged", "revised", "suspected", "gone"], ["alias", "alias", "none", "none"]
    assert [one.what for one in told[2:]] == (moved if moves else still)
    assert [double.alias for one in told for double in one.doubles] == ([] if moves else [MOVED])
    row = archive.article(FULL)
    assert (row["url"], bool(row["gone_at"]), "四千万元" in row["body"]) == (FULL, moves, moves)
    assert known(archive) == [FULL]
    history = archive.history(MOVED)
    assert [archive.store(one).what for one in pages][1:3] == ["none" if moves else "unchanged", told[2].what]
    assert archive.history(FULL) == history, "what is stored again changes nothing"
    assert archive.addresses() == ({url_id(FULL)}, {url_id(MOVED)})


FURTHER = "http://www.news.test/gd/202603/t20260301_6040.html"


@pytest.mark.parametrize("read", [True, False])
def test_an_article_that_moves_again_or_by_another_address_is_followed_to_the_last(archive, read):
    """`read`: the address between showed the article for a while. The old ones end in HTTP 404 at last."""
    between = [page(MOVED, 2)] if read else []
    pages = [page(FULL), other_page(301, "redirect", FULL, hours=1, redirect=MOVED), *between]
    pages += [other_page(301, "redirect", MOVED, hours=30, redirect=FURTHER), page(FURTHER, 31, claim=FULL)]
    told = [archive.store(one) for one in pages]
    assert (told[-1].what, told[-1].doubles) == ("unchanged", ())
    ended = [other_page(404, "http-404", url, hours=hours) for hours in (60, 90) for url in (FULL, MOVED)]
    assert {archive.store(one).what for one in ended} == {"none"}
    assert archive.store(page(FURTHER, 99, claim=FULL, title="更正：全市部署春季造林")).what == "revised"
    row = archive.article(FULL)
    assert (row["url"], row["canonical_url"], row["gone_at"], row["title"][:2]) == (FULL, None, None, "更正")
    assert known(archive) == [FULL]
    history, captures = archive.history(FULL), archive.captures(FULL)
    for order in (reversed([*pages, *ended]), pages):
        for one in order:
            archive.store(one)
        assert (archive.history(FULL), archive.captures(FULL)) == (history, captures), "stored again in any order"


@pytest.mark.parametrize("moves", [True, False])
def test_an_article_that_moves_from_a_page_for_phones_keeps_its_history(archive, moves):
    old, changed = FULL.replace("www.", "m."), f"{TEXT}\n更正：投资为四千万元。"
    seen = [page(old), page(old, 1, body=changed)]
    seen += [other_page(301, "redirect", old, hours=2, redirect=FULL)] if moves else []
    told = [archive.store(one) for one in (*seen, page(FULL, 3, body=changed))]
    assert told[-1].what == ("unchanged" if moves else "new")
    assert known(archive) == [old if moves else FULL]
    assert [step.what for step in archive.history(FULL)] == ["first seen", "revised"][: 2 if moves else 1]


def test_the_last_page_of_an_address_is_its_own(archive):
    for one in (page(FULL), other_page(301, "redirect", FULL, hours=1, redirect=MOVED), page(MOVED, 2), page(MOVED, 3)):
        archive.store(one)
    assert [archive.last_page(url)[0][11:13] for url in (FULL, MOVED)] == ["08", "11"]
    assert archive.last_page(FURTHER) is None


def test_a_moved_article_is_read_again_by_new_rules(archive):
    """The run that is read again was captured at the new address alone."""
    changed, new = f"{TEXT}\n更正：投资为四千万元。", {"rules": "2"}
    stored = [page(FULL, rules="1"), other_page(301, "redirect", FULL, hours=1, redirect=MOVED)]
    stored += [page(MOVED, 2, rules="1"), page(MOVED, 3, rules="1", body=changed)]
    for number, one in enumerate(stored):
        archive.store(replace(one, capture=replace(one.capture, offset=number)))
    last = page(MOVED, 50, **new, body=f"{changed}\n按新规则读到的一句。")
    told = archive.store(last, lambda ref, _: replace(last, fetched_at=stored[ref.offset].fetched_at, capture=ref))
    assert (told.what, told.read_again) == ("unchanged", 1)
    row = archive.article(FULL)
    assert (row["rules"], row["body"], row["url"]) == ("2", last.article.body, FULL)
    assert [step.what for step in archive.history(FULL)] == ["first seen", "revised"]
