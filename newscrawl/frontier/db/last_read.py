"""Which page a process was reading when it died: a file beside frontier.db, for a page may kill the process it is in.

The file is overwritten at each page without being forced to the disk: it outlives its process, which is all it is for.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_LENGTH = 21  # a signed 64-bit number and a line end


class LastRead:
    """Notes the address whose page is being read; `owner` names the holder of its lease."""

    def __init__(self, database: Path, owner: str) -> None:
        self.path = _path(database, owner)
        self._descriptor: int | None = None

    def note(self, address: int) -> None:
        """Note the page that is read from now on."""
        if self._descriptor is None:
            self._descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o644)
        os.pwrite(self._descriptor, f"{address:{_LENGTH - 1}}\n".encode(), 0)

    def close(self) -> None:
        """Remove the note: the process ends of its own accord."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self.path.unlink(missing_ok=True)
            self._descriptor = None


def noted(database: Path, owner: str) -> int | None:
    """Return the address whose page an owner was reading last; None where it noted none."""
    try:
        return int(_path(database, owner).read_text("ascii"))
    except (OSError, ValueError):
        return None


def read_at_death(database: Path, owner: str) -> int | None:
    """Return the address whose page a dead owner was reading, and remove the note."""
    address = noted(database, owner)
    _path(database, owner).unlink(missing_ok=True)
    return address


def _path(database: Path, owner: str) -> Path:
    name = hashlib.blake2b(owner.encode(), digest_size=8).hexdigest()  # an owner's own name may hold any character
    return database.with_name(f".reading-{name}")
