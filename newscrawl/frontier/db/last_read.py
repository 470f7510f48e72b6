"""Record which page a process is reading, in a file beside frontier.db, to identify a page that kills the process.

The file is overwritten at each page and not forced to the disk, as it need only survive the process.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_LENGTH = 21  # a signed 64-bit number and a line end


class LastRead:
    """The record of the address whose page is being read; `owner` names the holder of its lease."""

    def __init__(self, database: Path, owner: str) -> None:
        self.path = _path(database, owner)
        self._descriptor: int | None = None

    def note(self, address: int) -> None:
        """Record which page is read next."""
        if self._descriptor is None:
            self._descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o644)
        os.pwrite(self._descriptor, f"{address:{_LENGTH - 1}}\n".encode(), 0)

    def close(self) -> None:
        """Remove the record, at the regular end of the process."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self.path.unlink(missing_ok=True)
            self._descriptor = None


def noted(database: Path, owner: str) -> int | None:
    """Return the address whose page an owner read last; None if there is no record."""
    try:
        return int(_path(database, owner).read_text("ascii"))
    except (OSError, ValueError):
        return None


def read_at_death(database: Path, owner: str) -> int | None:
    """Return the address whose page a dead owner was reading, and remove the record."""
    address = noted(database, owner)
    _path(database, owner).unlink(missing_ok=True)
    return address


def _path(database: Path, owner: str) -> Path:
    name = hashlib.blake2b(owner.encode(), digest_size=8).hexdigest()  # an owner's own name may hold any character
    return database.with_name(f".reading-{name}")
