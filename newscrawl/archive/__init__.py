"""The archive: raw pages as WARC files (the truth), and the SQLite view of them that analysts query.

This is its whole public face; nothing else of newscrawl imports sqlite_utils or warcio.
"""

from __future__ import annotations

from newscrawl.archive.crawls import Crawl
from newscrawl.archive.diff import Step, diff, render
from newscrawl.archive.queries import Filters
from newscrawl.archive.reading import Capture, read_record, read_warc
from newscrawl.archive.recovery import recover
from newscrawl.archive.schema import Column, columns
from newscrawl.archive.sketch import fingerprint
from newscrawl.archive.store import Archive
from newscrawl.archive.warc import WarcRef, WarcWriter
from newscrawl.archive.writing import Stored

__all__ = [
    "Archive",
    "Capture",
    "Column",
    "Crawl",
    "Filters",
    "Step",
    "Stored",
    "WarcRef",
    "WarcWriter",
    "columns",
    "diff",
    "fingerprint",
    "read_record",
    "read_warc",
    "recover",
    "render",
]
