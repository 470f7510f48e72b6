"""Track the entries of lists: when a list has ended, which lists are endless, and what vanished from a list."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newscrawl.frontier.db.database import rows_of
from newscrawl.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newscrawl.frontier.db.database import Connection, Row
    from newscrawl.frontier.messages import Lead
    from newscrawl.frontier.policy import Rules

# Why a list was followed no further than a page, as stored and as shown by `newscrawl frontier`.
LAST, EMPTY, REPEATS, IGNORED = "last page", "empty", "repeats", "parameter ignored"
NOTHING_NEW, STUB, MISSING, CEILING, ENDLESS = "nothing new", "stub", "missing", "ceiling", "leads on without news"

MOST_USELESS = 3  # after so many of these pages without new entries, the others are not fetched
BARREN_FORMS = 5  # after so many chained lists without new entries, no more lists of their URL form are fetched
_PUT_FORM = """INSERT INTO forms VALUES (?, ?, ?)
ON CONFLICT (host, form) DO UPDATE SET barren = excluded.barren"""
_PUT_ENTRY = """INSERT INTO listed VALUES (?, ?, ?, ?)
ON CONFLICT (list, entry) DO UPDATE SET page = excluded.page, place = excluded.place"""
_HOME = re.compile(r"https?://[^/]+/?")
_NUMBERS = re.compile(r"\d+")
# Numbers of a second page that may repeat the first: CMSs count from 0 or from 1.
_FIRST_AGAIN = re.compile(r"(?<!\d)0*[01](?!\d)\D*$")


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of fetching a list's page.

    Attributes:
        entries: how many addresses it names, without lists.
        fresh: how many of them are new on this list.
        ended: why the list is not followed further, None if it is.
        vanished: earlier entries that are gone, except those that newer entries pushed off its end.
        endless: lists with its URL form link to each other without end and without new entries.
    """

    entries: int = 0
    fresh: int = 0
    ended: str | None = None
    vanished: list[int] = field(default_factory=list)
    endless: bool = False


