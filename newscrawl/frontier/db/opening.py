"""Open a frontier's database by its place: an SQLite file, or a PostgreSQL address."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from newscrawl.errors import FrontierError
from newscrawl.extras import how_to_install
from newscrawl.frontier.db.schema import SqliteDatabase
from newscrawl.frontier.db.schema import copy as copy_file
from newscrawl.frontier.db.schema import pending as pending_file

if TYPE_CHECKING:
    from newscrawl.frontier.db.database import Database

Place: TypeAlias = Path | str  # a file, or postgresql://user@host/database
_SCHEMES = ("postgresql://", "postgres://")


def is_postgres(place: Place) -> bool:
    """Return whether a place is a PostgreSQL database."""
    return str(place).startswith(_SCHEMES)


def exists(place: Place) -> bool:
    """Return whether a frontier exists; always true for a server, where only opening can show it."""
    return is_postgres(place) or Path(place).exists()


def open_database(place: Place, *, read_only: bool = False) -> Database:
    """Open a store of addresses, making it if need be; a file, where it is asked for, for reading alone.

    Raises:
        FrontierError: it cannot be opened, a newer newscrawl wrote it, or the extra `postgres` is missing.
    """
    if not is_postgres(place):
        if "://" in str(place):
            raise FrontierError(f"{str(place).partition('://')[0]}:// is no frontier: name a file, or postgresql://…")
        return SqliteDatabase(Path(place), read_only=read_only)
    try:
        from newscrawl.frontier.db.postgres import PostgresDatabase  # noqa: PLC0415  an extra brings its driver
    except ImportError as error:
        advice = how_to_install("postgres")
        raise FrontierError(f"a frontier on PostgreSQL needs psycopg; install it with: {advice}") from error
    return PostgresDatabase(str(place))


def back_up(place: Place, target: Path) -> None:
    """Write a copy of a frontier as it is at this moment to a new SQLite file, while others may go on writing.

    Raises:
        FrontierError: it cannot be read.
        DataFolderError: the copy cannot be written.
    """
    if is_postgres(place):
        with closing(open_database(place)) as database:
            database.backup(target)
    else:
        copy_file(Path(place), target)


def pending(place: Place) -> list[str]:
    """Return what opening a file of an older version would migrate, as one line; [] for any other place."""
    return [] if is_postgres(place) else pending_file(Path(place))
