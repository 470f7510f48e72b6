"""Queries for the command line and exports: articles, captures, versions, events and crawls."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Literal, TypedDict, cast, overload

from newscrawl.archive.sql.columns import LISTS, ArticleRow
from newscrawl.archive.sql.files import files
from newscrawl.archive.sql.rows import rows_of, stamp
from newscrawl.archive.write import aliases
from newscrawl.archive.write.crawls import Crawl
from newscrawl.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from sqlite_utils import Database

    from newscrawl.archive.search.filters import Filters
    from newscrawl.archive.sql.rows import Row

# The + keeps SQLite from using the index by date. Rows are stored in order of their hashes, so reading a million of
# them by date takes a slow disk twenty minutes; reading them as stored and sorting in a temporary file takes one.
_ARTICLES = "SELECT * FROM articles WHERE {chosen} ORDER BY +published, id"
_NUMBER = "SELECT count(*) FROM {source} AS articles WHERE {chosen}"
_SUMMARY = """SELECT portals.key AS portal, portals.title, portals.region, count(articles.id) AS articles,
    count(articles.published) AS dated, count(articles.source) AS sourced,
    count(iif(articles.id IN (SELECT article FROM reprints WHERE relation = 'alias'), NULL, reprint_of)) AS reprints,
    count(articles.gone_at) AS gone,
    substr(min(articles.published), 1, 10) AS first_day, substr(max(articles.published), 1, 10) AS last_day
    FROM portals LEFT JOIN articles ON articles.portal = portals.key
    GROUP BY portals.key ORDER BY count(articles.id) DESC, portals.key"""
_REPORT = """SELECT names.key AS portal, portals.title, max(crawls.started_at) AS last_crawl, crawls.finished_at,
    crawls.counts, crawls.drops, crawls.errors, crawls.verdict, crawls.detail, {stored} AS articles
    FROM (SELECT key FROM portals UNION SELECT portal FROM crawls) AS names
    LEFT JOIN portals ON portals.key = names.key
    LEFT JOIN crawls ON crawls.portal = names.key AND crawls.started_at <= ?
    GROUP BY names.key ORDER BY names.key"""
# Captures of a story's further pages, and of an address that an article has moved to, are kept under the article.
_KEPT_UNDER = """SELECT ?1 UNION SELECT article FROM named_parts WHERE address = ?1
    UNION SELECT article FROM aliases WHERE id = ?1"""
_PAGES = "SELECT url, fetched_at, digest FROM captures WHERE article = ? AND status = 200 ORDER BY fetched_at DESC"
_ROWS = "SELECT count(*) FROM {}"
_OF_PORTAL = "(SELECT count(*) FROM {} AS articles WHERE articles.portal = names.key)"
_COUNTED = ("articles", "captures", "links", "reprints", "revisions", "events", "portals", "crawls")
_HAN = re.compile("[\u4e00-\u9fff]{2}")


class PortalSummary(TypedDict):
    """What the archive has of a portal."""

    portal: str
    title: str
    region: str | None
    articles: int
    dated: int
    sourced: int
    reprints: int
    gone: int
    first_day: str | None
    last_day: str | None


class LinkRow(TypedDict):
    """A link of a block around an article's story."""

    section: str | None  # the block's heading
    kind: str
    position: int
    title: str | None
    snippet: str | None
    url: str
    first_seen: str
    last_seen: str


class ArticleWithLinks(ArticleRow):
    """A row of `articles` with the links around the story."""

    links: list[LinkRow]


class CaptureRow(TypedDict):
    """A row of `captures`: one answer of a server, and where its record lies."""

    id: int
    url: str
    article: int
    portal: str | None
    fetched_at: str
    status: int
    digest: str | None
    warc: str | None
    offset: int | None
    length: int | None
    outcome: str | None
    charset: str | None
    mojibake: float | None
    redirect: str | None
    part: int | None
    version: str | None


class PortalReport(TypedDict):
    """A portal's last crawl: counts of its pages, and the verdict."""

    portal: str
    title: str | None
    articles: int
    last_crawl: str | None
    pages: int
    new: int
    revised: int
    gone: int
    dropped: str | None
    errors: str | None
    verdict: str
    detail: str | None


def counts(db: Database, tables: Iterable[str] = _COUNTED) -> dict[str, int]:
    """Count the rows of tables, `reprints` among them; an alias is no reprint."""
    there = files(db)
    numbers = {
        name: sum(int(db.execute(_ROWS.format(file.of(name))).fetchone()[0]) for file in there) for name in tables
    }
    numbers["reprints"] -= db.table("reprints").count_where("relation = 'alias'")
    return numbers


def summary(db: Database) -> list[PortalSummary]:
    """Return one row for each portal: articles, those with date, those with source, reprints, gone, first, last day."""
    return list(rows_of(PortalSummary, db, _SUMMARY))


def article(db: Database, url: str) -> ArticleWithLinks | None:
    """Return an article with its links, lists as lists; None where none is known at the address."""
    found = next(db.query("SELECT * FROM articles WHERE id = ?", [aliases.resolve(db, url)]), None)
    return None if found is None else _linked(db, _unfolded(found))


def _linked(db: Database, row: ArticleRow) -> ArticleWithLinks:
    return {**row, "links": links(db, row["id"])}


def links(db: Database, article: int) -> list[LinkRow]:
    """Return an article's links in page order."""
    query = """SELECT section, kind, position, title, snippet,
        (SELECT urls.url FROM urls WHERE urls.id = links.url) AS url, first_seen, last_seen
        FROM links WHERE article = ? ORDER BY links.rowid"""
    return list(rows_of(LinkRow, db, query, [article]))


