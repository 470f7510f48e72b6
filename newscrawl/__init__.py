"""newscrawl: the archive of Chinese regional news. For notebooks: `newscrawl.open_archive("data")`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from newscrawl.archive.notebook import Notebook

    __version__: str

__all__ = ["__version__", "open_archive"]


def __getattr__(name: str) -> str:
    """Look up `__version__` on first use: reading the installed package's metadata takes 20 ms."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    version: str = import_module("importlib.metadata").version("newscrawl")
    return version


def open_archive(path: str | Path = "data", also: Sequence[str | Path] = ()) -> Notebook:
    """Open an archive, a data folder or the file itself, for pandas.

    Further archives, closed months for example, are read as one with it.

    Raises:
        ArchiveError: there is none, or pandas is missing.
    """
    from newscrawl.archive.notebook import open_archive as opened  # noqa: PLC0415  it brings half the package

    return opened(path, also)
