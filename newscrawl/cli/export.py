"""`newscrawl export`: articles as a file for other programs, by its ending; memory stays flat whatever their number.

A file is written beside its place under another name and moved there when it is whole: an export that fails leaves
nothing, and what stood there before stays.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newscrawl.archive import EXPORTED
from newscrawl.cli import parquet
from newscrawl.cli.filters import article_filters
from newscrawl.cli.folder import open_archive
from newscrawl.cli.tables import spreadsheet_cell
from newscrawl.errors import NewscrawlError
from newscrawl.text import harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from newscrawl.archive import Archive

    Rows = Iterable[Mapping[str, Any]]

_PARTS = "month="  # what the folders of a partitioned export begin with


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--words", help="Only articles that a search for these words finds.")
@article_filters
@click.option("--partition", type=click.Choice(["month"]), help="Parquet: FILE is a folder with a part a month.")
def export(file: Path, partition: str | None, **filters: str | None) -> None:
    """Write articles to FILE, by its ending: .jsonl, .csv, .parquet, or .sqlite, an archive of its own.

    The same archive gives the same rows in the same order, by publication. Needed for .parquet: the extra `analysis`.
    """
    if file.suffix not in _WRITERS and file.suffix != ".sqlite":
        raise click.UsageError(f"the ending of {file} is none of {', '.join(_WRITERS)} and .sqlite")
    if partition and file.suffix != ".parquet":
        raise click.UsageError("--partition is for .parquet")
    with open_archive() as archive:
        count = write_export(archive, file, partitioned=bool(partition), **filters)
    click.echo(f"{count} articles → {file}")


def write_export(archive: Archive, file: Path, *, partitioned: bool = False, **filters: str | None) -> int:
    """Write the articles that pass the filters to a file by its ending, and count them.

    Raises:
        NewscrawlError: the file cannot be written or replaced, or its format needs a library that is not there.
    """
    if partitioned or file.suffix == ".parquet":
        parquet.library()  # says what is missing before anything is written
    _check_replaceable(archive, file, partitioned=partitioned)
    try:
        with _moved_when_whole(file) as draft, _progress(archive, filters) as advance:
            if file.suffix == ".sqlite":
                return archive.copy(draft, advance, **filters)
            rows = _counted(archive.exported(**filters), advance)
            if partitioned:
                return parquet.write_by_month(rows, draft)
            return _WRITERS[file.suffix](rows, draft)
    except OSError as error:
        raise NewscrawlError(f"cannot write {file}: {error.strerror or error}") from error


def _check_replaceable(archive: Archive, file: Path, *, partitioned: bool) -> None:
    """See that what stands in the file's place may go.

    Raises:
        NewscrawlError: it is the archive itself, a database in use, or a folder of something else.
    """
    if file.exists() and file.samefile(archive.path):
        raise NewscrawlError(f"{file} is the archive itself; name another file")
    if file.with_name(f"{file.name}-wal").exists():
        raise NewscrawlError(f"another program has {file} open; close it there, or name another file")
    if not file.is_dir():
        return
    if not partitioned:
        raise NewscrawlError(f"{file} is a folder; name a file, or give --partition month")
    if strange := next((entry.name for entry in file.iterdir() if not entry.name.startswith(_PARTS)), None):
        raise NewscrawlError(f"{file} holds {strange}, which is no part of an export; name another folder")


@contextmanager
def _moved_when_whole(file: Path) -> Iterator[Path]:
    """Give a name beside the file's to write under; afterwards the file, or nothing, stands in its place."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    before = draft.with_name(f"{draft.name}-before")  # a folder cannot be replaced by another in one move
    try:
        yield draft
        if file.is_dir():
            file.replace(before)
        draft.replace(file)
    finally:
        for left in (draft, before, *(draft.with_name(draft.name + end) for end in ("-wal", "-shm", "-journal"))):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


@contextmanager
def _progress(archive: Archive, filters: dict[str, str | None]) -> Iterator[Callable[[int], None]]:
    """Show a progress bar on a terminal; give what moves it on."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=archive.number(**filters), file=sys.stderr, label="articles") as bar:
        yield bar.update


def _counted(rows: Rows, advance: Callable[[int], None]) -> Iterator[Mapping[str, Any]]:
    """Give rows on, and tell of every 500."""
    number = 0
    for number, row in enumerate(rows, 1):
        yield row
        if number % 500 == 0:
            advance(500)
    advance(number % 500)


def _write_jsonl(rows: Rows, file: Path) -> int:
    count = 0
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for count, row in enumerate(rows, 1):  # noqa: B007  the count is the answer
            out.write(harmless(json.dumps(row, ensure_ascii=False)) + "\n")
    return count


def _write_csv(rows: Rows, file: Path) -> int:
    """Write CSV for Excel, which takes a file without a byte order mark for one in a local code page."""
    count = 0
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([column.name for column in EXPORTED])
        for count, row in enumerate(rows, 1):  # noqa: B007  as above
            writer.writerow([spreadsheet_cell(value) for value in row.values()])
    return count


_WRITERS: dict[str, Callable[[Rows, Path], int]] = {
    ".jsonl": _write_jsonl,
    ".csv": _write_csv,
    ".parquet": parquet.write,
}
