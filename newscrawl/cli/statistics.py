"""`newscrawl stats`: articles a day, by region, portal and source, and the days that are missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newscrawl.archive import BY
from newscrawl.cli.filters import article_filters, say_nothing_found
from newscrawl.cli.folder import open_archive
from newscrawl.cli.picture import picture
from newscrawl.cli.tables import show_records, show_table
from newscrawl.errors import NewscrawlError

if TYPE_CHECKING:
    from newscrawl.archive import Archive

_TITLES = {
    "day": "Articles a day",
    "month": "Articles a month",
    "region": "Articles by region",
    "portal": "Articles by portal",
    "source": "Articles by source",
    "gaps": "Days without articles",
}
_SHOWN = ("day", "region", "portal", "source", "gaps")


@click.command()
@click.option("--by", type=click.Choice([*BY, "gaps"]), help="Only this table, whole.")
@article_filters
@click.option("--limit", type=click.IntRange(0), help="Rows a table; 0 for all. [default: 15, or all with --by]")
@click.option("--plot", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.svg", help="Draw them as well.")
@click.option("--json", "form", flag_value="json", help="A JSON line a row; one object of all tables without --by.")
@click.option("--csv", "form", flag_value="csv", help="Comma-separated values; with --by.")
def stats(by: str | None, limit: int | None, plot: Path | None, form: str | None, filters: dict[str, Any]) -> None:
    """Count articles by day, region, portal and source, and find the days on which a portal has none.

    Days are those of publication, Beijing time; articles without a date count under no day.
    """
    if form == "csv" and not by:
        raise click.UsageError("--csv needs --by, as one file holds one table")
    if plot and plot.suffix != ".svg":
        raise click.UsageError(f"--plot draws SVG; the ending of {plot} is another")
    limit = (0 if by else 15) if limit is None else limit
    with open_archive() as archive:
        if not archive.number(**filters):
            say_nothing_found(archive, filters)
            return
        tables = {name: _rows(archive, name, limit, filters) for name in ([by] if by else _SHOWN)}
        if plot:
            _draw(archive, plot, filters)
    if by and form:
        show_records(tables[by], form)
    elif form:
        click.echo(json.dumps(tables, ensure_ascii=False))
    else:
        for name, rows in tables.items():
            show_table(rows, title=_TITLES[name])
            click.echo()


def _rows(archive: Archive, name: str, limit: int, filters: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a table's rows: of days and months the latest, of everything else the first."""
    rows = archive.gaps(**filters) if name == "gaps" else archive.tally(name, **filters)
    if not limit:
        return rows
    return rows[-limit:] if name in {"day", "month"} else rows[:limit]


def _draw(archive: Archive, file: Path, filters: dict[str, Any]) -> None:
    """Write the picture.

    Raises:
        NewscrawlError: the file cannot be written.
    """
    titles = {row["portal"]: row["title"] for row in archive.summary()}
    try:
        file.write_text(picture(archive.grid(**filters), titles), encoding="utf-8")
    except OSError as error:
        raise NewscrawlError(f"cannot write {file}: {error.strerror}") from error
    click.echo(f"drawn: {file}", err=True)
