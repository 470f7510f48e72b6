"""Tables inside a story: the cells of a row make one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newscrawl.extract.page.lines import Line, Walk

_CELLS = frozenset(("td", "th"))
_LONGEST_CELL = 60  # characters; a table with longer cells lays out paragraphs


def joined_rows(
    walk: Walk, lines: Sequence[Line], reasons: Sequence[str | None]
) -> Iterator[tuple[str, int, str | None]]:
    """Give each line's text, the number of its element, and why it is dropped; the kept cells of a row as one line."""
    row: list[Line] = []
    row_number = None
    for line, why in zip(lines, reasons, strict=True):
        number = _row(walk, line) if why is None else None
        if row and number != row_number:
            yield " ".join(cell.text for cell in row), row[0].start, None
            row = []
        if number is None:
            yield line.text, line.start, why
        else:
            row.append(line)
        row_number = number
    if row:
        yield " ".join(cell.text for cell in row), row[0].start, None


def _row(walk: Walk, line: Line) -> int | None:
    """The number of the table row a line is a cell of; None for a line that shares its cell with others."""
    number = line.block
    for _ in range(3):
        if walk.tags[number] in _CELLS:
            alone = walk.last[number] - walk.first[number] == 1 and len(line.text) <= _LONGEST_CELL
            return walk.parents[number] if alone else None
        number = walk.parents[number]
    return None
