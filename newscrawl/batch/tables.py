"""Join the Parquet files of a batch into one, and read them for reprints and profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from newscrawl.archive import TABLES, reprints_of_readings, sample_of_readings
from newscrawl.archive.export.parquet import library, write
from newscrawl.errors import NewscrawlError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from newscrawl.archive import Reading

_ROWS = 2000  # read at once
# Columns from which reprints and their originals are found.
_BEARING = (
    *("url", "portal", "portal_title", "published", "fetched_at", "source_norm", "original_url", "canonical_url"),
    *("body", "part"),
)
# Columns from which the sample pages of a host's profile are chosen.
_PLACED = ("url", "host", "title", "content_hash", "fetched_at", "warc", "offset", "part")
_TIMES = ("published", "fetched_at")


def join(parts: Iterable[Path], out: Path) -> int:
    """Put Parquet files of one schema together, in order, and count their rows."""
    arrow = library()
    new, count, writer = out.with_name(f"{out.name}.new"), 0, None
    try:
        for part in parts:
            file = arrow.parquet.ParquetFile(part)
            if writer is None:
                writer = arrow.parquet.ParquetWriter(new, file.schema_arrow, compression="zstd")
            for batch in file.iter_batches(_ROWS):
                writer.write_batch(batch)
                count += batch.num_rows
    finally:
        if writer is not None:
            writer.close()
    if writer is not None:
        new.replace(out)
    return count


def reprints(articles: Path, out: Path) -> int:
    """Find the reprints among the articles of a batch, and write them as an archive exports them; count them."""
    return write(reprints_of_readings(_readings(articles, _BEARING)), TABLES["reprints"], out)


def samples(articles: Path, size: int) -> dict[str, list[tuple[str, int]]]:
    """Choose a number of sample pages of each host; return their hosts and places by WARC file."""
    chosen: dict[str, list[tuple[str, int]]] = {}
    for host, warc, offset in sample_of_readings(_readings(articles, _PLACED), size):
        chosen.setdefault(warc, []).append((host, offset))
    return chosen


def _readings(articles: Path, names: Sequence[str]) -> Iterator[Reading]:
    """Yield these columns of the articles in a Parquet file, or a folder of such files; times as text."""
    arrow = library()
    files = sorted(articles.glob("*.parquet")) if articles.is_dir() else [articles]
    for file in files:
        try:
            opened = arrow.parquet.ParquetFile(file)
            batches = opened.iter_batches(_ROWS, columns=list(names))
            for batch in batches:
                for row in batch.to_pylist():
                    if row["part"] in (None, 1):
                        times = {name: _text(row[name]) for name in _TIMES if name in row}
                        yield cast("Reading", {**row, **times})  # Parquet files do not know the type
        except (OSError, arrow.ArrowException) as error:
            raise NewscrawlError(f"{file} is no file that `newscrawl batch extract` has written: {error}") from error


def _text(moment: datetime | None) -> str | None:
    """Return a time in the archive's format."""
    return moment.isoformat() if moment is not None else None
