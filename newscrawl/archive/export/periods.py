"""Closed months or years as files: each an archive of its own that nobody writes any more, beside the one that grows.

The archive keeps what it gives away. A page that is seen again is set against all captures of its address, a text is
compared with the texts of all years, and the first of a family is found among all its articles: without the old rows
the archive would take old articles for new. So a file is a copy, made anew when its articles have changed, and
`manifest.json` beside the files says what each holds. A run that is stopped leaves whole files; the next does the rest.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

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
# What a copy holds of an article. Its place in a family is found anew among the articles that come along.
_NAMES = ", ".join(f'articles."{column.name}"' for column in columns() if column.name != "reprint_of")
_STATE = """SELECT {names}, (SELECT count(*) FROM captures WHERE captures.article = articles.id) FROM articles
    WHERE {which} AND {chosen} ORDER BY id"""


def write(
    db: Database, folder: Path, by: str, filters: Filters, progress: Callable[[int], None]
) -> Iterator[tuple[str, int | None]]:
    """Bring the files of a folder up to date; give each file's name and articles, None for one that stayed as it was.

    Args:
        db: the archive's.
        folder: of the files and their manifest; made if it is not there.
        by: the period, one of LENGTHS.
        filters: which articles; months that are not among them stay as they are.
        progress: is told how many articles were added.

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
    db: Database, folder: Path, manifest: dict[str, Any], period: str, filters: Filters, progress: Callable[[int], None]
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
    facts = {"period": period, "articles": number, "bytes": draft.stat().st_size, "sha256": _digest(draft)}
    draft.replace(file)
    sync_folder(folder)
    manifest["files"][name] = {**facts, "state": state}
    _write(folder, manifest)
    return name, number


def _state(db: Database, filters: Filters, which: str) -> str:
    """Return a hash of the articles that pass the filters, and of how often they were seen."""
    query, values = filters.into(_STATE, names=_NAMES, which=which)
    state = hashlib.sha256()
    for row in db.execute(query, values):
        state.update(repr(row).encode("utf-8", "surrogatepass"))
    return state.hexdigest()


def _digest(file: Path) -> str:
    """Return the SHA-256 of a file, which is on the disk afterwards."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
        return hashlib.file_digest(opened, "sha256").hexdigest()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder, which is let go however the process ends; clear away what a killed one left."""
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


def _read(folder: Path, by: str, filters: Filters) -> dict[str, Any]:
    """Read the manifest, or begin one.

    Raises:
        ArchiveError: the folder holds something else, or another choice of articles.
    """
    wanted = {name: value for name, value in _but_days(filters).items() if value is not None}
    place = folder / MANIFEST
    if not place.exists():
        if strange := sorted(entry.name for entry in folder.iterdir()):
            raise ArchiveError(f"{folder} holds {strange[0]}, which is no part of an export; name another folder")
        begun: dict[str, Any] = {"by": by, "filters": wanted, "files": {}}
        _write(folder, begun)  # before the first file, so that a folder with files has one
        return begun
    try:
        manifest: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
        there = (manifest["by"], manifest["filters"], dict(manifest["files"]))[:2]
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveError(f"{place} is no manifest of an export; name another folder") from error
    if there != (by, wanted):
        raise ArchiveError(f"{folder} holds another choice: by {there[0]}, {there[1] or 'all'}; name another folder")
    return manifest


def _but_days(filters: Filters) -> dict[str, Any]:
    return {name: getattr(filters, name) for name in filters.__slots__ if name not in {"since", "until"}}


def _write(folder: Path, manifest: dict[str, Any]) -> None:
    draft = folder / f".{MANIFEST}{_DRAFT}"
    manifest["files"] = dict(sorted(manifest["files"].items()))
    with draft.open("w", encoding="utf-8") as opened:
        json.dump(manifest, opened, ensure_ascii=False, indent=1)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(folder / MANIFEST)
    sync_folder(folder)
