"""An article at a second address is an alias of the article that its page names: never first, and no copy."""

from __future__ import annotations

import random
from contextlib import closing
from dataclasses import replace

import pytest

from newscrawl.archive import Archive, Filters
from newscrawl.archive.read import statistics
from newscrawl.items import Part, PortalFacts
from newscrawl.urls import url_id
from tests.archive import made_texts
from tests.archive.pages import article_page
from tests.archive.placing import new_archive, put

STORY = made_texts.story(random.Random(29), 6)
FULL, PHONE, OTHER = "http://www.news.test/a/1.html", "http://m.news.test/a/1.html", "http://other.test/b/2.html"
IDS = {number: url_id(f"http://news.example/{number}") for number in range(1, 10)}
NUMBERS = {article: number for number, article in IDS.items()}


@pytest.fixture
def db():
    with closing(new_archive()) as archive:
        yield archive


@pytest.fixture
def archive(tmp_path):
    with Archive.open(tmp_path / "archive.db") as it:
        yield it


def place(db, number, body=STORY, claims=None, **columns):
    """Place an article that was published on the day of its number."""
    url = f"https://NEWS.example/{claims}?utm_source=a" if claims else None
    put(db, IDS[number], body, published=f"2023-05-0{number}T08:00", canonical_url=url, **columns)


def related(db):
    """Return {(article, original): relation}, by number."""
    rows = db.execute("SELECT article, original, relation FROM reprints")
    return {(NUMBERS[article], NUMBERS[original]): relation for article, original, relation in rows}


@pytest.mark.parametrize(
    ("claims", "links", "first", "aliases"),
    [
        ({1: 2}, {}, 2, {1}),
        ({1: 2, 2: 3}, {}, 3, {1, 2}),  # through a chain
        ({1: 3, 2: 3}, {}, 3, {1, 2}),
        ({2: 1}, {}, 1, {2}),
        # nothing: its own address, one that is nowhere, a circle; but who claims one of a circle is its alias
        ({1: 1}, {}, 1, set()),
        ({1: 9}, {}, 1, set()),
        ({1: 2, 2: 1}, {}, 1, set()),
        ({1: 2, 2: 3, 3: 1}, {}, 1, set()),
        ({1: 3, 2: 3, 3: 2}, {}, 2, {1}),
        ({1: 2, 2: 3, 3: 2}, {}, 2, {1}),
        ({2: 3}, {}, 1, {2}),  # of a copy
        # before what pages give as the original; what an alias gives, or is given as, is its owner's
        ({1: 2}, {2: 1}, 2, {1}),
        ({1: 2}, {1: 2}, 2, {1}),
        ({2: 3}, {1: 2}, 3, {2}),
        ({1: 2}, {1: 3}, 3, {1}),
    ],
)
def test_an_alias_is_never_first(db, claims, links, first, aliases):
    for number in (3, 1, 2):
        link = f"http://news.example/{links[number]}" if number in links else None
        place(db, number, claims=claims.get(number), original_url=link)
    others = {1, 2, 3} - {first}
    assert related(db) == {(number, first): "alias" if number in aliases else "same" for number in others}
    assert db.execute("SELECT id FROM articles WHERE reprint_of IS NULL").fetchall() == [(IDS[first],)]


def test_a_claim_counts_before_the_credited_outlet(db):
    for key, title in (("a", "红网"), ("b", "云湖新闻网")):
        db.execute("INSERT INTO portals VALUES (?, ?)", (key, title))
    place(db, 1, portal="a", source_norm="云湖新闻网")
    place(db, 2, portal="b", claims=3)
    place(db, 3, portal="b")
    assert related(db) == {(1, 3): "same", (2, 3): "alias"}
    place(db, 2, portal="a", source_norm="云湖新闻网", claims=3)  # which is the owner's own name
    place(db, 4, portal="b")
    assert related(db) == {(1, 3): "same", (2, 3): "alias", (4, 3): "same"}


def test_a_claim_without_the_text_changes_nothing(db):
    place(db, 1, claims=2)
    place(db, 2, made_texts.story(random.Random(31), 6))
    place(db, 3)
    assert related(db) == {(3, 1): "same"}


def test_an_alias_may_have_less_text_and_a_claim_may_come_and_go(db):
    place(db, 2)
    place(db, 1, made_texts.first_third(STORY, random.Random(1)))
    assert related(db) == {(2, 1): "extended"}
    place(db, 1, made_texts.first_third(STORY, random.Random(1)), claims=2)
    assert related(db) == {(1, 2): "alias"}
    place(db, 3, claims=2)
    place(db, 3)
    assert related(db) == {(1, 2): "alias", (3, 2): "same"}
    place(db, 1, made_texts.first_third(STORY, random.Random(1)))
    assert related(db) == {(2, 1): "extended", (3, 1): "extended"}


def claiming(url, claim, **facts):
    return replace(article_page(url, **{"body": STORY} | facts), canonical=claim)


@pytest.mark.parametrize(
    ("claim", "part", "stored"),
    [
        (FULL, None, FULL),
        (None, None, None),
        (PHONE, None, None),
        (PHONE.replace("http:", "https:") + "?utm_source=a#top", None, None),
        (FULL, Part(PHONE, 1, 2), FULL),
        (PHONE, Part(PHONE, 1, 2), None),
        (FULL.replace("1.html", "1_2.html"), Part(PHONE, 2, 2), None),  # a page of the story, not the story
    ],
)
def test_what_a_page_names_as_its_own_is_kept_where_it_is_another(archive, claim, part, stored):
    url = PHONE if part is None or part.number == 1 else PHONE.replace("1.html", "1_2.html")
    archive.store(claiming(url, claim, part=part))
    assert archive.article(PHONE)["canonical_url"] == stored


