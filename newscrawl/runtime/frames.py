"""Prevent sqlite-utils from importing pandas and numpy, which it does whenever they are installed.

Importing them takes 0.3 s and 80 MB, only to map column types of frames, which no command and no crawl stores.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without_frames() -> Iterator[None]:
    """Hide pandas and numpy while something is imported; whoever needs them later finds them."""
    hidden = [name for name in ("numpy", "pandas") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None is how Python marks a missing module
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
