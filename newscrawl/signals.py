"""Scrapy signals of our own."""

from __future__ import annotations

# Sent with `alias` and `url` when two addresses of a site turn out to show one article.
doubled = object()
