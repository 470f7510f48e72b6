"""`newscrawl frontier`: show addresses to fetch, overdue addresses and failing hosts; retry, forget or move them."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from newscrawl.cli.folder import data_folder
from newscrawl.cli.tables import beijing, show_json, show_table, utc
from newscrawl.errors import FrontierError
from newscrawl.frontier import Frontier, copy, exists, is_postgres, report

if TYPE_CHECKING:
    from collections.abc import Iterator

_STATES = ("pending", "leased", "done", "gone", "failed")
_EVERY = "*"  # --retry-failed without a portal


class FailingHost(TypedDict):
    """A host that failed at its last visit."""

    portal: str
    host: str
    failures: int
    rests_until: str | None


@click.group(invoke_without_command=True)
@click.option("--json", "form", flag_value="json", help="Print one JSON object.")
@click.option(
    "--retry-failed", is_flag=False, flag_value=_EVERY, metavar="[PORTAL]", help="Make failed addresses pending again."
)
@click.option("--lists", metavar="PORTAL", help="A portal's lists: how many pages each has, and why it ended there.")
@click.option("--forget", metavar="URL", help="Remove an address, as if it had never been found.")
@click.pass_context
def frontier(
    context: click.Context, form: str | None, retry_failed: str | None, lists: str | None, forget: str | None
) -> None:
    """Show the frontier: addresses by portal and state, how many are due, why lists ended, and which hosts fail.

    Times are Beijing time; in JSON, UTC.
    """
    if context.invoked_subcommand is not None:
        return
    place = data_folder().frontier
    if not exists(place):
        raise FrontierError(f"no frontier at {place}; make one with: newscrawl crawl")
    if retry_failed is not None or forget is not None:
        with closing(Frontier.open(place)) as opened:
            if retry_failed is not None:
                portal = None if retry_failed == _EVERY else retry_failed
                click.echo(f"{_retried(opened, portal)} addresses are pending again")
            if forget is not None:
                _forget(opened, forget)
        return
    with Frontier.reading(place) as opened:
        if lists is not None:
            _show_lists(opened, lists, form)
            return
        portals, failing = list(_portals(opened)), list(_failing(opened))
        ends = [asdict(end) for end in report.ends(opened)]
    if form:
        show_json({"portals": portals, "lists": ends, "failing": failing})
        return
    shown = ({**row, "oldest": beijing(row["oldest"]) or None} for row in portals)
    show_table(shown, title="Addresses by portal and state")
    if ends:
        click.echo()
        show_table(ends, title="Lists by portal and end")
    if failing:
        click.echo()
        resting = ({**row, "rests_until": beijing(row["rests_until"]) or None} for row in failing)
        show_table(resting, title="Hosts that fail")


@frontier.command()
@click.argument("places", nargs=-1, metavar="[SOURCE] TARGET")
def move(places: tuple[str, ...]) -> None:
    """Copy the frontier into an empty one: SOURCE and TARGET are files, or postgresql:// addresses.

    Without SOURCE, the data folder's frontier.db is copied to a database, or the database that NEWSCRAWL_FRONTIER
    names to a file. SOURCE is not changed; from then on crawl only with TARGET.
    """
    if len(places) not in {1, 2}:
        raise click.UsageError("name where the copy goes: newscrawl frontier move [SOURCE] TARGET")
    target, folder = places[-1], data_folder()
    own = str(folder.root / "frontier.db")
    source = places[0] if len(places) == 2 else own if is_postgres(target) else folder.shared or own
    if not exists(source):
        raise FrontierError(f"no frontier at {source}; name the one to copy: newscrawl frontier move SOURCE TARGET")
    with ExitStack() as stack:
        if Path(own).exists() and own in {source, target}:
            stack.enter_context(folder.locked())  # the copy would miss what a crawl settles meanwhile
        opened = stack.enter_context(closing(Frontier.open(source)))
        copied = stack.enter_context(closing(Frontier.open(target)))
        count = copy(opened.database, copied.database)
        places_shown = f"{opened.database.place} to {copied.database.place}"
    click.echo(f"{count} addresses copied from {places_shown}")


def _retried(opened: Frontier, portal: str | None) -> int:
    """Make failed addresses pending."""
    if portal is not None:
        _check(opened, portal)
    return report.retry_failed(opened, portal)


def _show_lists(opened: Frontier, portal: str, form: str | None) -> None:
    """Show a portal's lists, the longest first."""
    _check(opened, portal)
    rows = [{"pages": pages, "ended": why, "url": url} for url, pages, why in report.ended_lists(opened, portal)]
    if form:
        show_json(rows)
    else:
        show_table(rows, title=f"Lists of {portal}")


def _check(opened: Frontier, portal: str) -> None:
    """Refuse a portal that has no addresses.

    Raises:
        FrontierError: which there are.
    """
    known = report.by_portal(opened)
    if portal not in known:
        raise FrontierError(f"the frontier has no portal {portal!r}, but {', '.join(known) or 'none at all'}")


def _forget(opened: Frontier, url: str) -> None:
    """Forget an address.

    Raises:
        FrontierError: it is unknown.
    """
    if not report.forget(opened, url):
        raise FrontierError(
            f"the frontier does not know {url}; give the address as a list or `newscrawl search` has it"
        )
    click.echo(f"forgotten: {url}")


def _portals(opened: Frontier) -> Iterator[dict[str, str | int | None]]:
    """Return one row for each portal: its addresses by state, how many are due now, and since when the oldest."""
    due = {row.portal: row for row in report.overdue(opened)}
    for portal, counted in report.by_portal(opened).items():
        row: dict[str, str | int | None] = {"portal": portal} | {state: counted.get(state, 0) for state in _STATES}
        row |= {state: count for state, count in counted.items() if state not in row}
        overdue = due.get(portal)
        row |= {"due_now": overdue.addresses if overdue else 0, "oldest": utc(overdue.oldest) if overdue else None}
        yield row


def _failing(opened: Frontier) -> Iterator[FailingHost]:
    """Return one row for each host that failed at its last visit."""
    for streak in report.streaks(opened):
        rests = streak.rests_until > opened.clock()
        yield {
            "portal": streak.portal,
            "host": streak.host,
            "failures": streak.failures,
            "rests_until": utc(streak.rests_until) if rests else None,
        }
