"""Reprints are found, told apart from filled-in forms, and each points to the first of its family."""

from __future__ import annotations

import random
from collections import defaultdict
from contextlib import closing
from itertools import combinations

import pytest

from newscrawl.archive.read import family_query
from newscrawl.archive.reprints import detect, families
from newscrawl.urls import url_id
from tests.archive import made_texts
from tests.archive.placing import new_archive, put, state, varied_articles


@pytest.fixture
def db():
    with closing(new_archive()) as archive:
        yield archive


def related(db):
    """Return {(article, original): relation}."""
    return {tuple(row[:2]): row[2] for row in db.execute("SELECT article, original, relation FROM reprints")}


def scores(rows):
    """Return pairwise precision and recall, and the pairs that are wrong by kind."""
    family = {row["id"]: row["family"] for row in detect.families_of_texts(rows)}
    wrong = defaultdict(int)
    both = found = true = 0
    for one, other in combinations(rows, 2):
        together, same = family[one["id"]] == family[other["id"]], one["story"] == other["story"]
        both, found, true = both + (together and same), found + together, true + same
        if together != same:
            wrong[one["kind"], other["kind"]] += 1
    return both / found, both / true, dict(wrong)


def test_labelled_texts():
    precision, recall, wrong = scores(made_texts.labelled(stories=40, forms=10, seed=1))
    assert precision >= 0.99, wrong
    assert recall >= 0.97, wrong


@pytest.mark.parametrize(
    ("change", "relation"),
    [
        (lambda text, _: text, "same"),
        (lambda text, _: "本报讯 " + text, "same"),
        (made_texts.merged, "same"),
        (made_texts.traditional, "same"),
        (made_texts.trimmed, "cut"),
        (made_texts.first_third, "cut"),
        (lambda text, _: text + "\n" + made_texts.story(random.Random(99), 3), "extended"),
        (made_texts.rewritten, "edited"),
    ],
)
def test_relation_and_direction(db, change, relation):
    dice = random.Random(7)
    text = made_texts.story(dice, paragraphs=8)
    put(db, 1, text, published="2023-05-03T08:00")
    put(db, 2, change(text, dice), published="2023-05-03T12:00")
    assert related(db) == {(2, 1): relation}
    assert db.execute("SELECT reprint_of FROM articles ORDER BY id").fetchall() == [(None,), (1,)]


def test_short_notices_match_only_exactly(db):
    notice = "因供水管道检修，兰亭镇明日上午停水，请居民提前储水，恢复供水时间另行通知。"
    put(db, 1, notice)
    put(db, 2, notice.replace("，", " , "))
    put(db, 3, notice + "敬请谅解。")
    assert related(db) == {(2, 1): "same"}


def test_what_stands_on_many_pages_is_boilerplate(db, monkeypatch):
    monkeypatch.setattr(families, "BOILERPLATE", 3)
    words = "您的浏览器版本过低，无法播放该视频，请升级浏览器后再试。"
    for number in range(1, 4):
        put(db, number, words, first_seen=f"2023-05-0{number}T01:00:00Z")
    assert related(db) == {(2, 1): "same", (3, 1): "same"}
    for number in (4, 5):
        put(db, number, words)
    assert related(db) == {}
    assert db.execute("SELECT count(reprint_of) FROM articles").fetchone() == (0,)
    for number in (1, 4):
        put(db, number, "")
    assert related(db) == {(3, 2): "same", (5, 2): "same"}


def test_texts_too_short_to_copy_are_nobodys_reprints(db):
    for number in (1, 2):
        put(db, number, "图片新闻")
        put(db, number + 2, "")
    assert related(db) == {}


def test_a_digest_contains_its_stories_and_merges_none(db):
    dice = random.Random(11)
    stories = [made_texts.story(dice, 6) for _ in range(3)]
    put(db, 9, "\n".join(stories), published="2023-05-02")
    put(db, 1, stories[0], published="2023-05-03")
    assert related(db) == {(1, 9): "cut"}  # as far as anyone can tell yet
    put(db, 2, stories[1], published="2023-05-03")
    put(db, 3, stories[2], published="2023-05-03")
    put(db, 4, stories[2], published="2023-05-01")
    assert related(db) == {(9, 1): "contains", (9, 2): "contains", (9, 4): "contains", (3, 4): "same"}


def test_a_copy_that_connects_two_families_merges_them(db):
    text = made_texts.story(random.Random(13), 20)[:1000]
    put(db, 1, text[:600], published="2023-05-03")
    put(db, 2, text[400:], published="2023-05-02")
    put(db, 3, text[600:], published="2023-05-04")
    assert related(db) == {(3, 2): "cut"}
    put(db, 4, text, published="2023-05-05")
    assert related(db) == {(1, 2): "edited", (3, 2): "cut", (4, 2): "extended"}


