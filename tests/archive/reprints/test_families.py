"""Which texts are one family, and which article of it was first."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.archive.reprints import families
from newscrawl.archive.reprints.families import Member, first, moment, owners
from newscrawl.archive.sql.times import BEIJING
from newscrawl.urls import url_id
from tests.archive.placing import new_archive, put

DAY = datetime(2023, 5, 3, tzinfo=UTC)


@pytest.fixture
def db():
    with closing(new_archive()) as archive:
        yield archive


def member(article: int, hour: float = 0, **known) -> Member:
    """A member published some hours after the first."""
    when = DAY + timedelta(hours=hour)
    facts = {"credits": None, "links_to": None, "claims": None, "homes": frozenset()} | known
    return Member(article, article, (when, when, str(article)), **facts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, None),
        ("", None),
        ("gestern", None),
        ("2023-05-03", datetime(2023, 5, 3, 23, 59, 59, 999999, tzinfo=BEIJING)),
        ("2023-05-03T00:00:00+08:00", datetime(2023, 5, 3, 23, 59, 59, 999999, tzinfo=BEIJING)),
        ("2023-05-03T00:00:01+08:00", datetime(2023, 5, 3, 0, 0, 1, tzinfo=BEIJING)),
        ("2023-05-03T10:30", datetime(2023, 5, 3, 10, 30, tzinfo=BEIJING)),
        ("2023-05-03T10:30:00Z", datetime(2023, 5, 3, 10, 30, tzinfo=UTC)),
    ],
)
def test_a_day_alone_is_its_last_moment(text, expected):
    assert moment(text, BEIJING) == expected


SEEN = "2023-05-03T12:00:00Z"


@pytest.mark.parametrize(
    ("published", "seen", "expected"),
    [
        ("2023-05-03T08:00:00Z", SEEN, "2023-05-03T08:00:00Z"),
        ("2023-05-03T12:00:01Z", SEEN, SEEN),  # nothing is published after it was seen
        ("1995-01-01T00:00:00Z", SEEN, "1995-01-01T00:00:00Z"),
        ("1994-12-31T23:59:59Z", SEEN, SEEN),
        (None, SEEN, SEEN),
        ("2023-05-03T08:00:00Z", None, "2023-05-03T08:00:00Z"),
        (None, None, "9999-12-31T23:59:59.999999Z"),
        ("1994-12-31T23:59:59Z", None, "9999-12-31T23:59:59.999999Z"),
    ],
)
def test_the_publication_counts_where_it_can_be_trusted(published, seen, expected):
    row = (1, 2, "http://a.test/1", published, seen, "新华社", None, None, None)
    known = families._member(row)
    assert known.order[0] == datetime.fromisoformat(expected)
    assert known.order[1:] == (moment(seen, UTC) or families._NEVER, "http://a.test/1")


def test_what_is_known_of_a_member():
    row = (1, 2, "http://a.test/1", None, SEEN, "新华社", "http://a.test/2", "http://a.test/3?utm_source=x", "新华网")
    known = families._member(row)
    assert (known.article, known.text, known.credits) == (1, 2, "新华社")
    assert (known.links_to, known.claims) == (url_id("http://a.test/2"), url_id("http://a.test/3"))
    assert "新华社" in known.homes
    bare = families._member((1, 2, "http://a.test/1", None, SEEN, None, None, None, None))
    assert (bare.links_to, bare.claims, bare.homes) == (None, None, frozenset())


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({}, {1: 1, 2: 2, 3: 3, 4: 4}),
        ({1: 2}, {1: 2, 2: 2, 3: 3, 4: 4}),
        ({1: 1}, {1: 1, 2: 2, 3: 3, 4: 4}),
        ({1: 9}, {1: 1, 2: 2, 3: 3, 4: 4}),
        ({1: 2, 2: 3, 3: 4}, {1: 4, 2: 4, 3: 4, 4: 4}),
        ({1: 2, 2: 1}, {1: 1, 2: 2, 3: 3, 4: 4}),
        ({1: 2, 2: 3, 3: 2}, {1: 2, 2: 2, 3: 3, 4: 4}),
        ({1: 2, 2: 3, 3: 4, 4: 2}, {1: 2, 2: 2, 3: 3, 4: 4}),
    ],
)
def test_claims_are_followed_to_their_end(claims, expected):
    for order in ((1, 2, 3, 4), (4, 3, 2, 1), (2, 4, 1, 3)):
        assert owners([member(number, claims=claims.get(number)) for number in order]) == expected


@given(st.dictionaries(st.integers(0, 7), st.integers(0, 9)))
def test_nobody_owns_an_owner(claims):
    found = owners([member(number, claims=claims.get(number)) for number in range(8)])
    assert found.keys() == set(range(8))
    assert all(found[owner] == owner for owner in found.values())


A, B = frozenset({"甲报"}), frozenset({"乙报"})


@pytest.mark.parametrize(
    ("members", "number"),
    [
        ([member(1, 2), member(2, 1), member(3, 3)], 2),
        # linked: against the clock; of itself, or of what is elsewhere: nothing
        ([member(1, 1, links_to=3), member(2, 2), member(3, 3)], 3),
        ([member(1, 1), member(2, 2, links_to=2), member(3, 3)], 1),
        ([member(1, 1), member(2, 2, links_to=9), member(3, 3)], 1),
        # of those linked, one that links no further; else the earliest of them
        ([member(1, 1, links_to=2), member(2, 2, links_to=3), member(3, 3)], 3),
        ([member(1, 1, links_to=3), member(2, 2, links_to=3), member(3, 3, links_to=2)], 2),
        # credited: on its own portal, against the clock
        ([member(1, 1, credits="甲报"), member(2, 2), member(3, 3, homes=A)], 3),
        ([member(1, 1, credits="甲报", homes=A), member(2, 2), member(3, 3, homes=A)], 1),
        ([member(1, 1, credits="丙报"), member(2, 2), member(3, 3, homes=A)], 1),
        ([member(1, 1, credits="甲报"), member(2, 2, homes=A, credits="乙报"), member(3, 3, homes=B)], 3),
        # an alias is none; what it says is its owner's
        ([member(1, 1, claims=3), member(2, 2), member(3, 3)], 2),
        ([member(1, 1, claims=3, links_to=2), member(2, 2), member(3, 0)], 2),
        ([member(1, 1, claims=3, homes=A), member(2, 2, credits="甲报"), member(3, 3)], 2),
        ([member(1, 1, claims=3, credits="甲报"), member(2, 2), member(3, 3, homes=A)], 2),
    ],
)
def test_who_was_first(members, number):
    assert first(members, owners(members)).article == number
    assert first(members[::-1], owners(members)).article == number


def text(db, name: int, *parts: tuple[int, float, float], digest: bool = False) -> None:
    """Put a text in the tables, with its parts and their place in it."""
    db.execute("INSERT INTO texts VALUES (?, 1000, ?, x'')", (name, digest))
    for small, start, end in parts:
        db.execute("INSERT INTO overlaps VALUES (?, ?, 1.0, 0.4, ?, ?)", (small, name, start, end))


@pytest.mark.parametrize(
    ("parts", "digest"),
    [
        ([], False),
        ([(1, 0.0, 0.5)], False),
        ([(1, 0.0, 0.5), (2, 0.5, 1.0)], True),
        ([(1, 0.0, 0.54), (2, 0.5, 1.0)], True),  # less than a tenth of the second is touched
        ([(1, 0.0, 0.55), (2, 0.5, 1.0)], False),
        ([(1, 0.0, 0.9), (2, 0.1, 0.2), (3, 0.6, 1.0)], False),
        ([(1, 0.0, 0.5), (2, 0.1, 0.3), (3, 0.5, 1.0)], True),
    ],
)
def test_a_digest_has_parts_in_different_places(db, parts, digest):
    text(db, 9, *parts)
    assert families._is_digest(db, 9) is digest


@pytest.mark.parametrize(
    ("linked", "digest"), [([], True), ([(1, 2)], True), ([(1, 2), (3, 2)], False), ([(1, 2), (2, 1)], True)]
)
def test_parts_that_are_linked_otherwise_make_no_digest(db, linked, digest):
    text(db, 9, (1, 0.0, 0.3), (2, 0.3, 0.6), (3, 0.6, 0.9))
    for small, large in linked:
        db.execute("INSERT INTO overlaps VALUES (?, ?, 1.0, 0.95, 0.0, 1.0)", (small, large))
    assert families._is_digest(db, 9) is digest


@pytest.mark.parametrize(("of_large", "together"), [(0.89, False), (0.9, True)])
def test_a_digest_joins_only_what_is_nearly_all_of_it(db, of_large, together):
    text(db, 9, digest=True)
    text(db, 1)
    db.execute("INSERT INTO overlaps VALUES (1, 9, 0.98, ?, 0.0, 1.0)", (of_large,))
    family = families._walk(db, 1)
    assert family.texts == ({1, 9} if together else {1})
    assert family.digests == ({} if together else {9: 0.98})


def test_a_digest_holds_the_greatest_share_of_a_familys_texts(db):
    text(db, 9, digest=True)
    for name, share in ((1, 0.7), (2, 0.9), (3, 0.8)):
        text(db, name)
        db.execute("INSERT INTO overlaps VALUES (?, 9, ?, 0.4, 0.0, 1.0)", (name, share))
    db.execute("INSERT INTO overlaps VALUES (1, 2, 1.0, 1.0, 0.0, 1.0)")
    db.execute("INSERT INTO overlaps VALUES (2, 3, 1.0, 1.0, 0.0, 1.0)")
    for start in (1, 2, 3):
        assert families._walk(db, start) == families._Family({1, 2, 3}, {9: 0.9})
    assert families._walk(db, 9) == families._Family({9}, {})


@pytest.mark.parametrize(("length", "articles", "furniture"), [(99, 500, False), (99, 501, True), (100, 501, False)])
def test_a_short_text_of_more_than_five_hundred_articles_is_boilerplate(db, length, articles, furniture):
    db.execute("INSERT INTO texts VALUES (7, ?, 0, x'')", (length,))
    for article in range(articles):
        db.execute("INSERT INTO placed VALUES (?, 7)", (article,))
    assert families._is_boilerplate(db, 7) is furniture


def test_what_a_family_holds_is_told_once_and_kept(db):
    story = "清溪大桥今日通车，两岸六个村的村民出行不再绕道，纷纷叫好，县里还开通了三条公交线路。" * 4
    put(db, 1, story, first_seen="2023-05-03T01:00:00Z")
    put(db, 2, story, first_seen="2023-05-03T02:00:00Z", canonical_url="http://news.example/9")
    put(db, url_id("http://news.example/9"), story, first_seen="2023-05-03T03:00:00Z")
    told = "SELECT r.article, relation FROM reprints r JOIN articles a ON a.id = r.article ORDER BY a.first_seen"
    assert db.execute(told).fetchall() == [(2, "alias"), (url_id("http://news.example/9"), "same")]
    put(db, 2, story, first_seen="2023-05-03T02:00:00Z", canonical_url=None)
    assert db.execute(told).fetchall() == [(2, "same"), (url_id("http://news.example/9"), "same")]
