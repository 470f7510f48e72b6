"""Lease addresses to a process, hosts in turn, and recover the leases of dead processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.frontier import policy
from newscrawl.frontier.messages import Lease
from newscrawl.frontier.policy import Host, Rules
from newscrawl.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newscrawl.frontier.addresses.domains import Domains
    from newscrawl.frontier.db.database import Database, Row

_LEASED_BY = "SELECT rowid, host FROM addresses WHERE state = 'leased' AND owner = ?"
_LEASED_ONE = "SELECT rowid, host FROM addresses WHERE id = ? AND state = 'leased' AND owner = ?"
# "owner > ''" matches all of them, and makes SQLite use the index of leases
_LEASED_TOO_LONG = "SELECT rowid, host FROM addresses WHERE state = 'leased' AND owner > '' AND lease_until < ?"
_OWNERS = "SELECT DISTINCT owner FROM addresses WHERE state = 'leased' AND owner > ''"
_OTHERS = """SELECT 1 FROM addresses JOIN hosts ON hosts.id = addresses.host
WHERE state = 'leased' AND owner > '' AND owner <> ? AND portal = ? LIMIT 1"""

_LEASE = """UPDATE addresses SET state = 'leased', owner = ?, lease_until = ?
WHERE rowid IN (SELECT rowid FROM ready)"""
_LEASED = "RETURNING rowid AS place, id, url, host, kind, depth, priority, request, etag, last_modified, trusted"
_READY = "SELECT rowid FROM addresses WHERE host = ? AND state = 'pending' AND due IS NULL AND"
_FIRST = "trusted >= ? ORDER BY trusted DESC, priority DESC, rowid LIMIT ?"
_REVISITS = """trusted IN (1, ?) AND priority = ? AND article_since IS NOT NULL
 ORDER BY trusted DESC, rowid LIMIT ?"""
_HOST = "SELECT * FROM hosts WHERE id = ? AND active = 1 AND turn <= ?"

LEASE_TIME = 6 * policy.HOUR  # leases end after this time, if not before by their process's death


class Leases:
    """One holder's leases. The caller holds the transaction."""

    def __init__(self, database: Database, rules: Rules, domains: Domains) -> None:
        self.database = database
        self.db = database.db
        self.rules = rules
        self.domains = domains
        self.owner = database.owner
        # addresses whose pages have killed two crawls, found by `recover`
        self.set_aside: list[str] = []
        self._first, self._revisits = (
            f"WITH ready AS ({_READY} {which}{database.skip_locked}) {_LEASE} {_LEASED}"
            for which in (_FIRST, _REVISITS)
        )

    def take(self, host_id: int, count: int, now: float, *, wait: bool) -> list[Lease]:
        """Lease the first addresses of the next host, and move the host to the end of the turn.

        Args:
            host_id: the host.
            count: how many at the most.
            now: Unix time.
            wait: whether to wait for another holder that is leasing from the host; else the host is skipped.
        """
        lock = self.database.for_update if wait else self.database.skip_locked
        host = self.db.execute(f"{_HOST}{lock}", (host_id, now)).fetchone()
        if host is None:
            return []
        today = int(now // policy.DAY)
        fetched = host["fetched"] if host["day"] == today else 0
        left = self.rules.host_daily_limit - fetched
        if left <= 0:
            self.db.execute("UPDATE hosts SET turn = ? WHERE id = ?", ((today + 1) * policy.DAY, host["id"]))
            return []
        room = self.domains.room(host["host"])
        if not room:
            self.db.execute("UPDATE hosts SET turn = ? WHERE id = ?", (now + policy.HOUR, host["id"]))
            return []
        count = min(count, left, room)
        only_trusted = policy.is_barren(host_of_row(host), self.rules)
        wanted, holder = (host["id"], int(only_trusted)), (self.owner, int(now + LEASE_TIME))
        revisits = (*wanted, policy.REVISIT_PRIORITY, count // policy.REVISIT_SHARE, *holder)
        rows = self.db.execute(self._revisits, revisits).fetchall()
        rows += self.db.execute(self._first, (*wanted, count - len(rows), *holder)).fetchall()
        self.db.execute(
            "UPDATE hosts SET turn = ?, active = ?, day = ?, fetched = ? WHERE id = ?",
            (now, int(len(rows) == count), today, fetched + len(rows), host["id"]),
        )
        self.domains.take(host["host"], len(rows))
        rows.sort(key=lambda row: (-row["trusted"], -row["priority"], row["place"]))
        return [Lease(*tuple(row)[1:-1]) for row in rows]

    def release(self, addresses: Iterable[int] | None = None) -> None:
        """Return unused leases: the given ones, or all of this holder."""
        if addresses is None:
            self._unlease(_LEASED_BY, (self.owner,))
        else:
            for address in addresses:
                self._unlease(_LEASED_ONE, (address, self.owner))

    def recover(self, now: float) -> int:
        """Take back leases of dead processes and expired leases; return how many."""
        owners = [owner for (owner,) in self.db.execute(_OWNERS).fetchall() if owner != self.owner]
        dead = [owner for owner in owners if not self.database.is_alive(owner)]
        for owner in dead:
            self._blame(self.database.page_at_death(owner))
        recovered = sum(self._unlease(_LEASED_BY, (owner,)) for owner in dead)
        return recovered + self._unlease(_LEASED_TOO_LONG, (now,))

    def others_hold(self, portal: str) -> bool:
        """Return whether others hold leases of a portal, whose pages may lead to further addresses."""
        return self.db.execute(_OTHERS, (self.owner, portal)).fetchone() is not None

    def read_by(self, pid: int) -> str | None:
        """Return the address whose page a dead process of this machine was reading; None if unknown."""
        query = "SELECT url FROM addresses WHERE id = ? AND state = 'leased' AND owner = ?"
        for (owner,) in self.db.execute(_OWNERS).fetchall():
            noted = self.database.page_noted(owner) if owner.startswith(f"{pid}:") else None
            row = self.db.execute(query, (noted, owner)).fetchone() if noted is not None else None
            if row is not None:
                return str(row[0])
        return None

    def _blame(self, address: int | None) -> None:
        """Count a failed try of the page that a dead process was reading; a page that killed two is set aside.

        Start pages are never set aside: every run begins with them, so any early death seems to be theirs.
        """
        query = "SELECT host, url, tries, outcome FROM addresses WHERE id = ? AND state = 'leased' AND kind <> 'start'"
        row = self.db.execute(query, (address,)).fetchone() if address is not None else None
        if row is None:
            return
        again = row["outcome"] == Outcome.CRASH
        if again:
            self.set_aside.append(row["url"])
        self.db.execute(
            "UPDATE addresses SET state = ?, due = NULL, tries = ?, priority = ?, outcome = ?, owner = NULL,"
            " lease_until = NULL WHERE id = ?",
            ("failed" if again else "pending", row["tries"] + 1, policy.SUSPECT_PRIORITY, Outcome.CRASH, address),
        )
        self.db.execute("UPDATE hosts SET active = 1 WHERE id = ?", (row["host"],))

    def _unlease(self, query: str, values: tuple[float | int | str, ...]) -> int:
        """Make the leases that a query returns, as (rowid, host), pending again."""
        rows = [tuple(row) for row in self.db.execute(query, values).fetchall()]
        self.db.executemany(
            "UPDATE addresses SET state = 'pending', due = NULL, owner = NULL, lease_until = NULL WHERE rowid = ?",
            [(place,) for place, _ in rows],
        )
        self.db.executemany(
            "UPDATE hosts SET active = 1 WHERE id = ?", [(host,) for host in {host for _, host in rows}]
        )
        return len(rows)


def host_of_row(row: Row) -> Host:
    """Return a host's record from its row."""
    return Host(row["streak"], row["barren"], bool(row["fruitful"]))
