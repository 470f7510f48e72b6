"""The archive in a browser: Datasette over archive.db with pages for searching, reading and overview.

Nothing here writes to the archive. See docs/explore.md for the pages and addresses.
"""
