"""A minimal archive for tests of reprints: place articles, and read the resulting rows."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

from sqlite_utils import Database

from newscrawl.archive.reprints import detect
from newscrawl.urls import url_id
from tests.archive import made_texts

ARTICLES = """CREATE TABLE articles (id INTEGER PRIMARY KEY, url TEXT, portal TEXT, published TEXT,
    published_precision TEXT, first_seen TEXT,
    source TEXT, source_norm TEXT, original_url TEXT, canonical_url TEXT, body TEXT, reprint_of INTEGER)"""


def open_archive(path=":memory:"):
    """Open a database with the columns of the archive's tables that reprints use."""
    return Database(sqlite3.connect(path, isolation_level=None, timeout=30), execute_plugins=False)


def new_archive(path=":memory:"):
    db = open_archive(path)
    db.execute(ARTICLES)
    db.execute("CREATE TABLE portals (key TEXT PRIMARY KEY, title TEXT)")
    detect.create(db)
    return db


def put(db, number, body, **columns):
    """Write an article's row and place it, in one transaction."""
    row = {"id": number, "url": f"http://news.example/{number}", "body": body} | columns
    db.execute("BEGIN IMMEDIATE")
    names = ", ".join(row)
    db.execute(
        f"INSERT INTO articles ({names}) VALUES ({', '.join('?' * len(row))}) ON CONFLICT DO UPDATE SET "
        + ", ".join(f"{name} = excluded.{name}" for name in row),
        tuple(row.values()),
    )
    detect.place(db, number, detect.fingerprint(body), body)
    db.execute("COMMIT")


def state(db):
    """Return all rows that placing articles has written."""
    tables = ("texts", "placed", "sketch", "overlaps", "reprints")
    rows = {table: sorted(db.execute(f"SELECT * FROM {table}")) for table in tables}
    return rows | {"originals": sorted(db.execute("SELECT id, ifnull(reprint_of, 0) FROM articles"))}


def put_all(path, articles):
    with closing(open_archive(path)) as db:
        for article in articles:
            put(db, **article)


def varied_texts():
    """Return 44 texts: stories with their reprints and digests, forms, and one story that many outlets ran."""
    dice = random.Random(3)
    bodies = [row["body"] for row in made_texts.labelled(stories=2, forms=2, seed=3)]
    wide = made_texts.story(dice, paragraphs=4)
    kinds = [made_texts.datelined, made_texts.rewritten, made_texts.renumbered]
    return bodies + [dice.choice(kinds)(wide, dice) for _ in range(15)]


def varied_articles():
    """Return articles with these texts; half of them claim another's address, in chains and circles too."""
    dice = random.Random(6)
    urls = [f"http://news.example/{number}" for number in range(len(varied_texts()))]
    claims = dict.fromkeys(urls) | {url: dice.choice(urls) for url in dice.sample(urls, 15)}
    claims |= {url: dice.choice(urls[-15:-7]) for url in urls[-15:]} | {urls[-11]: None}
    return [
        {"number": url_id(url), "body": body, "url": url, "canonical_url": claims[url]}
        for url, body in zip(urls, varied_texts(), strict=True)
    ]
