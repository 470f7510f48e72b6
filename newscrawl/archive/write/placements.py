"""An article's place in a newspaper, from the issue's pages, which may be stored before or after the article."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from newscrawl.archive.sql.rows import Row, one, rows_of, stamp, storable
from newscrawl.urls import url_id

if TYPE_CHECKING:
    from sqlite_utils import Database

    from newscrawl.items import Page

_COLUMNS = ("issue", "issue_page", "issue_section", "issue_order")
# An article listed on several pages, as on the front page and inside, gets its first place.
_FIRST = """SELECT issue, page AS issue_page, section AS issue_section, position AS issue_order FROM placements
    WHERE article = ? ORDER BY issue, page LIMIT 1"""
_PUT = """INSERT INTO placements(article, url, portal, issue, page, section, position, capture, seen_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT(article, issue, page) DO UPDATE SET url = excluded.url, portal = excluded.portal,
    section = excluded.section, position = excluded.position, capture = excluded.capture, seen_at = excluded.seen_at
    WHERE (excluded.seen_at, excluded.capture) > (seen_at, capture)"""
_ISSUES = """SELECT issue, pages, listed, stored FROM issues
    WHERE portal = ? AND issue BETWEEN ? AND ? ORDER BY issue"""


class Issue(TypedDict):
    """An issue of a newspaper: how many of its pages were seen, and of its articles listed and stored."""

    issue: str
    pages: int
    listed: int
    stored: int


def create(db: Database) -> None:
    """Make the table, and the columns of `articles` that are read from it."""
    texts = {"url": str, "portal": str, "issue": str, "page": str, "section": str, "seen_at": str}
    db.table("placements").create(
        {"article": int, **texts, "position": int, "capture": int},
        pk=("article", "issue", "page"),
        not_null={"url", "position"},
        foreign_keys=[("capture", "captures", "id")],
    )
    db.table("placements").create_index(["portal", "issue"])
    there = db.table("articles").columns_dict
    for name in _COLUMNS:  # a new archive has all columns from the start
        if name not in there:
            db.table("articles").add_column(name, int if name == "issue_order" else str)


def put(db: Database, page: Page, capture: int) -> None:
    """Write the places of the articles that a page of an issue lists, and update those articles already stored."""
    assert page.paper is not None  # the caller's condition
    paper, at = page.paper, stamp(page.fetched_at)
    for position, url in enumerate(paper.articles, 1):
        article = url_id(url)
        if (alias := one(db, "SELECT article FROM aliases WHERE id = ?", article)) is not None:
            article = alias["article"]
        row = (article, storable(url), page.portal.key, paper.issue, paper.number, storable(paper.section), position)
        db.execute(_PUT, (*row, capture, at))
        db.execute(
            "UPDATE articles SET (issue, issue_page, issue_section, issue_order) = (?, ?, ?, ?) WHERE id = ?",
            (*of(db, article).values(), article),
        )


def of(db: Database, article: int) -> Row:
    """Return an article's columns: issue, page, the page's name, and place on it; None without a newspaper."""
    return one(db, _FIRST, article) or dict.fromkeys(_COLUMNS)


def issues(db: Database, portal: str, since: str, until: str) -> list[Issue]:
    """Return the issues of a newspaper that were crawled: day, pages, number of articles listed and stored."""
    return list(rows_of(Issue, db, _ISSUES, [portal, since, until]))


def move(db: Database, article: int, to: int) -> None:
    """Move the places of an alias to its article."""
    db.execute("UPDATE OR REPLACE placements SET article = ? WHERE article = ?", (to, article))
    db.execute(
        "UPDATE articles SET (issue, issue_page, issue_section, issue_order) = (?, ?, ?, ?) WHERE id = ?",
        (*of(db, to).values(), to),
    )
