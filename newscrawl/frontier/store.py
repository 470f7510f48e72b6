"""`Frontier`: what to fetch next and what became of every address, in SQLite or PostgreSQL, shared by many processes.

An address is *leased* to one process, and *settled* in one transaction with every address its page named, or *failed*.
A crawl that dies at any moment loses nothing: what it had leased is pending again at the next run.
"""

from __future__ import annotations

import time
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from newscrawl.frontier import policy
from newscrawl.frontier.addresses import lists
from newscrawl.frontier.addresses.domains import Domains
from newscrawl.frontier.addresses.enqueue import Queue
from newscrawl.frontier.addresses.leases import Leases, host_of_row
from newscrawl.frontier.addresses.lists import Lists, Reading
from newscrawl.frontier.collisions import tried_again
from newscrawl.frontier.db.clock import mend_times
from newscrawl.frontier.db.opening import open_database
from newscrawl.frontier.messages import Answer, Parent, Settled
from newscrawl.frontier.policy import Record, Rules, Visit
from newscrawl.outcomes import MISSING, READ, UNCONNECTED, Outcome
from newscrawl.urls import is_twin, other_scheme, url_id

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from contextlib import AbstractContextManager
    from typing import Self

    from newscrawl.frontier.db.database import Connection, Database, Row, Value
    from newscrawl.frontier.db.opening import Place
    from newscrawl.frontier.messages import Lead, Lease


RECOVER_EVERY = 5.0  # seconds after which a worker without work looks for dead workers
_FOLDED = "UPDATE addresses SET due = NULL, article_since = NULL, outcome = 'alias' WHERE id = ? AND state = 'done'"
_WAKE_HOST_OF = "UPDATE hosts SET active = 1 WHERE id = (SELECT host FROM addresses WHERE id = ?)"
_SLOT = """INSERT INTO slots VALUES (:host, :now + :delay)
ON CONFLICT (host) DO UPDATE SET free_at = :now + :delay WHERE slots.free_at <= :now RETURNING free_at"""
_WANT_DUE = """UPDATE addresses SET state = 'pending', due = NULL
WHERE due <= :now AND host IN (SELECT id FROM hosts WHERE portal = :portal)"""
_WANT_ALL = """UPDATE addresses SET state = 'pending', due = NULL
WHERE (due IS NOT NULL OR article_since IS NOT NULL) AND host IN (SELECT id FROM hosts WHERE portal = :portal)"""


