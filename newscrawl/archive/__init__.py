"""The archive: raw pages as WARC files (the truth), and the SQLite view of them that analysts query.

This is its whole public face; nothing else of newscrawl imports sqlite_utils or warcio.
"""

from __future__ import annotations

from newscrawl.archive.apart import READINGS, article_row
from newscrawl.archive.changes import KINDS as CHANGES
from newscrawl.archive.checking import Fault, Mend
from newscrawl.archive.crawls import Crawl
from newscrawl.archive.diff import Step, diff, render
from newscrawl.archive.encoding import TooLargeError, decoded
from newscrawl.archive.exporting import ARTICLES, NESTED, TABLES, Field, Kind, Table
from newscrawl.archive.filters import FILTERS, FLAGS, SORTS, Filters, is_day
from newscrawl.archive.query import plain_words
from newscrawl.archive.reading import Capture, read_record, read_warc
from newscrawl.archive.recovery import recover
from newscrawl.archive.reprints import families_of_texts, reprints_of_readings
from newscrawl.archive.schema import Column, columns
from newscrawl.archive.search import count, query, register
from newscrawl.archive.sketch import fingerprint
from newscrawl.archive.snippets import snippet
from newscrawl.archive.statistics import BY
from newscrawl.archive.store import Archive
from newscrawl.archive.times import BEIJING
from newscrawl.archive.together import search_together
from newscrawl.archive.warc import WarcRef, WarcWriter
from newscrawl.archive.writing import Stored

__all__ = [
    "ARTICLES",
    "BEIJING",
    "BY",
    "CHANGES",
    "FILTERS",
    "FLAGS",
    "NESTED",
    "READINGS",
    "SORTS",
    "TABLES",
    "Archive",
    "Capture",
    "Column",
    "Crawl",
    "Fault",
    "Field",
    "Filters",
    "Kind",
    "Mend",
    "Step",
    "Stored",
    "Table",
    "TooLargeError",
    "WarcRef",
    "WarcWriter",
    "article_row",
    "columns",
    "count",
    "decoded",
    "diff",
    "families_of_texts",
    "fingerprint",
    "is_day",
    "plain_words",
    "query",
    "read_record",
    "read_warc",
    "recover",
    "register",
    "render",
    "reprints_of_readings",
    "search_together",
    "snippet",
]