@overload
def articles(db: Database, filters: Filters, *, with_links: Literal[True]) -> Iterator[ArticleWithLinks]: ...
@overload
def articles(db: Database, filters: Filters, *, with_links: bool = False) -> Iterator[ArticleRow]: ...
def articles(db: Database, filters: Filters, *, with_links: bool = False) -> Iterator[ArticleRow]:
    """Yield articles by publication, one at a time, so that an export of any size takes little memory."""
    for found in db.query(*filters.into(_ARTICLES)):
        row = _unfolded(found)
        yield _linked(db, row) if with_links else row


def number(db: Database, filters: Filters) -> int:
    """Count the articles that pass the filters."""
    asked = (filters.into(_NUMBER, source=file.of("articles")) for file in files(db))
    return sum(int(db.execute(*one).fetchone()[0]) for one in asked)


def known(db: Database, column: str) -> list[str]:
    """Return all portals, all portals' titles, or all regions."""
    name = {"portal": "key", "title": "title", "region": "region"}[column]
    return sorted({row[name] for row in db.table("portals").rows_where(f"{name} IS NOT NULL", select=name)})


def captures(db: Database, url: str) -> list[CaptureRow]:
    """Return all captures of an address, oldest first; for a story of several pages the captures of all its pages."""
    query = "SELECT * FROM captures WHERE article = ? ORDER BY fetched_at, id"
    return list(rows_of(CaptureRow, db, query, [url_id(url)]))


def last_outcome(db: Database, url: str) -> str | None:
    """Return the outcome of an address's last capture."""
    query = "SELECT outcome FROM captures WHERE article = ? ORDER BY fetched_at DESC LIMIT 1"
    found = db.execute(query, [url_id(url)]).fetchone()
    return found[0] if found else None


def last_page(db: Database, url: str) -> tuple[str, str | None] | None:
    """Return time and digest of the last capture of an address that was a page."""
    address, found = url_id(url), list[tuple[str, str | None]]()
    for (article,) in db.execute(_KEPT_UNDER, [address]):
        pages = db.execute(_PAGES, [article])
        found += islice(((at, digest) for own, at, digest in pages if url_id(own) == address), 1)
    return max(found, key=lambda page: page[0], default=None)


# The first page of a story may be missing when others are stored.
_READ = """SELECT id FROM articles EXCEPT SELECT article FROM parts WHERE NOT EXISTS
(SELECT 1 FROM captures WHERE captures.article = parts.article AND outcome = 'article' AND ifnull(part, 1) < 2)"""


def addresses(db: Database) -> tuple[set[int], set[int]]:
    """Return the ids of the articles' addresses that were read; and of further pages of stories, and of aliases."""
    further = db.execute("SELECT DISTINCT url FROM captures WHERE outcome = 'article' AND part > 1")
    others = {url_id(url) for (url,) in further} | {row[0] for row in db.execute("SELECT id FROM aliases")}
    return {row[0] for row in db.execute(_READ)}, others


def seen(db: Database, but: Container[int]) -> Iterator[tuple[str, str, float, float]]:
    """Yield all but the given articles: portal, address, and when first and last seen, in Unix time."""
    for article, portal, url, *seen_at in db.execute("SELECT id, portal, url, first_seen, last_seen FROM articles"):
        if article not in but:
            first, last = (datetime.fromisoformat(time).timestamp() for time in seen_at)
            yield portal, url, first, last


def _unfolded(row: Row) -> ArticleRow:
    """Turn an article's JSON columns into lists."""
    read = {name: json.loads(value) if name in LISTS and value else value for name, value in row.items()}
    return cast("ArticleRow", read)


def crawls(db: Database, portal: str | None, limit: int) -> list[Crawl]:
    """Return crawls, newest first, without crawls dated in the future, which a wrong clock has left."""
    query = """SELECT * FROM crawls WHERE (?1 IS NULL OR portal = ?1) AND started_at <= ?3
    ORDER BY started_at DESC, portal LIMIT ?2"""
    return [Crawl.from_row(row) for row in db.query(query, [portal, limit, _soon()])]


def _soon() -> str:
    """Return a time a little after now: later times are wrong, but the clocks of two machines may differ slightly."""
    return stamp(datetime.now(UTC) + timedelta(hours=1))


def a_word(db: Database) -> str:
    """Return two characters of the newest title that has any, "新闻" where none has."""
    for row in db.query(files(db)[0].own("SELECT title FROM articles ORDER BY published DESC, id LIMIT 100")):
        if found := _HAN.search(row["title"] or ""):
            return found[0]
    return "新闻"


def report(db: Database) -> list[PortalReport]:
    """Return one row for each portal with a crawl or an article: its articles, its last crawl's counts and verdict."""
    stored = " + ".join(_OF_PORTAL.format(file.of("articles")) for file in files(db))
    return [_report(row) for row in db.query(_REPORT.format(stored=stored), [_soon()])]


def _report(row: Row) -> PortalReport:
    counts: dict[str, int] = json.loads(row["counts"] or "{}")
    return {
        "portal": row["portal"],
        "title": row["title"],
        "articles": row["articles"],
        "last_crawl": row["last_crawl"],
        "pages": counts.get("pages", 0),
        "new": counts.get("new", 0),
        "revised": counts.get("revised", 0),
        "gone": counts.get("gone", 0),
        "dropped": named_counts(row["drops"]),
        "errors": named_counts(row["errors"]),
        "verdict": row["verdict"] or ("unfinished" if row["last_crawl"] else "never crawled"),
        "detail": row["detail"],
    }


def named_counts(packed: str | None) -> str | None:
    """Format a JSON object of counts by name as text, the highest first; None for no counts."""
    counts: dict[str, int] = json.loads(packed or "{}")
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {count}" for name, count in ordered) or None
