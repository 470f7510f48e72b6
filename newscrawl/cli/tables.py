"""Tables for people: aligned columns, Chinese characters counted as two wide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Wide enough that nothing is folded where the output goes to a file or a pipe.
PIPED_WIDTH = 400


def show_table(rows: Iterable[Mapping[str, Any]], title: str | None = None) -> None:
    """Print rows as a table, headed by the first row's keys; nothing for no rows."""
    rows = list(rows)
    if not rows:
        return
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, width=PIPED_WIDTH)
    table = Table(
        title=title, box=box.SIMPLE_HEAD if console.is_terminal else None, title_justify="left", pad_edge=False
    )
    for name, value in rows[0].items():
        table.add_column(name, justify="right" if isinstance(value, int | float) else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    console.print(table)
