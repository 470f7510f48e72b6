"""The history of an article: its versions, each compared with the one before, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, TypedDict

from newscrawl.archive.sql import times
from newscrawl.archive.sql.rows import rows_of
from newscrawl.archive.text.diff import diff, render
from newscrawl.archive.write import aliases

if TYPE_CHECKING:
    from sqlite_utils import Database

# `published` is written as precisely as the page gave it, since readers compare one version with the next.
_VERSIONS = """SELECT seen_at, capture, title, body, {published} AS published, source, content_hash
    FROM revisions WHERE article = :id
    UNION ALL
    SELECT fetched_at, capture, title, body, {published}, source, content_hash
    FROM articles JOIN captures ON captures.id = articles.capture WHERE articles.id = :id
    ORDER BY 1, 2"""


class Version(TypedDict):
    """A text of an article, and the capture that first showed it."""

    seen_at: str
    capture: int
    title: str | None
    body: str | None
    published: str | None
    source: str | None
    content_hash: str | None


class Event(TypedDict):
    """Something that happened to an article: suspected, gone, returned."""

    at: str
    kind: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an article's history; `what` is "first seen", "revised", "suspected", "gone" or "returned"."""

    at: str  # UTC
    what: str
    detail: str  # first seen: the title; an event: its evidence; a revision: its changes as plain text
    changes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # a revision's `diff` of each field


def history(db: Database, url: str) -> list[Step]:
    """Return an article's versions and events in order of time; each version has a diff to the last."""
    versions, events = _versions(db, url), _events(db, url)
    result = [Step(version["seen_at"], "first seen", version["title"] or "") for version in versions[:1]]
    for before, after in pairwise(versions):
        changes = {
            name: diff(before[name] or "", after[name] or "")
            for name in ("title", "published", "source", "body")
            if before[name] != after[name]
        }
        detail = "\n".join(f"{name}:\n{render(change)}" for name, change in changes.items())
        result.append(Step(after["seen_at"], "revised", detail, changes))
    result += [Step(event["at"], event["kind"], event["evidence"]) for event in events]
    return sorted(result, key=lambda step: step.at)


def _versions(db: Database, url: str) -> list[Version]:
    """Return an article's versions, oldest first, the current one last: seen_at, title, body, published, source."""
    query = _VERSIONS.format(published=times.EXACT.format(""))
    return list(rows_of(Version, db, query, {"id": aliases.resolve(db, url)}))


def _events(db: Database, url: str) -> list[Event]:
    """Return what happened to an article: suspected, gone, returned, oldest first."""
    query = "SELECT at, kind, evidence FROM events WHERE article = ? ORDER BY at"
    return list(rows_of(Event, db, query, [aliases.resolve(db, url)]))
