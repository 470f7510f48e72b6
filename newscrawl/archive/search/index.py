"""Chinese full-text search that finds exactly what a scan of every article would find.

SQLite's own tokenizers know no Chinese words. So the index holds bigrams: each character of the folded text with the
next one (财政政策 → 财政 政政 政策). A word of the query becomes a phrase of bigrams, which matches exactly where the
word's characters occur; Latin letters and digits are treated the same way. A query finds the articles whose folded
title, body or authors (`folding.fold`) contain each of its words. After the bigrams, the index holds each distinct
character once, for queries of one character; FTS5's prefix index would be larger and slower.

The archive is a plain SQLite file that any tool may read, copy and correct, so no trigger or view calls a function of
ours. Triggers record in `search_changes` which texts were written, and their words in the index. `settle` brings
the index up to date before each commit of ours (`connection.transaction`), and before a search if another program has
written. The content table of the FTS5 index is a view without rows, so that tools that dump all tables dump no index.
"""

from __future__ import annotations

import heapq
import sqlite3
from itertools import islice
from typing import TYPE_CHECKING, TypedDict, Unpack

from newscrawl.archive.search.filters import Filters, OtherFilters
from newscrawl.archive.search.snippets import snippet
from newscrawl.archive.search.syntax import parse, plain_words
from newscrawl.archive.sql import times
from newscrawl.archive.sql.files import files
from newscrawl.archive.sql.rows import put_triggers
from newscrawl.archive.text.folding import count_tokens, fold, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlite_utils import Database

    from newscrawl.archive.sql.files import File
    from newscrawl.archive.sql.rows import Sql

# `searched` numbers the articles from 1: with 64-bit ids each entry of the index would be 8 bytes longer.
# The tokenizer "ascii" leaves all other characters as they are, in every version of SQLite; unicode61 lacks the newest
# characters. The body comes first because entries of any other column are 2 bytes longer.
_EMPTY = "CREATE VIEW articles_bigrams AS SELECT NULL AS id, NULL AS body, NULL AS title, NULL AS authors WHERE 0"
_TABLES = (
    "CREATE TABLE searched (number INTEGER PRIMARY KEY, article INTEGER NOT NULL UNIQUE)",
    _EMPTY,
    """CREATE VIRTUAL TABLE articles_fts USING FTS5 (
    body, title, authors, tokenize='ascii', content="articles_bigrams", content_rowid="id")""",
)
# An article's number in the index and its indexed text; no number if it is not indexed.
_CHANGES = """CREATE TABLE search_changes (
    place INTEGER PRIMARY KEY, article INTEGER NOT NULL UNIQUE, number INTEGER, title TEXT, body TEXT,
    authors TEXT)"""
# WHERE instead of OR IGNORE: within a trigger, the conflict clause of the statement that fires it prevails.
_NOTE = """INSERT INTO search_changes(article, number, title, body, authors)
    SELECT {row}.id, (SELECT number FROM searched WHERE article = {row}.id), {row}.title, {row}.body,
        {row}.authors{source}
    WHERE {row}.id NOT IN (SELECT article FROM search_changes){more};"""
_OLD = _NOTE.format(row="old", source="", more="")
_NEW = """INSERT INTO search_changes(article) SELECT new.id
    WHERE new.id NOT IN (SELECT article FROM search_changes);"""
# INSERT OR REPLACE fires no DELETE trigger for the row it replaces; a BEFORE trigger still finds that row.
_REPLACED = _NOTE.format(row="articles", source=" FROM articles", more=" AND articles.id = new.id")
TRIGGERS = {
    "articles_fts_replace": f"BEFORE INSERT ON articles BEGIN {_REPLACED} END",
    "articles_fts_insert": f"AFTER INSERT ON articles BEGIN {_NEW} END",
    "articles_fts_update": f"""AFTER UPDATE OF id, title, body, authors ON articles
    WHEN (old.id, old.title, old.body, old.authors) IS NOT (new.id, new.title, new.body, new.authors)
    BEGIN {_OLD} {_NEW} END""",
    "articles_fts_delete": f"AFTER DELETE ON articles BEGIN {_OLD} END",
}
_WAITING = """SELECT place, article, number, search_changes.body, search_changes.title, search_changes.authors,
    articles.id IS NOT NULL, articles.body, articles.title, articles.authors
    FROM search_changes LEFT JOIN articles ON articles.id = article
    ORDER BY place LIMIT 500"""
