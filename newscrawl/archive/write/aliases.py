"""Merge articles that a site has at two addresses: one article is kept, the other address becomes an alias.

Two articles are the same if one page names the other's address as its canonical URL and has the same text; if the
addresses are twins (see `newscrawl.twins.twin_key`) with the same title and text; or if title, text, site and minute
of publication are equal (for a long text the day), as when an article appears in two channels. The captures of an
alias are kept, and its pages in the WARC files too.

If one address redirects to the other, at once or through further ones, the article has moved: it keeps its first
address, and from then on captures of the alias are captures of the article (see `timeline`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from newscrawl.archive.reprints import detect
from newscrawl.archive.sql.rows import Row, one, rows_of
from newscrawl.archive.write import placements
from newscrawl.twins import site_of, strangeness, twin_key
from newscrawl.urls import registered_domain, url_id

if TYPE_CHECKING:
    from collections.abc import Container

    from sqlite_utils import Database

CLAIMED, TWIN, SAME = "canonical", "twin", "same"
# Fewest characters of a text to be no coincidence under the same title: in the same minute, on the same day.
SHORTEST, SHORTEST_OF_DAY = 60, 200
MOST_HOPS = 5  # redirects in a row that are followed to an alias
_ARTICLE = """SELECT id, url, title, published, published_precision, canonical_url, content_hash, length(body) AS size,
    first_seen FROM articles WHERE id = ?"""
_EQUAL = "SELECT id FROM articles WHERE content_hash = ? AND id <> ?"
_CLAIMING = "SELECT article AS id FROM reprints WHERE relation = 'alias' AND (article = ?1 OR original = ?1)"
_NEXT_CAPTURE = """SELECT redirect, fetched_at FROM captures WHERE article = ? AND fetched_at > ?
    ORDER BY fetched_at, id LIMIT 1"""
_LAST_CAPTURE = """SELECT redirect, fetched_at FROM captures WHERE article = ?
    ORDER BY fetched_at DESC, id DESC LIMIT 1"""
_OF_ARTICLES = ("revisions", "events", "links", "parts", "named_parts")


@dataclass(frozen=True, slots=True)
class Double:
    """An address merged into another, with the evidence (canonical, twin, same)."""

    alias: str
    url: str
    evidence: str


class _Article(TypedDict):
    id: int
    url: str
    title: str | None
    published: str | None
    published_precision: str | None
    canonical_url: str | None
    content_hash: str | None
    size: int | None  # characters
    first_seen: str


def create(db: Database) -> None:
    """Make the table."""
    db.table("aliases").create(
        {"id": int, "url": str, "article": int, "evidence": str},
        pk="id",
        not_null={"url", "article"},
        foreign_keys=[("article", "articles", "id")],
    )
    db.table("aliases").create_index(["article"])


def owner(db: Database, address: int) -> int | None:
    """Return the article that an address is an alias of, or None."""
    found = one(db, "SELECT article FROM aliases WHERE id = ?", address)
    return None if found is None else int(found["article"])


def of(db: Database, article: int) -> set[int]:
    """Return the aliases of an article."""
    return {alias for (alias,) in db.execute("SELECT id FROM aliases WHERE article = ?", [article])}


def led_to(db: Database, redirect: str | None, at: str, ends: Container[int]) -> int | None:
    """Return the alias to which a redirect led, at once or through addresses captured next; None if to none of them."""
    for _ in range(MOST_HOPS):
        if redirect is None:
            break
        if (target := url_id(redirect)) in ends:
            return target
        redirect, at = db.execute(_NEXT_CAPTURE, [target, at]).fetchone() or (None, at)
    return None


def resolve(db: Database, url: str) -> int:
    """Return the id of the article at an address, through an alias."""
    address = url_id(url)
    return owner(db, address) or address


def fold(db: Database, article: int) -> list[Double]:
    """Merge an article into its double, or its doubles into it; call it after row and reprints are written."""
    found = []
    for alias, other, evidence in _pairs(db, article):
        if owner(db, alias["id"]) is None and owner(db, other["id"]) is None:
            _fold(db, alias["id"], alias["url"], other["id"], evidence)
            found.append(Double(alias["url"], other["url"], evidence))
    return found


def urls(db: Database, article: int) -> list[str]:
    """Return the other addresses of an article."""
    return [row["url"] for row in rows_of(Row, db, "SELECT url FROM aliases WHERE article = ? ORDER BY url", [article])]


def _pairs(db: Database, article: int) -> list[tuple[_Article, _Article, str]]:
    """Return (alias, owner, evidence) for each pair of doubles with the article in it."""
    pairs = []
    for row in rows_of(Row, db, _CLAIMING, [article]):
        alias = _article(db, row["id"])
        claimed = _article(db, url_id(alias["canonical_url"] or "")) if alias else None
        if alias and claimed and registered_domain(claimed["url"]) == registered_domain(alias["url"]):
            pairs.append((alias, claimed, CLAIMED))
    own = _article(db, article)
    if own is None or not own["size"]:
        return pairs
    for row in rows_of(Row, db, _EQUAL, [own["content_hash"], article]):
        other = _article(db, row["id"])
        if other and (evidence := _evidence(own, other)):
            alias, kept = sorted((own, other), key=_rank, reverse=True)
            pairs.append((kept, alias, evidence) if _moved(db, alias, kept) else (alias, kept, evidence))
    return pairs


def _article(db: Database, number: int) -> _Article | None:
    return next(rows_of(_Article, db, _ARTICLE, [number]), None)


def _evidence(one_of: _Article, other: _Article) -> str | None:
    """Return the evidence that two articles with the same text are one; None if there is none."""
    if one_of["title"] != other["title"] or site_of(one_of["url"]) != site_of(other["url"]):
        return None
    if twin_key(one_of["url"]) == twin_key(other["url"]):
        return TWIN
    if one_of["published"] is None or one_of["published"] != other["published"]:
        return None
    shortest = SHORTEST_OF_DAY if one_of["published_precision"] == "day" else SHORTEST
    return SAME if (one_of["size"] or 0) >= shortest else None


def _moved(db: Database, article: _Article, to: _Article) -> bool:
    """Return whether an article's last capture redirects to another: it has moved there, and keeps its history."""
    redirect, at = db.execute(_LAST_CAPTURE, [article["id"]]).fetchone() or (None, "")
    return led_to(db, redirect, at, {to["id"]}) is not None


def _rank(article: _Article) -> tuple[int, str, int, str]:
    """Return a sort key, the double to keep first: no page for phones or printers, seen earlier, shorter address."""
    return strangeness(article["url"]), article["first_seen"], len(article["url"]), article["url"]


def _fold(db: Database, alias: int, url: str, kept: int, evidence: str) -> None:
    db.execute("INSERT INTO aliases VALUES (?, ?, ?, ?)", (alias, url, kept, evidence))
    db.execute("UPDATE aliases SET article = ? WHERE article = ?", (kept, alias))
    detect.remove(db, alias)
    for table in _OF_ARTICLES:
        db.table(table).delete_where("article = ?", [alias])
    placements.move(db, alias, kept)
    db.execute("DELETE FROM articles WHERE id = ?", (alias,))
