"""Find the reprints of an article when it is stored, inside the same transaction.

The result depends only on the set of articles, not on the order in which they came or on the number of processes
that wrote them:

`texts`     a row for each distinct text, named by 63 bits of its hash; `digest` is 1 for several unrelated stories
`placed`    article → text
`sketch`    (hash, text), the values of the texts' sketches
`overlaps`  pairs of texts that `sketch.compare` finds to be reprints
`reprints`  (article, original, containment, relation) for people. `relation` is what the article is to the original:
            same, cut, extended or edited; alias, if its page names another member's address as its canonical URL;
            or contains, if it is a digest that holds the original. `containment` is the share of the shorter text's
            5-character grams found in the longer

Two texts are compared when they share two sketch values and are near each other in the list of texts that each value
has (ordered by the texts' names). So a value that thousands of texts share (boilerplate, forms, a story that every
outlet printed) costs no more than a rare one; a widely printed story stays one family, as each text is linked to its
neighbours in the list.

All functions run inside the caller's transaction and never commit.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NotRequired, TypedDict

from sqlite_utils import Database

from newscrawl.archive.reprints import families, sketch
from newscrawl.archive.reprints.sketch import fingerprint
from newscrawl.archive.sql.rows import Reading, rows_of
from newscrawl.items import Fingerprint
from newscrawl.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = ["Fingerprint", "create", "families_of_texts", "fingerprint", "place", "reprints_of_readings"]

_Pair = tuple[int, int]  # two texts, the lower name first
NEAR = 4  # texts that count as near in a value's list: so many before and so many after
ENOUGH = 2  # values that two texts must share to be compared
_STEP = 500  # articles placed in one step of a rebuild: about half a second
_SHORTEST = 16  # folded characters: a shorter text (图片新闻) is equal by chance, not copied

TABLES = {
    "texts": "(text INTEGER PRIMARY KEY, length INTEGER NOT NULL, digest INTEGER NOT NULL, sketch BLOB NOT NULL)",
    "placed": "(article INTEGER PRIMARY KEY, text INTEGER NOT NULL)",
    "sketch": "(hash INTEGER, text INTEGER, PRIMARY KEY (hash, text)) WITHOUT ROWID",
    "overlaps": """(small INTEGER, large INTEGER, of_small REAL NOT NULL, of_large REAL NOT NULL,
    start REAL NOT NULL, "end" REAL NOT NULL, PRIMARY KEY (small, large)) WITHOUT ROWID""",
    "reprints": """(article INTEGER, original INTEGER, containment REAL NOT NULL, relation TEXT NOT NULL,
    PRIMARY KEY (article, original)) WITHOUT ROWID""",
}
_INDEXES = (("placed", "text"), ("overlaps", "large"), ("reprints", "original"))
# `place` is to be called again for an article when one of these has changed.
BEARS_ON_REPRINTS = ("body", "published", "first_seen", "source_norm", "original_url", "canonical_url", "portal")
# The columns of the archive's tables that this module reads, for texts that are in no archive.
_STAND_IN = """
CREATE TABLE articles (id INTEGER PRIMARY KEY, url, portal TEXT, published TEXT, first_seen TEXT,
    source_norm TEXT, original_url TEXT, canonical_url TEXT, body TEXT, reprint_of INTEGER, seen TEXT);
