"""A search finds what a plain scan of the folded titles and texts finds: no more, no less."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from newscrawl.archive.search import index
from newscrawl.archive.text.folding import fold
from newscrawl.errors import ArchiveError

ARTICLES = """CREATE TABLE articles (id INTEGER PRIMARY KEY, url TEXT, portal TEXT, region TEXT, title TEXT,
    published TEXT, published_precision TEXT, source TEXT, source_norm TEXT, authors TEXT, body TEXT)"""
# Few, so that words recur: Han, traditional, full-width, Latin, digits, surrogate planes, marks, punctuation.
ALPHABET = '财政策市財國国ａAb1２𠀀𫝈ß①é\u0301か\u200b，。 \n-%\u3000"“'
texts = st.text(ALPHABET, max_size=24)
anything = st.text(max_size=12)


def new_archive(*articles):
    """Open an archive of articles given as (title, body) or as dicts."""
    db = Database(sqlite3.connect(":memory:", isolation_level=None), execute_plugins=False)
    db.execute(ARTICLES)
    index.create(db)
    for number, article in enumerate(articles):
        row = article if isinstance(article, dict) else dict(zip(("title", "body"), article, strict=True))
        put(db, number * 10**17 - 10**18, url=str(number), **row)
    index.settle(db)
    return db


def put(db, number, **columns):
    row = {"id": number, **columns}
    db.execute(f"INSERT INTO articles ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))


def found(db, text, **filters):
    """Return the addresses found, all pages together, and check the count."""
    index.settle(db)
    urls = [hit["url"] for hit in index.search(db, text, limit=None, **filters)]
    assert len(set(urls)) == len(urls) == index.count(db, text, **filters)
    return set(urls)


def scanned(articles, holds):
    return {str(number) for number, (title, body) in enumerate(articles) if holds(fold(title or ""), fold(body or ""))}


def quoted(text):
    return '"' + "".join(" " if character in '"“”＂' else character for character in text) + '"'


@given(st.lists(st.tuples(st.none() | texts, st.none() | texts), max_size=6), st.text(ALPHABET, min_size=1, max_size=8))
@settings(max_examples=250, deadline=None)
def test_phrase_equals_scan(articles, phrase):
    word = fold(quoted(phrase))
    expected = scanned(articles, lambda title, body: word and (word in title or word in body))
    with closing(new_archive(*articles)) as db:
        assert found(db, quoted(phrase)) == expected


@given(
    st.sampled_from([0, 2000]),  # hits up to which all are ranked
    st.lists(st.tuples(texts, texts), min_size=1, max_size=6),
    *[st.text(ALPHABET.translate(str.maketrans("", "", '"“ \n\u3000')), min_size=1, max_size=4)] * 3,
)
@settings(max_examples=120, deadline=None)
def test_operators_equal_scan(many, articles, one, two, three):
    a, b, c = fold(one), fold(two), fold(three)
    if not (a and b and c):
        return
    with closing(new_archive(*articles)) as db, mock.patch.object(index, "_MANY", many):
        for text, holds in (
            (f"{one} {two}", lambda t, y: (a in t or a in y) and (b in t or b in y)),
            (f"{one} AND 标题:{two}", lambda t, y: (a in t or a in y) and b in t),
            (f"{one} OR {two} {three}", lambda t, y: (a in t or a in y) or (all(w in t or w in y for w in (b, c)))),
            (
                f"({one} OR {two}) NOT {three}",
                lambda t, y: any(w in t or w in y for w in (a, b)) and not (c in t or c in y),
            ),
            (f"正文：({one} OR {two})", lambda _, y: a in y or b in y),
        ):
            assert found(db, text) == scanned(articles, holds), text


@given(anything)
@settings(max_examples=200, deadline=None)
def test_whatever_is_typed_is_a_query(text):
    with closing(new_archive(("昆明", "财政"))) as db:
        try:
            found(db, text)
        except ArchiveError:
            assert "NOT" in text


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("query", "match"),
    [
        ("财政政策", '"财政 政政 政策"'),
        ("市", '"市"'),
        ("５Ｇ 財政", '("5g" AND "财政")'),
        ("标题:财政", 'title : "财政"'),
        ("5.4%", '"5· ·4"'),
        ("，", ""),
    ],
)
def test_query_as_fts5_takes_it(query, match):
    assert index.query(query) == match


def test_not_alone_is_refused():
    with pytest.raises(ArchiveError, match="NOT needs a word"):
        index.query("NOT 财政")


def test_index_follows_the_articles():
    with closing(new_archive(("旧题", "旧文"), ("昆明", "财政"))) as db:
        db.execute("UPDATE articles SET title = '新题', body = NULL WHERE url = '0'")
        assert (found(db, "旧"), found(db, "新题")) == (set(), {"0"})
        db.execute("DELETE FROM articles WHERE url = '1'")
        assert found(db, "财政") == set()
        put(db, 5, url="5", title="昆明", body="财政")
        assert found(db, "昆明 财政") == {"5"}
        db.execute("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")


def test_create_indexes_what_is_there():
    with closing(Database(sqlite3.connect(":memory:", isolation_level=None), execute_plugins=False)) as db:
        db.execute(ARTICLES)
        put(db, 7, url="7", title="雲南", body="")
        index.create(db)
        assert found(db, "云南") == {"7"}


def test_filters_order_and_pages():
    base = {
        "title": "财政",
        "body": "政策",
        "region": "上海",
        "portal": "a",
        "source": "新华网",
        "source_norm": "新华社",
    }
    with closing(
        new_archive(
            {**base, "published": "2023-02-01T08:00"},
            {**base, "published": "2023-02-28T23:59", "portal": "b"},
            {**base, "published": "2022-12-31", "region": "云南"},
            {**base, "published": None, "source": None, "source_norm": None},
        )
    ) as db:
        assert found(db, "财政", since="2023-02", until="2023-02") == {"0", "1"}
        assert found(db, "财政", until="2023-02-27") == {"0", "2"}
        assert found(db, "财政", region="云南") == {"2"}
        assert found(db, "财政", portal="b") == {"1"}
        assert found(db, "财政", source="新华社") == found(db, "财政", source="新华网") == {"0", "1", "2"}
        hits = list(index.search(db, "财政"))
        assert [hit["url"] for hit in hits] == ["1", "0", "2", "3"]  # equal words: the newer first
        assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
        assert list(index.search(db, "财政", limit=2, offset=1)) == hits[1:3]


def test_of_many_hits_headlines_come_first_then_the_last_to_arrive(monkeypatch):
    monkeypatch.setattr(index, "_MANY", 2)
    with closing(new_archive(("昆明", ""), ("", "昆明"), ("昆明", "昆明"), ("", "昆明"))) as db:
        hits = list(index.search(db, "昆明"))
        assert [hit["url"] for hit in hits] == ["2", "0", "3", "1"]
        assert list(index.search(db, "昆明", limit=2, offset=1)) == hits[1:3]
        assert found(db, "昆明") == {"0", "1", "2", "3"}


def test_headline_counts_more():
    with closing(new_archive(("天气", "昆明" * 3 + "其他" * 40), ("昆明", "其他" * 40))) as db:
        assert next(index.search(db, "昆明"))["url"] == "1"


def test_snippet_is_the_text_as_printed_with_the_words_marked():
    body = "前文" * 60 + "，雲南省ＧＤＰ增長5.4％，\n" + "后文" * 60
    with closing(new_archive(("题", body))) as db:
        (hit,) = index.search(db, "云南省gdp 5.4")
    assert "，«雲南省ＧＤＰ»增長«5.4»％， 后文" in hit["snippet"]
    assert hit["snippet"].startswith("…文前文")
    assert hit["snippet"].endswith("后文…")
    assert len(hit["snippet"]) < 100
