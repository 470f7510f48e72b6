"""newscrawl: the archive of Chinese regional news."""

from __future__ import annotations

from importlib.metadata import version

__version__ = version("newscrawl")
