"""Chinese full-text search that finds exactly what a scan of every article would find.

SQLite's own tokenizers know no Chinese words. Here each character of the folded text is indexed together with the
one behind it (财政政策 → 财政 政政 政策), so that a phrase of such pairs stands exactly where the query's characters
stand, and Latin letters and digits need no rule of their own: a query finds the articles whose folded title, body or
authors (`folding.fold`) have each of its words as a part. Behind the pairs each character stands once by itself, for
queries of one character: FTS5's prefix index would serve them too, but is larger, and slower to ask.

The archive is a plain SQLite file, which any tool may read, copy and correct: nothing in it calls a function of ours.
Triggers note in `search_changes` which texts were written, and what the index holds of them; `settle` brings the index
up to date before each commit of ours (`connection.transaction`), and before a search where another program has written.
What FTS5 takes for the index's texts is a view without rows: a tool that dumps every table finds none to dump.
"""

from __future__ import annotations

import heapq
import sqlite3
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Unpack

from newscrawl.archive.search.filters import Filters, OtherFilters
from newscrawl.archive.search.snippets import snippet
from newscrawl.archive.search.syntax import parse, plain_words
from newscrawl.archive.sql import times
from newscrawl.archive.sql.files import files
from newscrawl.archive.sql.rows import put_triggers
from newscrawl.archive.text.folding import fold, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlite_utils import Database

    from newscrawl.archive.sql.files import File

# `searched` numbers the articles from 1: with their own 64-bit ids each of the index's entries would be 8 bytes longer.
# The tokenizer named ascii takes everything beyond ASCII as it is, in every version of SQLite; unicode61 does not know
# the newer characters. The body comes first because an entry of any other column is 2 bytes longer.
_EMPTY = "CREATE VIEW articles_bigrams AS SELECT NULL AS id, NULL AS body, NULL AS title, NULL AS authors WHERE 0"
_TABLES = (
    "CREATE TABLE searched (number INTEGER PRIMARY KEY, article INTEGER NOT NULL UNIQUE)",
    _EMPTY,
    """CREATE VIRTUAL TABLE articles_fts USING FTS5 (
    body, title, authors, tokenize='ascii', content="articles_bigrams", content_rowid="id")""",
)
# An article's number and text as the index holds them; no number where it holds none.
_CHANGES = """CREATE TABLE search_changes (
    place INTEGER PRIMARY KEY, article INTEGER NOT NULL UNIQUE, number INTEGER, title TEXT, body TEXT,
    authors TEXT)"""
# Conditions instead of OR IGNORE: a trigger takes over how the statement that fires it resolves conflicts.
_NOTE = """INSERT INTO search_changes(article, number, title, body, authors)
    SELECT {row}.id, (SELECT number FROM searched WHERE article = {row}.id), {row}.title, {row}.body,
        {row}.authors{source}
    WHERE {row}.id NOT IN (SELECT article FROM search_changes){more};"""
_OLD = _NOTE.format(row="old", source="", more="")
_NEW = """INSERT INTO search_changes(article) SELECT new.id
    WHERE new.id NOT IN (SELECT article FROM search_changes);"""
# INSERT OR REPLACE fires no trigger for the row that it removes, which is still there before it.
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
_MANY = 2000  # hits up to which they are ranked by bm25, which costs some 10 µs a hit
_WEIGHTS = "1.0, 4.0, 4.0"  # of body, title, authors: a word in the headline is worth four in the body
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
# Fetched for the page alone: sorting the texts with all that is found would take twice as long.
_TEXT = "SELECT url, title, published, published_precision, portal, source, body FROM articles WHERE id = ?"
_Found = tuple[int, Any]  # an article, and what it is sorted by
Texts = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found."""

    url: str
    title: str | None
    published: str | None
    published_precision: str | None
    portal: str | None
    source: str | None
    snippet: str  # from the text as printed, the query's words in «»
    score: float  # the higher the better; comparable within one search only


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the SQL functions `fold(text)` and `fts_query(text)`."""
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
    """Let an index whose triggers and view called `bigram()` be fed as `create` does; the index itself stays."""
    db.execute("DROP VIEW articles_bigrams")
    db.execute(_EMPTY)
    db.execute(_CHANGES)
    put_triggers(db, TRIGGERS)


def with_authors(db: Database) -> None:
    """Make an index anew that does not hold the authors."""
    for statement in ("TABLE articles_fts", "VIEW articles_bigrams", "TABLE searched", "TABLE search_changes"):
        db.execute(f"DROP {statement}")
    create(db)


