"""Scrapy extensions and helpers at run time: watchdog, garbage collector, log, feeds, stopping a crawl, signals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

# What Scrapy and its extensions count and note during a crawl: mostly numbers, but an extension may note any value.
Stats: TypeAlias = Mapping[str, Any]
# Sent with `alias` and `url` when two addresses of a site turn out to show one article.
doubled = object()
# Sent with `page` and `what` (see `archive.Stored`) when a page is in the archive.
page_stored = object()


def counts_of(stats: Stats, prefix: str) -> dict[str, int]:
    """Return the statistics with a prefix, by the rest of their names."""
    return {name.removeprefix(prefix): count for name, count in sorted(stats.items()) if name.startswith(prefix)}
