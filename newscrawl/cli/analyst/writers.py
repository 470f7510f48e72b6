"""Write rows as JSON lines, CSV or Parquet: one file for each table."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from newscrawl.archive.export import parquet
from newscrawl.text import harmless, spreadsheet_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from newscrawl.archive import Table

    Rows = Iterable[Mapping[str, object]]


def _jsonl(rows: Rows, _: Table, file: Path) -> int:
    count = 0
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for count, row in enumerate(rows, 1):  # noqa: B007  the count is the answer
            out.write(harmless(json.dumps(row, ensure_ascii=False)) + "\n")
    return count


def _csv(rows: Rows, table: Table, file: Path) -> int:
    """Write CSV with a byte order mark, without which Excel assumes a local code page."""
    count = 0
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(table.names)
        for count, row in enumerate(rows, 1):  # noqa: B007  as above
            writer.writerow([spreadsheet_cell(value) for value in row.values()])
    return count


WRITERS: dict[str, Callable[[Rows, Table, Path], int]] = {
    ".jsonl": _jsonl,
    ".csv": _csv,
    ".parquet": parquet.write,
}
