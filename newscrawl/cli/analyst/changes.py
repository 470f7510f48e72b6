"""`newscrawl changes` (what happened to articles of late) and `newscrawl searches` (saved searches)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import click

from newscrawl.archive import BEIJING, CHANGES
from newscrawl.cli.filters import article_filters, filters_but_days
from newscrawl.cli.folder import open_archive, read_also
from newscrawl.cli.tables import beijing, in_terminal, say, show_records, show_table, told_in_beijing

if TYPE_CHECKING:
    from newscrawl.archive import Change, FilterArgs, OtherFilters

_AGO = re.compile(r"(\d{1,4})([hdw])")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


def _moment(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    """Parse a time: a day in Beijing, an ISO time, or how long ago (7d); raises click's BadParameter for other text."""
    if value is None:
        return None
    if ago := _AGO.fullmatch(value):
        return datetime.now(UTC) - timedelta(**{_UNITS[ago[2]]: int(ago[1])})
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no time; write 2026-03-01, 2026-03-01T08:00, 12h, 7d or 2w") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


@click.command()
@click.option(
    "--since",
    callback=_moment,
    default="7d",
    show_default=True,
    metavar="TIME",
    help="Changes since: 2026-03-01, 2026-03-01T08:00 (Beijing time), 12h, 7d, 2w.",
)
@click.option("--until", callback=_moment, metavar="TIME", help="Changes until this time.")
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(CHANGES),
    multiple=True,
    help="Only this kind of change; may be given several times.",
)
@click.option("--words", help="Only articles that a search for these words finds.")
@click.option(
    "--search", "saved", metavar="NAME", help="Only articles that a saved search finds; see `newscrawl searches`."
)
@filters_but_days
@click.option(
    "--limit", type=click.IntRange(0), default=200, show_default=True, help="Maximum number of results; 0 for all."
)
@click.option("--json", "output", flag_value="json", help="Print a JSON line for each change; times in UTC.")
@click.option("--csv", "output", flag_value="csv", help="Print comma-separated values; times in UTC.")
@read_also
def changes(
    since: datetime,
    until: datetime | None,
    kinds: tuple[str, ...],
    words: str | None,
    saved: str | None,
    limit: int,
    output: str | None,
    filters: OtherFilters,
) -> None:
    """Show the latest changes, newest first: articles new, revised, withdrawn, returned, and copied elsewhere.

    The times are those at which a crawl saw the change.
    """
    given = {name: value for name, value in {**filters, "words": words}.items() if value is not None}
    with open_archive() as archive:
        chosen = cast("FilterArgs", {**(archive.saved_search(saved).chosen if saved is not None else {}), **given})
        found = archive.changes(after=since, before=until, kinds=kinds or CHANGES, limit=limit or None, **chosen)
        if output:
            show_records(({name: value for name, value in row.items() if name != "id"} for row in found), output)
            return
        shown = [_line(row) for row in found]
    show_table(shown)
    if not shown:
        click.echo("nothing happened", err=True)


def _line(row: Change) -> dict[str, str | None]:
    line = {"at": beijing(row["at"]), "what": row["what"], "portal": row["portal"], "title": row["title"] or ""}
    detail = told_in_beijing(row["detail"] or "")
    if in_terminal():
        return line | {"detail": detail}
    return line | {"url": row["url"], "detail": detail}


@click.group(invoke_without_command=True)
@click.pass_context
def searches(context: click.Context) -> None:
    """List, add and remove saved searches, for `newscrawl changes --search NAME` and for feeds in `newscrawl serve`."""
    if context.invoked_subcommand:
        return
    with open_archive() as archive:
        rows = archive.saved_searches()
    show_table(
        {"name": row.name, "words": row.words, "filters": _told(row.filters), "feed": f"/searches/{row.name}.atom"}
        for row in rows
    )
    if not rows:
        click.echo("no search is saved; save one with: newscrawl searches add NAME WORDS", err=True)


def _told(filters: OtherFilters) -> str:
    return " ".join(f"{name}={value}" for name, value in filters.items())


@searches.command()
@click.argument("name")
@click.argument("words", nargs=-1, required=True)
@article_filters
def add(name: str, words: tuple[str, ...], filters: OtherFilters) -> None:
    """Save a search for WORDS, with its filters, under NAME."""
    with open_archive(to_write=True) as archive:
        archive.save_search(name, " ".join(words), filters)
    say(f"saved: {name}")


@searches.command()
@click.argument("name")
def remove(name: str) -> None:
    """Remove the search called NAME."""
    with open_archive(to_write=True) as archive:
        archive.forget_search(name)
    say(f"removed: {name}")
