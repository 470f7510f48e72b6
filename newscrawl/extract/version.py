"""The version of the rules: it differs whenever another text may be read from the same page."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newscrawl.extract.finders import Finder

_FOLDER = Path(__file__).parent
_KINDS = frozenset({".py", ".toml", ".json"})  # code, tables of words, learnt weights


@cache
def rules_version() -> str:
    """Return a short hash over names and contents of this package's files: code, tables of words, learnt weights."""
    digest = hashlib.blake2b(digest_size=6)
    files = {path.relative_to(_FOLDER).as_posix(): path for path in _FOLDER.rglob("*") if path.suffix in _KINDS}
    for name, path in sorted(files.items()):
        content = path.read_bytes()
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def with_overrides(rules: str, overrides: Mapping[str, Finder[object]]) -> str:
    """Return the version of rules to which a portal adds finders of its own, told by their fields and names."""
    if not overrides:
        return rules
    names = "\n".join(f"{name} {finder.name}" for name, finder in sorted(overrides.items()))
    return f"{rules}+{hashlib.blake2b(names.encode(), digest_size=3).hexdigest()}"