class Lists:
    """Reads and writes `listed` and `forms`; the caller holds the transaction."""

    def __init__(self, db: Connection, rules: Rules) -> None:
        self.db = db
        self.rules = rules

    def begin_run(self, portal: str) -> None:
        """Give each URL form that was found endless one more chance."""
        self.db.execute(
            "UPDATE forms SET barren = least(barren, ?) WHERE host IN (SELECT id FROM hosts WHERE portal = ?)",
            (BARREN_FORMS - 1, portal),
        )

    def read(self, row: Row, leads: Sequence[Lead]) -> Reading:
        """Compare the entries of a list's page with earlier entries of the pages before it, and of itself."""
        own = row["id"] if row["list"] is None else row["list"]
        number = 1 if row["list"] is None else row["page"] or 0
        entries = list(dict.fromkeys(lead.id for lead in leads if lead.kind not in ("list", "start")))
        places = self._places(own, entries)
        fresh = sum(place is None for place in places.values())
        again = row["last_fetched"] is not None
        before = self._named(own, row["id"]) if again else []
        home = row["kind"] == "start" or _HOME.fullmatch(row["url"]) is not None
        vanished = vanished_from(before, entries, home=home)
        if (fresh or again) and before != entries:
            self._write(own, row["id"], entries, places)
            self._let_go(own, before, set(entries), vanished)
        barren = self._barren(row, [*entries, *_asking(leads)])
        if barren and row["chained"] and not again:
            ended: str | None = ENDLESS
        elif number >= self.rules.list_ceiling:
            ended = CEILING
        elif fresh or (number == 1 and not entries):  # a scripted page may name its next page but no rows
            ended = None if any(lead.turns == "next" for lead in leads) else LAST if fresh else EMPTY
        else:
            ended = self._end(row, own, number, places)
        if ended and (number != 1 or ended != NOTHING_NEW):
            self.close(row, ended)
        elif ended is None and row["ended"]:
            self.db.execute("UPDATE addresses SET ended = NULL WHERE id = ?", (row["id"],))
        return Reading(len(entries), fresh, ended, vanished, barren >= BARREN_FORMS)

    def followed(self, row: Row, leads: Sequence[Lead], reading: Reading) -> list[Lead]:
        """Return a list's leads to follow: without pages of a list that has ended, and without endless URL forms."""
        form = form_of(row["url"])
        kept = [
            lead
            for lead in leads
            if (reading.ended in (None, LAST) if lead.turns else not reading.endless or form_of(lead.url) != form)
        ]
        if not reading.entries and row["last_fetched"] is not None:  # only its next page shows new entries
            kept = [lead for lead in kept if lead.turns != "next" or not self._is_fetched(lead.id)]
        if any(lead.turns == "next" and not self._is_fetched(lead.id) for lead in kept):
            kept = [replace(lead, turns="spare") if lead.turns == "other" else lead for lead in kept]
        return kept

    def close(self, row: Row, reason: str) -> None:
        """Note why a list ended at a page; if the page is broken, enqueue spare pages, else drop pending ones."""
        self.db.execute("UPDATE addresses SET ended = ? WHERE id = ?", (reason, row["id"]))
        if row["list"] is None or reason == LAST:
            return
        if reason in (MISSING, STUB):  # this page is broken, others may not be
            self.db.execute(
                "UPDATE addresses SET state = 'pending' WHERE list = ? AND state = 'done' AND last_fetched IS NULL"
                " AND ended IS NULL",
                (row["list"],),
            )
            self.db.execute("UPDATE hosts SET active = 1 WHERE id = ?", (row["host"],))
            return
        useless = "SELECT count(*) FROM addresses WHERE list = ? AND page IS NULL AND ended IS NOT NULL AND ended <> ?"
        count: int = self.db.execute(useless, (row["list"], LAST)).fetchone()[0]
        if row["page"] is not None or count >= MOST_USELESS:
            self.db.execute(
                "UPDATE addresses SET state = 'done', due = NULL, ended = ?"
                " WHERE list = ? AND state = 'pending' AND last_fetched IS NULL",
                (reason, row["list"]),
            )

    def _barren(self, row: Row, entries: Sequence[int]) -> int:
        """Count consecutive lists of a page's URL form that link to each other but have no new entries.

        Examples are a calendar, or an archive with a page for any day. Only first visits count, of lists found on a
        list of the same form; all lists of the form are compared as one.
        """
        form = form_of(row["url"])
        query = "SELECT barren FROM forms WHERE host = ? AND form = ?"
        barren: int = (self.db.execute(query, (row["host"], form)).fetchone() or (0,))[0]
        if row["chained"] and row["last_fetched"] is None:
            shared = url_id(f"{row['host']}/{form}")
            places = self._places(shared, entries)
            barren = 0 if None in places.values() else barren + 1
            self._write(shared, row["id"], entries, places)
            self.db.execute(_PUT_FORM, (row["host"], form, barren))
            if barren == BARREN_FORMS:
                self._leave(row["host"], form)
        return barren

    def _leave(self, host: int, form: str) -> None:
        """Drop the lists of a URL form that are not fetched yet."""
        query = "SELECT rowid AS place, url FROM addresses WHERE host = ? AND state = 'pending' AND due IS NULL"
        named = self.db.execute(f"{query} AND chained = 1", (host,)).fetchall()
        self.db.executemany(
            "UPDATE addresses SET state = 'done', ended = ? WHERE rowid = ?",
            [(ENDLESS, row["place"]) for row in named if form_of(row["url"]) == form],
        )

    def _end(self, row: Row, own: int, number: int, places: dict[int, Row | None]) -> str | None:
        """Return why a page without new entries is the end of its list; None if it is not."""
        if not places:
            return EMPTY
        if number == 1 or row["last_fetched"] is not None:
            return NOTHING_NEW
        on = {place["page"] for place in places.values() if place is not None}
        if on == {own} and number == 2 and _FIRST_AGAIN.search(row["url"]):
            return None
        if on == {own} and self._same_but_for_query(row["url"], own):
            return IGNORED
        return REPEATS if len(on) == 1 else NOTHING_NEW

    def _same_but_for_query(self, url: str, own: int) -> bool:
        first = self.db.execute("SELECT url FROM addresses WHERE id = ?", (own,)).fetchone()
        return first is not None and "?" in url and url.partition("?")[0] == first["url"].partition("?")[0]

    def _is_fetched(self, address: int) -> bool:
        query = "SELECT 1 FROM addresses WHERE id = ? AND last_fetched IS NOT NULL"
        return self.db.execute(query, (address,)).fetchone() is not None

    def _places(self, own: int, entries: Sequence[int]) -> dict[int, Row | None]:
        """Return the places of entries on a list's pages, None for new entries."""
        places: dict[int, Row | None] = dict.fromkeys(entries)
        query = "SELECT page, place, entry FROM listed WHERE list = ? AND entry"
        return places | {row["entry"]: row for row in rows_of(self.db, query, (own,), places)}

    def _named(self, own: int, page: int) -> list[int]:
        """Return the entries of a page at its last visit, in order."""
        query = "SELECT place, entry FROM listed WHERE list = ? AND page = ?"
        return [entry for _, entry in sorted(tuple(found) for found in self.db.execute(query, (own, page)))]

    def _write(self, own: int, page: int, entries: Sequence[int], places: dict[int, Row | None]) -> None:
        moved = (
            (own, entry, page, place)
            for place, entry in enumerate(entries)
            if (known := places[entry]) is None or (known["page"], known["place"]) != (page, place)
        )
        self.db.executemany(_PUT_ENTRY, list(moved))

    def _let_go(self, own: int, before: Sequence[int], named: set[int], vanished: Sequence[int]) -> None:
        """Keep entries that moved off a page as known, and forget vanished ones, so that each is checked only once."""
        self.db.executemany(
            "UPDATE listed SET page = 0 WHERE list = ? AND entry = ?",
            [(own, entry) for entry in before if entry not in named],
        )
        self.db.executemany("DELETE FROM listed WHERE list = ? AND entry = ?", [(own, entry) for entry in vanished])


