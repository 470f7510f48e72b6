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
    "article_list": "Articles with readable names, a row each",
    "reprint_families": "Originals and their copies, a row a copy",
    "withdrawn": "Articles that are gone from their sites, with their text",
    "article_history": "What happened to each article: first seen, revised, suspected, gone, returned",
    "article_links": "The links around each article, with both titles",
    "issues": "The issues of newspapers, a row a day: how many articles their pages list, and how many are there",
    "search_index": "The full-text index by article: `words MATCH fts_query('财政 民生')` is a search",
    "articles": "Every article, with its latest text",
    "revisions": "The earlier texts of articles",
    "events": "When an article was found missing, gone, or back again",
    "links": "The links around each article, by block: each once, with the first and last time it was on the page",
    "urls": "The addresses that links lead to",
    "reprints": "Which article is a copy of which, or its alias",
    "captures": "Every fetch of an article's address, and where its raw page lies in the WARC files",
    "parts": "The pages of stories over several pages",
    "placements": "Where articles stand in newspapers, a row for each page that lists one",
    "named_parts": "Addresses of further pages, as the earlier pages of a story name them",
    "aliases": "Second addresses of articles, on their own site; their captures are kept under their own id",
    "names": "Authors, editors and channels of articles, a row each",
    "places": "The places that titles and texts name, a row for each name in an article",
    "divisions": "China's official divisions: what the codes of `places` and `portals` mean",
    "searches": "Searches that are saved: `newscrawl searches`, and a feed each in `newscrawl serve`",
    "profiles": "The host profiles that articles were extracted with, one row a fact",
    "portals": "The news sites crawled",
    "crawls": "One row a crawl of a portal",
    "texts": "Machinery of reprints: the distinct texts",
    "placed": "Machinery of reprints: which text an article has",
    "sketch": "Machinery of reprints: the values of the texts' sketches",
    "overlaps": "Machinery of reprints: pairs of texts that share enough",
    "searched": "Machinery of search: the number of an article in the index",
    "articles_fts": "Machinery of search: the full-text index; use it through `newscrawl search` or `fts_query(words)`",
    "articles_bigrams": "Machinery of search: a view without rows, for the index holds no texts to be read or dumped",
    "search_changes": "Machinery of search: articles changed since the index was last brought up to date",
    "_sqlite_migrations": "Machinery: the migrations of the schema that this file has had",
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
        "revisions": "How often it was changed",
        "reprint_of": "Address of the article this one reprints; null for an alias",
    },
    "searches": {
        "name": "The name it was saved under",
        "words": "The words searched for",
        "filters": "The filters that are set, as JSON",
        "created_at": "When it was first saved, UTC",
    },
    "search_index": {"words": "The column to put before MATCH; reading it gives nothing"},
    "names": {"kind": "author, editor or channel", "name": "As printed"},
    "places": {
        "name": "As printed",
        "code": "Code of the division; null where the name may mean several",
        "mentions": "How often title and text name it",
        "in_title": "1 where the title names it",
    },
    "divisions": {
        "code": "Its code (GB/T 2260): two digits of a province, four of a city, six of a county, filled with zeros",
        "name": "Official name",
        "short": "The name without 省, 市, 县 and the like",
        "level": "province, city or county",
        "province": "The province it lies in",
        "city": "The city it lies in; null for a province, and for a division that no city governs",
    },
    "profiles": {
        "hash": "The profile's hash, as in `articles.profile`",
        "host": "The host whose pages it was learnt from, and is used for",
        "kind": "site, story, byline, furniture, place, teaser or picture",
        "value": "The fact: an ending of titles, a place on the page, a line, or an address",
    },
    "reprint_families": {"copies": "How many copies the original has"},
    "withdrawn": {"portal": "The portal's title", "evidence": "Why it counts as gone"},
    "article_history": {
        "title_now": "The article's latest title",
        "at": "When, UTC",
        "what": "first seen, revised, suspected, gone or returned",
        "detail": "The title before a revision, or the evidence of an event",
    },
    "article_links": {
        "article": "Title of the article",
        "article_url": "Address of the article",
        "url": "Where it leads",
    }
    | _LINK,
    "issues": {
        "portal": "The portal",
        "paper": "The newspaper's name",
        "issue": "The issue's day",
        "pages": "Pages with articles",
        "listed": "Articles that its pages list",
        "stored": "Of these, how many are in `articles`",
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
        "evidence": "How it showed: the status, soft-404, redirect to the home page …",
    },
    "links": _LINK
    | {"url": "Where it leads: an address of `urls`, and the id of that article if it is in the archive"},
    "urls": {"id": "Hash of the canonical URL, as of articles", "url": "The address"},
    "reprints": {
        "original": "The article that published the story first",
        "relation": "What the article is to the original: same, cut, extended or edited; alias: the same article at "
        "another address; contains: a digest that holds it",
    },
    "captures": {
        "id": "Hash of address and time",
        "url": "The address fetched",
        "portal": "The portal whose crawl fetched it",
        "fetched_at": "When, UTC",
        "status": "HTTP status",
        "digest": "Of the payload, as the WARC record has it",
        "warc": "The WARC file, a path below data/warc",
        "offset": "Where the record begins in the WARC file, in bytes",
        "length": "Length of the compressed record, in bytes",
        "outcome": "article, or the reason there is none",
        "charset": "The character encoding the page was decoded with",
        "mojibake": "Share of wrongly decoded characters",
        "redirect": "The address that the response redirects to",
        "part": "Which page of a story over several, from 1",
        "version": "Hash of the text in this capture; another hash is a revision",
    },
    "parts": {
        "number": "Which page of the story, from 1; 1000 for a page with the whole story",
        "version": "Hash of the page's text",
        "total": "How many pages the story has",
        "seen_at": "When it was first seen, UTC",
        "fields": "The page's other fields, as JSON",
    },
    "aliases": {
        "id": "Hash of the address",
        "url": "The address",
        "article": "The article it shows",
        "evidence": "canonical: its page names the article's address; twin: another form of one address, same text;"
        " same: title, text and minute of publication (for a long text the day) are equal",
    },
    "named_parts": {
        "address": "Hash of the address",
        "number": "Which page of the story it is, from 1",
    },
    "portals": {
        "key": "The portal's name, as in `newscrawl crawl`; the host for WARC files of an undeclared site",
        "title": "The name its readers know",
        "region": "The province",
        "level": "nation, province, city, county or other",
        "division": "Code of the division it is of: a row of `divisions`",
    },
    "crawls": {
        "id": "Hash of portal and start",
        "portal": "The portal crawled",
        "started_at": "UTC",
        "finished_at": "UTC; null for a crawl that was cut off",
        "counts": "pages, articles, new, revised …, as JSON",
        "drops": "Pages that became no article, by reason, as JSON",
        "fill": "Share of the crawl's new articles that have a field, as JSON",
        "errors": "Requests without a usable response, by kind, as JSON",
        "measures": "Further figures that the crawl is judged by, as JSON: docs/operating.md lists them",
        "verdict": "How it went, in a word or two: docs/operating.md lists them",
        "detail": "The verdict in a sentence",
    },
}  # fmt: skip
_SHARED = {
    "article": "The article's id",
    "section": "The block's heading as printed; null for none",
    "position": "Place in its block, from 0",
    "snippet": "The teaser below the link, where the block has one",
    "containment": "Share of the shorter text's 5-character grams found in the longer",
    "relation": "What the copy is to the original: same, cut, extended, edited; contains for a digest",
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
            "machinery" if TABLE_MEANINGS.get(name, "").startswith("Machinery") else kind,
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
