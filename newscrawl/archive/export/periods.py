"""Copy closed months or years into files of their own, each a small archive that is no longer written to.

The rows also stay in the main archive. It compares a page with all captures of its address, and a text with the texts
of all years; without the old rows it would take old articles for new ones. So each file is a copy, which is made anew
when its articles have changed; `manifest.json` beside the files lists what each holds. A run that is stopped leaves
only complete files, and the next run makes the rest.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

from newscrawl.archive.export import subset
from newscrawl.archive.sql.columns import columns
from newscrawl.archive.warc.write import sync_folder
from newscrawl.errors import ArchiveError, DataFolderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlite_utils import Database

    from newscrawl.archive.search.filters import Filters

LENGTHS = {"month": 7, "year": 4}  # characters of a day that name its period
MANIFEST = "manifest.json"
_UNDATED = "undated"
_ENDING, _DRAFT = ".sqlite", ".draft"
_PERIODS = "SELECT DISTINCT substr(published, 1, {length}) FROM articles WHERE {dated} AND {chosen} ORDER BY 1"
_DATED = "ifnull(published, '') GLOB '[12][0-9][0-9][0-9]-[01][0-9]*'"
# Columns that make a copy out of date. Reprint families are left out: each file settles its own.
_NAMES = ", ".join(f'articles."{column.name}"' for column in columns() if column.name != "reprint_of")
_STATE = """SELECT {names}, (SELECT count(*) FROM captures WHERE captures.article = articles.id) FROM articles
    WHERE {which} AND {chosen} ORDER BY id"""


class PeriodFile(TypedDict):
    """A file of a period, as the manifest describes it."""

    period: str
    articles: int
    bytes: int
    sha256: str
    state: str  # of the articles when it was written


class Manifest(TypedDict):
    """The contents of a folder of periods: the length of a period, the filters, and the files."""

    by: str
    filters: dict[str, str | bool]
    files: dict[str, PeriodFile]


def write(
    db: Database, folder: Path, by: str, filters: Filters, progress: Callable[[int], None]
) -> Iterator[tuple[str, int | None]]:
    """Bring the files of a folder up to date; yield each file's name and number of articles, None if it was current.

    Args:
        db: the archive's.
        folder: of the files and their manifest; made if it is not there.
        by: the period, one of LENGTHS.
        filters: which articles; files of other months are left as they are.
        progress: is called with the number of articles added.

    Raises:
        ArchiveError: another process writes there, or the folder holds another choice of articles.
        DataFolderError: it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            manifest = _read(folder, by, filters)
            for period in _periods(db, by, filters):
                yield _bring_up_to_date(db, folder, manifest, period, filters, progress)
    except OSError as error:
        raise DataFolderError(f"cannot write to {folder}: {error.strerror or error}") from error


def _periods(db: Database, by: str, filters: Filters) -> list[str]:
    query, values = filters.into(_PERIODS, length=str(LENGTHS[by]), dated=_DATED)
    found = [period for (period,) in db.execute(query, values)]
    if filters.since is None and filters.until is None:
        found.append(_UNDATED)
    return found


def _bring_up_to_date(
    db: Database, folder: Path, manifest: Manifest, period: str, filters: Filters, progress: Callable[[int], None]
) -> tuple[str, int | None]:
    name = f"{period}{_ENDING}"
    file = folder / name
    which = f"NOT ({_DATED})" if period == _UNDATED else _DATED
    chosen = filters if period == _UNDATED else replace(filters, since=period, until=period)
    state = _state(db, chosen, which)
    known = manifest["files"].get(name)
    if known and known["state"] == state and file.exists() and file.stat().st_size == known["bytes"]:
        return name, None
    draft = folder / f".{name}{_DRAFT}"
    number = subset.copy(db, draft, chosen, progress, which)
    draft.chmod(0o444)
    size, digest = draft.stat().st_size, _digest(draft)
    draft.replace(file)
    sync_folder(folder)
    manifest["files"][name] = {"period": period, "articles": number, "bytes": size, "sha256": digest, "state": state}
    _write(folder, manifest)
    return name, number


def _state(db: Database, filters: Filters, which: str) -> str:
    """Return a hash of the articles that pass the filters and of their number of captures: it changes with them."""
    query, values = filters.into(_STATE, names=_NAMES, which=which)
    state = hashlib.sha256()
    for row in db.execute(query, values):
        state.update(repr(row).encode("utf-8", "surrogatepass"))
    return state.hexdigest()


def _digest(file: Path) -> str:
    """Force a file to the disk, and return its SHA-256."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
        return hashlib.file_digest(opened, "sha256").hexdigest()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Lock the folder until the block ends or the process dies; remove what a killed process left behind."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ArchiveError(f"another export writes to {folder}; wait for it, or name another folder") from error
        for left in folder.glob(f".*{_DRAFT}*"):
            left.unlink()
        yield
    finally:
        os.close(descriptor)


def _read(folder: Path, by: str, filters: Filters) -> Manifest:
    """Read the manifest, or begin one.

    Raises:
        ArchiveError: the folder holds something else, or another choice of articles.
    """
    wanted = {name: value for name, value in _but_days(filters).items() if value is not None}
    place = folder / MANIFEST
    if not place.exists():
        if strange := sorted(entry.name for entry in folder.iterdir()):
            raise ArchiveError(f"{folder} holds {strange[0]}, which is no part of an export; name another folder")
        begun: Manifest = {"by": by, "filters": wanted, "files": {}}
        _write(folder, begun)  # before the first file, so that a folder with files has one
        return begun
    try:
        manifest: Manifest = json.loads(place.read_text(encoding="utf-8"))
        there = (manifest["by"], manifest["filters"], dict(manifest["files"]))[:2]
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveError(f"{place} is no manifest of an export; name another folder") from error
    if there != (by, wanted):
        raise ArchiveError(f"{folder} holds another choice: by {there[0]}, {there[1] or 'all'}; name another folder")
    return manifest


def _but_days(filters: Filters) -> dict[str, str | bool | None]:
    return {name: getattr(filters, name) for name in filters.__slots__ if name not in {"since", "until"}}


def _write(folder: Path, manifest: Manifest) -> None:
    draft = folder / f".{MANIFEST}{_DRAFT}"
    manifest["files"] = dict(sorted(manifest["files"].items()))
    with draft.open("w", encoding="utf-8") as opened:
        json.dump(manifest, opened, ensure_ascii=False, indent=1)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(folder / MANIFEST)
    sync_folder(folder)
