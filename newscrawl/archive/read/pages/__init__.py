"""Queries of the pages in a browser, as `Archive.pages`; each module here has the queries of one page."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newscrawl.archive.read import article_queries
from newscrawl.archive.read.pages import article, figures, front, hits
from newscrawl.archive.sql.errors import explained_errors
from newscrawl.archive.write import aliases
from newscrawl.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlite_utils import Database

    from newscrawl.archive.search.filters import OtherFilters
    from newscrawl.archive.sql.rows import Kind

_INSTRUCTIONS = 20_000  # SQLite virtual machine instructions between two checks of the time limit, about 1 ms


class Pages:
    """The pages' queries of an open archive. Raises ArchiveError wherever SQLite fails."""

    def __init__(self, db: Database, path: Path) -> None:
        self._db = db
        self._path = path

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Limit the time that the queries of a block may take, in seconds.

        Raises:
            ArchiveError: the time is up.
        """
        deadline = time.monotonic() + seconds
        self._db.conn.set_progress_handler(lambda: time.monotonic() > deadline, _INSTRUCTIONS)
        try:
            yield
        except (sqlite3.Error, ArchiveError) as error:
            if time.monotonic() <= deadline:
                raise
            raise ArchiveError(f"{self._path} did not answer within {seconds:g} s") from error
        finally:
            self._db.conn.set_progress_handler(None, 0)

    def layout(self) -> int:
        """Return SQLite's schema version, which changes whenever a program changes the tables."""
        with explained_errors(self._path):
            return int(self._db.execute("PRAGMA schema_version").fetchone()[0])

    def counts(self) -> dict[str, int]:
        """Count articles, portals, captures, revisions and reprints."""
        with explained_errors(self._path):
            return article_queries.counts(self._db, front.COUNTED)

    def summary(self) -> list[front.PortalFigures]:
        """Return one row for each portal, the largest first."""
        with explained_errors(self._path):
            return front.portals(self._db)

    def newest(self, limit: int) -> list[front.Newest]:
        """Return the articles published last."""
        with explained_errors(self._path):
            return front.newest(self._db, limit)

    def happened(self, limit: int) -> list[front.Happened]:
        """Return the last revisions, withdrawals and returns."""
        with explained_errors(self._path):
            return front.happened(self._db, limit)

    def address(self, number: int) -> str | None:
        """Return the address of an article, by its id or an alias's."""
        with explained_errors(self._path):
            return article.address(self._db, number)

    def surroundings(self, number: int, original: int, portal: str | None) -> article.Surroundings:
        """Return what an article's page shows around its text.

        Args:
            number: its id.
            original: the id of the first of its family.
            portal: its portal's key.
        """
        with explained_errors(self._path):
            return {
                "portal": article.portal_title(self._db, portal),
                "family": article.members(self._db, original),
                "contained": article.contained(self._db, number),
                "aliases": aliases.urls(self._db, number),
            }

    def known(self, urls: Iterable[str]) -> dict[str, int]:
        """Return the addresses that belong to articles of the archive, with the articles' ids."""
        with explained_errors(self._path):
            return article.known(self._db, urls)

    def capture(self, number: int) -> article.TitledCapture | None:
        """Return a capture's row with its article's title."""
        with explained_errors(self._path):
            return article.capture(self._db, number)

    def portals(self) -> list[hits.PortalName]:
        """Return the portals by region."""
        with explained_errors(self._path):
            return hits.portals(self._db)

    def total(self, words: str, filters: OtherFilters) -> int:
        """Count the articles that hold the words and pass the filters."""
        with explained_errors(self._path):
            return hits.total(self._db, words, filters)

    def browse(self, filters: OtherFilters, limit: int, offset: int) -> list[hits.Listed]:
        """Return articles that pass the filters, the newest first."""
        with explained_errors(self._path):
            return hits.browse(self._db, filters, limit, offset)

    def facets(self, words: str, filters: OtherFilters) -> dict[str, list[tuple[str, int]]]:
        """Count articles by region, portal, source and month."""
        with explained_errors(self._path):
            return hits.facets(self._db, words, filters)

    def fates(self, articles: Iterable[int]) -> dict[int, hits.Fate]:
        """Return for each article whether it is a reprint, and when it was found gone."""
        with explained_errors(self._path):
            return hits.fates(self._db, articles)

    def figure(self, name: str, kind: type[Kind]) -> list[Kind]:
        """Run the query of a dashboard, whose rows are of a kind of `figures`."""
        with explained_errors(self._path):
            return figures.figure(self._db, name, kind)