def test_copies_that_are_removed_at_once_part_all_the_families_they_connected(db):
    for tens, seed in ((10, 13), (20, 14)):
        text = made_texts.story(random.Random(seed), 20)[:1000]
        put(db, tens + 1, text[:600], published="2023-05-03")
        put(db, tens + 2, text[400:], published="2023-05-02")
        put(db, tens + 3, text, published="2023-05-05")
    assert related(db).keys() == {(11, 12), (13, 12), (21, 22), (23, 22)}
    detect.remove(db, 13, 23)
    assert related(db) == {}


def first_of(db, *articles):
    """Put copies of one text; return which counts as the first."""
    text = made_texts.story(random.Random(17))
    for number, columns in enumerate(articles, 1):
        put(db, number, text, **columns)
    return db.execute("SELECT id FROM articles WHERE reprint_of IS NULL").fetchall()[0][0]


@pytest.mark.parametrize(
    ("articles", "first"),
    [
        # the earliest publication, whatever was seen first; UTC beside Beijing time
        ([{"published": "2023-05-03T10:00", "first_seen": "2023-05-03T02:30:00Z"},
          {"published": "2023-05-03T09:00:00+08:00", "first_seen": "2023-05-03T05:00:00Z"}], 2),
        # without publication: the one seen first
        ([{"first_seen": "2023-05-03T02:30:00Z"}, {"first_seen": "2023-05-03T02:00:00Z"}], 2),
        # a day alone loses to a time on that day
        ([{"published": "2023-05-03"}, {"published": "2023-05-03T22:00"}], 2),
        # but not to one of the next
        ([{"published": "2023-05-04T00:01"}, {"published": "2023-05-03"}], 2),
        # a time after the capture, or before the web, is not to be trusted
        ([{"published": "2023-05-09T10:00", "first_seen": "2023-05-03T02:00:00Z"},
          {"published": "2023-05-04T10:00", "first_seen": "2023-05-04T12:00:00Z"}], 1),
        ([{"published": "1970-01-01T08:00", "first_seen": "2023-05-04T12:00:00Z"},
          {"published": "2023-05-04T10:00", "first_seen": "2023-05-04T12:00:00Z"}], 2),
    ],
)  # fmt: skip
def test_first_by_the_clock(db, articles, first):
    assert first_of(db, *articles) == first


def test_the_credited_outlet_is_first_against_the_clock(db):
    for key, title in (("a", "红网"), ("b", "新华网"), ("c", "云湖新闻网")):
        db.execute("INSERT INTO portals VALUES (?, ?)", (key, title))
    credit = {"portal": "a", "source_norm": "云湖新闻网", "published": "2023-05-03T08:00"}
    passes_on = {"portal": "c", "source_norm": "新华社", "published": "2023-05-03T09:00"}
    agency = {"portal": "b", "source_norm": "新华社", "published": "2023-05-03T10:00"}
    assert first_of(db, credit, passes_on, agency) == 3


@pytest.mark.parametrize(
    ("links", "first"),
    [
        ({2: 3}, 3),  # the original that a member links to, however its address is spelled
        ({2: 3, 3: 1}, 1),
        ({2: 3, 3: 2}, 2),  # of two that name each other the earlier
        ({2: 9}, 1),  # a link to another family, or to an unknown page, decides nothing
        ({2: 2, 3: 3}, 1),
    ],
)
def test_the_linked_original_is_first_against_the_clock(db, links, first):
    text = made_texts.story(random.Random(17))
    ids = {number: url_id(f"http://news.example/{number}") for number in (1, 2, 3, 9)}
    for number in (3, 1, 2):
        link = f"https://NEWS.example/{links[number]}?utm_source=a" if number in links else None
        put(db, ids[number], text, published=f"2023-05-0{number}T08:00", original_url=link)
    assert db.execute("SELECT id FROM articles WHERE reprint_of IS NULL").fetchall() == [(ids[first],)]


def test_a_family_reads_the_first_first_then_in_time_order(db):
    for column in ("title", "gone_at"):
        db.execute(f"ALTER TABLE articles ADD COLUMN {column}")
    db.execute("INSERT INTO portals VALUES ('a', '红网')")
    dice = random.Random(23)
    text, other = made_texts.story(dice, 8), made_texts.story(dice, 8)
    urls = [f"http://news.example/{number}" for number in range(6)]
    for number, columns in (
        (1, {"body": text, "published": "2023-05-03T08:00", "portal": "a"}),
        (2, {"body": made_texts.trimmed(text, dice), "published": "2023-05-03T09:30"}),
        (3, {"body": "本报讯 " + text, "first_seen": "2023-05-03T11:00:00Z"}),
        (4, {"body": text + "\n" + other, "published": "2023-05-04T08:00"}),
        (5, {"body": other, "published": "2023-05-02T08:00"}),
    ):
        put(db, url_id(urls[number]), url=urls[number], **columns)
    told = [(row["url"], row["relation"]) for row in family_query.family(db, urls[2])]
    assert told == [(urls[1], "first"), (urls[2], "cut"), (urls[3], "same"), (urls[4], "contains")]
    assert family_query.family(db, urls[2])[0]["portal"] == "红网"
    told = [(row["url"], row["relation"]) for row in family_query.family(db, urls[4])]
    assert told == [(urls[4], "first"), (urls[5], "contained"), (urls[1], "contained")]
    assert family_query.family(db, urls[0]) == []


