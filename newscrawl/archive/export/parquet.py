"""Parquet files by pyarrow, of the extra `analysis`: times as times, lists as lists, each column with its meaning."""

from __future__ import annotations

import importlib
from datetime import date, datetime
from itertools import groupby, islice
from typing import TYPE_CHECKING

from newscrawl.archive import BEIJING, Kind
from newscrawl.errors import NewscrawlError
from newscrawl.extras import how_to_install

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from types import ModuleType

    from pyarrow import DataType

    from newscrawl.archive import Table

    Rows = Iterable[Mapping[str, object]]
    Reader = Callable[[str], date | datetime | None]

_GROUP = 4000  # articles a row group, some 10 MB of text; the memory of an export grows with it
# Columns with few different values, which Parquet stores as a dictionary.
_NAMES = ("portal", "host", "region", "source", "source_norm", "published_precision", "section", "kind", "relation")
# The folder name for "no value" of Hive, and so of pyarrow, DuckDB and Spark.
_NO_MONTH = "__HIVE_DEFAULT_PARTITION__"


def library() -> ModuleType:
    """Import pyarrow with its Parquet part.

    Raises:
        NewscrawlError: it is not installed.
    """
    try:
        importlib.import_module("pyarrow.parquet")
        return importlib.import_module("pyarrow")
    except ImportError as error:
        advice = how_to_install("analysis")
        raise NewscrawlError(f"Parquet needs pyarrow; install it with: {advice}") from error


def write(rows: Rows, table: Table, file: Path) -> int:
    """Write a table's rows to one Parquet file, and count them."""
    arrow = library()
    arrow.set_memory_pool(arrow.system_memory_pool())  # the default pool keeps what it once had
    schema = arrow.schema(
        [arrow.field(field.name, _type(arrow, field.kind), metadata={"doc": field.doc}) for field in table.fields],
        metadata={"doc": table.doc},
    )
    readers = {field.name: _READERS[field.kind] for field in table.fields if field.kind in _READERS}
    count, rows = 0, (_typed(row, readers) for row in rows)
    options = {"compression": "zstd", "use_dictionary": [name for name in _NAMES if name in table.names]}
    with arrow.parquet.ParquetWriter(file, schema, **options) as writer:
        while group := list(islice(rows, _GROUP)):
            writer.write_batch(arrow.RecordBatch.from_pylist(group, schema=schema))
            count += len(group)
    return count


def write_by_month(rows: Rows, table: Table, folder: Path) -> int:
    """Write articles, which come by publication, to a folder with a part a month (`month=2023-02/part-0.parquet`)."""
    count = 0
    for month, part in _by_month(rows):
        place = folder / f"month={month}"
        place.mkdir(parents=True)
        count += write(part, table, place / "part-0.parquet")
    folder.mkdir(exist_ok=True)
    return count


def _by_month(rows: Rows) -> Iterator[tuple[str, Iterator[Mapping[str, object]]]]:
    return groupby(rows, lambda row: str(row["published"] or "")[:7] or _NO_MONTH)


def _typed(row: Mapping[str, object], readers: Mapping[str, Reader]) -> dict[str, object]:
    return {
        name: readers[name](value) if value and isinstance(value, str) and name in readers else value
        for name, value in row.items()
    }


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _published(text: str) -> datetime | None:
    """Read a publication time; one of which only the day is known begins it."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


_READERS: dict[Kind, Reader] = {
    Kind.DAY: _day,
    Kind.PUBLISHED: _published,
    Kind.MOMENT: datetime.fromisoformat,
}


def _type(arrow: ModuleType, kind: Kind) -> DataType:
    return {
        Kind.TEXT: arrow.string(),
        Kind.INTEGER: arrow.int64(),
        Kind.NUMBER: arrow.float64(),
        Kind.LIST: arrow.list_(arrow.string()),
        Kind.DAY: arrow.date32(),
        Kind.PUBLISHED: arrow.timestamp("ms", "Asia/Shanghai"),
        Kind.MOMENT: arrow.timestamp("us", "UTC"),
    }[kind]
