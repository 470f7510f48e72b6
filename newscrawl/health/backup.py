"""`newscrawl backup`: copy frontier, archive and raw pages so that they agree, even while a crawl runs."""

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

_TRIES = 3  # a crawl may rename (close) a WARC file while it is copied


def backup(folder: DataFolder, target: Path) -> Iterator[str]:
    """Copy a data folder into another, which can replace it; return one line for each part copied.

    A page is first written to a WARC file, then to the archive, and then settled in the frontier. Copying in the
    opposite order makes sure that each copy has all that another copy refers to. WARC files already in the target are
    not copied again. Databases of older versions are copied without migration.

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
    """Return the temporary name under which a database is written."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    return new


def _done(path: Path) -> str:
    """Rename a written database to its final name, and remove the log of the file it replaces."""
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.with_name(f"{path.name}.new").replace(path)
    return path.name


def _copy_once(source: Path, target: Path) -> Iterator[str]:
    """Copy WARC files that are missing or shorter in the target; return their names as of closed files."""
    for path in sorted(source.glob("*.warc.gz*")):
        closed = target / path.name.removesuffix(".open")
        if closed.exists() and closed.stat().st_size >= path.stat().st_size:
            continue
        new = target / f"{path.name}.new"
        try:
            shutil.copyfile(path, new)
        except FileNotFoundError:
            continue  # closed and renamed meanwhile: the next try copies it
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