def test_texts_of_other_people():
    dice = random.Random(19)
    text = made_texts.story(dice, 7)
    rows = [
        {"id": "copy", "body": made_texts.trimmed(text, dice), "published": "2023-05-04"},
        {"id": 7, "body": text, "published": "2023-05-03"},
        {"id": "other", "body": made_texts.story(dice, 7)},
    ]
    rows.append({"id": "digest", "body": "\n".join([made_texts.story(dice, 7), text, rows[2]["body"]])})
    copy, original, other, digest = detect.families_of_texts(rows)
    assert (copy["family"], copy["original"], copy["relation"]) == (7, 7, "cut")
    assert copy["containment"] > 0.95
    assert original == {"id": 7, "family": 7, "original": 7, "relation": None, "containment": None}
    assert digest == {
        "id": "digest",
        "family": "digest",
        "original": "digest",
        "relation": "contains",
        "containment": 1,
    }
    newer, older = detect.families_of_texts([{**rows[1], "published": "2023-05-05"}, {**rows[1], "id": 8}])
    assert (newer["family"], older["family"]) == (8, 8)  # though 7 stands before it
    assert other == {"id": "other", "family": "other", "original": "other", "relation": None, "containment": None}


def test_an_article_that_is_removed_leaves_what_the_others_alone_would():
    articles = varied_articles()
    dice = random.Random(8)
    gone = {article["number"] for article in dice.sample(articles, 25)}
    with closing(new_archive()) as db, closing(new_archive()) as fresh:
        for article in articles:
            put(db, **article)
        for article in sorted(gone):
            detect.remove(db, article)
            db.execute("DELETE FROM articles WHERE id = ?", (article,))
            detect.remove(db, article)  # once more, or of an article without text: nothing
        for article in articles:
            if article["number"] not in gone:
                put(fresh, **article)
        assert state(db) == state(fresh)


def reading(number, body, day, **facts):
    """A batch's row of an address on a day."""
    known = dict.fromkeys(("published", "source_norm", "original_url", "canonical_url"))
    known |= {"url": f"http://news.example/{number}", "portal": "a", "portal_title": "红网", "body": body}
    return known | {"fetched_at": f"2023-05-0{day}T08:00:00Z"} | facts


def test_readings_of_pages_have_the_reprints_that_an_archive_of_them_has():
    dice = random.Random(37)
    text, other = made_texts.story(dice, 7), made_texts.story(dice, 7)
    rows = [
        reading(1, text, 3),
        reading(2, other, 1),
        reading(2, text, 4, published="2023-05-09T08:00"),  # the newest reading of an address counts …
        reading(2, other, 2),
        reading(3, text, 2, canonical_url="http://news.example/1"),
        reading(4, text[:-60], 5, portal="b", portal_title="云湖新闻网"),
        reading(5, other, 6, source_norm="云湖新闻网"),
        reading(6, other, 7, portal="b", portal_title="云湖新闻网"),
    ]
    told = list(detect.reprints_of_readings(rows))
    pairs = {(row["article"][-1], row["original"][-1]): row["relation"] for row in told}
    # … but it was first seen when it was first read; an alias is no reprint
    assert pairs == {("1", "2"): "same", ("4", "2"): "cut", ("5", "6"): "same"}
    assert [row["article"] for row in told] == sorted((row["article"] for row in told), key=url_id)
    assert all(0.9 < row["containment"] <= 1 for row in told)
    assert list(detect.reprints_of_readings([])) == []


def test_a_short_text_is_placed_from_sixteen_characters_on(db):
    for number, body in enumerate(["一二三四五六七八九十甲乙丙丁戊", "一二三四五六七八九十甲乙丙丁戊己"]):
        put(db, 10 + 2 * number, body)
        put(db, 11 + 2 * number, body)
    assert related(db) == {(13, 12): "same"}


@pytest.mark.parametrize(
    ("before", "behind", "pairs"),
    [
        ([], [], set()),
        ([4, 3, 2], [6], set()),
        ([4, 3, 2, 1], [6], {(1, 6)}),
        ([4, 3, 2, 1], [6, 7], {(1, 6), (2, 7)}),
        ([4, 3, 2, 1], [6, 7, 8, 9], {(1, 6), (2, 7), (3, 8), (4, 9)}),
        ([4], [6, 7, 8, 9], {(4, 9)}),
        ([4], [6, 7, 8], set()),
    ],
)
def test_a_text_moves_those_apart_that_were_just_near(before, behind, pairs):
    assert detect._just_apart(before, behind) == pairs
