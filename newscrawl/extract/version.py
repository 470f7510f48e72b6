"""The version of the rules: it differs whenever another text may be read from the same page."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

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
