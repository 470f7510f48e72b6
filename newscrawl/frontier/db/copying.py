"""Copy a whole frontier between SQLite and PostgreSQL, for `newscrawl frontier move` and backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.errors import FrontierError
from newscrawl.frontier.db.database import WAKE_HOSTS
from newscrawl.frontier.db.schema import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from newscrawl.frontier.db.database import Database, Value

# For each table: the columns of its key, by which it is sorted, and its other columns.
_COPIED = {
    "hosts": (
        ("id",),
        ("portal", "host", "active", "turn", "closed_until", "day", "fetched", "streak", "barren", "fruitful"),
    ),
    "addresses": (
        ("rowid",),
        (
            *("id", "url", "host", "kind", "state", "due", "trusted", "priority", "depth", "parent", "request"),
            *("tries", "idle", "misses", "status", "outcome", "etag", "last_modified", "article_since"),
            *("first_seen", "last_fetched", "list", "page", "chained", "ended"),
        ),
    ),
    "aliases": (("id",), ("url", "address", "reason", "seen")),
    "listed": (("list", "entry"), ("page", "place")),
    "forms": (("host", "form"), ("barren",)),
    "twins": (("site", "rule"), ("seen",)),
}
_AT_ONCE = 2000  # rows
_INSERT = "INSERT INTO {table} ({columns}) VALUES ({marks})"
_FIRST = "SELECT {columns} FROM {table} ORDER BY {keys} LIMIT ?"
_NEXT = "SELECT {columns} FROM {table} WHERE ({keys}) > ({key_marks}) ORDER BY {keys} LIMIT ?"
# Leases are not copied.
_UNLEASE = "UPDATE addresses SET state = 'pending', due = NULL WHERE state = 'leased'"


def copy(source: Database, target: Database, progress: Callable[[int], None] = lambda _: None) -> int:
    """Copy a consistent snapshot of a frontier into an empty one; return the number of addresses.

    Raises:
        FrontierError: the target has addresses.
    """
    count = 0
    with source.snapshot(), target.transaction() as db:
        if db.execute("SELECT 1 FROM hosts LIMIT 1").fetchone() is not None:
            raise FrontierError(f"{target.place} has addresses already: name a place that is empty, or move that away")
        for table in _COPIED:
            for rows in _read(source, table):
                db.executemany(_of(table, _INSERT), rows)
                if table == "addresses":
                    count += len(rows)
                    progress(count)
        db.execute(_UNLEASE)
        db.execute(WAKE_HOSTS)
        target.filled()
    return count


def _read(source: Database, table: str) -> Iterator[list[tuple[Value, ...]]]:
    """Yield a table's rows in batches, in the order of its key."""
    keys = len(_COPIED[table][0])
    rows = source.read(_of(table, _FIRST), _AT_ONCE)
    while rows:
        yield [tuple(row) for row in rows]
        rows = source.read(_of(table, _NEXT), *tuple(rows[-1])[:keys], _AT_ONCE)


def _of(table: str, query: str) -> str:
    """Insert the names of a table and its columns into a query; all are constants of `_COPIED`."""
    keys, others = _COPIED[table]
    columns = (*keys, *others)
    return query.format(
        table=table,
        columns=", ".join(columns),
        marks=", ".join("?" * len(columns)),
        keys=", ".join(keys),
        key_marks=", ".join("?" * len(keys)),
    )


def copy_to_file(source: Database, target: Path) -> None:
    """Copy a frontier to a new SQLite file."""
    file = SqliteDatabase(target)
    try:
        copy(source, file)
    finally:
        file.close()
