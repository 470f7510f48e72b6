"""Articles that a site has at two addresses: one row is kept, of the other only its address, in `aliases`.

Three things tell a double: its page names the other address as its own and has its text; the addresses are twins (see
`newscrawl.twins.twin_key`), title and text are equal; or title, text, site and the minute of publication are equal (for
a long text the day), as where an article was put into two channels. The captures of an alias stay, and so do its pages
in the WARC files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.archive.reprints import detect
from newscrawl.archive.sql.rows import Row, one
from newscrawl.archive.write import placements
from newscrawl.twins import site_of, strangeness, twin_key
from newscrawl.urls import registered_domain, url_id

if TYPE_CHECKING:
    from sqlite_utils import Database

CLAIMED, TWIN, SAME = "canonical", "twin", "same"
# Characters of a text that two channels do not have by chance under one title: in the same minute, on the same day.
SHORTEST, SHORTEST_OF_DAY = 60, 200
_ARTICLE = """SELECT id, url, title, published, published_precision, canonical_url, content_hash, length(body) AS size,
    first_seen FROM articles WHERE id = ?"""
_EQUAL = "SELECT id FROM articles WHERE content_hash = ? AND id <> ?"
_CLAIMING = "SELECT article AS id FROM reprints WHERE relation = 'alias' AND (article = ?1 OR original = ?1)"
_OF_ARTICLES = ("revisions", "events", "links", "parts", "named_parts")


@dataclass(frozen=True, slots=True)
class Double:
    """An address folded into another: both, and what told it (canonical, twin, same)."""

    alias: str
    url: str
    evidence: str


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
    """Give the article that an address is an alias of, or None."""
    found = one(db, "SELECT article FROM aliases WHERE id = ?", address)
    return None if found is None else int(found["article"])


def resolve(db: Database, url: str) -> int:
    """Give the id of the article at an address, through an alias."""
    address = url_id(url)
    return owner(db, address) or address


def fold(db: Database, article: int) -> list[Double]:
    """Fold an article into its double, or its doubles into it; call it when the article's row and place are written."""
    found = []
    for alias, other, evidence in _pairs(db, article):
        if owner(db, alias["id"]) is None and owner(db, other["id"]) is None:
            _fold(db, alias["id"], alias["url"], other["id"], evidence)
            found.append(Double(alias["url"], other["url"], evidence))
    return found


def urls(db: Database, article: int) -> list[str]:
    """Give the other addresses of an article."""
    return [row["url"] for row in db.query("SELECT url FROM aliases WHERE article = ? ORDER BY url", [article])]


def _pairs(db: Database, article: int) -> list[tuple[Row, Row, str]]:
    """Give (alias, owner, evidence) of the doubles that an article is one of."""
    pairs = []
    for row in db.query(_CLAIMING, [article]):
        alias = one(db, _ARTICLE, row["id"])
        claimed = one(db, _ARTICLE, url_id(alias["canonical_url"] or "")) if alias else None
        if alias and claimed and registered_domain(claimed["url"]) == registered_domain(alias["url"]):
            pairs.append((alias, claimed, CLAIMED))
    own = one(db, _ARTICLE, article)
    if own is None or not own["size"]:
        return pairs
    for row in db.query(_EQUAL, [own["content_hash"], article]):
        other = one(db, _ARTICLE, row["id"])
        if other and (evidence := _evidence(own, other)):
            alias, kept = sorted((own, other), key=_rank, reverse=True)
            pairs.append((alias, kept, evidence))
    return pairs


def _evidence(one_of: Row, other: Row) -> str | None:
    """Tell why two articles with the same text are one; None where nothing says so."""
    if one_of["title"] != other["title"] or site_of(one_of["url"]) != site_of(other["url"]):
        return None
    if twin_key(one_of["url"]) == twin_key(other["url"]):
        return TWIN
    if one_of["published"] is None or one_of["published"] != other["published"]:
        return None
    shortest = SHORTEST_OF_DAY if one_of["published_precision"] == "day" else SHORTEST
    return SAME if one_of["size"] >= shortest else None


def _rank(article: Row) -> tuple[int, str, int, str]:
    """Order doubles, the one to keep first: no page for phones or printers, seen first, the shorter address."""
    return strangeness(article["url"]), article["first_seen"], len(article["url"]), article["url"]


def _fold(db: Database, alias: int, url: str, kept: int, evidence: str) -> None:
    db.execute("INSERT INTO aliases VALUES (?, ?, ?, ?)", (alias, url, kept, evidence))
    db.execute("UPDATE aliases SET article = ? WHERE article = ?", (kept, alias))
    detect.remove(db, alias)
    for table in _OF_ARTICLES:
        db.table(table).delete_where("article = ?", [alias])
    placements.move(db, alias, kept)
    db.execute("DELETE FROM articles WHERE id = ?", (alias,))
