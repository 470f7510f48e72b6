"""What a user is told who lacks the libraries of an extra: a command that works where this package stands."""

from __future__ import annotations

import re
import shlex
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

_CHECKOUT = Path(__file__).parent.parent


def how_to_install(extra: str) -> str:
    """Return the command that installs the libraries of an extra.

    This package is on no index, so that `pip install newscrawl[…]` would find nothing, or a stranger's package of that
    name: its libraries are named instead, or in a checkout the make target that pins them.
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
