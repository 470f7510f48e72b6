"""`newscrawl backup`: a copy of frontier, archive and raw pages that fit one another, also while a crawl runs."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from newscrawl.archive import Archive, recover
from newscrawl.data_folder import DataFolder
from newscrawl.errors import DataFolderError
from newscrawl.frontier import back_up, exists

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRIES = 3  # a crawl may close a WARC file while it is copied


def backup(folder: DataFolder, target: Path) -> Iterator[str]:
    """Copy a data folder into another, which can be used in its place; say what was copied, a line each.

    A page is first in the WARC, then in the archive, then settled in the frontier: copied in the opposite order, the
    copies lack nothing that one of them speaks of. WARC files that are there already are not copied again. Databases
    of older versions are copied as they are.

    Raises:
        DataFolderError: the target cannot be written, or has too little room.
    """
    copy = DataFolder(target)
    if target.resolve().is_relative_to(folder.root.resolve()):
        raise DataFolderError(f"{target} lies in the data folder itself; name a folder elsewhere")
    copy.prepare()
    _require_room(folder, target)
    try:
        if exists(folder.frontier):
            path = copy.root / "frontier.db"
            back_up(folder.frontier, _new(path))
            yield _done(path)
        if folder.archive.exists():
            with Archive.open(folder.archive, read_only=True) as archive:
                archive.backup(_new(copy.archive))
            yield _done(copy.archive)
        if folder.profiles.exists():
            shutil.copytree(folder.profiles, copy.profiles, dirs_exist_ok=True)
        copied = {name for _ in range(_TRIES) for name in _copy_once(folder.warc, copy.warc)}
        recover(copy.warc)
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise DataFolderError(f"cannot write to {target}: {'the disk is full' if full else error.strerror}") from error
    yield f"{len(copied)} WARC files"


def _new(path: Path) -> Path:
    """Return the name under which a database is written before it takes its place."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    return new


def _done(path: Path) -> str:
    """Let a database that is written take its place; a log of the one before belongs to no file any more."""
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.with_name(f"{path.name}.new").replace(path)
    return path.name


def _copy_once(source: Path, target: Path) -> Iterator[str]:
    """Copy the WARC files that the target lacks, or has shorter; give the name of each, as when it is closed."""
    for path in sorted(source.glob("*.warc.gz*")):
        closed = target / path.name.removesuffix(".open")
        if closed.exists() and closed.stat().st_size >= path.stat().st_size:
            continue
        new = target / f"{path.name}.new"
        try:
            shutil.copyfile(path, new)
        except FileNotFoundError:
            continue  # closed just now: the next round copies it under its new name
        closed.unlink(missing_ok=True)
        (target / f"{closed.name}.open").unlink(missing_ok=True)
        new.rename(target / path.name)
        yield closed.name


def _require_room(folder: DataFolder, target: Path) -> None:
    there = {path.name for path in (target / "warc").glob("*")}
    files = [path for path in (Path(folder.frontier), folder.archive) if path.exists()]
    files += [path for path in folder.warc.glob("*") if path.name not in there]
    needed, free = sum(path.stat().st_size for path in files), shutil.disk_usage(target).free
    if needed > free:
        raise DataFolderError(f"{target} has {free >> 20} MB free, and {needed >> 20} MB are to be copied: make room")
