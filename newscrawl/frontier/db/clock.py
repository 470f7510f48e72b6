"""Protect against wrong clocks: times left in the future by a fast clock would stop a portal's crawls until then."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from newscrawl.frontier.policy import DAY, FURTHEST, LONGEST_REST

if TYPE_CHECKING:
    from collections.abc import Callable

    from newscrawl.frontier.db.database import Connection

# Articles visited too late, by a clock that ran ahead, whose remaining visits were left out.
_SKIPPED = """UPDATE addresses SET due = ? WHERE host = ? AND last_fetched > ? AND due IS NULL AND state = 'done'
AND article_since <= ? AND article_since > ?"""


def steady_clock() -> Callable[[], float]:
    """Return a clock that starts at the current time, and is not affected when the system's clock is set."""
    offset = time.time() - time.monotonic()
    return lambda: offset + time.monotonic()


def mend_times(db: Connection, portal: str, now: float, longest_revisit: float) -> int:
    """Correct times further in the future than any rule sets them; return the number of addresses and hosts corrected.

    The days on which a host's fetches were counted show whether the clock of an earlier run was ahead.
    """
    today = int(now // DAY)
    query = "SELECT id FROM hosts WHERE portal = ? AND day > ?"
    ahead = [row[0] for row in db.execute(query, (portal, today)).fetchall()]
    mended = 0
    for host in ahead:
        mended += db.execute("UPDATE addresses SET due = ? WHERE host = ? AND due > ?", (now, host, now)).rowcount
        mended += db.execute(_SKIPPED, (now, host, now, now, now - longest_revisit)).rowcount
    furthest = now + FURTHEST + longest_revisit
    mended += db.execute(
        "UPDATE addresses SET due = ? WHERE due > ? AND host IN (SELECT id FROM hosts WHERE portal = ?)",
        (now, furthest, portal),
    ).rowcount
    mended += db.execute(
        "UPDATE hosts SET day = ?, fetched = 0, closed_until = least(closed_until, ?)"
        " WHERE portal = ? AND (day > ? OR closed_until > ?)",
        (today, now, portal, today, now + LONGEST_REST),
    ).rowcount
    return mended
