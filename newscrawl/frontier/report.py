"""What the frontier holds, for people: counts, what is overdue, which hosts fail; and what they may change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.urls import url_id

if TYPE_CHECKING:
    from newscrawl.frontier.store import Frontier

_COUNTS = """
SELECT portal, state, count(*) FROM addresses JOIN hosts ON hosts.id = addresses.host
GROUP BY portal, state ORDER BY portal, state
"""
_OVERDUE = """
SELECT portal, count(*), min(coalesce(due, first_seen)) FROM addresses JOIN hosts ON hosts.id = addresses.host
WHERE (state = 'pending' AND due IS NULL) OR due <= ? GROUP BY portal ORDER BY portal
"""
_STREAKS = """
SELECT portal, host, streak, turn FROM hosts WHERE streak > 0 ORDER BY streak DESC, portal, host
"""


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many addresses of a portal are wanted now, and since when the oldest (Unix time)."""

    portal: str
    addresses: int
    oldest: float


@dataclass(frozen=True, slots=True)
class Streak:
    """A host that fails: how often in a row, and until when it is left alone (Unix time, past if it is not)."""

    portal: str
    host: str
    failures: int
    rests_until: float


def by_portal(frontier: Frontier) -> dict[str, dict[str, int]]:
    """Count the addresses by portal and state."""
    counted: dict[str, dict[str, int]] = {}
    for portal, state, count in frontier.read(_COUNTS):
        counted.setdefault(portal, {})[state] = count
    return counted


def counts(frontier: Frontier) -> dict[str, int]:
    """Count the addresses by state."""
    total: dict[str, int] = {}
    for states in by_portal(frontier).values():
        for state, count in states.items():
            total[state] = total.get(state, 0) + count
    return total


def overdue(frontier: Frontier) -> list[Overdue]:
    """Give what is due now, by portal."""
    return [Overdue(*row) for row in frontier.read(_OVERDUE, frontier.clock())]


def streaks(frontier: Frontier) -> list[Streak]:
    """Give the hosts that failed at their last visit, the worst first."""
    return [Streak(*row) for row in frontier.read(_STREAKS)]


def forget(frontier: Frontier, url: str) -> bool:
    """Remove an address, as if nobody had ever found it; tell whether it was known."""
    with frontier.transaction() as db:
        db.execute("DELETE FROM aliases WHERE id = ?", (url_id(url),))
        return db.execute("DELETE FROM addresses WHERE id = ?", (url_id(url),)).rowcount > 0


def retry_failed(frontier: Frontier, portal: str | None = None) -> int:
    """Make the failed addresses of a portal, or of all, pending again; give how many."""
    with frontier.transaction() as db:
        db.execute(
            "UPDATE hosts SET active = 1 WHERE coalesce(portal = ?, 1)"
            " AND EXISTS (SELECT 1 FROM addresses WHERE addresses.host = hosts.id AND state = 'failed')",
            (portal,),
        )
        return db.execute(
            "UPDATE addresses SET state = 'pending', due = NULL, tries = 0 WHERE state = 'failed'"
            " AND host IN (SELECT id FROM hosts WHERE coalesce(portal = ?, 1))",
            (portal,),
        ).rowcount
