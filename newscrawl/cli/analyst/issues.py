"""`newscrawl issues`: which issues of a newspaper are stored, which are missing, and why."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypedDict

import click

from newscrawl.catalogue.spiderloader import portal_loader
from newscrawl.cli.folder import open_archive
from newscrawl.cli.tables import show_records, show_table
from newscrawl.epaper import EpaperPortal, today
from newscrawl.errors import PortalError
from newscrawl.outcomes import MISSING, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.archive import Archive, Issue

_ABSENT = MISSING | {Outcome.REDIRECT}
_DAY = click.DateTime(["%Y-%m-%d"])
_USUAL = 30  # days shown unless others are asked for
# Public holidays on which many newspapers do not appear.
# New Year's Day of the lunar calendar, month and day by year; few papers put facsimiles up before 2005.
_SPRING_FESTIVAL = {
    2005: (2, 9), 2006: (1, 29), 2007: (2, 18), 2008: (2, 7), 2009: (1, 26), 2010: (2, 14), 2011: (2, 3),
    2012: (1, 23), 2013: (2, 10), 2014: (1, 31), 2015: (2, 19), 2016: (2, 8), 2017: (1, 28), 2018: (2, 16),
    2019: (2, 5), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29),
    2026: (2, 17), 2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3), 2031: (1, 23), 2032: (2, 11),
    2033: (1, 31), 2034: (2, 19), 2035: (2, 8),
}  # fmt: skip
_FIXED = {"元旦": ((1, 1), (1, 1)), "劳动节": ((5, 1), (5, 5)), "国庆节": ((10, 1), (10, 7))}


class Day(TypedDict):
    """A day of a newspaper, and what there is of its issue."""

    issue: str
    weekday: str
    holiday: str | None
    state: str
    outcome: str | None
    pages: int
    listed: int
    stored: int


@click.command()
@click.argument("portal")
@click.option("--since", type=_DAY, help="First day; by default 30 days before the last.")
@click.option("--until", type=_DAY, help="Last day; by default today.")
@click.option("--json", "form", flag_value="json", help="Print a JSON line for each day, complete issues too.")
def issues(portal: str, since: datetime | None, until: datetime | None, form: str | None) -> None:
    """Show the days on which a newspaper's issue is missing or incomplete, with the reason.

    A day is complete, incomplete (articles are missing), empty (no page lists an article), no issue (the site has
    none: a holiday, a weekend, or a paper that pauses), failed (the site did not serve it), or not fetched.
    """
    paper = portal_loader().require(portal)
    if not issubclass(paper, EpaperPortal):
        raise PortalError(f"{portal} is no newspaper: its class is not derived from newscrawl.epaper.EpaperPortal")
    last = until.date() if until else today()
    first = since.date() if since else last - timedelta(days=_USUAL - 1)
    with open_archive() as archive:
        rows = list(_days(archive, paper, first, last))
    if form:
        show_records(rows, form)
        return
    show_table(row for row in rows if row["state"] != "complete")
    states = Counter(row["state"] for row in rows)
    counted = ", ".join(f"{count} {state}" for state, count in states.most_common())
    click.echo(f"{paper.title}, {first} – {last}: {counted or 'no days'}")
    if states["not fetched"]:
        click.echo(f"Fetch what is missing: newscrawl crawl {portal} -a since={first} -a until={last}")


def _days(archive: Archive, paper: type[EpaperPortal], first: date, last: date) -> Iterator[Day]:
    """Yield a row a day."""
    seen = {row["issue"]: row for row in archive.issues(str(paper.name), first.isoformat(), last.isoformat())}
    for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
        issue = seen.get(day.isoformat(), {"issue": day.isoformat(), "pages": 0, "listed": 0, "stored": 0})
        outcome = archive.last_outcome(paper.issue_on(day))
        yield {
            "issue": day.isoformat(),
            "weekday": day.strftime("%a"),
            "holiday": _holiday(day),
            "state": _state(issue, outcome),
            "outcome": outcome,
            "pages": issue["pages"],
            "listed": issue["listed"],
            "stored": issue["stored"],
        }


def _state(issue: Issue, outcome: str | None) -> str:
    if issue["listed"]:
        return "complete" if issue["stored"] == issue["listed"] else "incomplete"
    if outcome is None:
        return "not fetched"
    return "no issue" if outcome in _ABSENT else "empty" if outcome == Outcome.LIST else "failed"


def _holiday(day: date) -> str | None:
    """Name the holiday a day belongs to: 春节 from its eve to the seventh day, 元旦, 劳动节, 国庆节; None for none."""
    if day.year in _SPRING_FESTIVAL:
        first = date(day.year, *_SPRING_FESTIVAL[day.year])
        if first - timedelta(days=1) <= day < first + timedelta(days=7):
            return "春节"
    for name, (first_day, last_day) in _FIXED.items():
        if first_day <= (day.month, day.day) <= last_day:
            return name
    return None
