"""Divide labelled pages into folds of whole sites, so that no page is scored by weights learnt from its own site."""

from __future__ import annotations

import zlib
from typing import Any

FOLDS = 5


def fold_of(entry: dict[str, Any]) -> int:
    """The fold of a page: the corpus's own, or one by its site."""
    fold = entry.get("fold")
    return fold if isinstance(fold, int) else zlib.crc32(str(entry.get("site") or entry["url"]).encode()) % FOLDS
