"""The command that installs the libraries of an extra, for error messages."""

from __future__ import annotations

import re
import shlex
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

_CHECKOUT = Path(__file__).parent.parent


def how_to_install(extra: str) -> str:
    """Return the command that installs the libraries of an extra.

    This package is on no index: `pip install newscrawl[…]` would find nothing, or another package of that name. So the
    command names the libraries, or in a checkout the make target that installs their pinned versions.
    """
    if (_CHECKOUT / "Makefile").exists() and (_CHECKOUT / "pyproject.toml").exists():
        return "make analysis"  # which brings both extras
    return f"pip install {shlex.join(_libraries(extra))}"


def _libraries(extra: str) -> list[str]:
    try:
        declared = requires("newscrawl") or []
    except PackageNotFoundError:
        return []
    split = (line.partition(";") for line in declared)
    return [name.strip() for name, _, marker in split if re.search(rf"extra\s*==\s*['\"]{extra}['\"]", marker)]
