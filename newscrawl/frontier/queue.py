"""Entering addresses: new ones are appended, known ones keep what is better of old and new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newscrawl.frontier.policy import REVIVE_AFTER
from newscrawl.urls import host_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from newscrawl.frontier.records import Lead

HOSTS_REMEMBERED = 20_000  # of which the row's number is kept in memory


class Queue:
    """Writes leads into the tables; the caller holds the transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._hosts: dict[tuple[str, str], int] = {}

    def add(
        self,
        portal: str,
        leads: Iterable[Lead],
        *,
        trusted: bool,
        parent: tuple[int, int] | None,
        now: float,
        begun: float,
    ) -> int:
        """Enter leads and give how many were new; what is no http(s) address with a host is passed over.

        Args:
            portal: whose addresses they are.
            leads: the addresses.
            trusted: whether a list or a start page names them.
            parent: id and depth of the page that names them.
            now: Unix time.
            begun: when the portal's run began.
        """
        news = 0
        woken: set[int] = set()
        for lead in leads:
            name = host_of(lead.url)
            if not name or lead.url.lstrip()[:4].lower() != "http":
                continue
            host = self._host(portal, name, now)
            known = self.db.execute(
                "SELECT rowid AS place, url, host, kind, state, due, trusted, priority, request, tries, last_fetched"
                " FROM addresses WHERE id = ?",
                (lead.id,),
            ).fetchone()
            trust = int(trusted or lead.kind in ("part", "start"))
            if known is None:
                self._insert(lead, host, trust, parent, now)
                news += 1
                woken.add(host)
            elif (merged := _merged(dict(known), lead, host, trust, begun)) is not None:
                self.db.execute(
                    "UPDATE addresses SET url = :url, host = :host, kind = :kind, state = :state, due = :due,"
                    " trusted = :trusted, priority = :priority, request = :request, tries = :tries"
                    " WHERE rowid = :place",
                    merged,
                )
                woken.add(host)
        self._wake(woken)
        return news

    def hasten_vanished(self, parent: int, named: set[int]) -> None:
        """Make articles wanted now that a list no longer names although it names an older one: taken down, maybe.

        Lists name the newest first, so within one visit the later entry is the older. Each article is hastened once.
        """
        children = self.db.execute(
            "SELECT rowid AS place, id, host, first_seen FROM addresses"
            " WHERE parent = ? AND kind = 'article' AND due IS NOT NULL AND state = 'done'",
            (parent,),
        ).fetchall()
        ages = [(-child["first_seen"], child["place"]) for child in children if child["id"] in named]
        oldest = max(ages, default=None)
        if oldest is None:
            return
        vanished = [
            child for child in children if child["id"] not in named and (-child["first_seen"], child["place"]) < oldest
        ]
        self.db.executemany(
            "UPDATE addresses SET state = 'pending', due = NULL, parent = NULL WHERE rowid = ?",
            [(child["place"],) for child in vanished],
        )
        self._wake({child["host"] for child in vanished})

    def _wake(self, hosts: set[int]) -> None:
        self.db.executemany("UPDATE hosts SET active = 1 WHERE id = ? AND active = 0", [(host,) for host in hosts])

    def _insert(self, lead: Lead, host: int, trusted: int, parent: tuple[int, int] | None, now: float) -> None:
        above, level = parent or (None, -1)
        depth = level + 1 if lead.depth is None else lead.depth
        self.db.execute(
            "INSERT INTO addresses"
            " (id, url, host, kind, state, trusted, priority, depth, parent, request, first_seen)"
            " VALUES (?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?)",
            (lead.id, lead.url, host, lead.kind, trusted, lead.priority, depth, above, lead.request, int(now)),
        )

    def _host(self, portal: str, name: str, now: float) -> int:
        """Give the row of a portal's host, entering it at the end of the turn if it is new."""
        host = self._hosts.get((portal, name))
        if host is None:
            if len(self._hosts) >= HOSTS_REMEMBERED:
                self._hosts.clear()
            self.db.execute("INSERT OR IGNORE INTO hosts (portal, host, turn) VALUES (?, ?, ?)", (portal, name, now))
            host = self.db.execute("SELECT id FROM hosts WHERE portal = ? AND host = ?", (portal, name)).fetchone()[0]
            self._hosts[portal, name] = host
        return host


def _merged(known: dict[str, Any], lead: Lead, host: int, trusted: int, begun: float) -> dict[str, Any] | None:
    """Give the row after a known address was found again, None where that changes nothing.

    A start page is fetched once a run whoever knew it; so is another portal's list; an address of another portal that
    was never fetched changes hands; a page that was gone may be back. What is being fetched just now is left alone.
    """
    if known["state"] == "leased":
        return None
    fetched = known["last_fetched"]
    foreign = known["host"] != host
    wanted = lead.kind == "start" or lead.renew or (foreign and lead.kind == "list" and fetched is not None)
    if known["state"] == "gone" and trusted and fetched is not None and fetched < begun - REVIVE_AFTER:
        wanted = True
    merged = dict(known)
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