_ALL_AS_THEY_CAME = """INSERT INTO search_changes(article) SELECT id FROM articles
    LEFT JOIN searched ON searched.article = articles.id ORDER BY number IS NULL, number, id"""
_ADD = "INSERT INTO articles_fts(rowid, body, title, authors) VALUES (?, ?, ?, ?)"
_REMOVE = "INSERT INTO articles_fts(articles_fts, rowid, body, title, authors) VALUES ('delete', ?, ?, ?, ?)"
_WAITS = "SELECT 1 FROM {}.search_changes LIMIT 1"
_TEXTS = """SELECT articles.body, articles.title, articles.authors, articles_fts_docsize.sz
    FROM searched JOIN articles ON articles.id = searched.article
    LEFT JOIN articles_fts_docsize ON articles_fts_docsize.id = searched.number"""
_MANY = 2000  # more hits than this are not ranked by bm25, which costs some 10 µs a hit
_WEIGHTS = "1.0, 4.0, 4.0"  # of body, title, authors: a word in the headline counts as four in the body
_COUNT = "SELECT count(*) FROM {source} WHERE articles_fts MATCH ? AND {chosen}"
_COUNT_ALL = "SELECT count(*) FROM main.articles_fts WHERE articles_fts MATCH ?"
_COUNT_NEW = "SELECT count(*) FROM {} WHERE words MATCH ?"
_BROAD = "SELECT 1 FROM {}.articles_fts WHERE articles_fts MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?"
_NOW = "SELECT max(published) FROM {}.articles WHERE published <= ?"
_RANKED = """SELECT articles.id, -bm25(articles_fts, {weights}) * (1 + 1 / (1 + max(0, ifnull(
        julianday(?) - julianday(substr(articles.published, 1, 10)), 3650)) / 365)) AS score
    FROM {source} WHERE articles_fts MATCH ? AND {chosen} ORDER BY score DESC, articles.id LIMIT ?"""
_BY_DATE = """SELECT articles.id, articles.published FROM {source} WHERE articles_fts MATCH ? AND {chosen}
    ORDER BY articles.published DESC, articles.id LIMIT ?"""
_NEWEST = """SELECT articles.id FROM {source} WHERE articles_fts MATCH ? AND {chosen}
    ORDER BY articles_fts.rowid DESC"""
# Texts are fetched only for the hits shown: sorting all hits together with their texts takes twice as long.
_TEXT = "SELECT url, title, published, published_precision, portal, source, body FROM articles WHERE id = ?"
_Ranked = tuple[int, float]  # an article's id and its score
_Dated = tuple[int, str | None]  # an article's id and when it was published
Texts = tuple[str | None, str | None]


class Listing(TypedDict):
    """An article as every list of articles has it."""

    url: str
    title: str | None
    published: str | None
    published_precision: str | None
    portal: str | None
    source: str | None


class Hit(Listing):
    """An article that a search found."""

    snippet: str  # from the text as printed, the query's words in «»
    score: float  # the higher the better; comparable within one search only


def register(connection: sqlite3.Connection) -> None:
    """Add the SQL functions `fold(text)` and `fts_query(text)` to a connection."""
    connection.create_function("bigram", 1, bigram, deterministic=True)  # of archives not yet `free_of_functions`
    connection.create_function("fold", 1, lambda text: fold(text or ""), deterministic=True)
    connection.create_function("fts_query", 1, query, deterministic=True)


