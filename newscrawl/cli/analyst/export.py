"""`newscrawl export`: write articles to a file for other programs, in the format of its ending, in constant memory.

A file is written under a temporary name and renamed when it is complete: a failed export leaves nothing behind, and
an earlier file of that name is kept.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.archive import ARTICLES, NESTED, TABLES
from newscrawl.archive.export import parquet
from newscrawl.cli.analyst import datapackage
from newscrawl.cli.analyst.writers import WRITERS
from newscrawl.cli.filters import article_filters
from newscrawl.cli.folder import data_folder, open_archive, others, read_also
from newscrawl.errors import NewscrawlError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from newscrawl.archive import Archive, FilterArgs, OtherFilters

    Rows = Iterable[Mapping[str, object]]

_PARTS = "month="  # prefix of the folders in a partitioned export
_MOST_TOLD = 5
_TABLED = tuple(ending[1:] for ending in WRITERS)  # formats with one table in each file
_PARTED = {"parquet": ("month",), "sqlite": ("month", "year")}
_FORMATS = (*_TABLED, "sqlite", "wacz")


@dataclass(frozen=True, slots=True)
class Wish:
    """The requested export.

    Attributes:
        form: one of `_FORMATS`.
        whole: FILE is a folder: every table is written to a file of its own, with a description of all.
        table: the table to write; None for articles, which as JSON lines contain their rows of the other tables.
        columns: the names of the columns to write, in order; None for all.
        partition: FILE is a folder with one file for each month or year.
    """

    form: str
    whole: bool = False
    table: str | None = None
    columns: tuple[str, ...] | None = None
    partition: str | None = None

    @classmethod
    def of(
        cls,
        file: Path,
        form: str | None = None,
        table: str | None = None,
        columns: str | None = None,
        partition: str | None = None,
    ) -> Wish:
        """Read what the command line asks for.

        Raises:
            click.UsageError: the options contradict each other; the message says what is possible.
        """
        ending = file.suffix[1:] if file.suffix[1:] in _FORMATS else None
        if (form or ending) is None:
            raise click.UsageError(
                f"the ending of {file} is none of .{', .'.join(_FORMATS)}; for a folder with every table say --format"
            )
        form = form or ending or ""
        whole = form in _TABLED and ending is None and not partition
        if partition and (form not in _PARTED or table not in {None, "articles"}):
            raise click.UsageError("--partition is for the articles in .parquet, and for --format sqlite")
        if partition not in {None, *_PARTED.get(form, ())}:
            raise click.UsageError(f"--partition {partition} is for --format sqlite")
        if others() and form in {"sqlite", "wacz"}:
            raise click.UsageError(f"a .{form} holds one archive: leave out --also")
        if (table or columns) and (whole or form not in _TABLED):
            raise click.UsageError(f"--table and --columns are for a file that ends in .{', .'.join(_TABLED)}")
        names = tuple(name.strip() for name in columns.split(",")) if columns else None
        wish = cls(form, whole, table, names, partition)
        if partition and names and "published" not in names:
            raise click.UsageError("--partition month needs the column published")
        if strange := [name for name in names or () if name not in wish.known]:
            raise click.UsageError(f"there is no column {strange[0]!r}; there are {', '.join(wish.known)}")
        return wish

    @property
    def is_nested(self) -> bool:
        """Return whether an article's row contains its rows of the other tables."""
        return self.form == "jsonl" and self.table is None and not self.whole

    @property
    def known(self) -> tuple[str, ...]:
        """Return the columns that can be asked for."""
        return (*ARTICLES.names, *NESTED) if self.is_nested else TABLES[self.table or "articles"].names


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(_FORMATS), help="The format, if FILE's ending does not show it.")
@click.option("--table", type=click.Choice(tuple(TABLES)), help="The table to write to FILE; articles otherwise.")
@click.option("--columns", metavar="NAME,NAME", help="Only these columns, in this order; docs/fields.md has them all.")
@click.option("--words", help="Only articles that a search for these words finds.")
@article_filters
@click.option(
    "--partition", type=click.Choice(["month", "year"]), help="FILE is a folder, with one file for each month or year."
)
@read_also
def export(
    file: Path,
    form: str | None,
    table: str | None,
    columns: str | None,
    words: str | None,
    partition: str | None,
    filters: OtherFilters,
) -> None:
    """Write articles, with their links, revisions, events and reprints, to FILE; its ending gives the format.

    \b
    FILE.jsonl      one line for each article, with everything that belongs to it
    FILE.csv        one table: articles, or another with --table
    FILE.parquet    the same, with types for times and lists; needs the extra `analysis`
    FILE.sqlite     an archive with only these articles
    FILE.wacz       the raw pages, for ReplayWeb.page and other tools
    FOLDER --format csv|parquet|jsonl
                    one file for each table, and datapackage.json, which describes the columns
    FOLDER --format sqlite --partition month
                    a read-only archive for each month; a later run renews those that have changed

    Articles are ordered by publication. The same archive always gives the same rows in the same order.
    """  # noqa: D301  \b keeps click from wrapping the table
    wish = Wish.of(file, form, table, columns, partition)
    with open_archive() as archive:
        if wish.form == "sqlite" and wish.partition:
            _write_periods(archive, file, wish.partition, {**filters, "words": words})
            return
        count = write_export(archive, file, wish, {**filters, "words": words})
    click.echo(f"{count} {table or 'articles'} → {file}")


