"""Whether a disk is full: SQLite tells it by several errors, and an I/O error may mean it or not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# SQLite writes whole pages, and its shared-memory file in steps of 32 KiB.
LEAST = 64 * 1024


def is_full(path: Path) -> bool:
    """Tell whether the disk that holds a file, there already or not, has no room for a few pages more."""
    try:
        return shutil.disk_usage(path.parent).free < LEAST
    except OSError:
        return False
