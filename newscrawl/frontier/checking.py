"""Check that frontier.db is sound and agrees with the archive; name and repair faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.frontier.db.database import WAKE_HOSTS
from newscrawl.frontier.messages import Lead
from newscrawl.frontier.policy import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newscrawl.frontier.store import Frontier

_UNSEEN = """SELECT count(*) FROM hosts WHERE active = 0 AND EXISTS
(SELECT 1 FROM addresses WHERE addresses.host = hosts.id AND state = 'pending' AND due IS NULL)"""
_HOSTLESS = "SELECT count(*) FROM addresses WHERE host NOT IN (SELECT id FROM hosts)"
_STATELESS = "SELECT count(*) FROM addresses WHERE state NOT IN ('pending', 'leased', 'done', 'gone', 'failed')"
_FORGET_HOSTLESS = "DELETE FROM addresses WHERE host NOT IN (SELECT id FROM hosts)"
_WANT_STATELESS = """UPDATE addresses SET state = 'pending', due = NULL
WHERE state NOT IN ('pending', 'leased', 'done', 'gone', 'failed')"""
# By the rules, no host rests for more than a day, and no address is due later than the longest revisit.
_LATEST_TURN, _LATEST_DUE = 2 * DAY, 400 * DAY


def faults(frontier: Frontier) -> Iterator[str]:
    """Yield the faults, one line each."""
    unsound = frontier.database.unsound()
    for line in unsound:
        yield f"SQLite finds: {line}"
    if unsound:
        return
    now = frontier.clock()
    counted = (
        (_HOSTLESS, (), "addresses belong to no host"),
        (_STATELESS, (), "addresses are in no known state"),
        (_UNSEEN, (), "hosts have addresses that are wanted, and are marked as having none"),
        ("SELECT count(*) FROM hosts WHERE turn > ?", (now + _LATEST_TURN,), "hosts rest until a time far ahead"),
        ("SELECT count(*) FROM addresses WHERE due > ?", (now + _LATEST_DUE,), "addresses are due far ahead"),
        (
            "SELECT count(*) FROM addresses WHERE last_fetched > ?",
            (now + DAY,),
            "addresses were fetched in the future: was the clock wrong?",
        ),
    )
    for query, values, what in counted:
        if count := frontier.read(query, *values)[0][0]:
            yield f"{count} {what}"
    with frontier.transaction() as db:
        owners = [row[0] for row in db.execute("SELECT DISTINCT owner FROM addresses WHERE state = 'leased'")]
        dead = [owner for owner in owners if not owner or not frontier.database.is_alive(owner)]
    if dead:
        yield f"addresses are leased to {len(dead)} processes that are gone; the next crawl would take them back"


def repair(frontier: Frontier) -> None:
    """Repair all that `faults` names, except what SQLite's own check finds."""
    now = frontier.clock()
    with frontier.transaction() as db:
        db.execute(_FORGET_HOSTLESS)
        db.execute(_WANT_STATELESS)
        db.execute("UPDATE hosts SET turn = ?, closed_until = 0 WHERE turn > ?", (now, now + _LATEST_TURN))
        db.execute("UPDATE addresses SET due = ? WHERE due > ?", (now, now + _LATEST_DUE))
        db.execute("UPDATE addresses SET last_fetched = ? WHERE last_fetched > ?", (now, now + DAY))
        frontier.leases.recover(now)
        db.execute(WAKE_HOSTS)


def known_articles(frontier: Frontier) -> set[int]:
    """Return the ids of the addresses at which the frontier knows an article."""
    return {row[0] for row in frontier.read("SELECT id FROM addresses WHERE article_since IS NOT NULL")}


def enter_articles(frontier: Frontier, articles: Iterable[tuple[str, str, float, float]]) -> int:
    """Enter the archive's articles, so that they are not fetched as new; return how many were entered.

    Args:
        frontier: the frontier, perhaps a new one.
        articles: portal, address, and when it was first and last seen, in Unix time.
    """
    entered = 0
    for portal, url, first_seen, last_seen in articles:
        lead = Lead.of(url, "article")
        entered += frontier.enqueue(portal, [lead])
        with frontier.transaction() as db:
            db.execute(
                "UPDATE addresses SET state = 'done', outcome = 'article', article_since = ?, last_fetched = ?, due = ?"
                " WHERE id = ? AND article_since IS NULL",
                (first_seen, last_seen, frontier.clock(), lead.id),
            )
    return entered
