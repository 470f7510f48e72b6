"""What is hung into Scrapy while it runs: extensions, the log, the end of a crawl; and our own signals."""

from __future__ import annotations

# Sent with `alias` and `url` when two addresses of a site turn out to show one article.
doubled = object()
# Sent with `page` and `what` (see `archive.Stored`) when a page is in the archive.
page_stored = object()
