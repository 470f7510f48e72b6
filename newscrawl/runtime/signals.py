"""Scrapy signals of our own."""

from __future__ import annotations

# Sent with `alias` and `url` when two addresses of a site turn out to show one article.
doubled = object()
# Sent with `page` and `what` (see `archive.Stored`) when a page is in the archive.
page_stored = object()
