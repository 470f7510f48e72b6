"""Query an article's reprint family, for people: in order of time, each copy compared with the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, cast

from newscrawl.archive.sql.files import files
from newscrawl.archive.sql.rows import one, rows_of
from newscrawl.archive.write import aliases
from newscrawl.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

_COPIES = """SELECT a.id, a.url, a.title, portals.title AS portal, coalesce(a.source_norm, a.source) AS outlet,
    a.published, a.published_precision, a.first_seen, a.gone_at, a.body, {relation} AS relation, r.containment,
    julianday(coalesce(a.published, a.first_seen)) AS moment
FROM {source} LEFT JOIN portals ON portals.key = a.portal {among}
ORDER BY {order} moment, a.url"""
_MEMBERS = _COPIES.format(
    relation="CASE a.id WHEN :first THEN 'first' ELSE r.relation END",
    source="""(SELECT :first AS id UNION SELECT id FROM articles WHERE reprint_of = :first
        UNION SELECT article FROM reprints WHERE original = :first AND relation = 'contains') AS member
    JOIN articles AS a ON a.id = member.id LEFT JOIN reprints AS r ON r.article = a.id AND r.original = :first""",
    among="",
    order="a.id <> :first, r.relation = 'contains',",
)
_STORIES = _COPIES.format(
    relation="'contained'",
    source="reprints AS r JOIN articles AS a ON a.id = r.original",
    among="WHERE r.article = ? AND r.relation = 'contains'",
    order="",
)


class Member(TypedDict):
    """A member of a reprint family.

    The relation is "first" for the first article; for a copy same, cut, extended or edited; "alias" for a second
    address of another member, which is no copy; "contains" for a digest, "contained" for a story in it.
    """

    id: int
    url: str
    title: str | None
    portal: str | None  # its title
    outlet: str | None
    published: str | None
    published_precision: str | None
    first_seen: str
    gone_at: str | None
    body: str | None
    relation: str
    containment: float | None


class _Timed(Member):
    moment: float | None  # Julian day


def with_aliases(db: Database, url: str) -> list[Member]:
    """Return `family` of the article at an address or alias, each member followed by its other addresses as `alias`."""
    row = one(db, "SELECT url FROM articles WHERE id = ?", aliases.resolve(db, url))
    members = family(db, row["url"] if row else url)
    found: list[Member] = []
    for member in members:
        found.append(member)
        found += [{**member, "url": alias, "relation": "alias"} for alias in aliases.urls(db, member["id"])]
    return found


def family(db: Database, url: str) -> list[Member]:
    """Return the article that published a story first, then its copies by publication; [] for an unknown address.

    If the article at the address is a digest, the stories that it contains come last.
    """
    article = url_id(url)
    found = db.execute("SELECT ifnull(reprint_of, id) FROM articles WHERE id = ?", (article,)).fetchone()
    if found is None:
        return []
    return [
        *members(db, found[0]),
        *_timed(row for file in files(db) for row in rows_of(_Timed, db, file.own(_STORIES), [article])),
    ]


def members(db: Database, first: int) -> list[Member]:
    """Return the first of a family, by its id, and its copies, as `family` does."""
    rows = [row for file in files(db) for row in rows_of(_Timed, db, file.own(_MEMBERS), {"first": first})]
    own = [row for row in rows if row["id"] == first]
    copies = [row for row in rows if row["id"] != first and row["relation"] != "contains"]
    digests = [row for row in rows if row["id"] != first and row["relation"] == "contains"]
    return [*_timed(own), *_timed(copies), *_timed(digests)]


def _timed(rows: Iterable[_Timed]) -> list[Member]:
    """Put rows in order of time; those of one file are already."""
    ordered = sorted(rows, key=lambda row: (row["moment"] or 0.0, row["url"]))
    return [cast("Member", {name: value for name, value in row.items() if name != "moment"}) for row in ordered]
