"""`newscrawl health`: a table of portals and fields, with alarms for what broke and since when."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypedDict

import click
from rich.text import Text
from scrapy.utils.project import get_project_settings

from newscrawl.catalogue.spiderloader import portal_loader
from newscrawl.cli.folder import data_folder, open_archive
from newscrawl.cli.tables import beijing, in_terminal, show_records, show_table, wrapped
from newscrawl.errors import NewscrawlError
from newscrawl.health.monitors import FIELDS, Alarm, alarms, samples
from newscrawl.health.notices import is_wanted, notify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newscrawl.archive import Crawl

_REMEMBERED = 400  # crawls of a portal that are read: sixteen days of hourly crawls
_HEADINGS = dict(zip(FIELDS, ("date", "source", "auth", "edit", "chan", "img", "link"), strict=True))


class Health(TypedDict):
    """A portal's latest values, and its alarms."""

    portal: str
    last_crawl: str
    verdict: str
    fields: dict[str, float]  # share of the articles that have a field
    body_length: float | None
    list_articles: float | None
    new: int
    alarms: list[Alarm]


@click.command()
@click.argument("portals", nargs=-1, metavar="[PORTAL]...")
@click.option("--json", "form", flag_value="json", help="Print a JSON line for each portal.")
@click.option(
    "--notify", "tell", is_flag=True, help="Also send notices as NEWSCRAWL_NOTIFY_… say, if anything changed."
)
def health(portals: tuple[str, ...], form: str | None, tell: bool) -> None:
    """Show how many articles of each portal have each field, in percent; what broke, and since when.

    Each portal's last crawls are compared with its own earlier ones; docs/operating.md lists the alarms.

    Exit status: 1 if there is an alarm.
    """
    rows = judged(portals)
    if unknown := set(portals) - {row["portal"] for row in rows}:
        raise NewscrawlError(f"no crawl of {min(unknown)!r} is known; `newscrawl report` shows the portals")
    broken = {row["portal"]: row["alarms"] for row in rows if row["alarms"]}
    if form:
        show_records(({**row, "alarms": [_fields_of(alarm) for alarm in row["alarms"]]} for row in rows), form)
    else:
        show_table(_line(row) for row in rows)
        _show_alarms(broken)
    if tell:
        tell_of(broken)
    sys.exit(1 if broken else 0)


def judged(portals: Sequence[str] = ()) -> list[Health]:
    """Return one row for each portal that was crawled: its latest values, and its alarms."""
    declared = portal_loader().portals()
    with open_archive() as archive:
        names = sorted({row["portal"] for row in archive.report() if row["last_crawl"]})
        chosen = [name for name in names if not portals or name in portals]
        courses = {name: archive.crawls(name, limit=_REMEMBERED)[::-1] for name in chosen}
    now = datetime.now(UTC)
    rows = []
    for name, course in courses.items():
        expects = declared[name].expects if name in declared else {}
        rows.append(_row(name, course, alarms(course, now, expects)))
    return rows


def tell_of(broken: dict[str, list[Alarm]]) -> None:
    """Notify the addressees in the settings of what is broken; print notifications that failed."""
    settings = get_project_settings()
    if is_wanted(settings):
        for failure in notify(settings, broken, data_folder().root / ".notified"):
            click.echo(f"newscrawl: {failure}", err=True)


def _row(name: str, course: Sequence[Crawl], found: list[Alarm]) -> Health:
    pooled, last = samples(course), course[-1]
    sample = pooled[-1] if pooled else None
    return {
        "portal": name,
        "last_crawl": last.started_at,
        "verdict": last.verdict or "unfinished",
        "fields": {field: round(sample.share(field), 3) for field in FIELDS} if sample else {},
        "body_length": sample.length if sample else None,
        "list_articles": last.measures.get("list_articles"),
        "new": last.counts.get("new", 0),
        "alarms": found,
    }


def _line(row: Health) -> dict[str, str | Text]:
    """Return a portal's line of the table, with broken fields marked."""
    broken = {alarm.what for alarm in row["alarms"]}
    cells = {heading: _percent(row["fields"].get(field)) for field, heading in _HEADINGS.items()}
    cells |= {"body": _number(row["body_length"]), "lists": _number(row["list_articles"]), "new": str(row["new"])}
    names = {heading: field for field, heading in _HEADINGS.items()}
    marked = {heading: _marked(cell, names.get(heading, heading) in broken) for heading, cell in cells.items()}
    return {"portal": _marked(row["portal"], bool(broken))} | marked


def _marked(cell: str, broken: bool) -> str | Text:
    if not broken:
        return cell
    return Text(f"{cell}!", style="bold red") if in_terminal() else f"{cell}!"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.0f}"


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:.0f}"


def _show_alarms(broken: dict[str, list[Alarm]]) -> None:
    for portal, found in broken.items():
        click.echo(f"\n{portal}")
        for alarm in found:
            click.echo(wrapped(f"{alarm.what}: {alarm.detail}; since {beijing(alarm.since)} Beijing time"))


def _fields_of(alarm: Alarm) -> dict[str, str]:
    return {"what": alarm.what, "detail": alarm.detail, "since": alarm.since}