def settle(db: Database, also: Callable[[Database, int, Texts | None], None] = lambda *_: None) -> None:
    """Index what `search_changes` notes; the caller holds the transaction.

    Args:
        db: the archive.
        also: is called for each article with its title and text, None for one that is no more.
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
    """Return what the index holds of an article; `authors` is a JSON array, whose marks fold to spaces."""
    return bigram(body), bigram(title), bigram(authors)


def is_settled(db: Database, schema: str = "main") -> bool:
    """Tell whether the index of a file holds the articles as they are; of an old version's that nobody noted."""
    if not db.execute("SELECT 1 FROM pragma_table_info('search_changes', ?)", (schema,)).fetchone():
        return True
    return not db.execute(_WAITS.format(schema)).fetchone()


def rebuild(db: Database) -> None:
    """Empty the index and note every article, in the order they came; `settle` then indexes them."""
    db.execute("INSERT INTO articles_fts(articles_fts) VALUES ('delete-all')")
    db.execute("DELETE FROM search_changes")
    db.execute(_ALL_AS_THEY_CAME)
    db.execute("DELETE FROM searched")


def agrees(db: Database) -> bool:
    """Tell whether the index is sound and holds, of each article, as many pairs as it has."""
    try:
        db.execute("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")  # which changes nothing
    except sqlite3.DatabaseError:
        return False
    return all(_numbers(sizes or b"") == list(map(_tokens, texts)) for *texts, sizes in db.execute(_TEXTS))


def _tokens(text: str | None) -> int:
    return len(tokens(fold(text or "")))


def _numbers(packed: bytes) -> list[int]:
    """Read SQLite's integers of varying length: seven bits a byte, the high bit says that more follow."""
    found, number = [], 0
    for byte in packed:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(number)
            number = 0
    return found


def bigram(text: str | None) -> str:
    """Return a text as the index holds it: its pairs, and each of its characters once."""
    return " ".join(tokens(fold(text or "")))


def query(text: str) -> str:
    """Return a search as FTS5's MATCH takes it, "" when it asks for nothing.

    Words stand for AND; AND, OR, NOT, parentheses and quotes ("a b": with what is between them) as usual; 标题: or
    正文: before a word or a group looks there alone.

    Raises:
        ArchiveError: NOT stands where there is nothing to take it from.
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
    """Give the articles that a search finds, the best first: by bm25, a new article counting up to twice an old one.

    Where the words stand in more than 2,000 articles, whatever the filters, what has them in the headline comes first,
    and the last to arrive before the others: a word so common does not tell one article from another. With `sort`
    "date" the newest come first, and those without a date last.

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
    found: Iterator[_Found]
    if sort == "date":
        found = heapq.merge(*(_asked(db, _BY_DATE, file, chosen, [match], most) for file in there), key=newest_first)
    elif any(db.execute(_BROAD.format(file.schema), (match, _MANY)).fetchone() for file in there):
        found = heapq.merge(*(_newest(db, match, chosen, file) for file in there), key=_best_first)
    else:
        given = [_now(db, there), match]
        found = heapq.merge(*(_asked(db, _RANKED, file, chosen, given, most) for file in there), key=_best_first)
    words = plain_words(text)
    for article, value in islice(found, offset, last):
        if (row := db.execute(_TEXT, (article,)).fetchone()) is not None:  # deleted by another program meanwhile
            url, title, published, precision, on, credited, body = row
            score = 0.0 if sort == "date" else value
            yield Hit(url, title, published, precision, on, credited, snippet(body or "", words), score)


def newest_first(found: _Found) -> tuple[bool, list[int]]:
    """Give a key of (article, published) by which later times come first, and what has none last."""
    return found[1] is None, [-ord(sign) for sign in found[1] or ""]


def _best_first(found: _Found) -> float:
    return -float(found[1])


def _now(db: Database, there: Sequence[File]) -> str | None:
    """Return when the newest article was published, which is "now": the same archive gives the same order any day."""
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
        asked = [
            (_COUNT_ALL if file is there[0] else _COUNT_NEW.format(file.of("search_index")), [match]) for file in there
        ]
    else:
        asked = [(query_, [match, *values]) for query_, values in (chosen.into(_COUNT, source=f.hits) for f in there)]
    return sum(int(db.execute(*one).fetchone()[0]) for one in asked)


def _asked(db: Database, query_: str, file: File, chosen: Filters, given: list[Any], most: int) -> Iterator[_Found]:
    """Ask a file one of the queries above."""
    filled, values = chosen.into(query_, source=file.hits, weights=_WEIGHTS)
    return iter(db.execute(filled, [*given, *values, most]))


def _newest(db: Database, match: str, chosen: Filters, file: File) -> Iterator[_Found]:
    """Give what is found in headlines, then what is found elsewhere, both by arrival, the last first."""
    filled, values = chosen.into(_NEWEST, source=file.hits)
    given: set[int] = set()
    for score, part in ((2.0, f"({{title}} : ({match})) AND ({match})"), (1.0, match)):
        for (article,) in db.execute(filled, [part, *values]):
            if article not in given:
                given.add(article)
                yield article, score