CREATE TABLE portals (key TEXT PRIMARY KEY, title TEXT)
"""
_PUT_READING = """
INSERT INTO articles (id, url, portal, published, first_seen, seen, source_norm, original_url, canonical_url, body)
VALUES (:id, :url, :portal, :published, :fetched_at, :fetched_at, :source_norm, :original_url, :canonical_url, :body)
ON CONFLICT (id) DO UPDATE SET first_seen = min(first_seen, excluded.first_seen)"""
_PUT_NEWER = """
UPDATE articles SET portal = :portal, published = :published, seen = :fetched_at, source_norm = :source_norm,
  original_url = :original_url, canonical_url = :canonical_url, body = :body WHERE id = :id AND seen < :fetched_at"""
_NEXT_ARTICLES = "SELECT id, body FROM articles WHERE id > ? AND body IS NOT NULL ORDER BY id LIMIT ?"
# For a JSON list of articles.
_OUT_OF_FAMILIES = (
    """DELETE FROM reprints WHERE article IN (SELECT value FROM json_each(?1))
        OR original IN (SELECT value FROM json_each(?1))""",
    """UPDATE articles SET reprint_of = NULL WHERE id IN (SELECT value FROM json_each(?1))
        OR reprint_of IN (SELECT value FROM json_each(?1))""",
    "DELETE FROM placed WHERE article IN (SELECT value FROM json_each(?1))",
)
_PREVIOUS = "SELECT text FROM sketch WHERE hash = ? AND text < ? ORDER BY text DESC LIMIT ?"
_KNOWN = "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM sketch WHERE hash = value)"
_NEXT = "SELECT text FROM sketch WHERE hash = ? AND text > ? ORDER BY text LIMIT ?"


def create(db: Database, schema: str = "main", prefix: str = "") -> None:
    """Create the tables of this module, under other names with a prefix. `articles`, `portals` are the archive's."""
    for name, columns in TABLES.items():
        db.execute(f"CREATE TABLE {schema}.{prefix}{name} {columns}")
    there = {name for (name,) in db.execute("SELECT name FROM main.sqlite_master WHERE type = 'index'")}
    for table, column in _INDEXES:
        name = f"{table}_{column}"
        name += "_again" * (schema == "main" and name in there)  # a renamed table keeps its indexes' names
        db.execute(f"CREATE INDEX {schema}.{name} ON {prefix}{table}({column})")


def place(db: Database, article: int, fingerprint: Fingerprint, body: str) -> None:
    """Find an article's copies and update the families that this changes. Call it after the article's row is written.

    `fingerprint` is the body's, computed before the transaction. Call this again whenever one of BEARS_ON_REPRINTS has
    changed.
    """
    text = int(fingerprint.content_hash[:16], 16) >> 1
    old = _text_of(db, article)
    changed: set[int] = set()
    if old is not None and old != text:
        db.execute("DELETE FROM reprints WHERE article = ? OR original = ?", (article, article))
        db.execute("UPDATE articles SET reprint_of = NULL WHERE id = ?", (article,))
        db.execute("DELETE FROM placed WHERE article = ?", (article,))
        changed = _take_out(db, {old})
    if fingerprint.length >= _SHORTEST:
        if is_new := not db.execute("SELECT 1 FROM texts WHERE text = ?", (text,)).fetchone():
            changed |= _put_in(db, text, fingerprint, sketch.normalised(body))
        db.execute("INSERT OR REPLACE INTO placed VALUES (?, ?)", (article, text))
        if is_new and not changed:
            return  # a new text without overlaps: its article has no family
    families.settle(db, text, changed)


def remove(db: Database, *articles: int) -> None:
    """Take articles out of their families, before their rows are deleted or when they are to be placed again."""
    texts = {text for article in articles if (text := _text_of(db, article)) is not None}
    names = json.dumps(articles)
    for query in _OUT_OF_FAMILIES:
        db.execute(query, (names,))
    changed = _take_out(db, texts)
    for text in sorted(texts):
        families.settle(db, text, changed)


def place_some(db: Database, after: int) -> int | None:
    """Place the next articles by id; return the last one's id, None when there are no more."""
    rows = db.execute(_NEXT_ARTICLES, (after, _STEP)).fetchall()
    for article, body in rows:
        place(db, article, fingerprint(body), body)
    return rows[-1][0] if rows else None


@contextmanager
def _temporary() -> Iterator[Database]:
    """Open a database in a temporary file for texts that are in no archive, within a transaction."""
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        db = Database(connection, execute_plugins=False)
        db.execute("PRAGMA journal_mode = OFF")
        for statement in _STAND_IN.split(";"):
            db.execute(statement)
        create(db)
        db.begin()
        yield db


