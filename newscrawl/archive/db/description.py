"""The meaning of every table, view and column of archive.db, for docs/schema.md and the pages in a browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.archive.sql.columns import columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

# In reading order: views and tables that people query first, internal tables last.
TABLE_MEANINGS = {
    "article_list": "One row for each article, with readable names",
    "reprint_families": "One row for each copy of an article, with its original",
    "withdrawn": "Articles that are gone from their sites, with their text",
    "article_history": "What happened to each article: first seen, revised, suspected, gone, returned",
    "article_links": "The links around each article, with both titles",
    "issues": "One row for each issue of a newspaper: how many articles its pages list, and how many are stored",
    "search_index": "The full-text index by article: `words MATCH fts_query('财政 民生')` is a search",
    "articles": "Every article, with its latest text",
    "revisions": "The earlier texts of articles",
    "events": "When an article was found missing, gone, or returned",
    "links": "The links around each article, by block: one row for each link, with the first and last time it was seen",
    "urls": "The addresses that links lead to",
    "reprints": "Which article is a copy of which, or its alias",
    "captures": "Every fetch of an address, with its outcome and the place of the raw page in the WARC files",
    "parts": "The pages of stories that have several pages",
    "placements": "One row for each article on a page of a newspaper: the issue, the page and the place",
    "named_parts": "Addresses of further pages of a story, found on its earlier pages",
    "aliases": "Second addresses of articles on the same site; captures of an alias are stored under its own id, "
    "and under the article's once the article has moved to it",
    "names": "One row for each author, editor and channel of an article",
    "places": "One row for each place that an article names in its title or text",
    "divisions": "China's official divisions: what the codes of `places` and `portals` mean",
    "searches": "Saved searches: see `newscrawl searches`; `newscrawl serve` has a feed of each",
    "profiles": "The host profiles that articles were extracted with: one row for each fact",
    "portals": "The news sites crawled",
    "crawls": "One row for each crawl of a portal",
    "texts": "Internal, for reprints: the distinct texts",
    "placed": "Internal, for reprints: which text an article has",
    "sketch": "Internal, for reprints: the values of the texts' sketches",
    "overlaps": "Internal, for reprints: pairs of texts that share enough",
    "searched": "Internal, for search: the number of an article in the index",
    "articles_fts": "Internal, for search: the full-text index, for `newscrawl search` and `fts_query(words)`",
    "articles_bigrams": "Internal, for search: a view without rows, which stands for the texts of the index",
    "search_changes": "Internal, for search: articles changed since the index was last brought up to date",
    "_sqlite_migrations": "Internal: the schema migrations that were applied to this file",
}
_LINK = {
    "title": "The link's text",
    "first_seen": "When the link was first seen on the article's page, UTC",
    "last_seen": "When the link was last seen on the article's page, UTC",
}
_OWN = {
    "article_list": {
        "portal": "The portal's title",
        "characters": "Length of the text",
        "revisions": "Number of revisions",
        "reprint_of": "Address of the article that this one reprints; null for an alias",
    },
    "searches": {
        "name": "The name it was saved under",
        "words": "The words searched for",
        "filters": "The filters, as JSON",
        "created_at": "When it was first saved, UTC",
    },
    "search_index": {"words": "The column for MATCH; it has no readable value"},
    "names": {"kind": "author, editor or channel", "name": "As printed"},
    "places": {
        "name": "As printed",
        "code": "Code of the division; null if the name may mean several",
        "mentions": "Number of times that title and text name it",
        "in_title": "1 if the title names it",
    },
    "divisions": {
        "code": "Code (GB/T 2260), six digits: two for the province, two for the city, two for the county; 00 for none",
        "name": "Official name",
        "short": "The name without 省, 市, 县 and the like",
        "level": "province, city or county",
        "province": "The province it lies in",
        "city": "The city it lies in; null for a province, and for a division outside of any city",
    },
    "profiles": {
        "hash": "The profile's hash, as in `articles.profile`",
        "host": "The host whose pages it was learnt from, and is used for",
        "kind": "site, story, byline, furniture, place, teaser or picture",
        "value": "The fact: a part of titles, a place on the page, a line, or an address",
    },
    "reprint_families": {"copies": "How many copies the original has"},
    "withdrawn": {"portal": "The portal's title", "evidence": "What showed that it is gone"},
    "article_history": {
        "title_now": "The article's latest title",
        "at": "When, UTC",
        "what": "first seen, revised, suspected, gone or returned",
        "detail": "The title before a revision, or the evidence of an event",
    },
    "article_links": {
        "article": "Title of the article",
        "article_url": "Address of the article",
        "url": "Target of the link",
    }
    | _LINK,
    "issues": {
        "portal": "The portal",
        "paper": "The newspaper's name",
        "issue": "The issue's day",
        "pages": "Number of pages with articles",
        "listed": "Number of articles that its pages list",
        "stored": "Number of these that are in `articles`",
    },
    "placements": {
        "url": "The article's address, whether it is in `articles` or not",
        "issue": "The issue's day",
        "page": "The page (版): 01, A02",
        "section": "The page's name: 要闻",
        "position": "The article's place on the page, from 1",
        "capture": "The capture of the newspaper page that lists the article",
        "seen_at": "When that capture was made, UTC",
    },
    "revisions": {"capture": "The capture this text is from", "seen_at": "When it was first seen, UTC"},
    "events": {
        "at": "When, UTC",
        "kind": "suspected (missing once), gone (missing twice in a row) or returned",
        "evidence": "What showed it: the HTTP status, soft-404, a redirect to the home page …",
    },
    "links": _LINK
    | {"url": "Id of the target in `urls`; the same id as in `articles`, if the target is an article of the archive"},
    "urls": {"id": "Hash of the canonical URL, as in `articles`", "url": "The address"},
    "reprints": {
        "original": "The article that published the story first",
        "relation": "Relation to the original: same, cut, extended or edited; alias: its page names the "
        "original's address as its own; contains: a digest with the original in it",
    },
    "captures": {
        "id": "Hash of address and time",
        "url": "The address fetched",
        "portal": "The portal whose crawl fetched it",
        "fetched_at": "When, UTC",
        "status": "HTTP status",
        "digest": "Digest of the payload, as in the WARC record",
        "warc": "The WARC file, a path below data/warc",
        "offset": "Start of the record in the WARC file, in bytes",
        "length": "Length of the compressed record, in bytes",
        "outcome": "article, or the reason why the page is none",
        "charset": "The character encoding the page was decoded with",
        "mojibake": "Share of wrongly decoded characters",
        "redirect": "The address that the response redirects to",
        "part": "Number of the page, from 1, if a story has several pages",
        "version": "Hash of the text in this capture; it changes with a revision",
    },
    "parts": {
        "number": "Number of the page, from 1; 1000 for a page with the whole story",
        "version": "Hash of the page's text",
        "total": "Number of pages of the story",
        "seen_at": "When it was first seen, UTC",
        "fields": "The other fields of this page, as JSON",
    },
    "aliases": {
        "id": "Hash of the address",
        "url": "The address",
        "article": "The article it shows",
        "evidence": "canonical: its page names the article's address as its own; twin: title and text are equal, "
        "and the addresses are forms of one; same: title, text and time of publication are equal",
    },
    "named_parts": {
        "address": "Hash of the address",
        "number": "Number of the page, from 1",
    },
    "portals": {
        "key": "The portal's name, as in `newscrawl crawl`; for a site without a portal file, its host",
        "title": "The name its readers know",
        "region": "The province",
        "level": "nation, province, city, county or other",
        "division": "Code of the portal's division, as in `divisions`",
    },
    "crawls": {
        "id": "Hash of portal and start",
        "portal": "The portal crawled",
        "started_at": "UTC",
        "finished_at": "UTC; null if the crawl was killed, or still runs",
        "counts": "Numbers of pages, articles, new and revised articles …, as JSON",
        "drops": "Pages that became no article, by reason, as JSON",
        "fill": "Share of the crawl's new articles that have a field, as JSON",
        "errors": "Requests without a usable response, by kind, as JSON",
        "measures": "Further figures for `newscrawl health`, as JSON: docs/operating.md lists them",
        "verdict": "The verdict: docs/operating.md lists all",
        "detail": "An explanation of the verdict",
    },
}  # fmt: skip
_SHARED = {
    "article": "The article's id",
    "section": "The block's heading as printed; null for none",
    "position": "Position in its block, from 0",
    "snippet": "The teaser below the link; null if there is none",
    "containment": "Share of the shorter text's 5-character grams that are in the longer text",
    "relation": "Relation to the original: same, cut, extended or edited; contains for a digest",
    "original_url": "Address of the original",
    "copy_url": "Address of the copy",
    "copy_portal": "Title of the portal with the copy",
}
_LINK_KIND = "related, hot, latest, recommended, neighbour (previous, next) or other"


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view as the database has it."""

    name: str
    kind: str  # "table", "view" or "machinery"
    doc: str
    columns: list[tuple[str, str, str]]  # name, type, meaning
    indexes: list[str]  # as "columns", "columns (unique)"
    sql: str  # of a view: its SELECT


