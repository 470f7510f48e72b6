"""Close the ".open" WARC files of a killed process, truncated after their last complete record."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from newscrawl.archive.warc.gzip_members import Member, members
from newscrawl.archive.warc.read import CEILING
from newscrawl.archive.warc.write import OPEN_SUFFIX, sync_folder, try_lock
from newscrawl.errors import WarcError

if TYPE_CHECKING:
    from pathlib import Path


def recover(folder: Path) -> list[str]:
    """Close files whose writer has died (nobody holds their lock); files still being written are left alone.

    Only bytes after the last complete record are cut off; `read_warc` skips damage in the middle. A file without any
    record is removed. Recovering twice, or in two processes at once, does no harm.

    Args:
        folder: data/warc; it need not exist.

    Returns:
        A line for each file closed, saying how much was cut.

    Raises:
        WarcError: a file cannot be cut or renamed.
    """
    told = []
    for path in sorted(folder.glob(f"*.warc.gz{OPEN_SUFFIX}")):
        try:
            descriptor = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            continue  # another process was faster
        except OSError as error:
            raise WarcError(f"cannot recover {path}: {error.strerror}") from error
        try:
            if try_lock(descriptor, path):
                told.append(_close_off(descriptor, path))
        except OSError as error:
            raise WarcError(f"cannot recover {path}: {error.strerror}") from error
        finally:
            os.close(descriptor)
    if told:
        sync_folder(folder)
    return told


def _close_off(descriptor: int, path: Path) -> str:
    size = os.fstat(descriptor).st_size
    whole = max(
        (member.offset + member.length for member in members(descriptor, 2 * CEILING) if isinstance(member, Member)),
        default=0,
    )
    if not whole:
        path.unlink()
        return f"{path.name}: no whole record, removed"
    os.ftruncate(descriptor, whole)
    os.fsync(descriptor)
    closed = path.with_name(path.name.removesuffix(OPEN_SUFFIX))
    path.rename(closed)
    torn = size - whole
    return f"{closed.name}: closed" + (f", {torn} bytes of a torn record cut" if torn else "")
