"""Articles as files for other programs."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from newscrawl.errors import NewscrawlError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import TextIO


def write_rows(rows: Iterable[Mapping[str, Any]], file: Path) -> int:
    """Write rows to a file by its ending, and count them; memory stays flat.

    Raises:
        NewscrawlError: the ending is unknown, or the file cannot be written.
    """
    writers = {".jsonl": _jsonl, ".csv": _csv}
    if file.suffix not in writers:
        raise NewscrawlError(f"cannot export to {file.name}: the ending must be one of {', '.join(writers)}")
    try:
        # utf-8-sig: Excel takes a CSV file without a byte order mark for a local code page
        with file.open("w", encoding="utf-8-sig" if file.suffix == ".csv" else "utf-8", newline="") as out:
            return writers[file.suffix](rows, out)
    except OSError as error:
        raise NewscrawlError(f"cannot write {file}: {error.strerror}") from error


def _jsonl(rows: Iterable[Mapping[str, Any]], out: TextIO) -> int:
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007  the count is the answer
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count


def _csv(rows: Iterable[Mapping[str, Any]], out: TextIO) -> int:
    count, writer = 0, csv.writer(out)
    for count, row in enumerate(rows, 1):
        if count == 1:
            writer.writerow(row)
        writer.writerow([_cell(value) for value in row.values()])
    return count


def _cell(value: Any) -> Any:
    """A cell that a spreadsheet shows and does not compute (OWASP: CSV injection)."""
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
