"""Reprints are rebuilt while other processes write; readers see no half state, even after a kill at any moment."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from contextlib import closing, contextmanager, nullcontext

import pytest

from newscrawl.archive import Archive
from newscrawl.archive.reprints import detect, rebuild
from newscrawl.errors import FolderLockedError
from newscrawl.items import PortalFacts
from tests.archive import made_texts
from tests.archive.pages import article_page
from tests.archive.placing import new_archive, open_archive, put, state, varied_articles, varied_texts

_CONTEXT = multiprocessing.get_context("fork")
SEEN = "2023-05-03T01:00:00"


def leftovers(db):
    names = "name GLOB 'rebuilt_*' OR name GLOB 'replaced_*'"
    return [name for (name,) in db.execute(f"SELECT name FROM sqlite_master WHERE {names}")]


@pytest.fixture
def short_steps(monkeypatch):
    monkeypatch.setattr(detect, "_STEP", 3)
    monkeypatch.setattr(rebuild, "_ROWS", 100)


@pytest.mark.usefixtures("short_steps")
def test_a_rebuild_goes_in_steps_over_all_articles_and_mends_what_is_wrong():
    text = made_texts.story(random.Random(41), 6)
    numbers = [-(2**63) + 1, -7, 0, 1, 2, 5, 8, 2**62]
    with closing(new_archive()) as db:
        for number in numbers:
            put(db, number, text, first_seen=f"2023-05-03T0{numbers.index(number)}:00:00Z")
        put(db, 99, "")
        before = state(db)
        db.execute("UPDATE articles SET body = NULL WHERE id = 99")
        db.execute("UPDATE articles SET reprint_of = iif(id = 1, NULL, 8) WHERE id IN (1, 99)")
        db.execute("INSERT INTO reprints VALUES (1, 2, 0.5, 'edited')")
        db.execute("DELETE FROM sketch")
        steps = []
        rebuild.rebuild(db, lambda: nullcontext(steps.append(1)))
        assert state(db) == before
        assert len(steps) > 10
        assert leftovers(db) == []


class Meddler:
    """Another connection that changes the archive at one step of a rebuild after another."""

    def __init__(self, path, changes):
        self.db = open_archive(path)
        self.changes = list(changes)

    def __call__(self):
        if self.changes:
            self.changes.pop(0)(self.db)

    @contextmanager
    def step(self, db):
        self()
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("COMMIT")


def deleted(db, number):
    db.execute("BEGIN IMMEDIATE")
    detect.remove(db, number)
    db.execute("DELETE FROM articles WHERE id = ?", (number,))
    db.execute("COMMIT")


def meddling(articles, dice):
    """Return changes: articles stored, revised, deleted, dated anew, sometimes several between two steps."""
    texts = varied_texts()
    there, new = articles[: len(articles) // 2], articles[len(articles) // 2 :]

    def some(db):
        for _ in range(dice.randint(1, 3)):
            kind = dice.choice(["new", "revised", "revised", "deleted", "dated"])
            known = [row["number"] for row in there]
            if kind == "new" and new:
                there.append(new.pop())
                put(db, **there[-1], first_seen=SEEN)
            elif kind == "revised":
                put(db, dice.choice(known), dice.choice([*texts, "", texts[0] * 2]))
            elif kind == "dated":
                number = dice.choice(known)
                (body,) = db.execute("SELECT body FROM articles WHERE id = ?", (number,)).fetchone()
                put(db, number, body, first_seen=f"2023-05-0{dice.randint(1, 9)}T00:00:00")
            elif kind == "deleted" and len(there) > 3:
                deleted(db, there.pop(dice.randrange(len(there)))["number"])

    return list(there), [some] * 60


@pytest.mark.usefixtures("short_steps")
@pytest.mark.parametrize("seed", range(6))
def test_what_is_written_between_any_two_steps_ends_up_right(tmp_path, monkeypatch, seed):
    dice = random.Random(seed)
    articles = varied_articles()
    dice.shuffle(articles)
    first, changes = meddling(articles, dice)
    path = tmp_path / "archive.db"
    with closing(new_archive(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        for article in first:
            put(db, **article, first_seen=SEEN)
        meddler = Meddler(path, changes)
        place_some = detect.place_some

        def after_a_change(db, last):
            result = place_some(db, last)
            db.execute("COMMIT")
            meddler()
            db.execute("BEGIN")
            return result

        monkeypatch.setattr(detect, "place_some", after_a_change)
        rebuild.rebuild(db, lambda: meddler.step(db))
        monkeypatch.undo()
        meddler.db.close()
        found = state(db)
        rows = db.execute("SELECT id, url, body, canonical_url, first_seen FROM articles").fetchall()
    with closing(new_archive()) as fresh:
        for number, url, body, claim, seen in rows:
            put(fresh, number, body, url=url, canonical_url=claim, first_seen=seen)
        assert found == state(fresh)


def fill(path, begun):
    texts = [made_texts.story(random.Random(number), 3) for number in range(20)]
    with Archive.open(path) as archive:
        for number in range(120):
            url = f"http://b.test/{number}.html"
            portal = PortalFacts("b", "乙网")
            archive.store(article_page(url, hours=number, body=texts[number % 20] + f"\n{number}日讯。", portal=portal))
            begun.set()


def filled(path, count=60):
    texts = [made_texts.story(random.Random(number), 3) for number in range(20)]
    with Archive.open(path) as archive:
        for number in range(count):
            archive.store(article_page(f"http://a.test/{number}.html", hours=-number, body=texts[number % 20]))
        return state(archive.database)


def test_a_process_stores_articles_meanwhile(tmp_path, monkeypatch):
    monkeypatch.setattr(detect, "_STEP", 5)
    path = tmp_path / "archive.db"
    filled(path)
    begun = _CONTEXT.Event()
    writer = _CONTEXT.Process(target=fill, args=(path, begun))
    writer.start()
    begun.wait(30)
    with Archive.open(path) as archive:
        rebuilt = 0
        while writer.is_alive() or not rebuilt:
            archive.rebuild_reprints()
            rebuilt += 1
        writer.join()
        beside = state(archive.database)
        archive.rebuild_reprints()
        assert state(archive.database) == beside
        assert len(beside["placed"]) == archive.counts()["articles"] >= 120
        assert len(beside["reprints"]) >= 100
        assert leftovers(archive.database) == []


def killed_at(path, number):
    """Rebuild in a process that kills itself before its nth step; tell whether it did."""

    def work():
        left = [number]

        @contextmanager
        def step():
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            archive.database.execute("BEGIN IMMEDIATE")
            yield
            archive.database.execute("COMMIT")

        with Archive.open(path) as archive, rebuild.alone(path):
            rebuild.rebuild(archive.database, step)

    child = _CONTEXT.Process(target=work)
    child.start()
    child.join()
    return child.exitcode == -signal.SIGKILL


def test_a_kill_at_any_step_leaves_the_old_reprints_or_the_new(tmp_path):
    path = tmp_path / "archive.db"
    before = filled(path)
    with Archive.open(path) as archive:
        archive.database.execute("UPDATE articles SET reprint_of = NULL WHERE id = (SELECT min(article) FROM reprints)")
        wrong = state(archive.database)
    found = []
    for number in range(40):
        if not killed_at(path, number):
            break
        with Archive.open(path, read_only=True) as archive:
            assert state(archive.database)["reprints"] == before["reprints"]
        with Archive.open(path) as archive:  # as the next crawl does
            assert leftovers(archive.database) == []
            found.append(state(archive.database))
            assert found[-1] in (wrong, before)
    assert found[0] == wrong
    assert found[-1] == before
    assert number > 12


def test_two_at_once(tmp_path):
    path = tmp_path / "archive.db"
    filled(path, 3)
    with Archive.open(path) as archive, rebuild.alone(path):
        with pytest.raises(FolderLockedError, match=r"^another process is finding .* anew; wait for it$"):
            archive.rebuild_reprints()
        archive.store(article_page("http://a.test/new.html"))