_FAMILIES = """SELECT a.url AS id, ifnull(o.url, a.url) AS family, ifnull(o.url, a.url) AS original,
    ifnull(r.relation, d.relation) AS relation, ifnull(r.containment, max(d.containment)) AS containment
    FROM articles a LEFT JOIN articles o ON o.id = a.reprint_of
    LEFT JOIN reprints r ON r.article = a.id AND r.original = a.reprint_of
    LEFT JOIN reprints d ON d.article = a.id AND d.relation = 'contains' GROUP BY a.id ORDER BY a.id"""
_OF_READINGS = """SELECT a.url AS article, o.url AS original, r.relation, r.containment FROM reprints r
    JOIN articles a ON a.id = r.article JOIN articles o ON o.id = r.original
    WHERE r.relation <> 'alias' ORDER BY a.id, o.url"""


class TextRow(TypedDict):
    """A text that is in no archive."""

    id: str | int
    body: str | None
    published: NotRequired[str | None]


class TextFamily(TypedDict):
    """The family of such a text, named by its original's id."""

    id: str
    family: str
    original: str
    relation: str | None
    containment: float | None


class ReadingReprint(TypedDict):
    """A reading that has another's text; both by their addresses."""

    article: str
    original: str
    relation: str
    containment: float


def families_of_texts(rows: Iterable[TextRow]) -> Iterator[TextFamily]:
    """Find the reprints among texts that are in no archive; gives a row for each, in the order given.

    An original has no relation; without times it is the one whose id sorts first. A digest stands
    alone, with the relation "contains" and the containment of the story it holds most of. Works in a temporary file,
    so that memory does not grow with the texts.
    """
    with _temporary() as db:
        for number, row in enumerate(rows):
            body = row["body"] or ""
            db.execute(
                "INSERT INTO articles (id, url, published, body) VALUES (?, ?, ?, ?)",
                (number, row["id"], row.get("published"), body),
            )
            place(db, number, fingerprint(body), body)
        db.commit()
        yield from rows_of(TextFamily, db, _FAMILIES)


def reprints_of_readings(rows: Iterable[Reading]) -> Iterator[ReadingReprint]:
    """Find the reprints among readings of pages (see `apart`), as an archive of the same pages has them.

    Of an address with several readings the last counts; addresses come in order. Works in a temporary file, so that
    memory does not grow with the texts.
    """
    with _temporary() as db:
        for row in rows:
            values = {**row, "id": url_id(row["url"])}
            db.execute(_PUT_READING, values)
            db.execute(_PUT_NEWER, values)
            db.execute(
                "INSERT INTO portals VALUES (?, ?) ON CONFLICT (key) DO NOTHING", (row["portal"], row["portal_title"])
            )
        last: int | None = -(2**63)
        while last is not None:
            last = place_some(db, last)
        db.commit()
        yield from rows_of(ReadingReprint, db, _OF_READINGS)


def _text_of(db: Database, article: int) -> int | None:
    row = db.execute("SELECT text FROM placed WHERE article = ?", (article,)).fetchone()
    return row[0] if row else None


def _put_in(db: Database, text: int, fingerprint: Fingerprint, letters: str) -> set[int]:
    """Add a text and its overlaps; return the texts whose families may be others now."""
    shared: Counter[int] = Counter()
    parted: set[_Pair] = set()
    for (value,) in db.execute(_KNOWN, (json.dumps(fingerprint.sketch),)).fetchall():  # most values are new
        before, behind = _neighbours(db, value, text)
        shared.update(before)
        shared.update(behind)
        parted |= _just_apart(before, behind)
    db.execute(
        "INSERT INTO texts VALUES (?, ?, 0, ?)", (text, fingerprint.length, array("I", fingerprint.sketch).tobytes())
    )
    db.conn.executemany("INSERT INTO sketch VALUES (?, ?)", [(value, text) for value in fingerprint.sketch])
    changed = {other for other, count in shared.items() if count >= ENOUGH and _compare(db, text, letters, other)}
    for pair in sorted(parted & _overlapping(db, parted)):
        if not _is_candidate(db, pair):
            db.execute("DELETE FROM overlaps WHERE (small = ?1 AND large = ?2) OR (small = ?2 AND large = ?1)", pair)
            changed |= set(pair)
    return changed


