"""`Frontier`: what to fetch next and what became of every address, in SQLite, shared by several processes.

An address is *leased* to one process, and *settled* in one transaction with every address its page named, or *failed*.
A crawl that dies at any moment loses nothing: what it had leased is pending again at the next run.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from newscrawl.frontier import policy
from newscrawl.frontier.owner import is_alive, new_owner
from newscrawl.frontier.policy import Host, Record, Rules, Visit
from newscrawl.frontier.queue import Queue
from newscrawl.frontier.records import Answer, Lease, Settled
from newscrawl.frontier.schema import Database, connect
from newscrawl.urls import other_scheme, url_id

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable
    from pathlib import Path
    from typing import Self

    from newscrawl.frontier.records import Lead

_LEASED_BY = "SELECT rowid, host FROM addresses WHERE state = 'leased' AND owner = ?"
_LEASED_ONE = "SELECT rowid, host FROM addresses WHERE id = ? AND state = 'leased' AND owner = ?"
_LEASED_TOO_LONG = "SELECT rowid, host FROM addresses INDEXED BY leases WHERE state = 'leased' AND lease_until < ?"

LEASE_TIME = 6 * policy.HOUR  # the second guard: the first is that the process is gone


class Frontier(Database):
    """The addresses of all portals. Times come from `clock`, in Unix seconds.

    Raises:
        FrontierError: from every method, when the file cannot be read or written.
    """

    def __init__(self, db: sqlite3.Connection, path: Path, rules: Rules, clock: Callable[[], float]) -> None:
        super().__init__(db, path)
        self.rules = rules
        self.clock = clock
        self.owner = new_owner()
        self.queue = Queue(db)
        self._begun: dict[str, float] = {}

    @classmethod
    def open(cls, path: Path, rules: Rules | None = None, clock: Callable[[], float] = time.time) -> Self:
        """Open the frontier in `path`, making it if need be.

        Raises:
            FrontierError: it cannot be opened, or a newer newscrawl wrote it.
        """
        return cls(connect(path), path, rules or Rules(), clock)

    def close(self) -> None:
        """Give back what is leased and close the file."""
        self.release()
        self.db.close()

    def begin_run(self, portal: str) -> int:
        """Make due addresses pending, return the leases of dead processes; give how many leases those were.

        A host that was left alone gets another chance, unless it asked for a longer pause (Retry-After).
        """
        now = self.clock()
        self._begun[portal] = now
        limit, barren = self.rules.host_error_limit, self.rules.barren_limit
        with self.transaction():
            recovered = self._recover(now)
            self.db.execute(
                "UPDATE addresses SET state = 'pending', due = NULL"
                " WHERE due <= ? AND host IN (SELECT id FROM hosts WHERE portal = ?)",
                (now, portal),
            )
            self.db.execute(
                "UPDATE hosts SET turn = closed_until, streak = min(streak, ?),"
                " barren = min(barren, CASE fruitful WHEN 1 THEN ? ELSE ? END),"
                " active = EXISTS (SELECT 1 FROM addresses"
                "   WHERE addresses.host = hosts.id AND state = 'pending' AND due IS NULL)"
                " WHERE portal = ?",
                (max(limit - 3, 0), max(barren - 3, 0), max(barren // 4 - 3, 0), portal),
            )
        return recovered

    def enqueue(self, portal: str, leads: Iterable[Lead], *, trusted: bool = True) -> int:
        """Record addresses found outside a page (start pages, a user's wish); give how many were new."""
        with self.transaction():
            return self._add(portal, leads, trusted=trusted)

    def lease(self, portal: str, count: int, *, per_host: int = 8, skip: Collection[int] = ()) -> list[Lease]:
        """Lease up to `count` addresses, hosts in turn, at most `per_host` of each; `skip` are ids of busy hosts."""
        now = self.clock()
        leases: list[Lease] = []
        hosts = self._turns(portal, now, count + len(skip))
        while not leases and any(host["id"] not in skip for host in hosts):
            with self.transaction():
                for host in hosts:
                    if len(leases) < count and host["id"] not in skip:
                        leases += self._take(host, min(per_host, count - len(leases)), now)
            hosts = [] if leases else self._turns(portal, now, count + len(skip))
        return leases

    def settle(self, address: int, outcome: str, leads: Iterable[Lead] = (), answer: Answer | None = None) -> Settled:
        """Write an address's outcome and all its page named, in one transaction."""
        answer = answer or Answer()
        now = self.clock()
        with self.transaction():
            row = self._row(address)
            if row is None:  # forgotten while it was leased
                return Settled("forgotten", None)
            known = _record(row)
            own = [lead for lead in leads if lead.id != address]
            trusted = policy.is_trusted(known, outcome)
            news = self._add(row["portal"], own, trusted=trusted, parent=row)
            if outcome == "list" and own:
                self.queue.hasten_vanished(address, {lead.id for lead in own}, now)
            if policy.is_failure(outcome):
                return self._failed(row, outcome, answer, within_run=True)
            if answer.redirect and url_id(answer.redirect) == address:
                if answer.redirect == row["url"] or known.tries >= policy.MOST_HOPS:
                    return self._failed(row, "redirect-loop", answer, within_run=False)
                self.db.execute("UPDATE addresses SET url = ? WHERE id = ?", (answer.redirect, address))
                return self._write(row, policy.hop(known), outcome, answer)
            for url, reason in ((answer.redirect, "redirect"), (answer.canonical, "canonical")):
                self._alias(row, url, reason)
            visit = Visit(outcome, now, news, self.rules)
            host = policy.host_after(_host(row), visit, known)
            self.db.execute(
                "UPDATE hosts SET streak = ?, barren = ?, fruitful = ? WHERE id = ?",
                (host.streak, host.barren, host.fruitful, row["host"]),
            )
            return self._write(row, policy.after(known, visit), outcome, answer, news)

    def fail(self, address: int, reason: str, *, answer: Answer | None = None, within_run: bool = True) -> Settled:
        """Write a failure: the address is due again later, and a host that fails on and on is left alone."""
        with self.transaction():
            row = self._row(address)
            if row is None:
                return Settled("forgotten", None)
            return self._failed(row, reason, answer or Answer(), within_run=within_run)

    def wake(self, addresses: Iterable[int]) -> None:
        """Make addresses that wait for a retry pending now."""
        with self.transaction():
            for address in addresses:
                self.db.execute("UPDATE addresses SET due = NULL WHERE id = ? AND state = 'pending'", (address,))
                self.db.execute(
                    "UPDATE hosts SET active = 1 WHERE id = (SELECT host FROM addresses WHERE id = ?)", (address,)
                )

    def release(self, addresses: Iterable[int] | None = None) -> None:
        """Give back leases unused: the given ones, or all this holder has."""
        with self.transaction():
            if addresses is None:
                self._unlease(_LEASED_BY, (self.owner,))
            else:
                for address in addresses:
                    self._unlease(_LEASED_ONE, (address, self.owner))

    def next_turn(self, portal: str) -> float | None:
        """When the next resting host with pending addresses may be asked again; None if there is none."""
        query = "SELECT min(turn) FROM hosts WHERE portal = ? AND active = 1 AND turn > ?"
        turn: float | None = self.read(query, portal, self.clock())[0][0]
        return turn

    def _turns(self, portal: str, now: float, count: int) -> list[sqlite3.Row]:
        query = "SELECT * FROM hosts WHERE portal = ? AND active = 1 AND turn <= ? ORDER BY turn LIMIT ?"
        return self.read(query, portal, now, count)

    def _take(self, host: sqlite3.Row, count: int, now: float) -> list[Lease]:
        """Lease the first addresses of a host, and move it to the end of the row."""
        today = int(now // policy.DAY)
        fetched = host["fetched"] if host["day"] == today else 0
        left = self.rules.host_daily_limit - fetched
        if left <= 0:
            self.db.execute("UPDATE hosts SET turn = ? WHERE id = ?", ((today + 1) * policy.DAY, host["id"]))
            return []
        count = min(count, left)
        only_trusted = policy.is_barren(_host(host), self.rules)
        rows = self.db.execute(
            "UPDATE addresses SET state = 'leased', owner = ?, lease_until = ? WHERE rowid IN ("
            " SELECT rowid FROM addresses WHERE host = ? AND trusted >= ? AND state = 'pending' AND due IS NULL"
            " ORDER BY trusted DESC, priority DESC, rowid LIMIT ?)"
            " RETURNING rowid AS place, id, url, host, kind, depth, priority, request, etag, last_modified, trusted",
            (self.owner, int(now + LEASE_TIME), host["id"], int(only_trusted), count),
        ).fetchall()
        self.db.execute(
            "UPDATE hosts SET turn = ?, active = ?, day = ?, fetched = ? WHERE id = ?",
            (now, int(len(rows) == count), today, fetched + len(rows), host["id"]),
        )
        rows.sort(key=lambda row: (-row["trusted"], -row["priority"], row["place"]))
        return [Lease(*tuple(row)[1:-1]) for row in rows]

    def _row(self, address: int) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.db.execute(
            "SELECT a.*, h.portal, h.streak, h.barren, h.fruitful"
            " FROM addresses AS a JOIN hosts AS h ON h.id = a.host WHERE a.id = ?",
            (address,),
        ).fetchone()
        return row

    def _add(self, portal: str, leads: Iterable[Lead], *, trusted: bool, parent: sqlite3.Row | None = None) -> int:
        now = self.clock()
        return self.queue.add(
            portal,
            leads,
            trusted=trusted,
            parent=None if parent is None else (parent["id"], parent["depth"]),
            now=now,
            begun=self._begun.get(portal, now),
        )

    def _failed(self, row: sqlite3.Row, reason: str, answer: Answer, *, within_run: bool) -> Settled:
        now = self.clock()
        streak = row["streak"] + 1 if policy.blames_host(reason) else row["streak"]
        rest = policy.host_rest(reason, streak, self.rules, answer.retry_after)
        closed = now + rest if answer.retry_after is not None else 0
        self.db.execute(
            "UPDATE hosts SET streak = ?, turn = max(turn, ?), closed_until = max(closed_until, ?) WHERE id = ?",
            (streak, now + rest if rest else 0, closed, row["host"]),
        )
        record = policy.after_failure(_record(row), reason, now, within_run=within_run, wait=rest)
        if reason in policy.UNCONNECTED and (twin := other_scheme(row["url"])):
            self.db.execute("UPDATE addresses SET url = ? WHERE id = ?", (twin, row["id"]))
        # Validators of a page that was not settled would turn the next attempt into a 304 without a page.
        self._write(row, record, reason, Answer(answer.status))
        return Settled(record.state, record.due, rests=rest > 0)

    def _write(self, row: sqlite3.Row, record: Record, outcome: str, answer: Answer, news: int = 0) -> Settled:
        values = {
            **{name: getattr(record, name) for name in ("kind", "state", "due", "tries", "idle", "misses")},
            **{name: getattr(answer, name) for name in ("status", "etag", "last_modified")},
            "article_since": record.article_since,
            "outcome": outcome,
            "now": self.clock(),
            "id": row["id"],
        }
        self.db.execute(
            "UPDATE addresses SET kind = :kind, state = :state, due = :due, tries = :tries, idle = :idle,"
            " misses = :misses, article_since = :article_since, status = :status, outcome = :outcome,"
            " etag = coalesce(:etag, etag), last_modified = coalesce(:last_modified, last_modified),"
            " last_fetched = :now, owner = NULL, lease_until = NULL WHERE id = :id",
            values,
        )
        if record.state == "pending" and record.due is None:
            self.db.execute("UPDATE hosts SET active = 1 WHERE id = ?", (row["host"],))
        return Settled(record.state, record.due, news)

    def _alias(self, row: sqlite3.Row, url: str | None, reason: str) -> None:
        """Record that `row` and `url` are one page: a redirect's source, or a page that names its canonical address."""
        if url is None or url_id(url) == row["id"]:
            return
        self.db.execute(
            "INSERT INTO aliases (id, url, address, reason, seen) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET"
            " address = excluded.address, reason = excluded.reason, seen = excluded.seen",
            (row["id"], row["url"], url_id(url), reason, int(self.clock())),
        )

    def _recover(self, now: float) -> int:
        owners = self.db.execute("SELECT DISTINCT owner FROM addresses INDEXED BY leases WHERE state = 'leased'")
        dead = [owner for (owner,) in owners.fetchall() if owner != self.owner and not is_alive(owner)]
        recovered = sum(self._unlease(_LEASED_BY, (owner,)) for owner in dead)
        return recovered + self._unlease(_LEASED_TOO_LONG, (now,))

    def _unlease(self, query: str, values: tuple[float | int | str, ...]) -> int:
        """Make the leases a query gives pending again, as (rowid, host)."""
        rows = [tuple(row) for row in self.db.execute(query, values).fetchall()]
        self.db.executemany(
            "UPDATE addresses SET state = 'pending', due = NULL, owner = NULL, lease_until = NULL WHERE rowid = ?",
            [(place,) for place, _ in rows],
        )
        self.db.executemany(
            "UPDATE hosts SET active = 1 WHERE id = ?", [(host,) for host in {host for _, host in rows}]
        )
        return len(rows)


def _record(row: sqlite3.Row) -> Record:
    return Record(
        row["kind"],
        row["state"],
        row["due"],
        row["tries"],
        row["idle"],
        row["misses"],
        row["article_since"],
        bool(row["trusted"]),
    )


def _host(row: sqlite3.Row) -> Host:
    return Host(row["streak"], row["barren"], bool(row["fruitful"]))
