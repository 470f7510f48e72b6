"""Reports on the frontier (counts, overdue addresses, failing hosts), and changes that users may make."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, TypedDict

from newscrawl.frontier.db.database import rows_of
from newscrawl.frontier.policy import DAY, MINUTE
from newscrawl.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Iterable

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
_RESTING = """
SELECT hosts.host, turn FROM hosts WHERE portal = ? AND turn > ? AND EXISTS (
  SELECT 1 FROM addresses WHERE addresses.host = hosts.id AND kind = 'start' AND state = 'pending'
  AND ((state = 'pending' AND due IS NULL) OR due > 0))
"""  # an index for each half: `ready` and `waiting`
_SPENT = """
SELECT hosts.host FROM hosts WHERE portal = ? AND day = ? AND fetched >= ?
AND EXISTS (SELECT 1 FROM addresses WHERE addresses.host = hosts.id AND state = 'pending' AND due IS NULL)
"""
_AHEAD = """
SELECT count(*) FROM hosts JOIN addresses ON addresses.host = hosts.id WHERE portal = ? AND last_fetched > ?
"""
BEIJING = timezone(timedelta(hours=8))


# For each list, its page with the highest number: there it ended.
_LISTS = """
SELECT portal, addresses.url, pages, coalesce(deepest.ended, 'goes on') FROM (
  SELECT coalesce(list, id) AS first, ended, coalesce(page, 1) AS pages,
    row_number() OVER (PARTITION BY coalesce(list, id) ORDER BY coalesce(page, 1) DESC, rowid) AS nth
  FROM addresses WHERE outcome = 'list' OR list IS NOT NULL
) AS deepest JOIN addresses ON addresses.id = first JOIN hosts ON hosts.id = addresses.host
WHERE nth = 1 AND portal = coalesce(?, portal) ORDER BY pages DESC, addresses.url
"""


@dataclass(frozen=True, slots=True)
class End:
    """A reason why lists of a portal ended: how many lists, and how many pages they had."""

    portal: str
    why: str
    lists: int
    pages: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many addresses of a portal are due now, and since when the oldest (Unix time)."""

    portal: str
    addresses: int
    oldest: float


@dataclass(frozen=True, slots=True)
class Streak:
    """A failing host: failures in a row, and until when it rests (Unix time, in the past if it does not)."""

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
    """Return the addresses due now, by portal."""
    return [Overdue(*row) for row in frontier.read(_OVERDUE, frontier.clock())]


def streaks(frontier: Frontier) -> list[Streak]:
    """Return the hosts that failed at their last visit, the worst first."""
    return [Streak(*row) for row in frontier.read(_STREAKS)]


def ends(frontier: Frontier) -> list[End]:
    """Return why the lists of each portal ended, the most frequent reason first."""
    pages: defaultdict[tuple[str, str], list[int]] = defaultdict(list)  # of each list
    for portal, _, count, why in frontier.read(_LISTS, None):
        pages[portal, why].append(count)
    found = [End(portal, why, len(counts), sum(counts)) for (portal, why), counts in pages.items()]
    return sorted(found, key=lambda end: (end.portal, -end.lists, end.why))


def ended_lists(frontier: Frontier, portal: str) -> list[tuple[str, int, str]]:
    """Return the lists of a portal, the longest first: address, pages, and why it ended ("goes on" while it may)."""
    return [(url, pages, why) for _, url, pages, why in frontier.read(_LISTS, portal)]


class Standing(TypedDict):
    """The state of a portal after a run."""

    list_links: int  # addresses found on lists
    list_articles: int  # of these, articles
    resting: list[str]  # resting hosts of start pages, each with the time
    spent: list[str]  # hosts at their daily limit
    ahead: int  # addresses with a fetch time in the future


def standing(frontier: Frontier, portal: str, named: Iterable[int], *, idle: bool = False) -> Standing:
    """Return the state of a portal after a run, for the verdict.

    Args:
        frontier: the addresses.
        portal: whose run it was.
        named: ids of the addresses that start pages and lists named.
        idle: whether there was no response; only then `ahead` is counted, which reads all addresses.

    """
    now = frontier.clock()
    ids = list(named)
    with frontier.transaction() as db:
        known = rows_of(db, "SELECT id FROM addresses WHERE article_since IS NOT NULL AND id", (), ids)
        articles = len({row[0] for row in known})
    resting = [
        f"{row['host']} until {datetime.fromtimestamp(row['turn'], BEIJING):%Y-%m-%d %H:%M} Beijing time"
        for row in sorted(frontier.read(_RESTING, portal, now), key=lambda row: row["turn"])
    ]
    spent = frontier.read(_SPENT, portal, int(now // DAY), frontier.rules.host_daily_limit)
    return {
        "list_links": len(ids),
        "list_articles": articles,
        "resting": resting,
        "spent": [row["host"] for row in spent],
        "ahead": frontier.read(_AHEAD, portal, now + MINUTE)[0][0] if idle else 0,
    }


def forget(frontier: Frontier, url: str) -> bool:
    """Remove an address, as if it had never been found; return whether it was known."""
    with frontier.transaction() as db:
        db.execute("DELETE FROM aliases WHERE id = ?", (url_id(url),))
        return db.execute("DELETE FROM addresses WHERE id = ?", (url_id(url),)).rowcount > 0


def retry_failed(frontier: Frontier, portal: str | None = None) -> int:
    """Make the failed addresses of a portal, or of all portals, pending again; return how many."""
    with frontier.transaction() as db:
        db.execute(
            "UPDATE hosts SET active = 1 WHERE portal = coalesce(?, portal)"
            " AND EXISTS (SELECT 1 FROM addresses WHERE addresses.host = hosts.id AND state = 'failed')",
            (portal,),
        )
        return db.execute(
            "UPDATE addresses SET state = 'pending', due = NULL, tries = 0 WHERE state = 'failed'"
            " AND host IN (SELECT id FROM hosts WHERE portal = coalesce(?, portal))",
            (portal,),
        ).rowcount
