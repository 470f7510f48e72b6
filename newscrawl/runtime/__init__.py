"""Scrapy extensions and helpers at run time: watchdog, garbage collector, log, feeds, stopping a crawl, signals."""

from __future__ import annotations

# Sent with `alias` and `url` when two addresses of a site turn out to show one article.
doubled = object()
# Sent with `page` and `what` (see `archive.Stored`) when a page is in the archive.
page_stored = object()
