"""Several archives searched as one: closed months or regions as files of their own, beside the one that grows."""

from __future__ import annotations

import heapq
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newscrawl.archive.store import Archive


def search_together(
    archives: Sequence[Archive], words: str, *, sort: str, limit: int | None = 20, **filters: Any
) -> Iterator[dict[str, Any]]:
    """Give the articles of several archives that hold the words, in one order; of an address the first archive's.

    By relevance, the hits of each archive come in its own order, merged by their scores: those compare words by how
    rare they are within an archive, so they are of one kind where the archives are.
    """
    found = (archive.search(words, sort=sort, limit=limit, **filters) for archive in archives)
    merged = heapq.merge(*found, key=_newest if sort == "date" else _best)
    yield from islice(_once(merged), limit)


def _best(hit: dict[str, Any]) -> float:
    return -float(hit["score"])


def _newest(hit: dict[str, Any]) -> tuple[bool, list[int]]:
    """Give a key by which later times come first, and what has none last."""
    return hit["published"] is None, [-ord(sign) for sign in hit["published"] or ""]


def _once(hits: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for hit in hits:
        if hit["url"] not in seen:
            seen.add(hit["url"])
            yield hit
