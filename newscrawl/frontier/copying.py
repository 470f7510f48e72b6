"""A frontier copied whole, from SQLite to PostgreSQL or back: for `newscrawl frontier move`, and backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.errors import FrontierError
from newscrawl.frontier.schema import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Any

    from newscrawl.frontier.database import Database

# Each table with the columns that are its key, in whose order it is read, and its others.
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
# Nobody holds them in the copy.
_UNLEASE = "UPDATE addresses SET state = 'pending', due = NULL WHERE state = 'leased'"
_WAKE = """UPDATE hosts SET active = 1 WHERE active = 0 AND EXISTS
(SELECT 1 FROM addresses WHERE addresses.host = hosts.id AND state = 'pending' AND due IS NULL)"""


def copy(source: Database, target: Database, progress: Callable[[int], None] = lambda _: None) -> int:
    """Copy all of a frontier into an empty one, as it is at this moment; give the number of addresses.

    Raises:
        FrontierError: the target has addresses.
    """
    count = 0
    with source.snapshot(), target.transaction() as db:
        if db.execute("SELECT 1 FROM hosts LIMIT 1").fetchone() is not None:
            raise FrontierError(f"{target.place} has addresses already: name a place that is empty, or move that away")
        for table, (keys, others) in _COPIED.items():
            names = (*keys, *others)
            insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
            for rows in _read(source, table, keys, names):
                db.executemany(insert, rows)
                if table == "addresses":
                    count += len(rows)
                    progress(count)
        db.execute(_UNLEASE)
        db.execute(_WAKE)
        target.filled()
    return count


def _read(source: Database, table: str, keys: tuple[str, ...], names: tuple[str, ...]) -> Iterator[list[Any]]:
    """Give a table's rows, some at a time, in the order of its key."""
    key, marks = ", ".join(keys), ", ".join("?" * len(keys))
    columns = ", ".join(names)
    query = f"SELECT {columns} FROM {table} {{}} ORDER BY {key} LIMIT {_AT_ONCE}"  # noqa: S608  constants
    rows = source.read(query.format(""))
    while rows:
        yield [tuple(row) for row in rows]
        rows = source.read(query.format(f"WHERE ({key}) > ({marks})"), *tuple(rows[-1])[: len(keys)])


def copy_to_file(source: Database, target: Path) -> None:
    """Copy a frontier to a new SQLite file."""
    file = SqliteDatabase(target)
    try:
        copy(source, file)
    finally:
        file.close()
