"""Enqueue addresses: append new ones, and update known ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, cast

from newscrawl.frontier.addresses.lists import form_of
from newscrawl.frontier.addresses.twins import Twins
from newscrawl.frontier.db.database import rows_of
from newscrawl.frontier.policy import REVIVE_AFTER
from newscrawl.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newscrawl.frontier.addresses.domains import Domains
    from newscrawl.frontier.db.database import Connection
    from newscrawl.frontier.messages import Lead, Parent

HOSTS_REMEMBERED = 20_000  # hosts whose row numbers are kept in memory


_KNOWN = """SELECT id, url, host, kind, state, due, trusted, priority, request, tries, last_fetched,
list, page FROM addresses WHERE id"""
_INSERT = """INSERT INTO addresses
  (id, url, host, kind, state, trusted, priority, depth, parent, request, first_seen, list, page, chained)
VALUES (:id, :url, :host, :kind, :state, :trusted, :priority, :depth, :parent, :request, :first_seen, :list, :page,
  :chained)
ON CONFLICT (id) DO NOTHING"""
_INSERT_HOST = "INSERT INTO hosts (portal, host, turn) VALUES (?, ?, ?) ON CONFLICT (portal, host) DO NOTHING"
_UPDATE = """UPDATE addresses SET url = :url, host = :host, kind = :kind, state = :state, due = :due,
trusted = :trusted, priority = :priority, request = :request, tries = :tries, list = :list, page = :page
WHERE id = :id"""
# Without validators, as HTTP 304 would not show the article.
_VISIT_TARGET = """UPDATE addresses SET state = 'pending', due = NULL, etag = NULL, last_modified = NULL
WHERE id = ? AND state = 'done' AND (last_fetched IS NULL OR outcome = ?) RETURNING host"""


class Address(TypedDict):
    """The columns of an address that finding it again may change."""

    id: int
    url: str
    host: int
    kind: str
    state: str
    due: float | None
    trusted: int
    priority: int
    request: str | None
    tries: int
    last_fetched: float | None
    list: int | None  # id of the list's first page
    page: int | None


class NewAddress(Address):
    """An address to insert, with the columns that never change afterwards."""

    depth: int
    parent: int | None
    first_seen: int
    chained: bool


class Queue:
    """Writes leads to the tables; the caller holds the transaction."""

    def __init__(self, db: Connection, domains: Domains) -> None:
        self.db = db
        self.twins = Twins(db)
        self.domains = domains
        self._hosts: dict[tuple[str, str], int] = {}

    def add(
        self,
        portal: str,
        leads: Iterable[Lead],
        *,
        trusted: bool,
        parent: Parent | None,
        now: float,
        begun: float,
    ) -> int:
        """Enqueue leads and return how many were new; skips anything but http(s) addresses with a host.

        Args:
            portal: the portal of the addresses.
            leads: the addresses.
            trusted: whether they were found on a list or start page.
            parent: the page they were found on.
            now: Unix time.
            begun: when the portal's run began.
        """
        named = [(lead, name) for lead in leads if (name := _host_of(lead))]
        known = self._known(lead.id for lead, _ in named)
        fresh: list[NewAddress] = []
        changed: dict[int, Address] = {}
        news, woken = 0, set()
        for lead, name in named:
            host = self._host(portal, name, now)
            if host is None:
                continue
            trust = int(trusted or lead.kind in ("part", "start", "issue"))
            if lead.turns or self.twins.has_rules(lead):  # the queries below must see them
                self._write(fresh, changed)
            before = known[lead.id]
            moved = parent is not None and parent.redirect == lead.id  # the page itself cannot stand for it
            if before is None and not moved and self.twins.is_double(lead):
                continue
            if before is None:
                known[lead.id] = row = _row_of(lead, host, trust, parent, now)
                fresh.append(row)
                news += 1
                woken.add(host)
                continue
            found = before.copy()
            if lead.turns and parent:
                self._turned(found, lead, parent)
            if (merged := _merged(found, lead, host, trust, (begun, now)) or found) != before:
                known[lead.id] = changed[lead.id] = merged
                woken.add(host)
        self._write(fresh, changed)
        self._wake(woken)
        return news

    def _known(self, ids: Iterable[int]) -> dict[int, Address | None]:
        """Return the rows of addresses, None for unknown ones."""
        known: dict[int, Address | None] = dict.fromkeys(ids)
        return known | {row["id"]: cast("Address", dict(row)) for row in rows_of(self.db, _KNOWN, (), known)}

    def _write(self, fresh: list[NewAddress], changed: dict[int, Address]) -> None:
        """Append new rows, in order, and write changed ones; both are then empty."""
        if fresh:
            self.db.executemany(_INSERT, fresh)
            fresh.clear()
        if changed:
            self.db.executemany(_UPDATE, list(changed.values()))
            changed.clear()

    def hasten(self, vanished: Iterable[int]) -> None:
        """Make articles due now that have vanished from their list: they may have been withdrawn."""
        for address in vanished:
            found = self.db.execute(
                "UPDATE addresses SET state = 'pending', due = NULL"
                " WHERE id = ? AND kind = 'article' AND due IS NOT NULL AND state = 'done' RETURNING host",
                (address,),
            ).fetchall()
            self._wake({host for (host,) in found})

    def visit_target(self, address: int, *, of_article: bool) -> None:
        """Make the target of a redirect due now if it was left out as a duplicate, or is the alias of an article."""
        values = (address, "alias" if of_article else "")
        self._wake({host for (host,) in self.db.execute(_VISIT_TARGET, values).fetchall()})

    def _turned(self, known: Address, lead: Lead, parent: Parent) -> None:
        """Note that a known address is a further page of a list; a list's first page never becomes another's."""
        if known["id"] == parent.list or known["kind"] not in ("list", "unknown"):
            return
        if known["list"] is None:
            if self.db.execute("SELECT 1 FROM addresses WHERE list = ?", (known["id"],)).fetchone():
                return
            known["list"] = parent.list
            if known["state"] == "done":
                known["due"] = None
        if lead.turns == "other" and known["last_fetched"] is None and known["state"] == "done":
            known["state"] = "pending"
        if lead.turns == "next" and known["list"] == parent.list:
            known["page"] = known["page"] or (parent.page and parent.page + 1)

    def _wake(self, hosts: set[int]) -> None:
        if hosts:
            self.db.executemany("UPDATE hosts SET active = 1 WHERE id = ? AND active = 0", [(host,) for host in hosts])

    def forget_hosts(self) -> None:
        """Forget cached host ids, after the transaction that inserted some was rolled back."""
        self._hosts.clear()

    def _host(self, portal: str, name: str, now: float) -> int | None:
        """Return the row id of a portal's host, inserted last in turn if it is new; None if no new host is allowed."""
        host = self._hosts.get((portal, name))
        if host is None:
            if len(self._hosts) >= HOSTS_REMEMBERED:
                self._hosts.clear()
            query = "SELECT id FROM hosts WHERE portal = ? AND host = ?"
            known = self.db.execute(query, (portal, name)).fetchone()
            if known is None and self.domains.open(name):
                self.db.execute(_INSERT_HOST, (portal, name, now))
                known = self.db.execute(query, (portal, name)).fetchone()
            if known is not None:
                host = self._hosts[portal, name] = known[0]
        return host


