"""Print results: tables for people (a Chinese character is two columns wide), JSON or CSV for programs."""

from __future__ import annotations

import csv
import json
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawl.archive import BEIJING
from newscrawl.text import harmless, spreadsheet_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newscrawl.archive import ArticleRow, Hit, Member

_UTC_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


def show_table(rows: Iterable[Mapping[str, object]], title: str | None = None) -> None:
    """Print rows as a table, with the first row's keys as its head; print nothing for no rows.

    Values may be rich's Text. In a pipe the columns are aligned with spaces, and nothing is cut, folded or coloured.
    """
    rows = list(rows)
    if not rows:
        return
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        _print_plain(rows, title)
        return
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for name in rows[0]:
        table.add_column(name, justify="right" if _is_number(rows, name) else "left", overflow="fold")
    for row in rows:
        table.add_row(*(value if isinstance(value, Text) else _cell(value) for value in row.values()))
    console.print(table)


def wrapped(text: str, indent: str = "  ", width: int = 80) -> str:
    """Wrap a text into indented lines, between words only, so that addresses stay whole and can be copied."""
    lines, line, used = [], "", 0
    for word in harmless(text).split():
        if line and used + 1 + cell_len(word) > width - len(indent):
            lines.append(line)
            line, used = "", 0
        line, used = (f"{line} {word}", used + 1 + cell_len(word)) if line else (word, cell_len(word))
    return "\n".join(indent + line for line in [*lines, line])


def in_terminal() -> bool:
    """Return whether the output is a terminal: then it has colour and a limited width."""
    return Console().is_terminal


def show_records(rows: Iterable[Mapping[str, object]], form: str) -> int:
    """Print rows as JSON lines ("json") or as CSV ("csv"), one at a time, and count them."""
    count, writer = 0, csv.writer(sys.stdout, lineterminator="\n")
    for count, row in enumerate(rows, 1):
        if form == "json":
            show_json(row)
            continue
        if count == 1:
            writer.writerow(row)
        writer.writerow([spreadsheet_cell(value) for value in row.values()])
    return count


def show_json(value: object, indent: int | None = None) -> None:
    """Print a value as JSON; characters that the stream's encoding lacks are escaped."""
    plain = (sys.stdout.encoding or "utf-8").lower().replace("-", "") != "utf8"
    click.echo(harmless(json.dumps(value, ensure_ascii=plain, indent=indent)))


def beijing(moment: str | float | None) -> str:
    """Format a crawl time (UTC text or Unix seconds) in Beijing time: 2026-03-01 16:00."""
    if moment is None:
        return ""
    when = datetime.fromisoformat(moment) if isinstance(moment, str) else datetime.fromtimestamp(moment, BEIJING)
    return when.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def told_in_beijing(evidence: str) -> str:
    """Convert the times within a sentence to Beijing time, as `beijing` does: …; first missed 2026-03-01 16:00."""
    return _UTC_MOMENT.sub(lambda moment: beijing(moment[0]), evidence)


def utc(moment: float) -> str:
    """Format Unix seconds as a crawl time of the archive, for programs: 2026-03-01T08:00:00.000000Z."""
    return datetime.fromtimestamp(moment, UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def published(row: ArticleRow | Hit | Member) -> str:
    """Format a publication time in Beijing time, as precisely as it is known: 2026-03-01, 2026-03-01 15:30."""
    known = row["published"] or ""
    return known[:10] if row["published_precision"] == "day" else known[:16].replace("T", " ")


def _print_plain(rows: list[Mapping[str, object]], title: str | None) -> None:
    """Print rows with each column as wide as its widest value, two spaces between."""
    names = list(rows[0])
    lines = [names, *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    numbers = [_is_number(rows, name) for name in names]
    if title:
        click.echo(title)
    for line in lines:
        cells = [
            " " * (width - cell_len(cell)) + cell if number else cell + " " * (width - cell_len(cell))
            for cell, width, number in zip(line, widths, numbers, strict=True)
        ]
        click.echo("  ".join(cells).rstrip())


def _is_number(rows: list[Mapping[str, object]], name: str) -> bool:
    return all(isinstance(row[name], int | float) for row in rows if row[name] is not None)


def say(text: str = "", *, bold: bool | None = None, fg: str | None = None, nl: bool = True) -> None:
    """Print text of the archive on a line of its own, without terminal control characters."""
    click.secho(harmless(text), bold=bold, fg=fg, nl=nl)


def _cell(value: object) -> str:
    """Return a value as a cell's text: in one line, without control characters."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3g}"
    return "".join(letter if letter.isprintable() else " " for letter in str(value))