def test_another_claim_is_no_revision(archive):
    assert archive.store(claiming(PHONE, None)).what == "new"
    assert archive.store(claiming(PHONE, FULL, hours=6)).what == "unchanged"
    assert archive.counts()["revisions"] == 0


def test_an_alias_is_counted_as_no_copy(archive):
    """The phone's page came first; another portal copied the story."""
    portal = PortalFacts("other_test", "他网", "湖北", "city")
    archive.store(claiming(PHONE, FULL, published="2026-03-01T14:00"))
    archive.store(claiming(FULL, FULL, hours=1))
    archive.store(claiming(OTHER, None, hours=2, published="2026-03-01T16:00", portal=portal))
    assert [(row["url"], row["relation"]) for row in archive.family(PHONE)] == [
        (FULL, "first"),
        (PHONE, "alias"),
        (OTHER, "same"),
    ]
    [copy] = archive.database.query("SELECT copy_url, copies FROM reprint_families")
    assert copy == {"copy_url": OTHER, "copies": 1}
    assert archive.counts()["reprints"] == 1
    assert {row["portal"]: (row["articles"], row["reprints"]) for row in archive.summary()} == {
        "hunan_test": (1, 0),
        "other_test": (1, 1),
    }
    [tallied] = statistics.tally(archive.database, "month", Filters())
    assert (tallied["articles"], tallied["reprints"]) == (2, 1)
    assert [row["url"] for row in archive.articles(reprints=True)] == [OTHER]
    assert [row["url"] for row in archive.articles(reprints=False)] == [FULL]
    assert archive.source_flows() == [("测试日报", "他网", 1), ("测试日报", "测试网", 1)]
    before = archive.family(FULL)
    archive.rebuild_reprints()
    assert archive.family(FULL) == before


def test_no_view_and_no_export_calls_an_alias_a_reprint(archive):
    """A page on another domain that names the article's address as its own, and a copy elsewhere."""
    mirror = "http://mirror.example/1.html"
    portal = PortalFacts("other_test", "他网", "湖北", "city")
    archive.store(claiming(FULL, FULL))
    archive.store(claiming(mirror, FULL, hours=1))
    archive.store(claiming(OTHER, None, hours=2, published="2026-03-01T16:00", portal=portal))
    assert sorted(row["relation"] for row in archive.family(FULL)) == ["alias", "first", "same"]
    wanted = {FULL: None, mirror: None, OTHER: FULL}
    query = "SELECT url, reprint_of FROM article_list"
    assert dict(archive.database.execute(query).fetchall()) == wanted
    assert {row["url"]: row["reprint_of"] for row in archive.exported()} == wanted
    nested = {row["url"]: (row["reprint_of"], len(row["reprints"])) for row in archive.nested()}
    assert nested == {FULL: (None, 0), mirror: (None, 0), OTHER: (FULL, 1)}
    pages = pytest.importorskip("newscrawl.explore.pages.article")
    shown = {url: pages.whole(archive, archive.article(url)["id"])["article"]["reprint_of"] for url in wanted}
    assert shown == {FULL: None, mirror: None, OTHER: archive.article(FULL)["id"]}


@pytest.mark.parametrize(
    ("url", "changed"),
    [
        (FULL, {"published": "2026-03-01T17:00"}),
        (OTHER, {"published": "2026-03-01T12:00"}),
        (FULL, {"source": "他网"}),
        (FULL, {"title": "全市部署春季造林工作", "original_url": OTHER}),
        (FULL, {"body": STORY[:-40]}),
        (OTHER, {"hours": -9, "published": None}),
    ],
)
def test_whatever_bears_on_who_was_first_is_looked_at_again(archive, url, changed):
    portal = PortalFacts("other_test", "他网", "湖北", "city")
    facts = {FULL: {"published": "2026-03-01T14:00"}, OTHER: {"published": "2026-03-01T16:00", "portal": portal}}
    archive.store(claiming(FULL, None, **facts[FULL]))
    archive.store(claiming(OTHER, None, hours=0.1, **facts[OTHER]))
    before = archive.family(OTHER)
    assert [(row["url"], row["relation"]) for row in before] == [(FULL, "first"), (OTHER, "same")]
    archive.store(claiming(url, None, **{"hours": 1} | facts[url] | changed))
    after = archive.family(OTHER)
    assert after != before
    archive.rebuild_reprints()
    assert archive.family(OTHER) == after


def test_a_claim_that_comes_with_another_title_is_looked_at_at_once(archive):
    mirror = "http://mirror.example/1.html"
    archive.store(claiming(mirror, None, published="2026-03-01T14:00"))
    archive.store(claiming(FULL, None, hours=1, published="2026-03-01T16:00"))
    assert [(row["url"], row["relation"]) for row in archive.family(FULL)] == [(mirror, "first"), (FULL, "same")]
    archive.store(claiming(mirror, FULL, hours=2, published="2026-03-01T14:00", title="全市部署春季造林工作"))
    assert [(row["url"], row["relation"]) for row in archive.family(FULL)] == [(FULL, "first"), (mirror, "alias")]
