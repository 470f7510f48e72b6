"""Remove old captures of list pages, which grow without end; captures of articles and newest pages are kept."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from newscrawl.archive.db.connection import transaction
from newscrawl.archive.warc.gzip_members import Gap, Member, members
from newscrawl.archive.warc.read import CEILING, parse_member
from newscrawl.archive.warc.write import sync_folder
from newscrawl.errors import DataFolderError, WarcError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

_SERIAL = re.compile(r"-(\d{5,})(?=\.warc\.gz$)")
_STEP = 10_000  # by which the serial number of a rewritten file is higher
# Removable captures: old pages of lists and old "unchanged" answers, except of articles and newspaper pages, and
# except the last page of each address.
_THINNED = """SELECT captures.id, captures.warc, captures.offset, captures.length,
    captures.outcome IN ('list', 'unchanged') AND captures.fetched_at < :before
    AND captures.article NOT IN (SELECT id FROM articles) AND captures.id NOT IN (SELECT capture FROM placements)
    AND EXISTS (SELECT 1 FROM captures AS later WHERE later.article = captures.article
        AND later.fetched_at > captures.fetched_at AND (later.status = 200 OR captures.status = 304)) AS thin
FROM captures WHERE captures.warc IS NOT NULL ORDER BY captures.warc, captures.offset"""


@dataclass(frozen=True, slots=True)
class Thinned:
    """What compacting removes from a WARC file, or would remove: number of captures, and size of their records."""

    file: str
    captures: int
    size: int


def plan(db: Database, before: str) -> Iterator[Thinned]:
    """Yield the files with removable captures from before a time (UTC, as the archive writes it)."""
    for file, rows in groupby(db.query(_THINNED, {"before": before}), key=lambda row: str(row["warc"])):
        thin = [row for row in rows if row["thin"]]
        if thin:
            yield Thinned(file, len(thin), sum(row["length"] for row in thin))


def compact(db: Database, folder: Path, before: str) -> Iterator[Thinned]:
    """Rewrite the WARC files without their removable captures, one file at a time; the caller holds the folder's lock.

    The new file is complete before any row points to it, and the old file is deleted last. A process killed in
    between loses nothing; it leaves both files, which `newscrawl check` reports.

    Raises:
        WarcError: a file is damaged: it is left as it is.
        DataFolderError: there is no room for the new file.
    """
    files = [thinned.file for thinned in plan(db, before)]
    wanted = db.query(_THINNED, {"before": before}) if files else iter(())
    groups = {file: list(rows) for file, rows in groupby(wanted, key=lambda row: str(row["warc"])) if file in files}
    for file, rows in groups.items():
        path = folder / file
        if not path.exists():
            continue  # missing, or still open: `newscrawl check` reports it
        thin = {row["offset"] for row in rows if row["thin"]}
        new = _free_name(path)
        places = _rewrite(path, new, thin)
        with transaction(db):
            for row in rows:
                if row["offset"] in thin:
                    db.execute("DELETE FROM captures WHERE id = ?", (row["id"],))
                else:
                    values = (new.name, places[row["offset"]], row["id"])
                    db.execute('UPDATE captures SET warc = ?, "offset" = ? WHERE id = ?', values)
        size = path.stat().st_size - new.stat().st_size
        path.unlink()
        sync_folder(folder)
        yield Thinned(file, len(thin), size)


def _free_name(path: Path) -> Path:
    """Return the name of the file that replaces one: the same with a higher serial number."""
    new = path
    while new.exists():
        found = _SERIAL.search(new.name)
        serial = int(found[1]) if found else 0
        stem = new.name[: found.start()] if found else new.name.removesuffix(".warc.gz")
        new = path.with_name(f"{stem}-{serial + _STEP:05d}.warc.gz")
    return new


def _rewrite(path: Path, new: Path, thin: set[int]) -> dict[int, int]:
    """Copy a file's records except removed captures and their requests; return the new offset of each record."""
    places: dict[int, int] = {}
    written = path.with_name(f"{path.name}.new")
    source = os.open(path, os.O_RDONLY)
    try:
        with written.open("wb") as target:
            held: tuple[int, bytes] | None = None  # a request, until it is known whether its response is copied
            for found in members(source, 2 * CEILING):
                member = _whole(found, path)
                content = (member.offset, os.pread(source, member.length, member.offset))
                is_request = parse_member(member).rec_type == "request"
                kept = [] if member.offset in thin else [item for item in (held, content) if item]
                held = content if is_request else None
                for offset, data in [] if is_request else kept:
                    places[offset] = target.tell()
                    target.write(data)
            target.flush()
            os.fsync(target.fileno())
        written.rename(new)
    except OSError as error:
        written.unlink(missing_ok=True)
        raise DataFolderError(f"cannot write {written}: {error.strerror}") from error
    except WarcError:
        written.unlink(missing_ok=True)
        raise
    finally:
        os.close(source)
    return places


def _whole(member: Member | Gap, path: Path) -> Member:
    if isinstance(member, Gap):
        raise WarcError(f"{path} is damaged at offset {member.offset}: it is left as it is")
    return member