def _take_out(db: Database, texts: Collection[int]) -> set[int]:
    """Remove those texts that no article holds any more; return the texts whose families may be others now."""
    gone = {text for text in texts if not db.execute("SELECT 1 FROM placed WHERE text = ?", (text,)).fetchone()}
    either = "SELECT large FROM overlaps WHERE small = ?1 UNION SELECT small FROM overlaps WHERE large = ?1"
    changed, joined = set(texts), set[_Pair]()
    for text in sorted(gone):
        changed |= {other for (other,) in db.execute(either, (text,))}
        values = _values(db, text)
        db.execute("DELETE FROM overlaps WHERE small = ?1 OR large = ?1", (text,))
        db.execute("DELETE FROM texts WHERE text = ?", (text,))
        for value in values:
            db.execute("DELETE FROM sketch WHERE hash = ? AND text = ?", (value, text))
            joined |= _just_apart(*_neighbours(db, value, text))
    joined = {pair for pair in joined if gone.isdisjoint(pair)}
    for one, other in sorted(joined - _overlapping(db, joined)):
        if _is_candidate(db, (one, other)) and _compare(db, one, _letters(db, one), other):
            changed |= {one, other}
    return changed - gone


def _neighbours(db: Database, value: int, text: int) -> tuple[list[int], list[int]]:
    """Return the texts near a text in a value's list, before it and behind it, the nearest first."""
    execute = db.conn.execute  # forty times an article: sqlite-utils' own costs as much as the query
    before = [row[0] for row in execute(_PREVIOUS, (value, text, NEAR))]
    return before, [row[0] for row in execute(_NEXT, (value, text, NEAR))]


def _just_apart(before: list[int], behind: list[int]) -> set[_Pair]:
    """Return the pairs of these neighbours that are near each other only while the text between them is absent."""
    first = max(0, NEAR - len(behind))
    return {(before[i], behind[NEAR - 1 - i]) for i in range(first, len(before))}


def _overlapping(db: Database, pairs: set[_Pair]) -> set[_Pair]:
    """Return all overlaps of the first text of each pair, lower name first."""
    if not pairs:
        return set()
    query = """SELECT small, large FROM overlaps WHERE small IN (SELECT value FROM json_each(?1))
        UNION ALL SELECT large, small FROM overlaps WHERE large IN (SELECT value FROM json_each(?1))"""
    names = json.dumps(sorted({low for low, _ in pairs}))
    return {(low, high) for low, high in db.execute(query, (names,)) if low < high}


def _is_candidate(db: Database, pair: _Pair) -> bool:
    """Return whether two texts are near in the lists of at least two values."""
    low, high = pair
    shared = set(_values(db, low)) & set(_values(db, high))
    execute = db.conn.execute
    return sum([(high,) in execute(_NEXT, (value, low, NEAR)).fetchall() for value in shared]) >= ENOUGH


def _compare(db: Database, text: int, letters: str, other: int) -> bool:
    """Compare a text, given by name and letters, with another; record their overlap if there is one."""
    theirs = _letters(db, other)
    small, large = sorted(((len(letters), text, letters), (len(theirs), other, theirs)))
    overlap = sketch.compare(small[2], large[2])
    if overlap is None:
        return False
    values = (small[1], large[1], overlap.of_small, overlap.of_large, overlap.start, overlap.end)
    db.execute("INSERT INTO overlaps VALUES (?, ?, ?, ?, ?, ?)", values)
    return True


def _values(db: Database, text: int) -> array[int]:
    """Return a text's sketch."""
    row = db.execute("SELECT sketch FROM texts WHERE text = ?", (text,)).fetchone()
    return array("I", row[0])


def _letters(db: Database, text: int) -> str:
    """Return the normalised text itself, from one of the articles that hold it."""
    row = db.execute(families.BODY_OF_TEXT, (text,)).fetchone()
    return sketch.normalised(row[0])
