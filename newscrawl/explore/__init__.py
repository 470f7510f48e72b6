"""The archive in a browser: Datasette over archive.db with pages for searching, reading and overview.

Everything here reads. See docs/explore.md for the pages and addresses.
"""
