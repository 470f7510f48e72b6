"""The reprints found depend only on the articles, not on their order, on processes or on earlier texts."""

from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context

from newscrawl.archive.reprints import rebuild
from tests.archive.placing import new_archive, put, put_all, state, varied_articles, varied_texts


def test_ten_orders_of_arrival_and_a_rebuild_give_the_same():
    articles = varied_articles()
    expected = None
    for seed in range(10):
        random.Random(seed).shuffle(articles)
        with closing(new_archive()) as db:
            for article in articles:
                put(db, **article, first_seen="2023-05-03T01:00:00")
            expected = expected or state(db)
            assert state(db) == expected
    assert {relation for *_, relation in expected["reprints"]} >= {"alias", "same", "edited", "contains"}
    with closing(new_archive()) as db:
        db.conn.executemany(
            """INSERT INTO articles (id, url, body, canonical_url, first_seen)
            VALUES (:number, :url, :body, :canonical_url, '2023-05-03T01:00:00')""",
            articles,
        )
        rebuild.rebuild(db)
        assert state(db) == expected
        rebuild.rebuild(db)
        assert state(db) == expected


def test_three_writing_processes_give_the_same_as_one(tmp_path):
    articles = varied_articles()
    with closing(new_archive()) as db:
        for article in articles:
            put(db, **article)
        expected = state(db)
    path = tmp_path / "archive.db"
    with closing(new_archive(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
            list(pool.map(put_all, [path] * 3, [articles[0::3], articles[1::3], articles[2::3]]))
        assert state(db) == expected


def test_revising_texts_leaves_what_the_new_texts_alone_would():
    texts = varied_texts()
    dice = random.Random(5)
    with closing(new_archive()) as db, closing(new_archive()) as fresh:
        for number, body in enumerate(texts):
            put(db, number, body)
        new = {number: dice.choice(texts) for number in dice.sample(range(len(texts)), 30)}
        new |= dict.fromkeys(dice.sample(range(len(texts)), 5), "")
        for number, body in new.items():
            put(db, number, body)
        for number, body in enumerate(texts):
            put(fresh, number, new.get(number, body))
        assert state(db) == state(fresh)


def test_changing_claims_leaves_what_the_new_claims_alone_would():
    articles = varied_articles()
    claims = [article["canonical_url"] for article in articles]
    random.Random(6).shuffle(claims)
    changed = [article | {"canonical_url": claim} for article, claim in zip(articles, claims, strict=True)]
    with closing(new_archive()) as db, closing(new_archive()) as fresh:
        for article in articles + changed:
            put(db, **article)
        for article in changed:
            put(fresh, **article)
        assert state(db) == state(fresh)
