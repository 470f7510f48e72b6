"""frontier.db: schema, opening and transactions of the frontier on SQLite.

The queue consists of two partial indexes: `ready` (due now) in the order of leasing, and `waiting` (due later) by
time. New rows are appended to `addresses`; only the narrow index on the random id is written in random places. So it
stays fast with ten million rows.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

from newscrawl.disk import connection, folder_error, is_damage, is_held, read_only, use_wal
from newscrawl.errors import FrontierError
from newscrawl.frontier.db.clock import steady_clock
from newscrawl.frontier.db.database import Database
from newscrawl.frontier.db.last_read import LastRead, noted, read_at_death
from newscrawl.frontier.db.lease_owner import is_alive, new_owner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from newscrawl.errors import NewscrawlError
    from newscrawl.frontier.db.database import Connection, Row, Value

_TABLES = """
CREATE TABLE hosts (
  id INTEGER PRIMARY KEY,
  portal TEXT NOT NULL,
  host TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 0,       -- 1: may have addresses in `ready`
  turn REAL NOT NULL DEFAULT 0,            -- hosts are served in this order, none before its time
  closed_until REAL NOT NULL DEFAULT 0,    -- Retry-After
  day INTEGER NOT NULL DEFAULT 0,          -- days since 1970 that `fetched` counts
  fetched INTEGER NOT NULL DEFAULT 0,
  streak INTEGER NOT NULL DEFAULT 0,       -- failures in a row
  barren INTEGER NOT NULL DEFAULT 0,       -- useless pages in a row among addresses that no list names
  fruitful INTEGER NOT NULL DEFAULT 0,     -- 1: gave an article or a list with news once
  UNIQUE (portal, host)
);
CREATE INDEX turns ON hosts (portal, turn) WHERE active = 1;

CREATE TABLE addresses (
  id INTEGER NOT NULL UNIQUE,              -- url_id of the canonical URL
  url TEXT NOT NULL,                       -- as found: what is fetched
  host INTEGER NOT NULL REFERENCES hosts (id),
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  due REAL,                                -- pending: NULL is now; otherwise NULL is never
  trusted INTEGER NOT NULL,                -- 1: named by a list or a start page
  priority INTEGER NOT NULL,
  depth INTEGER NOT NULL,
  parent INTEGER,
  request TEXT,                            -- JSON: what a plain GET to Spider.parse does not say
  owner TEXT,
  lease_until INTEGER,
  tries INTEGER NOT NULL DEFAULT 0,
  idle INTEGER NOT NULL DEFAULT 0,
  misses INTEGER NOT NULL DEFAULT 0,
  status INTEGER,
  outcome TEXT,
  etag TEXT,
  last_modified TEXT,
  article_since REAL,
  first_seen INTEGER NOT NULL,
  last_fetched REAL
);
CREATE INDEX ready ON addresses (host, trusted DESC, priority DESC) WHERE state = 'pending' AND due IS NULL;
CREATE INDEX waiting ON addresses (host, due) WHERE due IS NOT NULL;
CREATE INDEX children ON addresses (parent) WHERE kind = 'article' AND due IS NOT NULL;
CREATE INDEX leases ON addresses (owner) WHERE state = 'leased';
CREATE INDEX failures ON addresses (host) WHERE state = 'failed';

CREATE TABLE aliases (
  id INTEGER PRIMARY KEY,                  -- url_id of the other address
  url TEXT NOT NULL,
  address INTEGER NOT NULL,                -- the address it stands for
  reason TEXT NOT NULL,                    -- redirect, canonical
  seen INTEGER NOT NULL
);
"""
_LISTS = """
ALTER TABLE addresses ADD COLUMN list INTEGER;  -- of a list's further page: the id of its first
ALTER TABLE addresses ADD COLUMN page INTEGER;  -- its number, if page by page led to it; else NULL
ALTER TABLE addresses ADD COLUMN chained INTEGER NOT NULL DEFAULT 0;  -- 1: a list of the same form names it
ALTER TABLE addresses ADD COLUMN ended TEXT;  -- why its list went no further than this page
CREATE INDEX pages ON addresses (list) WHERE list IS NOT NULL;
CREATE TABLE listed (
  list INTEGER NOT NULL,                   -- first page of a list
  entry INTEGER NOT NULL,                  -- an address it names, lists left out
  page INTEGER NOT NULL,                   -- the address that names it; 0: none any more
  place INTEGER NOT NULL,                  -- its place there
  PRIMARY KEY (list, entry)
) WITHOUT ROWID;
CREATE TABLE forms (
  host INTEGER NOT NULL REFERENCES hosts (id),
  form TEXT NOT NULL,                      -- an address with # for its numbers
  barren INTEGER NOT NULL,                 -- chained lists in a row that named nothing the others had not
  PRIMARY KEY (host, form)
) WITHOUT ROWID;
DROP INDEX children
"""
_TWINS = """
CREATE TABLE twins (
  site TEXT NOT NULL,
  rule TEXT NOT NULL,                      -- JSON of newscrawl.twins.Rule
  seen INTEGER NOT NULL,                   -- doubles that differ by it
  PRIMARY KEY (site, rule)
) WITHOUT ROWID
"""
_SLOTS = """
CREATE TABLE slots (
  host TEXT PRIMARY KEY,
  free_at REAL NOT NULL                    -- no request to the host goes out before
) WITHOUT ROWID
"""
# Each crawl begins by counting the articles, to check that the archive has all of them.
_ARTICLES = "CREATE INDEX articles ON addresses (article_since) WHERE article_since IS NOT NULL"
_STEPS = (_TABLES, _LISTS, _TWINS, _SLOTS, _ARTICLES)  # the migration from each version to the next, from 0
VERSION = len(_STEPS)


_COMMENT = re.compile(r"[ ]*--[^\n]*")


class SqliteDatabase(Database):
    """An open frontier.db, shared by the processes of one machine."""

    db: sqlite3.Connection

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.db = connect_read_only(path) if read_only else connect(path)
        self.path = path
        self.place = str(path)
        self.owner = new_owner()
        self.clock = steady_clock()
        self._last_read = LastRead(path, self.owner)

    def read(self, query: str, *values: Value) -> list[Row]:
        """Run a query that writes nothing."""
        try:
            return self.db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self.explained(error) from error

    def backup(self, target: Path) -> None:
        """Write a copy of the frontier as it is at this moment, while others may go on writing."""
        copy(self.path, target)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Hold the file's write lock, and write all of a block or nothing.

        Raises:
            FrontierError: it cannot be written.
        """
        try:
            self.db.execute("BEGIN IMMEDIATE")
            yield self.db
            self.db.execute("COMMIT")
        except sqlite3.Error as error:
            raise self.explained(error) from error
        finally:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read what stands at this moment, while others may go on writing."""
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.execute("ROLLBACK")

    def explained(self, error: Exception) -> NewscrawlError:
        """Turn SQLite's errors into one line that says what to do."""
        return _explained(self.path, error)

    def unsound(self) -> list[str]:
        """Return the faults that SQLite's own check finds."""
        return [row[0] for row in self.read("PRAGMA integrity_check(20)") if row[0] != "ok"]

    def is_alive(self, owner: str) -> bool:
        """Return whether the process of a lease may still run."""
        return is_alive(owner)

    def note_page(self, address: int) -> None:
        """Note the page that is read from now on, in a file beside the database."""
        self._last_read.note(address)

    def page_noted(self, owner: str) -> int | None:
        """Return the page a process noted last."""
        return noted(self.path, owner)

    def page_at_death(self, owner: str) -> int | None:
        """Return the page a dead process was reading."""
        return read_at_death(self.path, owner)

    def close(self) -> None:
        """Close the file."""
        self._last_read.close()
        self.db.close()


