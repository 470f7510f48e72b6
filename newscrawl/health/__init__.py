"""The crawl's own row, and what is expected of it."""
