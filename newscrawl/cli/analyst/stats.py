"""`newscrawl stats`: articles by day, region, portal and source, and the days without articles."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.archive import BY
from newscrawl.cli.analyst.picture import picture
from newscrawl.cli.analyst.word_picture import MOST_WORDS, word_picture
from newscrawl.cli.filters import article_filters, say_nothing_found
from newscrawl.cli.folder import open_archive, read_also
from newscrawl.cli.tables import show_json, show_records, show_table
from newscrawl.errors import NewscrawlError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newscrawl.archive import Archive, OtherFilters

_TITLES = {
    "day": "Articles a day",
    "month": "Articles a month",
    "region": "Articles by region",
    "portal": "Articles by portal",
    "source": "Articles by source",
    "place": "Articles by place named",
    "gaps": "Days without articles",
}
_BETWEEN = re.compile("[,，、]")
_SHOWN = ("day", "region", "portal", "source", "gaps")


def _words(_: click.Context, __: click.Parameter, value: str | None) -> list[str]:
    """Split a list of words; raises click's BadParameter for too many."""
    words = list(dict.fromkeys(word.strip() for word in _BETWEEN.split(value or "") if word.strip()))
    if len(words) > MOST_WORDS:
        raise click.BadParameter(f"at most {MOST_WORDS} words can be told apart")
    return words


@click.command()
@click.option("--by", type=click.Choice([*BY, "gaps"]), help="Print only this table, with all rows.")
@article_filters
@click.option("--limit", type=click.IntRange(0), help="Rows of each table; 0 for all. [default: 15, or all with --by]")
@click.option("--words", callback=_words, metavar="WORD,WORD", help="Count articles with each word, by month or --by.")
@click.option("--plot", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.svg", help="Also draw a chart.")
@click.option(
    "--json",
    "form",
    flag_value="json",
    help="Print a JSON line for each row; without --by, one object with all tables.",
)
@click.option("--csv", "form", flag_value="csv", help="Print comma-separated values; with --by.")
@read_also
def stats(
    by: str | None,
    limit: int | None,
    words: list[str],
    plot: Path | None,
    form: str | None,
    filters: OtherFilters,
) -> None:
    """Count articles by day, region, portal and source, and find the days on which a portal has none.

    Days are days of publication, in Beijing time; articles without a date are not counted for a day. With --words, an
    article is counted once for each word in it; words may be anything that `newscrawl search` finds.
    """
    if words:
        by = by or "month"
        if by == "gaps":
            raise click.UsageError("--words counts by day, month, region, portal, source or place")
    if form == "csv" and not by:
        raise click.UsageError("--csv needs --by, as one file holds one table")
    if plot and plot.suffix != ".svg":
        raise click.UsageError(f"--plot draws SVG; the ending of {plot} is another")
    limit = (0 if by else 15) if limit is None else limit
    with open_archive() as archive:
        if not archive.number(**filters):
            say_nothing_found(archive, filters)
            return
        tables = {name: _rows(archive, name, limit, words, filters) for name in ([by] if by else _SHOWN)}
        if plot:
            titles = {row["portal"]: row["title"] for row in archive.summary()}
            if by and words:
                _write(plot, word_picture(tables[by], by, words, titles))
            else:
                _write(plot, picture(archive.grid(**filters), titles))
    if by and form:
        show_records(tables[by], form)
    elif form:
        show_json(tables)
    else:
        for name, rows in tables.items():
            show_table(rows, title=_TITLES[name])
            click.echo()


def _rows(
    archive: Archive, name: str, limit: int, words: list[str], filters: OtherFilters
) -> Sequence[Mapping[str, object]]:
    """Return the rows to print: the latest of days and months, the first of everything else."""
    rows: Sequence[Mapping[str, object]]
    if words:
        rows = archive.frequency(words, name, **filters)
    else:
        rows = archive.gaps(**filters) if name == "gaps" else archive.tally(name, **filters)
    if not limit:
        return rows
    return rows[-limit:] if name in {"day", "month"} else rows[:limit]


def _write(file: Path, drawn: str) -> None:
    """Write a picture.

    Raises:
        NewscrawlError: the file cannot be written.
    """
    try:
        file.write_text(drawn, encoding="utf-8")
    except OSError as error:
        raise NewscrawlError(f"cannot write {file}: {error.strerror}") from error
    click.echo(f"drawn: {file}", err=True)
