"""Find all reprints of an archive anew, while other processes go on storing articles and reading reprints.

The new tables grow in SQLite's temporary database, without any lock on the archive, whose own tables stay in use. They
are then copied into the archive in parts, as `rebuilt_…`, and take the place of the old ones in one short
transaction. Triggers note the articles that are stored, changed or deleted meanwhile: these are placed again, the last
of them in that transaction. So readers see either the old reprints or the new ones, and the outcome is that of a
rebuild with nothing else at work.

A rebuild that is killed leaves the old reprints in use, or the new ones. What else it left in the file is removed when
the archive is next opened for writing (`tidy`).
"""

from __future__ import annotations

import fcntl
import json
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING

from newscrawl.archive.reprints import detect, outlets
from newscrawl.archive.sql.rows import put_triggers
from newscrawl.errors import FolderLockedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlite_utils import Database

    Step = Callable[[], AbstractContextManager[None]]

_NEW, _OLD = "rebuilt_", "replaced_"  # before the names of tables
_LEFT = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND (name GLOB 'rebuilt_*' OR name GLOB 'replaced_*')"
_KEYS = {"texts": "text", "placed": "article", "sketch": "hash, text", "overlaps": "small, large"}
_KEYS |= {"reprints": "article, original", "changes": "number"}
_ROWS = 20_000  # copied or deleted in one transaction: less than a tenth of a second
_CACHE_KIB = 64 * 1024  # of the temporary database
_CHANGES = "CREATE TABLE rebuilt_changes (number INTEGER PRIMARY KEY, article INTEGER NOT NULL)"
_NOTE = "INSERT INTO rebuilt_changes(article) VALUES ({}.id);"
_TRIGGERS = {
    "rebuilt_insert": f"AFTER INSERT ON articles BEGIN {_NOTE.format('new')} END",
    "rebuilt_delete": f"AFTER DELETE ON articles BEGIN {_NOTE.format('old')} END",
    "rebuilt_update": f"""AFTER UPDATE OF {", ".join(detect.BEARS_ON_REPRINTS)} ON articles
    BEGIN {_NOTE.format("new")} END""",
}
# Hides the archive's table from `detect`, so that `reprint_of` stays as it is.
_ARTICLES = """CREATE TEMP VIEW articles AS
    SELECT id, url, portal, published, first_seen, source_norm, original_url, canonical_url, body, NULL AS reprint_of
    FROM main.articles"""
_READ_ONLY = "CREATE TEMP TRIGGER articles_stay INSTEAD OF UPDATE ON articles BEGIN SELECT 1; END"
_CHANGED = "SELECT number, article FROM main.rebuilt_changes WHERE number > ? ORDER BY number"
_BODY = "SELECT body FROM articles WHERE id = ? AND body IS NOT NULL"
# Of a table of `_KEYS`: some rows to delete, the last row's key, and the rows to copy after it.
_SOME = "DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} LIMIT ?)"
_LAST = "SELECT {key} FROM main.{new}{table} ORDER BY {backwards} LIMIT 1"
_NEXT = "INSERT INTO main.{new}{table} SELECT * FROM temp.{table} WHERE {after} ORDER BY {key} LIMIT ?"
# Both are answered from indexes, without reading the articles.
_UNLIKE = """SELECT id FROM articles WHERE reprint_of >= -9223372036854775808 AND NOT EXISTS (SELECT 1 FROM reprints
        WHERE article = articles.id AND original = articles.reprint_of AND relation <> 'contains')
    UNION SELECT article FROM reprints WHERE relation <> 'contains' AND NOT EXISTS (SELECT 1 FROM articles
        WHERE articles.reprint_of = original AND articles.id = article)"""
_LIKEN = """UPDATE articles SET reprint_of = (SELECT original FROM reprints
    WHERE article = articles.id AND relation <> 'contains') WHERE id IN (SELECT value FROM json_each(?))"""


@contextmanager
def alone(archive: Path) -> Iterator[None]:
    """Hold the lock of an archive's rebuilds until the block ends or the process dies.

    Raises:
        FolderLockedError: another process holds it.
    """
    with archive.with_name(".reprints.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderLockedError(
                f"another process is finding the reprints of {archive} anew; wait for it"
            ) from error
        yield


