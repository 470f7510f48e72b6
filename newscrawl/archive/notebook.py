"""Use the archive in a notebook: `newscrawl.open_archive("data")` returns its tables as pandas frames.

Needs pandas, of the extra `analysis`. The archive is opened for reading; a crawl may write to it meanwhile.
"""

from __future__ import annotations

import importlib
from contextlib import suppress
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Self, Unpack

from newscrawl.archive.export.tables import ARTICLES
from newscrawl.archive.sql.errors import explained_errors
from newscrawl.archive.store import Archive
from newscrawl.errors import ArchiveError
from newscrawl.extras import how_to_install

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType, TracebackType

    from pandas import DataFrame, Series
    from pandas.api.extensions import ExtensionArray

    from newscrawl.archive.search.filters import FilterArgs, OtherFilters
    from newscrawl.archive.sql.rows import Sql

_HITS = ("url", "title", "published", "portal", "source", "snippet", "score")
_MOMENTS = ("first_seen", "last_seen", "gone_at")  # UTC; `published` stays text, as its precision varies


class Notebook:
    """An archive as pandas frames; a context manager that closes it.

    The frames have nullable types, so that 64-bit ids keep all their digits even if one is missing.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._pandas = _pandas()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the archive."""
        self.archive.close()

    def sql(self, query: str, *values: Sql) -> DataFrame:
        """Return the result of an SQL query; each `?` takes one of the values, `fts_query(words)` searches for words.

        Raises:
            ArchiveError: SQLite refuses the query, or it would write.
        """
        with explained_errors(self.archive.path):
            cursor = self.archive.database.execute(query, values)
            names = [column[0] for column in cursor.description or ()]
            return self._frame(cursor.fetchall(), names)

    def frame(self, table: str) -> DataFrame:
        """Return a whole table or view: article_list, reprint_families, withdrawn, links and so on.

        Raises:
            ArchiveError: there is none of that name.
        """
        there = [name for (name,) in self.archive.database.execute(_TABLES)]
        if table not in there:
            raise ArchiveError(f"no table {table!r} in {self.archive.path}; there are {', '.join(there)}")
        found = self.archive.database[table]
        return self._frame([tuple(row.values()) for row in found.rows], list(found.columns_dict))

    def articles(self, **filters: Unpack[FilterArgs]) -> DataFrame:
        """Return the articles that pass the filters: see `newscrawl.archive.Filters`.

        Columns as of an export, and `day` of publication; lists as lists, crawl times as times.
        """
        names = ARTICLES.names
        frame = self._frame([tuple(row.values()) for row in self.archive.exported(**filters)], names)
        for name in _MOMENTS:
            frame[name] = self._pandas.to_datetime(frame[name], utc=True)
        frame["day"] = self._pandas.to_datetime(frame["published"].astype("string").str[:10], errors="coerce")
        return frame

    def search(self, words: str, *, limit: int | None = None, **filters: Unpack[OtherFilters]) -> DataFrame:
        """Return what a search finds, the best first, or with sort="date" the newest; filters as of `articles`."""
        hits = self.archive.search(words, limit=limit, **filters)
        return self._frame(list(map(itemgetter(*_HITS), hits)), _HITS)

    def _frame(self, rows: Sequence[Sequence[object]], names: Sequence[str]) -> DataFrame:
        columns = zip(*rows, strict=True) if rows else [()] * len(names)
        frame: DataFrame = self._pandas.DataFrame(dict(zip(names, map(self._column, columns), strict=True)))
        return frame

    def _column(self, values: Sequence[object]) -> Series | ExtensionArray:
        """Make a column of a nullable type: pandas would turn integers beside None into floats, and so round ids."""
        if all(isinstance(value, int | None) for value in values) and any(value is not None for value in values):
            return self._pandas.array(values, dtype="Int64")
        return self._pandas.Series(values, dtype=object).convert_dtypes()


def open_archive(path: str | Path = "data", also: Sequence[str | Path] = ()) -> Notebook:
    """Open an archive for reading, a data folder or the file itself; with further ones that are read as one with it.

    Raises:
        ArchiveError: there is none, or pandas is missing.
    """
    first, *others = (_file(Path(place).expanduser()) for place in (path, *also))
    archive = Archive.open(first, read_only=True, also=others)
    try:
        return Notebook(archive)
    except ArchiveError:
        with suppress(ArchiveError):
            archive.close()
        raise


def _file(place: Path) -> Path:
    return place / "archive.db" if place.is_dir() else place


_TABLES = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%' ORDER BY 1"


def _pandas() -> ModuleType:
    """Import pandas.

    Raises:
        ArchiveError: it is not installed.
    """
    try:
        return importlib.import_module("pandas")
    except ImportError as error:
        advice = how_to_install("analysis")
        raise ArchiveError(f"frames need pandas; install it with: {advice}") from error