def create(db: Database) -> None:
    """Create the index and its triggers over the archive's `articles`, and index what is there."""
    for statement in (*_TABLES, _CHANGES):
        db.execute(statement)
    put_triggers(db, TRIGGERS)
    rebuild(db)


def free_of_functions(db: Database) -> None:
    """Replace triggers and view that called `bigram()` by those of `create`; the index itself is kept."""
    db.execute("DROP VIEW articles_bigrams")
    db.execute(_EMPTY)
    db.execute(_CHANGES)
    put_triggers(db, TRIGGERS)


def with_authors(db: Database) -> None:
    """Rebuild an index that lacks the authors."""
    for statement in ("TABLE articles_fts", "VIEW articles_bigrams", "TABLE searched", "TABLE search_changes"):
        db.execute(f"DROP {statement}")
    create(db)


def settle(db: Database, also: Callable[[Database, int, Texts | None], None] = lambda *_: None) -> None:
    """Index what `search_changes` notes; the caller holds the transaction.

    Args:
        db: the archive.
        also: is called for each article with its title and text; with None for a deleted article.
    """
    while rows := db.execute(_WAITING).fetchall():
        for place, article, number, *before, there, body, title, authors in rows:
            if number is not None:
                db.execute(_REMOVE, (number, *_indexed(*before)))
            if not there:
                db.execute("DELETE FROM searched WHERE article = ?", (article,))
            else:
                given = number or db.execute("INSERT INTO searched(article) VALUES (?)", (article,)).lastrowid
                db.execute(_ADD, (given, *_indexed(body, title, authors)))
            also(db, article, (title, body) if there else None)
            db.execute("DELETE FROM search_changes WHERE place = ?", (place,))


def _indexed(body: str | None, title: str | None, authors: str | None) -> tuple[str, str, str]:
    """Return an article's bigrams by column; `authors` is a JSON array, whose punctuation folds to spaces."""
    return bigram(body), bigram(title), bigram(authors)


def is_settled(db: Database, schema: str = "main") -> bool:
    """Return whether a file's index is up to date; an index too old to record changes counts as up to date."""
    if not db.execute("SELECT 1 FROM pragma_table_info('search_changes', ?)", (schema,)).fetchone():
        return True
    return not db.execute(_WAITS.format(schema)).fetchone()


def rebuild(db: Database) -> None:
    """Empty the index and record every article as changed, in order of arrival; `settle` then indexes them."""
    db.execute("INSERT INTO articles_fts(articles_fts) VALUES ('delete-all')")
    db.execute("DELETE FROM search_changes")
    db.execute(_ALL_AS_THEY_CAME)
    db.execute("DELETE FROM searched")


def agrees(db: Database) -> bool:
    """Return whether the index is sound and holds the right number of bigrams for each article."""
    try:
        db.execute("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")  # which changes nothing
    except sqlite3.DatabaseError:
        return False
    return all(
        _numbers(sizes or b"") == [count_tokens(fold(text or "")) for text in texts]
        for *texts, sizes in db.execute(_TEXTS)
    )


def _numbers(packed: bytes) -> list[int]:
    """Decode SQLite's variable-length integers: seven bits a byte; the high bit means that more bytes follow."""
    found, number = [], 0
    for byte in packed:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(number)
            number = 0
    return found


def bigram(text: str | None) -> str:
    """Return a text as it is indexed: its bigrams, then each distinct character once."""
    return " ".join(tokens(fold(text or "")))


def query(text: str) -> str:
    """Return a search as an FTS5 MATCH expression, "" when it contains nothing to search for.

    Words are joined by AND. AND, OR, NOT, parentheses and quotes ("a b" for a phrase) work as usual; 标题: or 正文:
    before a word or group limits it to title or body.

    Raises:
        ArchiveError: NOT has no words before it to exclude from.
    """
    return parse(text).match()