def write_export(archive: Archive, file: Path, wish: Wish, filters: FilterArgs) -> int:
    """Write what passes the filters to a file, and count the rows of the first table.

    Raises:
        NewscrawlError: the file cannot be written or replaced, or its format needs a library that is not there.
    """
    if wish.form == "parquet":
        parquet.library()  # raises if pyarrow is missing, before anything is written
    _check_replaceable(archive, file, wish)
    try:
        with _moved_when_whole(file) as draft, _progress(archive, filters) as advance:
            if wish.form == "sqlite":
                return archive.copy(draft, advance, **filters)
            if wish.form == "wacz":
                return _pack(archive, draft, filters, advance)
            if wish.whole:
                return _write_folder(archive, draft, wish, filters, advance)
            return _write_table(archive, draft, wish, filters, advance)
    except OSError as error:
        raise NewscrawlError(f"cannot write {file}: {error.strerror or error}") from error


def _write_periods(archive: Archive, folder: Path, by: str, filters: FilterArgs) -> None:
    """Bring the files of a folder up to date, and print each file that was written."""
    kept = 0
    for name, number in archive.copy_periods(folder, by, **filters):
        if number is None:
            kept += 1
        else:
            click.echo(f"{number} articles → {folder / name}")
    if kept:
        click.echo(f"{kept} {'files stay' if kept > 1 else 'file stays'} as before")


def _pack(archive: Archive, draft: Path, filters: FilterArgs, advance: Callable[[int], None]) -> int:
    """Write the raw pages, and print which records could not be read."""
    packed = archive.pack(draft, data_folder().warc, advance, **filters)
    for lost in packed.lost[:_MOST_TOLD]:
        click.echo(f"newscrawl: left out, as it cannot be read: {lost}", err=True)
    if len(packed.lost) > _MOST_TOLD:
        click.echo(f"newscrawl: {len(packed.lost)} records in all; newscrawl check names every one", err=True)
    return packed.articles


def _write_table(archive: Archive, draft: Path, wish: Wish, filters: FilterArgs, advance: Callable[[int], None]) -> int:
    """Write one table, or articles with their rows of all tables."""
    if wish.is_nested:
        rows = _counted(archive.nested(wish.columns, **filters), advance)
        return WRITERS[".jsonl"](rows, ARTICLES, draft)
    table = TABLES[wish.table or "articles"].of(wish.columns)
    if wish.partition:
        return parquet.write_by_month(_counted(archive.exported(table, **filters), advance), table, draft)
    return WRITERS[f".{wish.form}"](_counted(archive.exported(table, **filters), advance), table, draft)


def _write_folder(
    archive: Archive, draft: Path, wish: Wish, filters: FilterArgs, advance: Callable[[int], None]
) -> int:
    """Write every table to a file of its own, and describe them; count the articles."""
    draft.mkdir()
    counts = []
    for name, table in TABLES.items():
        rows: Iterable[Mapping[str, object]] = archive.exported(table, **filters)
        rows = _counted(rows, advance) if table is ARTICLES else rows
        counts.append(WRITERS[f".{wish.form}"](rows, table, draft / f"{name}.{wish.form}"))
    datapackage.describe(draft, {f"{name}.{wish.form}": table for name, table in TABLES.items()}, filters)
    return counts[0]


def _check_replaceable(archive: Archive, file: Path, wish: Wish) -> None:
    """Check that an existing file or folder may be replaced.

    Raises:
        NewscrawlError: it is the archive itself, a database in use, a file, or a folder of something else.
    """
    if file.exists() and file.samefile(archive.path):
        raise NewscrawlError(f"{file} is the archive itself; name another file")
    if file.with_name(f"{file.name}-wal").exists():
        raise NewscrawlError(f"another program has {file} open; close it there, or name another file")
    if not file.is_dir():
        if wish.whole and file.exists():
            raise NewscrawlError(f"{file} is a file; name a folder, or a file that ends in .{wish.form}")
        return
    if not (wish.whole or wish.partition):
        raise NewscrawlError(f"{file} is a folder; name a file, or give --format or --partition for a folder")
    own = {datapackage.NAME, *(f"{name}.{form}" for name in TABLES for form in _TABLED)}
    for entry in sorted(entry.name for entry in file.iterdir()):
        if not (entry.startswith(_PARTS) if wish.partition else entry in own):
            raise NewscrawlError(f"{file} holds {entry}, which is no part of an export; name another folder")


@contextmanager
def _moved_when_whole(file: Path) -> Iterator[Path]:
    """Yield a temporary name to write under; rename it when the block ends, delete it when the block fails."""
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
def _progress(archive: Archive, filters: FilterArgs) -> Iterator[Callable[[int], None]]:
    """Show a progress bar on a terminal; yield the function that advances it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=archive.number(**filters), file=sys.stderr, label="articles") as bar:
        yield bar.update


def _counted(rows: Rows, advance: Callable[[int], None]) -> Iterator[Mapping[str, object]]:
    """Yield the rows unchanged, and advance the progress bar every 500."""
    number = 0
    for number, row in enumerate(rows, 1):
        yield row
        if number % 500 == 0:
            advance(500)
    advance(number % 500)
