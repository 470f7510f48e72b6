"""The interface of the frontier's database, implemented for SQLite and PostgreSQL.

All statements of this package are written once, in the SQL that both understand: `?` or `:name` for values,
`ON CONFLICT`, `RETURNING`, `least` and `greatest`. Each difference between the two is a method here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Protocol

from newscrawl.errors import FrontierError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import TypeAlias

    from newscrawl.errors import NewscrawlError

    Value: TypeAlias = str | int | float | bytes | None  # what a statement can be given
    Values: TypeAlias = Sequence[Value] | Mapping[str, object]  # by place, or by name in a TypedDict

# every host that has addresses due now
WAKE_HOSTS = """UPDATE hosts SET active = 1 WHERE active = 0 AND EXISTS
(SELECT 1 FROM addresses WHERE addresses.host = hosts.id AND state = 'pending' AND due IS NULL)"""


class Row(Protocol):
    """A row, which can be indexed by number or name, and converted to a tuple or dict.

    The types of its columns are the query's, so here, as in sqlite3, they are not declared.
    """

    def __getitem__(self, key: int | str, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def keys(self) -> Iterable[str]:
        """The columns' names."""


class Rows(Protocol):
    """The result of a statement."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def __iter__(self) -> Iterator[Row]: ...
    def fetchone(self) -> Any:  # or None; not declared, as most queries asked so have exactly one row
        """Return the next row, None after the last."""

    def fetchall(self) -> list[Row]:
        """Return the remaining rows."""


class Connection(Protocol):
    """A connection, inside or outside a transaction."""

    def execute(self, query: str, values: Values = (), /) -> Rows:
        """Run a statement."""

    def executemany(self, query: str, values: Iterable[Values], /) -> object:
        """Run a statement once for each of the values."""

    def close(self) -> None:
        """Close the connection, and release its locks in the database."""


_AT_ONCE = 256  # most values that a query binds; SQLite's lowest limit is 999


def rows_of(db: Connection, query: str, values: tuple[Value, ...], ids: Iterable[int]) -> Iterator[Row]:
    """Run a query that ends with a column's name, and yield the rows in which that column is one of the ids."""
    wanted = list(ids)
    for begin in range(0, len(wanted), _AT_ONCE):
        some = wanted[begin : begin + _AT_ONCE]
        room = 1 << (len(some) - 1).bit_length()  # few lengths, so that prepared statements are reused
        some += some[-1:] * (room - len(some))
        yield from db.execute(f"{query} IN ({', '.join('?' * room)})", (*values, *some)).fetchall()


class CollisionError(FrontierError):
    """A deadlock: this transaction was rolled back, and should be tried again."""


class Database(ABC):
    """An open frontier database, with this process as one holder of leases.

    Attributes:
        db: the connection.
        place: where it is, for messages: a path, or an address without its password.
        owner: the name under which this process holds leases.
        clock: returns Unix time, the same on all machines that share the database.
        is_shared: whether several machines may lease from it at once.
        skip_locked: the end of a query that skips rows which another holder is leasing.
        for_update: the end of a query that waits for such rows instead.
    """

    db: Connection
    place: str
    owner: str
    clock: Callable[[], float]
    is_shared = False
    skip_locked = ""
    for_update = ""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Connection]:
        """Write all or nothing.

        Raises:
            FrontierError: it cannot be written; a `CollisionError` where trying again helps.
        """

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[None]:
        """Read what stands at this moment, while others may go on writing."""

    @abstractmethod
    def read(self, query: str, *values: Value) -> list[Row]:
        """Run a query that writes nothing."""

    @abstractmethod
    def explained(self, error: Exception) -> NewscrawlError:
        """Turn the database's errors into one line that says what to do."""

    @abstractmethod
    def unsound(self) -> list[str]:
        """Return the faults that the database's own check finds, one line each."""

    @abstractmethod
    def backup(self, target: Path) -> None:
        """Write a copy as it is at this moment to a new SQLite file, while others may go on writing."""

    @abstractmethod
    def is_alive(self, owner: str) -> bool:
        """Return whether a holder of leases may still be running."""

    @abstractmethod
    def note_page(self, address: int) -> None:
        """Record which page is read next, so that a page that kills the process can be identified."""

    @abstractmethod
    def page_at_death(self, owner: str) -> int | None:
        """Return the page that a dead holder was reading, and remove the record; None if there is none."""

    def page_noted(self, owner: str) -> int | None:  # noqa: ARG002  asked of a machine's own processes alone
        """Return the page that a holder recorded last; None if it is unknown here."""
        return None

    @abstractmethod
    def close(self) -> None:
        """Close the connection, at the regular end of the process."""

    def filled(self) -> None:  # noqa: B027  SQLite does so by itself
        """Set the numbering of new rows to continue after copied rows; the caller holds the transaction."""

    def lock_portal(self, portal: str) -> None:  # noqa: B027  SQLite locks the file
        """Lock a portal's addresses against other writers until the transaction ends."""

    def lock_portal_of(self, address: int) -> None:  # noqa: B027  as above
        """Lock the addresses of an address's portal against other writers until the transaction ends."""

    def join_run(self, portal: str) -> float | None:  # noqa: ARG002  a portal of one machine has one process
        """Return when the current run of a portal by other workers began; None if this process begins it.

        If it is None, call `run_begun` after the transaction that begins the run.
        """
        return None

    def run_begun(self, portal: str, now: float) -> None:  # noqa: B027  nobody can
        """Let other workers join the run that this process has begun."""
