"""The archive: raw pages as WARC files (the truth), and the SQLite view of them that analysts query.

These names are the package's public interface; no other package of newscrawl imports sqlite_utils or warcio.
"""

from __future__ import annotations

from newscrawl.archive.db.checking import Fault, Mend
from newscrawl.archive.db.connection import limit_queries
from newscrawl.archive.db.description import TABLE_MEANINGS, column_meanings, describe
from newscrawl.archive.db.profiles import sample_of_readings
from newscrawl.archive.export.article_row import READINGS, article_row
from newscrawl.archive.export.tables import ARTICLES, NESTED, TABLES, Exported, Field, Kind, Table
from newscrawl.archive.read.article_queries import ArticleWithLinks, CaptureRow, LinkRow, PortalReport, PortalSummary
from newscrawl.archive.read.changes import KINDS as CHANGES
from newscrawl.archive.read.changes import Change
from newscrawl.archive.read.family_query import Member
from newscrawl.archive.read.history import Step
from newscrawl.archive.read.pages.article import Contained, TitledCapture
from newscrawl.archive.read.pages.figures import (
    FIGURES,
    CrawlFigure,
    DayFigure,
    FlowFigure,
    SourceFigure,
    WithdrawalFigure,
)
from newscrawl.archive.read.pages.front import Happened, Newest, PortalFigures
from newscrawl.archive.read.pages.hits import HOLDS_WORDS, Fate, Listed
from newscrawl.archive.read.statistics import BY, DayCount, Frequency, Gap, Tally
from newscrawl.archive.reprints.detect import (
    ReadingReprint,
    TextFamily,
    TextRow,
    families_of_texts,
    reprints_of_readings,
)
from newscrawl.archive.reprints.sketch import fingerprint
from newscrawl.archive.search.filters import FILTERS, FLAGS, SORTS, FilterArgs, Filters, OtherFilters, is_day
from newscrawl.archive.search.index import Hit, count, query, register
from newscrawl.archive.search.snippets import snippet
from newscrawl.archive.search.syntax import plain_words
from newscrawl.archive.sql.columns import ArticleRow, Column, columns
from newscrawl.archive.sql.rows import Reading
from newscrawl.archive.sql.times import BEIJING
from newscrawl.archive.store import Archive
from newscrawl.archive.text.diff import diff, render
from newscrawl.archive.warc.content_encoding import TooLargeError, decoded
from newscrawl.archive.warc.read import Capture, read_record, read_warc
from newscrawl.archive.warc.recovery import recover
from newscrawl.archive.warc.write import WarcWriter
from newscrawl.archive.write.crawls import Crawl
from newscrawl.archive.write.placements import Issue
from newscrawl.archive.write.store_page import Stored
from newscrawl.items import WarcRef

__all__ = [
    "ARTICLES",
    "BEIJING",
    "BY",
    "CHANGES",
    "FIGURES",
    "FILTERS",
    "FLAGS",
    "HOLDS_WORDS",
    "NESTED",
    "READINGS",
    "SORTS",
    "TABLES",
    "TABLE_MEANINGS",
    "Archive",
    "ArticleRow",
    "ArticleWithLinks",
    "Capture",
    "CaptureRow",
    "Change",
    "Column",
    "Contained",
    "Crawl",
    "CrawlFigure",
    "DayCount",
    "DayFigure",
    "Exported",
    "Fate",
    "Fault",
    "Field",
    "FilterArgs",
    "Filters",
    "FlowFigure",
    "Frequency",
    "Gap",
    "Happened",
    "Hit",
    "Issue",
    "Kind",
    "LinkRow",
    "Listed",
    "Member",
    "Mend",
    "Newest",
    "OtherFilters",
    "PortalFigures",
    "PortalReport",
    "PortalSummary",
    "Reading",
    "ReadingReprint",
    "SourceFigure",
    "Step",
    "Stored",
    "Table",
    "Tally",
    "TextFamily",
    "TextRow",
    "TitledCapture",
    "TooLargeError",
    "WarcRef",
    "WarcWriter",
    "WithdrawalFigure",
    "article_row",
    "column_meanings",
    "columns",
    "count",
    "decoded",
    "describe",
    "diff",
    "families_of_texts",
    "fingerprint",
    "is_day",
    "limit_queries",
    "plain_words",
    "query",
    "read_record",
    "read_warc",
    "recover",
    "register",
    "render",
    "reprints_of_readings",
    "sample_of_readings",
    "snippet",
]
