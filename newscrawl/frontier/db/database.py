"""What the frontier needs of the database that holds it: one interface, SQLite's and PostgreSQL's stand behind it.

All statements of this package are written once, in what the two have in common: `?` or `:name` for values,
`ON CONFLICT`, `RETURNING`, `least` and `greatest`. What the two do differently is a method here.
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

    Values: TypeAlias = Sequence[Any] | Mapping[str, Any]

# every host that has addresses wanted now
WAKE_HOSTS = """UPDATE hosts SET active = 1 WHERE active = 0 AND EXISTS
(SELECT 1 FROM addresses WHERE addresses.host = hosts.id AND state = 'pending' AND due IS NULL)"""


class Row(Protocol):
    """A row: by number, by name, as a tuple, as a dict."""

    def __getitem__(self, key: int | str, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def keys(self) -> Iterable[str]:
        """The columns' names."""


class Rows(Protocol):
    """What a statement gave."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def __iter__(self) -> Iterator[Any]: ...
    def fetchone(self) -> Any:
        """Return the next row, None where there is none."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""


class Connection(Protocol):
    """A connection, with a transaction begun or not."""

    def execute(self, query: str, values: Any = (), /) -> Rows:
        """Run a statement."""

    def executemany(self, query: str, values: Iterable[Any], /) -> object:
        """Run a statement once for each of the values."""

    def close(self) -> None:
        """Close the connection; whatever it held in the database is let go."""


_AT_ONCE = 256  # values a query binds at most; SQLite's smallest limit is 999


def rows_of(db: Connection, query: str, values: tuple[Any, ...], ids: Iterable[int]) -> Iterator[Any]:
    """Run a query that ends with the name of a column, for the rows in which that is one of the ids."""
    wanted = list(ids)
    for begin in range(0, len(wanted), _AT_ONCE):
        some = wanted[begin : begin + _AT_ONCE]
        room = 1 << (len(some) - 1).bit_length()  # few lengths, so that the statements are known to the database
        some += some[-1:] * (room - len(some))
        yield from db.execute(f"{query} IN ({', '.join('?' * room)})", (*values, *some)).fetchall()


class CollisionError(FrontierError):
    """Two transactions waited for each other, and this one was rolled back: it is to be tried again."""


class Database(ABC):
    """A store of addresses, opened by one holder of leases.

    Attributes:
        db: the connection.
        place: for people: a path, or an address without its password.
        owner: the name under which this process holds leases.
        clock: gives Unix time, the same on all machines that share the store.
        is_shared: several machines may lease from it at once.
        skip_locked: what a query ends with that passes over rows which another holder is just taking.
        for_update: what a query ends with that waits for such a row instead.
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
    def read(self, query: str, *values: Any) -> list[Any]:
        """Run a query that writes nothing."""

    @abstractmethod
    def explained(self, error: Exception) -> NewscrawlError:
        """Say in one line what the database met and what to do."""

    @abstractmethod
    def unsound(self) -> list[str]:
        """Return what the database's own check finds wrong, a line each."""

    @abstractmethod
    def backup(self, target: Path) -> None:
        """Write a copy as it is at this moment to a new SQLite file, while others may go on writing."""

    @abstractmethod
    def is_alive(self, owner: str) -> bool:
        """Return whether a holder of leases may still be at work."""

    @abstractmethod
    def note_page(self, address: int) -> None:
        """Note the page that is read from now on: if that kills the process, the page is known to have done it."""

    @abstractmethod
    def page_at_death(self, owner: str) -> int | None:
        """Return the page a dead holder was reading, and forget it; None where it noted none."""

    def page_noted(self, owner: str) -> int | None:  # noqa: ARG002  asked of a machine's own processes alone
        """Return the page a holder noted last; None where that is not known here."""
        return None

    @abstractmethod
    def close(self) -> None:
        """Close the connection; the process ends of its own accord."""

    def filled(self) -> None:  # noqa: B027  SQLite does so by itself
        """Go on numbering where the rows end that a copy has brought; the caller holds the transaction."""

    def lock_portal(self, portal: str) -> None:  # noqa: B027  SQLite locks the file
        """Make others wait that write a portal's addresses, until the transaction's end."""

    def lock_portal_of(self, address: int) -> None:  # noqa: B027  as above
        """Make others wait that write addresses of the same portal, until the transaction's end."""

    def join_run(self, portal: str) -> float | None:  # noqa: ARG002  a portal of one machine has one process
        """Return when the run began in which others are at work on a portal; None where it begins with this process.

        In that case `run_begun` must follow the transaction that begins it.
        """
        return None

    def run_begun(self, portal: str, now: float) -> None:  # noqa: B027  nobody can
        """Let others join the run that this process has begun."""