def rebuild(db: Database, step: Step = nullcontext) -> None:
    """Normalise all outlets and find all reprints anew: same result as placing the articles one by one.

    Args:
        db: the archive's; the caller is `alone` in this, others may write.
        step: a context manager for each of many short transactions.
    """
    finish(db, step)
    outlets.renew(db, step)
    with step():
        detect.create(db, prefix=_NEW)
        db.execute(_CHANGES)
        put_triggers(db, _TRIGGERS)
    try:
        seen = _build(db)
        _copy(db, step)
    finally:
        for name in detect.TABLES:
            db.execute(f"DROP TABLE IF EXISTS temp.{name}")
    with step():
        _swap(db, seen)
    finish(db, step)


def tidy(db: Database, archive: Path, step: Step) -> None:
    """Finish a rebuild that was killed; do nothing while another rebuild is running."""
    if db.execute(_LEFT).fetchone():
        with suppress(FolderLockedError), alone(archive):
            finish(db, step)


def finish(db: Database, step: Step) -> None:
    """Bring `articles.reprint_of` in line with new reprints, and remove what rebuilds have left, in short steps."""
    left = [name for (name,) in db.execute(_LEFT)]
    if any(name.startswith(_OLD) for name in left):
        unlike = [article for (article,) in db.execute(_UNLIKE)]
        for start in range(0, len(unlike), _ROWS // 20):
            with step():
                db.execute(_LIKEN, (json.dumps(unlike[start : start + _ROWS // 20]),))
    if left:
        with step():
            for name in _TRIGGERS:
                db.execute(f"DROP TRIGGER IF EXISTS main.{name}")
    for name in left:
        some = _SOME.format(table=name, key=_KEYS[name.partition("_")[2]])
        deleted = _ROWS
        while deleted:
            with step():
                deleted = db.execute(some, (_ROWS,)).rowcount
        with step():
            db.execute(f"DROP TABLE {name}")


def _build(db: Database) -> int:
    """Place all articles in temporary tables; return the last noted change that these know."""
    db.execute(f"PRAGMA temp.cache_size = {-_CACHE_KIB}")
    detect.create(db, schema="temp")
    db.execute(_ARTICLES)
    db.execute(_READ_ONLY)
    seen = 0
    last: int | None = -(2**63)
    try:
        while last is not None:
            db.execute("BEGIN")  # one state of the archive, whatever is written meanwhile
            seen = _follow(db, seen)
            last = detect.place_some(db, last)
            db.execute("COMMIT")
    finally:
        if db.conn.in_transaction:  # it was broken off
            db.execute("ROLLBACK")
        db.execute("DROP VIEW temp.articles")
    return seen


def _follow(db: Database, seen: int) -> int:
    """Place again the articles that have changed since a noted change; return the last that is noted."""
    changes = db.execute(_CHANGED, (seen,)).fetchall()
    articles = sorted({article for _, article in changes})
    detect.remove(db, *articles)  # all of them first, since texts are compared by the bodies that articles have now
    for article in articles:
        for (body,) in db.execute(_BODY, (article,)).fetchall():
            detect.place(db, article, detect.fingerprint(body), body)
    return changes[-1][0] if changes else seen


def _copy(db: Database, step: Step) -> None:
    """Copy the temporary tables into the archive, in the order of their keys."""
    for table in detect.TABLES:
        key = _KEYS[table]
        newest = _LAST.format(new=_NEW, table=table, key=key, backwards=f"{key.replace(',', ' DESC,')} DESC")
        last: tuple[int, ...] | None = ()
        while last is not None:
            after = f"({key}) > ({', '.join('?' * len(last))})" if last else "1"
            with step():
                db.execute(_NEXT.format(new=_NEW, table=table, key=key, after=after), (*last, _ROWS))
            reached = db.execute(newest).fetchone()
            last = reached if reached != last else None


def _swap(db: Database, seen: int) -> None:
    """Replace the old tables by the new ones, and place again the articles that have changed meanwhile."""
    db.execute("PRAGMA legacy_alter_table = ON")  # views go on meaning the tables of these names
    for table in detect.TABLES:
        db.execute(f"ALTER TABLE main.{table} RENAME TO {_OLD}{table}")
        db.execute(f"ALTER TABLE main.{_NEW}{table} RENAME TO {table}")
    db.execute("PRAGMA legacy_alter_table = OFF")
    _follow(db, seen)
    for name in _TRIGGERS:
        db.execute(f"DROP TRIGGER main.{name}")
    db.execute("DROP TABLE rebuilt_changes")