def search(
    db: Database,
    text: str,
    *,
    sort: str = "relevance",
    limit: int | None = 20,
    offset: int = 0,
    **filters: Unpack[OtherFilters],
) -> Iterator[Hit]:
    """Yield the articles that a search finds, the best first: by bm25, weighted up to twice for new articles.

    If more than 2,000 articles contain the words (before filtering), so common a word says little about relevance:
    then hits in headlines come first, and within both groups the articles that arrived last. With `sort` "date" the
    newest come first, and articles without a date last.

    `limit` None gives all; the filters are those of `Filters`. See `query` for the words.

    Raises:
        ArchiveError: the query cannot be answered.
    """
    match = query(text)
    if not match:
        return
    chosen, there = Filters(**filters), files(db)
    last = None if limit is None else offset + limit
    most = -1 if last is None else last
    found: Iterator[_Ranked]
    if sort == "date":
        dated = heapq.merge(*(_asked(db, _BY_DATE, file, chosen, [match], most) for file in there), key=newest_first)
        found = ((article, 0.0) for article, _ in dated)
    elif any(db.execute(_BROAD.format(file.schema), (match, _MANY)).fetchone() for file in there):
        found = heapq.merge(*(_newest(db, match, chosen, file) for file in there), key=_best_first)
    else:
        given: list[Sql] = [_now(db, there), match]
        found = heapq.merge(*(_asked(db, _RANKED, file, chosen, given, most) for file in there), key=_best_first)
    words = plain_words(text)
    for article, score in islice(found, offset, last):
        if (row := db.execute(_TEXT, (article,)).fetchone()) is not None:  # deleted by another program meanwhile
            url, title, published, precision, on, credited, body = row
            yield {
                "url": url,
                "title": title,
                "published": published,
                "published_precision": precision,
                "portal": on,
                "source": credited,
                "snippet": snippet(body or "", words),
                "score": score,
            }


def newest_first(found: _Dated) -> tuple[bool, list[int]]:
    """Return a sort key of (article, published): later times first, articles without a time last."""
    return found[1] is None, [-ord(sign) for sign in found[1] or ""]


def _best_first(found: _Ranked) -> float:
    return -found[1]


def _now(db: Database, there: Sequence[File]) -> str | None:
    """Return the newest publication time. It serves as "now", so that an archive gives the same order on any day."""
    tomorrow = times.in_future(days=1)
    newest = [db.execute(_NOW.format(file.schema), (tomorrow,)).fetchone()[0] for file in there]
    return max((published for published in newest if published), default=None)


def count(db: Database, text: str, **filters: Unpack[OtherFilters]) -> int:
    """Count the articles that a search finds. Raises ArchiveError as `search` does."""
    match = query(text)
    if not match:
        return 0
    chosen, there = Filters(**filters), files(db)
    if chosen == Filters():
        asked: list[tuple[str, list[Sql]]] = [
            (_COUNT_ALL if file is there[0] else _COUNT_NEW.format(file.of("search_index")), [match]) for file in there
        ]
    else:
        asked = [(query_, [match, *values]) for query_, values in (chosen.into(_COUNT, source=f.hits) for f in there)]
    return sum(int(db.execute(*one).fetchone()[0]) for one in asked)


def _asked(db: Database, query_: str, file: File, chosen: Filters, given: Sequence[Sql], most: int) -> sqlite3.Cursor:
    """Run one of the queries above on a file."""
    filled, values = chosen.into(query_, source=file.hits, weights=_WEIGHTS)
    return db.execute(filled, [*given, *values, most])


def _newest(db: Database, match: str, chosen: Filters, file: File) -> Iterator[_Ranked]:
    """Yield hits in headlines, then other hits, both in order of arrival, the latest first."""
    filled, values = chosen.into(_NEWEST, source=file.hits)
    given: set[int] = set()
    for score, part in ((2.0, f"({{title}} : ({match})) AND ({match})"), (1.0, match)):
        for (article,) in db.execute(filled, [part, *values]):
            if article not in given:
                given.add(article)
                yield article, score