def describe(db: Database) -> Iterator[Table]:
    """Yield the tables and views in the order of TABLE_MEANINGS; the shadow tables of the index are left out."""
    query = "SELECT name, type, sql FROM sqlite_master WHERE type IN ('table', 'view')"
    there = {name: (kind, sql) for name, kind, sql in db.execute(query) if not name.startswith("articles_fts_")}
    order = {name: place for place, name in enumerate(TABLE_MEANINGS)}
    for name in sorted(there, key=lambda name: (order.get(name, -1), name)):
        kind, sql = there[name]
        found = db.execute("SELECT name, type FROM pragma_table_info(?) ORDER BY cid", (name,)).fetchall()
        yield Table(
            name,
            "machinery" if TABLE_MEANINGS.get(name, "").startswith("Internal") else kind,
            TABLE_MEANINGS.get(name, ""),
            [(column, type_, meaning(name, column)) for column, type_ in found],
            list(_indexes(db, name)),
            sql.partition(" AS ")[2].strip() if kind == "view" else "",
        )


def column_meanings(table: str) -> dict[str, str]:
    """Return the meanings of a table's or view's columns, without columns that several tables share."""
    return {column.name: column.doc for column in columns()} if table == "articles" else dict(_OWN.get(table, {}))


def meaning(table: str, column: str) -> str:
    """Return the meaning of a column, "" where none is declared."""
    if own := _OWN.get(table, {}).get(column):
        return own
    known = {column.name: column.doc for column in columns()}
    if table == "articles":
        return known.get(column, "")
    if column == "kind":
        return _LINK_KIND
    if column in _SHARED:
        return _SHARED[column]
    for prefix, whose in (("original_", "Of the original: "), ("copy_", "Of the copy: ")):
        if column.startswith(prefix):
            return whose + known[column.removeprefix(prefix)]
    return known.get(column, "")


def _indexes(db: Database, table: str) -> Iterator[str]:
    """Yield a table's indexes by their columns."""
    for name, unique in db.execute(
        'SELECT name, "unique" FROM pragma_index_list(?) ORDER BY name', (table,)
    ).fetchall():
        names = [
            column or "an expression"
            for (column,) in db.execute("SELECT name FROM pragma_index_info(?) ORDER BY seqno", (name,))
        ]
        yield ", ".join(names) + (" (unique)" if unique else "")
