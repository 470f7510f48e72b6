"""Measure speed and completeness of the search, beside other methods: `make bench-search`.

Articles are 300 words drawn from some 20,000 of a dictionary, whose frequencies fall as in real text (Zipf). For
each size: build time, index size as a share of the text, and for queries of 1, 2, 4 and 8 characters the median and
95th percentile of the first page and of the count, in ms of the processor, so that other load counts little.
`--peers` adds recall and speed of a LIKE scan, of FTS5's trigram tokenizer and of jieba's words (if installed).
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database

from benchmarks.made_news import Words, real_words
from newscrawl.archive.search import index

if TYPE_CHECKING:
    from collections.abc import Callable

_ARTICLES = """CREATE TABLE articles (id INTEGER PRIMARY KEY, url TEXT, portal TEXT, region TEXT, title TEXT,
    published TEXT, published_precision TEXT, source TEXT, source_norm TEXT, authors TEXT, body TEXT)"""


def articles(number: int, seed: int = 1):
    """Generate (title, body, published)."""
    dice = random.Random(seed)
    words = Words(dice, real_words(dice))
    for _ in range(number):
        body = "".join(word + ("，" if dice.random() < 0.15 else "") for word in words.draw(300))
        day = f"20{dice.randint(10, 26)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        yield "".join(words.draw(9)), body, day


def build(db: Database, number: int) -> int:
    """Fill an archive; return its characters in UTF-8."""
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(_ARTICLES)
    db.execute("CREATE INDEX articles_published ON articles(published)")
    index.create(db)
    volume = 0
    db.execute("BEGIN")
    for article, (title, body, published) in enumerate(articles(number)):
        db.execute(
            "INSERT INTO articles (id, url, title, body, published) VALUES (?, ?, ?, ?, ?)",
            (hash_id(article), str(article), title, body, published),
        )
        volume += len((title + body).encode())
        if article % 1000 == 999:
            index.settle(db)
            db.execute("COMMIT")
            db.execute("BEGIN")
    index.settle(db)
    db.execute("COMMIT")
    return volume


def hash_id(number: int) -> int:
    """Return an id scattered over 63 bits, as articles have."""
    return number * 0x9E3779B97F4A7C15 % 2**63


def queries(db: Database, length: int, number: int) -> list[str]:
    """Cut queries out of articles, so that each has a hit; frequent words come often, as in real searches."""
    dice = random.Random(length)
    found: list[str] = []
    total = db.execute("SELECT max(number) FROM searched").fetchone()[0]
    while len(found) < number:
        row = "SELECT body FROM articles JOIN searched ON article = id WHERE number = ?"
        runs = db.execute(row, (dice.randint(1, total),)).fetchone()[0].split("，")
        run = dice.choice(runs)
        if len(run) >= length:
            start = dice.randint(0, len(run) - length)
            found.append(run[start : start + length])
    return found


def measure(number: int, *, peers: bool) -> None:
    """Build an archive, and print the times of searches."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(sqlite3.connect(Path(folder) / "archive.db", isolation_level=None), execute_plugins=False)
        begin = time.process_time()
        volume = build(db, number)
        built = time.process_time() - begin
        size = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'articles_fts%'").fetchone()[0]
        print(
            f"{number:,} articles, {volume / 1e6:.0f} MB of text: index {size / volume:.2f} of the text; "
            f"{built / number * 1e3:.2f} ms an article to generate, write and index"
        )
        for length in (1, 2, 4, 8):
            asked = queries(db, length, 60)
            pages = sorted(_timed(lambda query: [*index.search(db, query, limit=20)], query) for query in asked)
            counts = sorted(_timed(lambda query: index.count(db, query), query) for query in asked)
            print(
                f"  {length} characters: first page median {pages[30]:.1f} ms, p95 {pages[56]:.1f} ms; "
                f"count median {counts[30]:.1f} ms, p95 {counts[56]:.1f} ms"
            )
        if peers:
            compare(db)
        db.close()


def _timed(ask: Callable[[str], object], query: str) -> float:
    """Return the milliseconds of the processor that an answer takes."""
    begin = time.process_time()
    ask(query)
    return (time.process_time() - begin) * 1e3


def compare(db: Database) -> None:
    """Print recall and speed of other ways to search the same articles."""
    db.execute("CREATE VIRTUAL TABLE by_trigram USING fts5(body, tokenize='trigram', content='')")
    db.execute("INSERT INTO by_trigram(rowid, body) SELECT number, body FROM articles JOIN searched ON article = id")
    ways = {
        "LIKE": "SELECT number FROM articles JOIN searched ON article = id WHERE body LIKE '%' || ? || '%'",
        "newscrawl": "SELECT rowid FROM articles_fts WHERE articles_fts MATCH fts_query('正文:' || ?)",
        "trigram": "SELECT rowid FROM by_trigram WHERE by_trigram MATCH '\"' || ? || '\"'",
    }
    try:
        import jieba  # noqa: PLC0415 - an optional peer
    except ModuleNotFoundError:
        print("  jieba is not installed")
    else:
        db.conn.create_function("words", 1, lambda text: " ".join(jieba.cut(text)), deterministic=True)
        db.execute("CREATE VIRTUAL TABLE by_words USING fts5(body)")
        db.execute(
            "INSERT INTO by_words(rowid, body) SELECT number, words(body) FROM articles JOIN searched ON article = id"
        )
        ways["jieba"] = "SELECT rowid FROM by_words WHERE by_words MATCH '\"' || words(?) || '\"'"
    for length in (1, 2, 4, 8):
        wanted = queries(db, length, 10)
        truth = [{row[0] for row in db.execute(ways["LIKE"], (query,))} for query in wanted]
        for name, sql in ways.items():
            begin = time.process_time()
            found = [{row[0] for row in db.execute(sql, (query,))} for query in wanted]
            each = (time.process_time() - begin) / len(wanted) * 1e3
            hits = sum(len(one & all_) for one, all_ in zip(found, truth, strict=True))
            print(
                f"  {length} characters, {name:>9}: recall {hits / sum(map(len, truth)):.3f}, all hits in {each:.1f} ms"
            )


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("sizes", nargs="*", type=int, default=[20_000])
    arguments.add_argument("--peers", action="store_true")
    options = arguments.parse_args()
    for each_size in options.sizes:
        measure(each_size, peers=options.peers)