def _asking(leads: Sequence[Lead]) -> list[int]:
    """Return the leads to data that a page's script loads: probably the list's rows."""
    return [lead.id for lead in leads if lead.kind == "list" and lead.request]


def form_of(url: str) -> str:
    """Return an address's URL form: without scheme, with `#` for each number."""
    return _NUMBERS.sub("#", url.partition("://")[2])


def vanished_from(before: Sequence[int], now: Sequence[int], *, home: bool) -> list[int]:
    """Return entries that are missing from a page although no new entry pushed them off: they may have been withdrawn.

    New entries push old ones off the end of their box. So each new entry explains one missing entry after it, starting
    from the page's end. On a home page, a new headline may replace an old one in its place. A page with less than half
    of its old entries counts as another page.
    """
    rank = {entry: place for place, entry in enumerate(before)}
    stayed = [entry for entry in now if entry in rank]
    order = sorted(rank[entry] for entry in stayed)
    missing = [(bisect_left(order, rank[entry]), entry) for entry in before if entry not in set(stayed)]
    if not stayed or len(missing) * 2 > len(before):
        return []
    pushers, seen = [], 0
    for entry in now:
        if entry in rank:
            seen += 1
        else:
            pushers.append(seen)
    vanished = []
    for gap, entry in sorted(missing, key=lambda found: (found[0] < len(order), found[0])):
        pusher = max((place for place in pushers if place < gap + home), default=None)
        if pusher is not None:
            pushers.remove(pusher)
        elif gap < len(order):
            vanished.append(entry)
    return vanished
