"""`newscrawl check`: compare the three stores of a data folder, and repair or rebuild what can be."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newscrawl.archive import Archive, Fault, Mend, recover
from newscrawl.errors import ArchiveError, FrontierError
from newscrawl.frontier import Frontier, exists
from newscrawl.frontier import checking as frontier_checking

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from newscrawl.data_folder import DataFolder


def check(folder: DataFolder, *, writable: bool) -> Iterator[Fault]:
    """Yield every fault of a data folder; changes nothing."""
    pages = any(folder.warc.glob("*.warc.gz*"))
    articles: tuple[set[int], set[int]] | None = None
    if folder.archive.exists():
        try:
            with Archive.open(folder.archive, read_only=not writable) as archive:
                yield from archive.check(folder.warc)
                articles = archive.addresses()
        except ArchiveError as error:
            yield Fault("archive.db", str(error), Mend.REBUILD)
    elif pages:
        yield Fault("archive.db", "there is none, and WARC files to make it from", Mend.REBUILD)
    yield from _check_frontier(folder, articles)


def _check_frontier(folder: DataFolder, articles: tuple[set[int], set[int]] | None) -> Iterator[Fault]:
    """Check the frontier by itself, and compare it with the archive's articles and further pages of stories."""
    if not exists(folder.frontier):
        if articles and articles[0]:
            yield Fault("frontier.db", "there is none: every article would be fetched as if it were new", Mend.FRONTIER)
        return
    try:
        with Frontier.reading(folder.frontier) as frontier:
            for line in frontier_checking.faults(frontier):
                yield Fault("frontier.db", line, Mend.FRONTIER)
            known = frontier_checking.known_articles(frontier)
    except FrontierError as error:
        yield Fault("frontier.db", str(error), Mend.FRONTIER)
        return
    if articles is None:
        return
    firsts, further = articles
    if not folder.shared and (lost := len(known - firsts - further)):  # else maybe in another archive
        what = f"{lost} articles that the frontier knows are not in the archive: `newscrawl replay` makes it anew"
        yield Fault("archive.db", what, Mend.REBUILD)
    if strange := len(firsts - known):
        what = f"{strange} articles of the archive are unknown to the frontier: they would be fetched again"
        yield Fault("frontier.db", what, Mend.FRONTIER)


def repair(
    folder: DataFolder, faults: Collection[Fault], replay: Callable[[frozenset[str] | None], None]
) -> Iterator[str]:
    """Repair what can be repaired, and yield one line for each repair.

    Args:
        folder: locked by the caller.
        faults: what `check` found.
        replay: stores the pages of the named WARC files again, or of all.
    """
    wanted = {fault.mend for fault in faults}
    if Mend.RECOVER in wanted:
        yield from recover(folder.warc)
    if Mend.REBUILD in wanted:
        yield from _put_aside(folder.archive)
    elif folder.archive.exists():
        yield from _repair_in_place(folder, wanted)
    files = frozenset(fault.warc for fault in faults if fault.warc)
    if Mend.REBUILD in wanted or files:
        replay(None if Mend.REBUILD in wanted else files)
        yield f"replayed {'all WARC files' if Mend.REBUILD in wanted else ', '.join(sorted(files))}"
        with Archive.open(folder.archive) as archive:
            archive.rebuild_search()
    if Mend.FRONTIER in wanted or Mend.REBUILD in wanted:
        yield from _repair_frontier(folder)


def _repair_in_place(folder: DataFolder, wanted: set[Mend]) -> Iterator[str]:
    with Archive.open(folder.archive) as archive:
        for mend, act, said in (
            (Mend.REINDEX, archive.reindex, "built the indexes of archive.db anew"),
            (Mend.DELETE, archive.delete_orphans, "removed rows that belong to nothing"),
            (Mend.SEARCH, archive.rebuild_search, "built the full-text index anew"),
            (Mend.REPRINTS, archive.rebuild_reprints, "found the reprints anew"),
        ):
            if mend in wanted:
                act()
                yield said


def _repair_frontier(folder: DataFolder) -> Iterator[str]:
    """Repair the frontier; if SQLite cannot read it, move it aside and rebuild it from the archive."""
    try:
        with closing(Frontier.open(folder.frontier)) as frontier:
            sound = not any(line.startswith("SQLite finds") for line in frontier_checking.faults(frontier))
    except FrontierError:
        sound = False
    if not sound and isinstance(folder.frontier, Path):
        yield from _put_aside(folder.frontier)
    with Archive.open(folder.archive, read_only=True) as archive, closing(Frontier.open(folder.frontier)) as frontier:
        frontier_checking.repair(frontier)
        known = frontier_checking.known_articles(frontier)
        entered = frontier_checking.enter_articles(frontier, archive.seen(known))
    yield f"set frontier.db right; {entered} articles entered"


def _put_aside(path: Path) -> Iterator[str]:
    """Rename a database and its log to make room; nothing is deleted."""
    stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        if (file := path.with_name(name)).exists():
            file.rename(path.with_name(f"{name}.damaged-{stamp}"))
            yield f"put {name} aside as {name}.damaged-{stamp}"
