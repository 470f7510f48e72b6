"""Write an article's row, revisions and events according to its timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.archive.reprints import detect, sketch
from newscrawl.archive.sql import times
from newscrawl.archive.sql.rows import Row, rows_of, upsert
from newscrawl.archive.write import facts, multipage, placements
from newscrawl.archive.write.timeline import Timeline, Version, same_version, version_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from newscrawl.items import Fingerprint, Page

_REVISION = ("title", "body", "published", "source", "content_hash", "published_precision")


@dataclass(frozen=True, slots=True)
class ArticleWrite:
    """The sources of an article's row: the page being stored, and the rows already in the tables."""

    db: Database
    article: int
    page: Page
    capture: int
    text: Row | None  # the article's columns from the page being stored
    row: Row | None  # the article's current row, `as_read`
    versions: dict[int, str]  # version by capture

    def find(self, version: Version) -> Row:
        """Return the columns of a version: from its parts, the page being stored, the article's row, or a revision."""
        if 0 not in version.pages:
            return multipage.joined(self.db, self.article, version)
        if self.text is not None and (version.capture == self.capture or self._supersedes(self.text, version)):
            return {**self.text, "complete": 1}
        kept = [self.row] if self.row else []
        kept += [{**(self.row or {}), **revision} for revision in self._revisions()]
        exact = [row for row in kept if row["capture"] == version.capture]
        wanted = self.versions[version.capture]
        alike = [row for row in kept if same_version(self.versions.get(row["capture"], "?|"), wanted)]
        found = (exact or alike or ([{**self.text, "complete": 1}] if self.text else []) or kept)[0]
        return {name: found[name] for name in found if name not in {"capture", "seen_at", "article"}}

    def _supersedes(self, text: Row, version: Version) -> bool:
        """Return whether the page being stored has the row's text, extracted by newer rules."""
        wanted = self.versions[version.capture]
        if self.row is None or self.row["capture"] != version.capture or not same_version(version_of(text), wanted):
            return False
        return text["rules"] != self.row["rules"] or not same_version(version_of(self.row), wanted)

    def _revisions(self) -> Iterable[Row]:
        return map(as_read, rows_of(Row, self.db, "SELECT * FROM revisions WHERE article = ?", [self.article]))


def as_read(row: Row) -> Row:
    """Return a row of `articles` or `revisions` with its publication time as the page gave it, like a new text's."""
    return {**row, "published": times.of_page(row["published"], row["published_precision"])}


def _spelt(row: Row) -> Row:
    """Return a row to store: its publication time in the archive's format."""
    published, precision = times.stored(row["published"])
    return {**row, "published": published, "published_precision": precision}


def put(write: ArticleWrite, line: Timeline) -> None:
    """Write the article's row, its earlier texts as revisions, and its reprint family."""
    db, before, version = write.db, _spelt(write.row) if write.row else {}, line.versions[-1]
    row = {**_spelt(write.find(version)), "id": write.article, "capture": version.capture}
    row |= {"first_seen": line.first_seen, "last_seen": line.last_seen, "gone_at": line.gone_at}
    row |= placements.of(db, write.article)
    earlier = [_revision(write, old) for old in line.versions[:-1]]
    row["reprint_of"] = before.get("reprint_of")
    if not before or row["body"] != before["body"]:
        row["content_hash"] = _fingerprint(write.page, row["body"]).content_hash
        row["word_count"] = facts.word_count(row["body"])
    else:
        row["content_hash"] = before["content_hash"]
    changed = {name: value for name, value in row.items() if name not in before or before[name] != value}
    if not before:
        upsert(db, "articles", ("id",), row)
    elif changed:
        db.table("articles").update(write.article, changed)
    _put_revisions(db, write.article, earlier)
    if not changed.keys().isdisjoint(detect.BEARS_ON_REPRINTS):
        body = row["body"] or ""
        detect.place(db, write.article, _fingerprint(write.page, body), body)


def _fingerprint(page: Page, body: str | None) -> Fingerprint:
    if page.fingerprint is not None and page.article is not None and page.article.body == body:
        return page.fingerprint
    return sketch.fingerprint(body or "")


def _revision(write: ArticleWrite, version: Version) -> Row:
    text = write.find(version)
    row: Row = {"article": write.article, "capture": version.capture, "seen_at": version.at}
    spelt = _spelt(text)
    row |= {name: spelt.get(name) for name in _REVISION}
    row["content_hash"] = row["content_hash"] or _fingerprint(write.page, row["body"]).content_hash
    return row


def _put_revisions(db: Database, article: int, wanted: list[Row]) -> None:
    there = list(rows_of(Row, db, "SELECT * FROM revisions WHERE article = ? ORDER BY seen_at, capture", [article]))
    if there == wanted:
        return
    db.execute("DELETE FROM revisions WHERE article = ?", [article])
    for row in wanted:
        upsert(db, "revisions", ("article", "capture"), row)


def put_events(db: Database, article: int, line: Timeline) -> None:
    """Write an article's events that are not stored yet."""
    wanted = [(event.at, event.kind, event.evidence) for event in line.events]
    there = list(db.execute("SELECT at, kind, evidence FROM events WHERE article = ? ORDER BY at, rowid", [article]))
    if there != wanted:
        db.execute("DELETE FROM events WHERE article = ?", [article])
        db.conn.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", [(article, *event) for event in wanted])
