"""`Archive`: the SQLite file that analysts query, with all operations that other packages use."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Literal, Self, Unpack, overload

from newscrawl.archive.db import checking, compacting
from newscrawl.archive.db.attached import attach
from newscrawl.archive.db.connection import connect, settle, transaction
from newscrawl.archive.db.profiles import Profiling
from newscrawl.archive.db.schema import is_current, is_new, pending, prepare, stand_in
from newscrawl.archive.export import periods, subset, tables, wacz
from newscrawl.archive.read import article_queries, changes, family_query, history, statistics
from newscrawl.archive.read.pages import Pages
from newscrawl.archive.reprints import outlets, rebuild
from newscrawl.archive.search import index
from newscrawl.archive.search.filters import ChangeArgs, FilterArgs, Filters, OtherFilters, SearchArgs
from newscrawl.archive.sql.errors import explained_errors
from newscrawl.archive.sql.rows import stamp
from newscrawl.archive.write import placements, rereading, store_page
from newscrawl.archive.write.crawls import Crawl

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlite_utils import Database

    from newscrawl.archive.db.compacting import Thinned
    from newscrawl.archive.export.subset import Progress
    from newscrawl.archive.export.tables import Exported, Nested, Table
    from newscrawl.archive.export.wacz import Packed
    from newscrawl.archive.read.article_queries import ArticleWithLinks, CaptureRow, PortalReport, PortalSummary
    from newscrawl.archive.read.changes import Change, Search
    from newscrawl.archive.read.family_query import Member
    from newscrawl.archive.read.history import Step
    from newscrawl.archive.read.statistics import DayCount, Frequency, Gap, Tally
    from newscrawl.archive.search.index import Hit
    from newscrawl.archive.sql.columns import ArticleRow
    from newscrawl.archive.write.placements import Issue
    from newscrawl.archive.write.rereading import ReadAgain
    from newscrawl.archive.write.store_page import Stored
    from newscrawl.items import Page


class Archive:
    """The archive of one data folder, opened by `Archive.open`; a context manager that closes it.

    Several processes may have it open and write at once. Raises ArchiveError or DataFolderError, one line each,
    wherever SQLite fails.
    """

    def __init__(self, db: Database, path: Path, *, writable: bool = True, also: Sequence[Path] = ()) -> None:
        self._db = db
        self.path = path
        self.paths = (path, *also)  # all files that are read as one archive
        self._writable = writable
        self.migrated: list[str] = []  # changes made by opening it, one line each

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, also: Sequence[Path] = ()) -> Self:
        """Open the archive, creating or migrating it if needed; with `read_only` the file is never changed.

        Args:
            path: the file.
            read_only: open an existing archive without writing to it.
            also: further archives to read together with it as one, read only; see `attached`.

        Raises:
            ArchiveError: no archive is there (read only), it is no database, or a newer newscrawl's.
            DataFolderError: it cannot be made or written.
        """
        for other in also:
            cls.open(other, read_only=True).close()  # raises ArchiveError if it is no archive
        db = connect(path, read_only=read_only)
        try:
            with explained_errors(path):
                migrated = []
                if not read_only:
                    migrated = prepare(db, path)
                elif not is_current(db, path) or also:
                    attach(db, also)
                    stand_in(db, path)
        except BaseException:
            db.close()
            raise
        archive = cls(db, path, writable=not read_only, also=also)
        archive.migrated = migrated
        return archive

    @classmethod
    def pending(cls, path: Path) -> list[str]:
        """Return what opening an archive would change, one line each; [] for a missing or current archive."""
        if not path.exists():
            return []
        db = connect(path, read_only=True)
        with closing(db), explained_errors(path):
            return [] if is_new(db) or is_current(db, path) else pending(db)

    def close(self) -> None:
        """Close the connection; the last one to close folds the write-ahead log into the file."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def database(self) -> Database:
        """The database itself, for the search and the reports of this package."""
        return self._db

    @property
    def pages(self) -> Pages:
        """The queries of the pages in a browser."""
        return Pages(self._db, self.path)

    def store(self, page: Page, read_again: ReadAgain | None = None) -> Stored:
        """Write a page in one transaction: its capture, and the article, links, history and reprints it shows.

        All times are the page's `fetched_at`; storing a page twice changes nothing.

        Args:
            page: what was read.
            read_again: extracts the page of a WARC record with the current rules; raises WarcError for a lost record.
                Without it, text that other rules have extracted would look like a revision.

        Raises:
            DataFolderError: the disk is full; nothing of the page was written.
        """
        with explained_errors(self.path):
            # Outside the transaction, so that other writers need not wait while pages are read.
            corrections = rereading.find(self._db, page, read_again) if read_again else rereading.Corrections([])
            with transaction(self._db):
                return rereading.store(self._db, page, corrections)

    @property
    def profiling(self) -> Profiling:
        """The archive's side of host profiles: their facts, and samples of pages to learn from."""
        return Profiling(self._db, self.path)

    def begin_crawl(self, portal: str, started_at: datetime) -> Crawl:
        """Write the row of a crawl that begins; give it to `end_crawl` with its counts filled in."""
        crawl = Crawl.begun(portal, started_at)
        self.put_crawl(crawl)
        return crawl

    def end_crawl(self, crawl: Crawl, finished_at: datetime) -> None:
        """Write the row of a crawl that ends."""
        crawl.end(finished_at)
        self.put_crawl(crawl)

    def put_crawl(self, crawl: Crawl) -> None:
        """Write a crawl's row, one for each portal and start, as `begin_crawl`, `end_crawl` and a replay do."""
        with explained_errors(self.path), transaction(self._db):
            store_page.put_crawl(self._db, crawl)

    def crawls(self, portal: str | None = None, limit: int = 100) -> list[Crawl]:
        """Return the crawls of a portal, or of all, newest first."""
        with explained_errors(self.path):
            return article_queries.crawls(self._db, portal, limit)

    def counts(self) -> dict[str, int]:
        """Return how many rows each main table has."""
        with explained_errors(self.path):
            return article_queries.counts(self._db)

    def summary(self) -> list[PortalSummary]:
        """Return one row for each portal, the largest first."""
        with explained_errors(self.path):
            return article_queries.summary(self._db)

    def _chosen(self, filters: FilterArgs) -> Filters:
        """Return the filters, after bringing the full-text index up to date if words are among them."""
        chosen = Filters(**filters)
        if chosen.words is not None:
            settle(self._db)
        return chosen

    def article(self, url: str) -> ArticleWithLinks | None:
        """Return the article at an address with its links, or None."""
        with explained_errors(self.path):
            return article_queries.article(self._db, url)

    @overload
    def articles(self, *, with_links: Literal[True], **filters: Unpack[FilterArgs]) -> Iterator[ArticleWithLinks]: ...
    @overload
    def articles(self, *, with_links: bool = False, **filters: Unpack[FilterArgs]) -> Iterator[ArticleRow]: ...
    def articles(self, *, with_links: bool = False, **filters: Unpack[FilterArgs]) -> Iterator[ArticleRow]:
        """Yield the articles that pass the filters (see `Filters`), by publication, one at a time."""
        with explained_errors(self.path):
            yield from article_queries.articles(self._db, self._chosen(filters), with_links=with_links)

    def exported(self, table: Table = tables.ARTICLES, **filters: Unpack[FilterArgs]) -> Iterator[Exported]:
        """Yield a table's rows as exports write them, of the articles that pass the filters; see `tables.rows`."""
        with explained_errors(self.path):
            yield from tables.rows(self._db, table, self._chosen(filters))

    def nested(self, names: Sequence[str] | None = None, **filters: Unpack[FilterArgs]) -> Iterator[Nested]:
        """Yield the articles, each with its links, revisions, events and reprints; see `tables.nested`."""
        with explained_errors(self.path):
            yield from tables.nested(self._db, names, self._chosen(filters))

    def number(self, **filters: Unpack[FilterArgs]) -> int:
        """Count the articles that pass the filters."""
        with explained_errors(self.path):
            return article_queries.number(self._db, self._chosen(filters))

    def known(self, column: str) -> list[str]:
        """Return the values that a filter, "portal" or "region", can have; or the portals' titles, by "title"."""
        with explained_errors(self.path):
            return article_queries.known(self._db, column)

    def copy(self, target: Path, progress: Progress = lambda _: None, **filters: Unpack[FilterArgs]) -> int:
        """Write the articles that pass the filters to a new archive, and count them; see `subset.copy`."""
        with explained_errors(self.path):
            return subset.copy(self._db, target, self._chosen(filters), progress)

    def copy_periods(
        self, folder: Path, by: str, progress: Progress = lambda _: None, **filters: Unpack[FilterArgs]
    ) -> Iterator[tuple[str, int | None]]:
        """Write the articles that pass the filters to an archive a month or year; see `periods.write`."""
        with explained_errors(self.path):
            yield from periods.write(self._db, folder, by, self._chosen(filters), progress)

    def pack(
        self, target: Path, warc: Path, progress: Progress = lambda _: None, **filters: Unpack[FilterArgs]
    ) -> Packed:
        """Write the raw pages of the articles that pass the filters to a WACZ file; see `wacz.write`."""
        with explained_errors(self.path):
            return wacz.write(self._db, target, warc, self._chosen(filters), progress)

    def tally(self, by: str, **filters: Unpack[FilterArgs]) -> list[Tally]:
        """Count articles, reprints and withdrawals by day, month, region, portal, source or place."""
        with explained_errors(self.path):
            return statistics.tally(self._db, by, self._chosen(filters))

    def frequency(self, words: Sequence[str], by: str, **filters: Unpack[OtherFilters]) -> list[Frequency]:
        """Count the articles that hold each of some words, by what `tally` counts by; `articles` is all of them."""
        settle(self._db)
        with explained_errors(self.path):
            return statistics.frequency(self._db, words, by, Filters(**filters))

    def grid(self, **filters: Unpack[FilterArgs]) -> list[DayCount]:
        """Count the dated articles by day, region and portal."""
        with explained_errors(self.path):
            return statistics.grid(self._db, self._chosen(filters))

    def gaps(self, **filters: Unpack[FilterArgs]) -> list[Gap]:
        """Return the stretches of days on which a portal has no article."""
        with explained_errors(self.path):
            return statistics.gaps(self._db, self._chosen(filters))

    def issues(self, portal: str, since: str, until: str) -> list[Issue]:
        """Return the issues of a newspaper that were seen from day to day."""
        with explained_errors(self.path):
            return placements.issues(self._db, portal, since, until)

    def last_outcome(self, url: str) -> str | None:
        """Return the outcome of the last fetch of an address, None if it was never fetched."""
        with explained_errors(self.path):
            return article_queries.last_outcome(self._db, url)

    def search(self, words: str, **options: Unpack[SearchArgs]) -> Iterator[Hit]:
        """Yield the articles that hold the words, best first, each with a snippet; options as of `search.search`."""
        settle(self._db)
        with explained_errors(self.path):
            yield from index.search(self._db, words, **options)

    def changes(self, **options: Unpack[ChangeArgs]) -> Iterator[Change]:
        """Yield changes since a time, the latest first; options as of `changes.changes`."""
        if options.get("words") is not None:
            settle(self._db)
        with explained_errors(self.path):
            yield from changes.changes(self._db, **options)

    def saved_searches(self) -> list[Search]:
        """Return the saved searches, by name."""
        with explained_errors(self.path):
            return changes.searches(self._db)

    def saved_search(self, name: str) -> Search:
        """Return a saved search; raises ArchiveError where none has the name."""
        with explained_errors(self.path):
            return changes.search(self._db, name)

    def save_search(self, name: str, words: str, filters: OtherFilters) -> None:
        """Save a search under a name, replacing a search of that name."""
        with explained_errors(self.path), transaction(self._db):
            changes.save(self._db, name, words, filters)

    def forget_search(self, name: str) -> None:
        """Remove a saved search; raises ArchiveError where none has the name."""
        with explained_errors(self.path), transaction(self._db):
            changes.forget(self._db, name)

    def a_word(self) -> str:
        """Return a word that a search will find: two characters of the newest title; "新闻" in an empty archive."""
        with explained_errors(self.path):
            return article_queries.a_word(self._db)

    def report(self) -> list[PortalReport]:
        """Return one row for each portal: its last crawl, counts of stored and dropped pages, and the verdict."""
        with explained_errors(self.path):
            return article_queries.report(self._db)

    def captures(self, url: str) -> list[CaptureRow]:
        """Return the captures of an address, oldest first."""
        with explained_errors(self.path):
            return article_queries.captures(self._db, url)

    def last_page(self, url: str) -> tuple[str, str | None] | None:
        """Return time and digest of the last capture of an address that was a page; what a 304 confirms."""
        with explained_errors(self.path):
            return article_queries.last_page(self._db, url)

    def history(self, url: str) -> list[Step]:
        """Return what happened to an article, oldest first: first seen, each revision with its diff, gone, returned."""
        with explained_errors(self.path):
            return history.history(self._db, url)

    def family(self, url: str) -> list[Member]:
        """Return an article's reprint family, the original first, then by time; see `family_query.with_aliases`."""
        with explained_errors(self.path):
            return family_query.with_aliases(self._db, url)

    def rebuild_reprints(self) -> None:
        """Normalise all outlets and find all reprints again, while others write; one process at a time."""
        with explained_errors(self.path), rebuild.alone(self.path):
            rebuild.rebuild(self._db, lambda: transaction(self._db))

    def check(self, warc: Path) -> Iterator[checking.Fault]:
        """Yield faults of the archive, and disagreements between archive and WARC files; changes nothing."""
        with explained_errors(self.path):
            found = list(checking.check_database(self._db, writable=self._writable))
            yield from found
            if not any(fault.mend is checking.Mend.REBUILD for fault in found):
                yield from checking.check_captures(self._db, warc)

    def reindex(self) -> None:
        """Build all indexes anew."""
        with explained_errors(self.path):
            self._db.execute("REINDEX")

    def delete_orphans(self) -> None:
        """Remove rows that belong to no article."""
        with explained_errors(self.path):
            checking.delete_orphans(self._db)

    def rebuild_search(self) -> None:
        """Build the full-text index anew."""
        with explained_errors(self.path):
            checking.rebuild_search(self._db)

    def addresses(self) -> tuple[set[int], set[int]]:
        """Return the address ids of the articles; and those of further pages of their stories and of aliases."""
        with explained_errors(self.path):
            return article_queries.addresses(self._db)

    def pages_with_articles(self) -> int:
        """Count the articles, the pages of articles with several pages, and second addresses."""
        with explained_errors(self.path):
            return sum(self._db.table(name).count for name in ("articles", "parts", "aliases"))

    def seen(self, but: Container[int]) -> Iterator[tuple[str, str, float, float]]:
        """Yield portal and address of the articles but the given ones, and when they were first and last seen."""
        with explained_errors(self.path):
            yield from article_queries.seen(self._db, but)

    def thin(self, warc: Path, before: datetime, *, apply: bool) -> Iterator[Thinned]:
        """Remove old captures of list pages from archive and WARC files, or only list them; see `compacting`."""
        with explained_errors(self.path):
            if apply:
                yield from compacting.compact(self._db, warc, stamp(before))
            else:
                yield from compacting.plan(self._db, stamp(before))

    def backup(self, target: Path) -> None:
        """Write a consistent copy of the archive, while others may go on writing to it."""
        with explained_errors(self.path), closing(sqlite3.connect(target)) as copy:
            self._db.conn.backup(copy)

    def unknown_sources(self) -> list[tuple[str, str, int]]:
        """Return sources that are no known outlet and no portal, most articles first: outlet, as printed, articles."""
        with explained_errors(self.path):
            titles = set(article_queries.known(self._db, "title"))
            return [row for row in outlets.unknown(self._db) if row[0] not in titles]

    def source_flows(self) -> list[tuple[str, str, int]]:
        """Return who reprints from whom, most articles first: (outlet credited, portal that reprints, articles)."""
        with explained_errors(self.path):
            return list(outlets.flows(self._db))
