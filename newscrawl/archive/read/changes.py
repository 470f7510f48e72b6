"""Changes of articles (new, revised, withdrawn, returned, copied) and saved searches to follow them.

The time of a change is when a crawl saw it. Changes have no table of their own: they are read from the articles'
rows, revisions, events and reprints.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from typing import TYPE_CHECKING, TypedDict, Unpack, cast

from newscrawl.archive.search.filters import FILTERS, FilterArgs, Filters, OtherFilters
from newscrawl.archive.sql.files import files
from newscrawl.archive.sql.rows import rows_of, stamp
from newscrawl.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlite_utils import Database

    from newscrawl.text import Json


# When a text of `revisions` was replaced: when the next revision, or the current text, was first seen.
REPLACED_AT = """coalesce((SELECT min(later.seen_at) FROM revisions AS later
    WHERE later.article = revisions.article AND later.seen_at > revisions.seen_at),
    (SELECT fetched_at FROM captures WHERE captures.id = articles.capture))"""
# By kind of change: SQL for its time, its `detail` and its tables. "copied" is a change of the original: its time is
# when the later of the two articles was first seen, and `detail` is the copy's address.
_EVENTS = "events JOIN articles ON articles.id = events.article AND events.kind = '{}'"
_KINDS = {
    "new": ("articles.first_seen", "NULL", "articles"),
    "revised": (REPLACED_AT, "revisions.title", "revisions JOIN articles ON articles.id = revisions.article"),
    "withdrawn": ("events.at", "events.evidence", _EVENTS.format("gone")),
    "returned": ("events.at", "events.evidence", _EVENTS.format("returned")),
    "copied": (
        "max(articles.first_seen, copy.first_seen)",
        "copy.url",
        """reprints JOIN articles ON articles.id = reprints.original AND relation NOT IN ('alias', 'contains')
        JOIN articles AS copy ON copy.id = reprints.article""",
    ),
}
KINDS = tuple(_KINDS)
_OF_KIND = """SELECT {at} AS at, '{kind}' AS what, articles.id AS article, {detail} AS detail FROM {source}
    WHERE {at} >= ? AND {at} < ? AND {chosen}"""
_CHANGES = """SELECT step.at, step.what, articles.id, articles.url, articles.title, articles.portal, articles.region,
        articles.published, articles.published_precision, step.detail
    FROM ({steps} ORDER BY at DESC, what, article LIMIT ?) AS step
    JOIN articles ON articles.id = step.article ORDER BY step.at DESC, step.what, articles.id"""
_TABLE = """CREATE TABLE searches (name TEXT PRIMARY KEY, words TEXT NOT NULL, filters TEXT NOT NULL,
    created_at TEXT NOT NULL) WITHOUT ROWID"""


class Change(TypedDict):
    """A change of an article, and when a crawl saw it."""

    at: str
    what: str  # one of KINDS
    id: int  # of the article
    url: str
    title: str | None
    portal: str | None
    region: str | None
    published: str | None
    published_precision: str | None
    detail: str | None  # the title before a revision, the evidence of a withdrawal or return, the address of a copy


@dataclass(frozen=True, slots=True)
class Search:
    """A saved search, with its name."""

    name: str
    words: str
    filters: OtherFilters
    created_at: str

    @property
    def chosen(self) -> FilterArgs:
        """Return the filters, the words among them."""
        return {**self.filters, "words": self.words}


def create(db: Database) -> None:
    """Make the table of searches, and the indexes by time."""
    db.execute(_TABLE)
    db.execute("CREATE INDEX articles_first_seen ON articles(first_seen)")
    db.execute("CREATE INDEX events_at ON events(at)")


def changes(
    db: Database,
    *,
    after: datetime,
    before: datetime | None = None,
    kinds: Collection[str] = KINDS,
    limit: int | None = None,
    **filters: Unpack[FilterArgs],
) -> Iterator[Change]:
    """Yield changes since a time, the latest first. The filters' days are days of publication."""
    chosen = Filters(**filters)
    steps, bound = [], []
    for file, kind in product(files(db), kinds):
        at, detail, source = _KINDS[kind]
        step, values = chosen.into(_OF_KIND, at=at, kind=kind, detail=detail, source=source)
        steps.append(file.own(step))
        bound += [stamp(after), stamp(before) if before else "9999", *values]
    query = _CHANGES.format(steps=" UNION ALL ".join(steps))
    yield from rows_of(Change, db, query, [*bound, -1 if limit is None else limit])


def save(db: Database, name: str, words: str, filters: OtherFilters) -> None:
    """Save a search under a name, replacing a search of that name; the caller holds the transaction.

    Raises:
        ArchiveError: the words or filters cannot be searched for, or the name is empty or has a slash.
    """
    if not name.strip() or "/" in name:
        raise ArchiveError(f"{name!r} is no name for a search: it stands in an address, and may have no slash")
    Filters(**filters, words=words).where()
    chosen = {key: value for key, value in filters.items() if value is not None}
    row = (name, words, json.dumps(chosen, ensure_ascii=False), stamp(datetime.now(UTC)))
    db.execute(
        "INSERT INTO searches VALUES (?, ?, ?, ?) ON CONFLICT(name) DO UPDATE SET"
        " words = excluded.words, filters = excluded.filters",
        row,
    )


def forget(db: Database, name: str) -> None:
    """Remove a search; the caller holds the transaction.

    Raises:
        ArchiveError: there is none of that name.
    """
    search(db, name)
    db.execute("DELETE FROM searches WHERE name = ?", (name,))


def search(db: Database, name: str) -> Search:
    """Return a search by its name.

    Raises:
        ArchiveError: there is none of that name.
    """
    known = {row.name: row for row in searches(db)}
    if name not in known:
        raise ArchiveError(f"no search is called {name!r}; there are {', '.join(known) or 'none'}: newscrawl searches")
    return known[name]


def searches(db: Database) -> list[Search]:
    """Return the saved searches by name, without filters that only a newer newscrawl knows."""
    rows = db.execute("SELECT name, words, filters, created_at FROM searches ORDER BY name")
    return [Search(name, words, _known(json.loads(filters)), created) for name, words, filters, created in rows]


def _known(filters: dict[str, Json]) -> OtherFilters:
    return cast("OtherFilters", {key: value for key, value in filters.items() if key in FILTERS})