class Frontier:
    """The addresses of all portals. Times come from `clock`, in Unix seconds.

    Raises:
        FrontierError: from every method, when the database cannot be read or written.
    """

    def __init__(self, database: Database, rules: Rules, clock: Callable[[], float] | None = None) -> None:
        self.database = database
        self.db = database.db
        self.rules = rules
        self.clock = clock or database.clock
        self.domains = Domains(rules)
        self.queue = Queue(self.db, self.domains)
        self.leases = Leases(database, rules, self.domains)
        self.lists = Lists(self.db, rules)
        self.joined = False  # the run was begun by another worker
        self.mended = 0  # times in the future that `begin_run` corrected
        self._begun: dict[str, float] = {}
        self._looked = -RECOVER_EVERY  # when leases of dead workers were last looked for

    @classmethod
    def open(cls, place: Place, rules: Rules | None = None, clock: Callable[[], float] | None = None) -> Self:
        """Open the frontier at `place`, a file or a PostgreSQL database, creating it if needed.

        Raises:
            FrontierError: it cannot be opened, or a newer newscrawl wrote it.
        """
        return cls(open_database(place), rules or Rules(), clock)

    @classmethod
    @contextmanager
    def reading(cls, place: Place) -> Iterator[Self]:
        """Open the frontier at `place` read only, even in a read-only folder, and of an older version.

        Raises:
            FrontierError: it cannot be opened, or a newer newscrawl wrote it.
        """
        with closing(open_database(place, read_only=True)) as database:
            yield cls(database, Rules())

    def close(self) -> None:
        """Return all leases and close the database."""
        self.release()
        self.database.close()

    def read(self, query: str, *values: Value) -> list[Row]:
        """Run a query that writes nothing."""
        return self.database.read(query, *values)

    def transaction(self) -> AbstractContextManager[Connection]:
        """Write all or nothing."""
        return self.database.transaction()

    def working(self, address: int) -> None:
        """Note the page that is read from now on: if that kills the process, the page is known to have done it."""
        self.database.note_page(address)

    @tried_again
    def begin_run(self, portal: str) -> int:
        """Make due addresses pending and take back the leases of dead processes; return the number of these leases.

        A host that was left alone gets another chance, unless it asked for a longer pause (Retry-After). If other
        workers are crawling the portal, their run is joined instead.
        """
        now = self.clock()
        begun = self.database.join_run(portal)
        self.joined = begun is not None
        self._begun[portal] = now if begun is None else begun
        with self.transaction():
            self.database.lock_portal(portal)
            recovered = self.leases.recover(now)
            if begun is None:
                self._begin(portal, now)
            self.queue.twins.begin_run()
        if begun is None:
            self.database.run_begun(portal, now)
        return recovered

    def _begin(self, portal: str, now: float) -> None:
        limit, barren = self.rules.host_error_limit, self.rules.barren_limit
        self.mended = mend_times(self.db, portal, now, max(self.rules.revisit_after, default=0))
        self.db.execute(_WANT_ALL if self.rules.revisit_now else _WANT_DUE, {"now": now, "portal": portal})
        self.db.execute(
            "UPDATE hosts SET turn = closed_until, streak = least(streak, ?),"
            " barren = least(barren, CASE fruitful WHEN 1 THEN ? ELSE ? END),"
            " active = CASE WHEN EXISTS (SELECT 1 FROM addresses"
            "   WHERE addresses.host = hosts.id AND state = 'pending' AND due IS NULL) THEN 1 ELSE 0 END"
            " WHERE portal = ?",
            (max(limit - 3, 0), max(barren - 3, 0), max(barren // 4 - 3, 0), portal),
        )
        self.lists.begin_run(portal)

    @tried_again
    def enqueue(self, portal: str, leads: Iterable[Lead], *, trusted: bool = True) -> int:
        """Enqueue addresses that were not found on a page (start pages, a user's); return how many were new."""
        with self.transaction():
            self.database.lock_portal(portal)
            return self._add(portal, leads, trusted=trusted)

    @tried_again
    def lease(self, portal: str, count: int, *, per_host: int = 8, skip: Collection[int] = ()) -> list[Lease]:
        """Lease up to `count` addresses, hosts in turn, at most `per_host` of each; `skip` are ids of busy hosts."""
        now = self.clock()
        leases: list[Lease] = []
        tried = set(skip)  # each host once: a wrong `active` must not cause an endless loop
        passed: list[int] = []  # hosts from which another worker is leasing
        while not leases:
            hosts = [host for host in self._turns(portal, now, count + len(tried)) if host not in tried]
            if not hosts:
                break
            for host in hosts:
                if len(leases) < count:
                    found = self._take(host, min(per_host, count - len(leases)), now, wait=False)
                    leases += found
                    passed += [] if found else [host]
                    tried.add(host)
        if not leases and self.database.is_shared:
            for host in passed:
                if leases := self._take(host, min(per_host, count), now, wait=True):
                    break
        return leases

    def _take(self, host: int, count: int, now: float, *, wait: bool) -> list[Lease]:
        """Lease addresses of one host. Only this host is locked, so that two workers never deadlock."""
        with self.transaction():
            return self.leases.take(host, count, now, wait=wait)

    def others_at_work(self, portal: str) -> bool:
        """Return whether others hold leases of a portal, whose pages may lead on; those of the dead are taken back."""
        if not self.database.is_shared:
            return False
        if time.monotonic() - self._looked >= RECOVER_EVERY:
            self._looked = time.monotonic()
            self._recover()
        with self.transaction():
            return self.leases.others_hold(portal)

    @tried_again
    def _recover(self) -> None:
        with self.transaction():
            self.leases.recover(self.clock())

    def slot(self, host: str, delay: float) -> float:
        """Take a host's slot if free, with the next one after `delay`; else return the seconds until it is free."""
        now = self.clock()
        with self.transaction() as db:
            if db.execute(_SLOT, {"host": host, "now": now, "delay": delay}).fetchone() is not None:
                return 0.0
            free_at = db.execute("SELECT free_at FROM slots WHERE host = ?", (host,)).fetchone()[0]
        return min(max(float(free_at) - now, 0.001), delay)

    @tried_again
    def settle(self, address: int, outcome: str, leads: Iterable[Lead] = (), answer: Answer | None = None) -> Settled:
        """Write an address's outcome and all leads of its page in one transaction."""
        answer = answer or Answer()
        with self.transaction():
            self.database.lock_portal_of(address)
            row = self._row(address)
            if row is None:  # forgotten while it was leased
                return Settled("forgotten", None)
            known = _record(row)
            own = [lead for lead in leads if lead.id != address]
            if policy.is_list(outcome, known.kind, own):
                outcome = Outcome.LIST
            reading, followed = self._read_list(row, own, outcome)
            trusted, parent = policy.is_trusted(known, outcome), _parent(row, answer)
            news = self._add(row["portal"], followed, trusted=trusted, parent=parent)
            if policy.is_failure(outcome):
                return self._failed(row, outcome, answer, within_run=True)
            if answer.redirect and answer.target == address:
                if answer.redirect == row["url"] or known.tries >= policy.MOST_HOPS:
                    return self._failed(row, Outcome.REDIRECT_LOOP, answer, within_run=False)
                self.db.execute("UPDATE addresses SET url = ? WHERE id = ?", (answer.redirect, address))
                return self._write(row, policy.hop(known), outcome, answer)
            again = row["last_fetched"] is not None
            useless = outcome == Outcome.LIST and (
                reading.ended == lists.ENDLESS
                or not (news or (again and reading.entries) or any(lead.turns == "next" for lead in own))
            )
            past = bool(row["chained"]) and policy.is_past(row["url"], self.clock())
            visit = Visit(outcome, self.clock(), reading.fresh if again else news, self.rules, useless, past)
            return self._answered(row, visit, answer, news)

    @tried_again
    def fail(self, address: int, reason: str, *, answer: Answer | None = None, within_run: bool = True) -> Settled:
        """Write a failure: the address is due again later, and a host that fails repeatedly is left alone."""
        with self.transaction():
            self.database.lock_portal_of(address)
            row = self._row(address)
            if row is None:
                return Settled("forgotten", None)
            return self._failed(row, reason, answer or Answer(), within_run=within_run)

    @tried_again
    def double(self, alias: str, url: str) -> None:
        """Record that two addresses show one article: the alias is not fetched again, nor are others of its kind."""
        with self.transaction():
            self.database.lock_portal_of(url_id(alias))
            known = self.db.execute("SELECT 1 FROM aliases WHERE id = ?", (url_id(alias),)).fetchone()
            self._alias(url_id(alias), alias, url, "double")
            self.db.execute(_FOLDED, (url_id(alias),))
            if known is None:
                self.queue.twins.learn(alias, url)

    @tried_again
    def wake(self, addresses: Iterable[int]) -> None:
        """Make addresses that wait for a retry pending now."""
        with self.transaction():
            for address in addresses:
                self.db.execute("UPDATE addresses SET due = NULL WHERE id = ? AND state = 'pending'", (address,))
                self.db.execute(_WAKE_HOST_OF, (address,))

    @tried_again
    def release(self, addresses: Iterable[int] | None = None) -> None:
        """Return unused leases: the given ones, or all of this holder."""
        with self.transaction():
            self.leases.release(addresses)

    def next_turn(self, portal: str) -> float | None:
        """Return when the next resting host with pending addresses may be crawled again; None if there is none."""
        query = "SELECT min(turn) FROM hosts WHERE portal = ? AND active = 1 AND turn > ?"
        turn: float | None = self.read(query, portal, self.clock())[0][0]
        return turn

    def _turns(self, portal: str, now: float, count: int) -> list[int]:
        query = "SELECT id FROM hosts WHERE portal = ? AND active = 1 AND turn <= ? ORDER BY turn LIMIT ?"
        return [row[0] for row in self.read(query, portal, now, count)]

    def _row(self, address: int) -> Row | None:
        row: Row | None = self.db.execute(
            "SELECT a.*, h.portal, h.host AS host_name, h.streak, h.barren, h.fruitful"
            " FROM addresses AS a JOIN hosts AS h ON h.id = a.host WHERE a.id = ?",
            (address,),
        ).fetchone()
        return row

    def _add(self, portal: str, leads: Iterable[Lead], *, trusted: bool, parent: Parent | None = None) -> int:
        now = self.clock()
        return self.queue.add(
            portal,
            leads,
            trusted=trusted,
            parent=parent,
            now=now,
            begun=self._begun.get(portal, now),
        )

    def _answered(self, row: Row, visit: Visit, answer: Answer, news: int) -> Settled:
        """Update the address, other addresses of the same page, and the host after a response."""
        for url, reason in ((answer.redirect, "redirect"), (answer.canonical, "canonical")):
            if url is not None:
                self._alias(row["id"], row["url"], url, reason)
        if answer.target is not None:
            self.queue.visit_target(answer.target, of_article=row["article_since"] is not None)
        known = _record(row)
        host = policy.host_after(host_of_row(row), visit, known)
        self.db.execute(
            "UPDATE hosts SET streak = ?, barren = ?, fruitful = ? WHERE id = ?",
            (host.streak, host.barren, host.fruitful, row["host"]),
        )
        record = policy.after(known, visit)
        if answer.canonical and record.article_since is not None and self._has_twin(row["url"], answer.canonical):
            record = replace(record, due=None)
        return self._write(row, record, visit.outcome, answer, news)

    def _read_list(self, row: Row, leads: list[Lead], outcome: str) -> tuple[Reading, list[Lead]]:
        """Compare a list's page with the pages before it; return the result, and the leads to follow."""
        if outcome == Outcome.LIST:
            reading = self.lists.read(row, leads)
            self.queue.hasten(reading.vanished)
            return reading, self.lists.followed(row, leads, reading)
        if row["list"] is not None and not policy.is_failure(outcome) and outcome not in READ:
            self.lists.close(row, lists.MISSING if outcome in MISSING else lists.STUB)
        return Reading(), leads

    def _failed(self, row: Row, reason: str, answer: Answer, *, within_run: bool) -> Settled:
        now = self.clock()
        streak = row["streak"] + 1 if policy.blames_host(reason, row["kind"]) else row["streak"]
        rest = policy.host_rest(reason, streak, self.rules, answer.retry_after)
        closed = now + rest if answer.retry_after is not None else 0
        self.db.execute(
            "UPDATE hosts SET streak = ?, turn = greatest(turn, ?), closed_until = greatest(closed_until, ?)"
            " WHERE id = ?",
            (streak, now + rest if rest else 0, closed, row["host"]),
        )
        record = policy.after_failure(_record(row), reason, now, within_run=within_run, wait=rest)
        if reason in UNCONNECTED and (twin := other_scheme(row["url"])):  # many sites have one of http and https
            self.db.execute("UPDATE addresses SET url = ? WHERE id = ?", (twin, row["id"]))
        # Without this, the validators of an unsettled page could bring a 304 without a page at the next attempt.
        self._write(row, record, reason, Answer(answer.status))
        failing = streak >= self.rules.host_error_limit
        return Settled(record.state, record.due, rests=rest > 0, left_alone=row["host_name"] if failing else None)

    def _write(self, row: Row, record: Record, outcome: str, answer: Answer, news: int = 0) -> Settled:
        values = {
            **{name: getattr(record, name) for name in ("kind", "state", "due", "tries", "idle", "misses")},
            **{name: getattr(answer, name) for name in ("status", "etag", "last_modified")},
            "article_since": record.article_since,
            "outcome": str(outcome),
            "priority": max(row["priority"], 0) if record.article_since is None else policy.REVISIT_PRIORITY,
            "now": self.clock(),
            "id": row["id"],
        }
        self.db.execute(
            "UPDATE addresses SET kind = :kind, state = :state, due = :due, tries = :tries, idle = :idle,"
            " misses = :misses, article_since = :article_since, priority = :priority,"
            " status = :status, outcome = :outcome,"
            " etag = coalesce(:etag, etag), last_modified = coalesce(:last_modified, last_modified),"
            " last_fetched = :now, owner = NULL, lease_until = NULL WHERE id = :id",
            values,
        )
        if record.state == "pending" and record.due is None:
            self.db.execute("UPDATE hosts SET active = 1 WHERE id = ?", (row["host"],))
        return Settled(record.state, record.due, news)

    def _has_twin(self, url: str, canonical: str) -> bool:
        """Return whether a mobile or AMP page names the full page as canonical, and that shows the article."""
        if not is_twin(url) or is_twin(canonical):
            return False
        query = "SELECT 1 FROM addresses WHERE id = ? AND article_since IS NOT NULL AND outcome <> 'redirect'"
        return self.db.execute(query, (url_id(canonical),)).fetchone() is not None

    def _alias(self, address: int, alias: str, url: str, reason: str) -> None:
        """Record that two addresses are one page: a redirect and its target, a page and its canonical URL, doubles."""
        if url_id(url) == address:
            return
        self.db.execute(
            "INSERT INTO aliases (id, url, address, reason, seen) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET"
            " address = excluded.address, reason = excluded.reason, seen = excluded.seen",
            (address, alias, url_id(url), reason, int(self.clock())),
        )


def _parent(row: Row, answer: Answer) -> Parent:
    of_list, page = (row["id"], 1) if row["list"] is None else (row["list"], row["page"])
    return Parent(row["id"], row["depth"], row["url"], of_list, page, answer.target)


def _record(row: Row) -> Record:
    return Record(
        row["kind"],
        row["state"],
        row["due"],
        row["tries"],
        row["idle"],
        row["misses"],
        row["article_since"],
        bool(row["trusted"]),
        row["list"] is not None,
    )
