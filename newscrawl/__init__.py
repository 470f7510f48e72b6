"""newscrawl: the archive of Chinese regional news. For notebooks: `newscrawl.open_archive("data")`."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["__version__", "open_archive"]
__version__ = version("newscrawl")


def open_archive(path: str | Path = "data") -> Any:
    """Open an archive, a data folder or the file itself, for pandas: a `newscrawl.archive.notebook.Notebook`.

    Raises:
        ArchiveError: there is none, or pandas is missing.
    """
    # Imported here: it brings half the package, and most of the package does without.
    return import_module("newscrawl.archive.notebook").open_archive(path)