def _explained(path: Path, error: Exception) -> NewscrawlError:
    """Return the error for a cause: one line with what is wrong and what to do."""
    if of_folder := folder_error(path, error):
        return of_folder
    if is_held(error):
        return FrontierError(f"another process has held {path} for too long; end it and start again")
    if is_damage(error):
        return FrontierError(
            f"{path} is damaged: {error}; `newscrawl check --repair` puts it aside and makes it anew from the archive"
        )
    return FrontierError(f"cannot use {path}: {error}")


def pending(path: Path) -> list[str]:
    """Return what opening a frontier.db would migrate, as one line; [] if it is missing or current."""
    if not path.exists():
        return []
    try:
        with closing(read_only(path)) as db:
            version = _version(db)
    except sqlite3.Error:
        return []  # opening it will raise the error
    return [f"frontier.db: tables of version {VERSION} in place of {version}"] if version < VERSION else []


def copy(path: Path, target: Path) -> None:
    """Write a copy of a frontier.db of any version as it is at this moment, while others may go on writing.

    Raises:
        FrontierError: it cannot be read.
        DataFolderError: the copy cannot be written.
    """
    with ExitStack() as opened:
        try:
            db = opened.enter_context(closing(read_only(path)))
            _version(db)
        except sqlite3.Error as error:
            raise _explained(path, error) from error
        try:
            db.backup(opened.enter_context(closing(sqlite3.connect(target))))
        except sqlite3.Error as error:
            raise _explained(target, error) from error


def connect(path: Path) -> sqlite3.Connection:
    """Open frontier.db, creating it if needed; transactions are begun explicitly.

    Raises:
        FrontierError: it cannot be opened, or a newer newscrawl wrote it.
        DataFolderError: the disk is full, or nobody may write there.
    """
    with _explained_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        db = connection(path, "mode=rwc")
        with _closed_on_error(db):
            use_wal(db)
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA cache_size = -4096")  # KiB; the system holds the rest, and 32 MB were no faster
            db.execute("PRAGMA journal_size_limit = 67108864")
            _prepare(db, path)
        return db


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Open frontier.db for reading, even in a read-only folder; an older version is migrated in a copy in memory.

    Raises:
        FrontierError: it cannot be opened, or a newer newscrawl wrote it.
        DataFolderError: it cannot be read without the right to write.
    """
    with _explained_errors(path):
        db = read_only(path)
        with _closed_on_error(db):
            if _version(db) < VERSION:
                copied = sqlite3.connect(":memory:", isolation_level=None)
                db.backup(copied)
                db.close()
                db = copied
            _prepare(db, path)
        return db


@contextmanager
def _explained_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise _explained(path, error) from error


@contextmanager
def _closed_on_error(db: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        db.close()
        raise


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    """Create the tables, or migrate them from an older version."""
    db.row_factory = sqlite3.Row
    for name, function in (("least", min), ("greatest", max)):  # as PostgreSQL calls them
        db.create_function(name, 2, function, deterministic=True)
    if _version(db) < VERSION:
        db.execute("BEGIN IMMEDIATE")  # if two processes start at once, the second has nothing to do
        for step in _STEPS[_version(db) :]:
            for statement in _COMMENT.sub("", step).split(";\n"):
                if statement.strip():
                    db.execute(statement)
        db.execute(f"PRAGMA user_version = {max(VERSION, _version(db))}")
        db.execute("COMMIT")
    if (version := _version(db)) > VERSION:
        raise FrontierError(
            f"{path} is of version {version}, this newscrawl knows {VERSION}: install a newer newscrawl"
        )