def _host_of(lead: Lead) -> str:
    """Return the host of a lead; "" if it is no web address."""
    return host_of(lead.url) or "" if lead.url.lstrip()[:4].lower() == "http" else ""


def _row_of(lead: Lead, host: int, trusted: int, parent: Parent | None, now: float) -> NewAddress:
    """Return the row of a new address."""
    own, page, chained = None, None, False
    if parent and lead.turns:
        own = parent.list
        page = parent.page + 1 if parent.page and lead.turns == "next" else None
    elif parent and lead.kind == "list":
        chained = (form := form_of(lead.url)) == form_of(parent.url) and "#" in form
    return {
        "id": lead.id,
        "url": lead.url,
        "host": host,
        "kind": lead.kind,
        "state": "done" if lead.turns == "spare" else "pending",
        "due": None,
        "trusted": trusted,
        "priority": lead.priority,
        "request": lead.request,
        "tries": 0,
        "last_fetched": None,
        "list": own,
        "page": page,
        "depth": lead.depth if lead.depth is not None else parent.depth + 1 if parent else 0,
        "parent": parent.id if parent else None,
        "first_seen": int(now),
        "chained": chained,
    }


def _merged(known: Address, lead: Lead, host: int, trusted: int, run: tuple[float, float]) -> Address | None:
    """Return the row of a known address that was found again, None if nothing changes.

    A start page is fetched once in every run, and so is another portal's list. An address of another portal that was
    never fetched moves to this one. A page that was gone may be back. A leased address is not changed.
    """
    if known["state"] == "leased":
        return None
    begun, now = run
    fetched = known["last_fetched"]
    if fetched is not None and fetched > now + 1:
        fetched = 0.0  # fetched "in the future", by a wrong clock
    foreign = known["host"] != host
    wanted = lead.kind == "start" or lead.renew or (foreign and lead.kind == "list" and fetched is not None)
    wanted = wanted or (lead.turns == "next" and known["list"] is not None)
    if known["state"] == "gone" and trusted and fetched is not None and fetched < begun - REVIVE_AFTER:
        wanted = True
    merged = known.copy()
    if fetched is None or wanted:
        merged["priority"] = max(lead.priority, known["priority"])
    if wanted and (fetched is None or fetched < begun):
        merged |= {"state": "pending", "due": None, "host": host, "url": lead.url, "request": lead.request, "tries": 0}
    elif known["state"] != "pending":
        return None
    if fetched is None:
        merged["host"] = host
        if trusted > known["trusted"]:
            merged["url"] = lead.url
        if known["kind"] == "unknown":
            merged["kind"] = lead.kind
    if lead.kind == "start":
        merged["kind"] = "start"
    merged["trusted"] = max(trusted, known["trusted"])
    return merged if merged != known else None
