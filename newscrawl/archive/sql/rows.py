"""Read and write single rows by their key, and make the ids and texts stored in them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from sqlite_utils import Database

Sql = str | int | float | bytes | None  # what a column holds
Row = dict[str, Any]  # of a table whose columns, and so their types, follow from the fields of `Article`
Kind = TypeVar("Kind", bound=Mapping[str, object])


class Reading(TypedDict, total=False):
    """An article as one capture of its page shows it: the columns of a batch that reprints and samples need."""

    url: str
    host: str
    portal: str
    portal_title: str
    title: str | None
    published: str | None
    source_norm: str | None
    original_url: str | None
    canonical_url: str | None
    body: str | None
    content_hash: str | None
    part: int | None
    fetched_at: str
    warc: str
    offset: int


def stamp(moment: datetime) -> str:
    """Write a crawl time the archive's way: UTC, microseconds, "Z"; such texts sort as the times do."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def hash_id(*parts: str) -> int:
    """Return a signed 64-bit id from texts, the same in every archive."""
    digest = hashlib.blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def storable(text: str | None) -> str | None:
    r"""Join pairs of surrogates and replace lone ones ("\ud83d" in a page's JSON), which UTF-8 cannot encode."""
    if text is None:
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def one(db: Database, query: str, *values: object) -> Row | None:
    """Return the first row a query gives."""
    return next(rows_of(Row, db, query, values), None)


def rows_of(
    kind: type[Kind],  # noqa: ARG001  # for the type checker
    db: Database,
    query: str,
    values: Sequence[object] | dict[str, object] = (),
) -> Iterator[Kind]:
    """Yield the rows of a query as their kind, a TypedDict with the query's columns.

    SQLite knows no such types, so this is the only place that asserts them; tests/archive/read/test_kinds.py compares
    each kind with real rows. sqlite-utils' own `query` would wrap each in a savepoint, which doubles its cost.
    """
    found = db.conn.execute(query, values)
    names = [column for column, *_ in found.description]
    return (cast("Kind", dict(zip(names, row, strict=True))) for row in found)


def upsert(db: Database, table: str, key: tuple[str, ...], row: Mapping[str, object]) -> None:
    """Write a row by its key. Plain SQL, as sqlite-utils looks the table's schema up for every row."""
    names = ", ".join(f'"{name}"' for name in row)
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in row if name not in key)
    db.execute(
        f"INSERT INTO {table}({names}) VALUES ({', '.join('?' * len(row))}) "  # noqa: S608  # names are our own
        f"ON CONFLICT({', '.join(key)}) DO UPDATE SET {changes}",
        tuple(row.values()),
    )


def put_triggers(db: Database, triggers: Mapping[str, str]) -> None:
    """Create triggers by name, replacing existing ones."""
    for name, event in triggers.items():
        db.execute(f"DROP TRIGGER IF EXISTS main.{name}")
        db.execute(f"CREATE TRIGGER {name} {event}")


def has_triggers(db: Database, triggers: Mapping[str, str]) -> bool:
    """Return whether triggers exist exactly as given."""
    there = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return all(there.get(name) == f"CREATE TRIGGER {name} {event}" for name, event in triggers.items())
