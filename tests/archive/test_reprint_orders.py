"""What reprints are found is a function of the articles alone: not of their order, of processes, of earlier texts."""

from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context

from newscrawl.archive import reprints
from tests.archive.placing import new_archive, put, put_all, state, varied_texts


def test_ten_orders_of_arrival_and_a_rebuild_give_the_same():
    texts = list(enumerate(varied_texts()))
    expected = None
    for seed in range(10):
        random.Random(seed).shuffle(texts)
        with closing(new_archive()) as db:
            for number, body in texts:
                put(db, number, body, first_seen="2023-05-03T01:00:00")
            expected = expected or state(db)
            assert state(db) == expected
    with closing(new_archive()) as db:
        for number, body in texts:
            db.execute("INSERT INTO articles (id, url, body) VALUES (?, ?, ?)", (number, str(number), body))
        db.execute("UPDATE articles SET first_seen = '2023-05-03T01:00:00', url = 'http://news.example/' || id")
        reprints.rebuild(db)
        assert state(db) == expected
        reprints.rebuild(db)
        assert state(db) == expected


def test_three_writing_processes_give_the_same_as_one(tmp_path):
    texts = list(enumerate(varied_texts()))
    with closing(new_archive()) as db:
        for number, body in texts:
            put(db, number, body)
        expected = state(db)
    path = tmp_path / "archive.db"
    with closing(new_archive(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
            list(pool.map(put_all, [path] * 3, [texts[0::3], texts[1::3], texts[2::3]]))
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
