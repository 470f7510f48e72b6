"""Parquet files by pyarrow, of the extra `analysis`: columns as in the archive, lists as lists."""

from __future__ import annotations

import importlib
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from newscrawl.archive import EXPORTED, LISTS
from newscrawl.errors import NewscrawlError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from newscrawl.archive import Column

    Rows = Iterable[Mapping[str, Any]]

_GROUP = 4000  # articles a row group: some 10 MB of text, which is what the memory an export takes follows from
_NAMES = (
    "portal",
    "host",
    "region",
    "source",
    "source_norm",
    "published_precision",
)  # few different values: a dictionary
# How Hive, and so pyarrow, DuckDB and Spark, write "no value" in a folder's name.
_NO_MONTH = "__HIVE_DEFAULT_PARTITION__"


def library() -> Any:
    """Import pyarrow with its Parquet part.

    Raises:
        NewscrawlError: it is not installed.
    """
    try:
        importlib.import_module("pyarrow.parquet")
        return importlib.import_module("pyarrow")
    except ImportError as error:
        raise NewscrawlError("Parquet needs pyarrow; install it with: pip install 'newscrawl[analysis]'") from error


def write(rows: Rows, file: Path) -> int:
    """Write rows to one Parquet file, and count them."""
    arrow = library()
    arrow.set_memory_pool(arrow.system_memory_pool())  # the default pool keeps what it once had
    schema = arrow.schema([(column.name, _type(arrow, column)) for column in EXPORTED])
    count, rows = 0, iter(rows)
    options = {"compression": "zstd", "use_dictionary": list(_NAMES)}
    with arrow.parquet.ParquetWriter(file, schema, **options) as writer:
        while group := list(islice(rows, _GROUP)):
            writer.write_batch(arrow.RecordBatch.from_pylist(group, schema=schema))
            count += len(group)
    return count


def write_by_month(rows: Rows, folder: Path) -> int:
    """Write rows, which come by publication, to a folder with a part a month (`month=2023-02/part-0.parquet`)."""
    count = 0
    for month, part in _by_month(rows):
        place = folder / f"month={month}"
        place.mkdir(parents=True)
        count += write(part, place / "part-0.parquet")
    folder.mkdir(exist_ok=True)
    return count


def _by_month(rows: Rows) -> Iterator[tuple[str, Iterator[Mapping[str, Any]]]]:
    return groupby(rows, lambda row: (row["published"] or "")[:7] or _NO_MONTH)


def _type(arrow: Any, column: Column) -> Any:
    if column.name in LISTS:
        return arrow.list_(arrow.string())
    return arrow.int64() if column.type == "INTEGER" else arrow.string()
