"""A family of reprints as people read it: who had the story when, and what each changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from newscrawl.archive.diff import diff
from newscrawl.archive.families import BEIJING, moment
from newscrawl.archive.folding import letters

if TYPE_CHECKING:
    from sqlite_utils import Database

_FAMILY = """
SELECT a.id, a.url, a.title, p.title, a.source, a.source_norm, a.published, a.first_seen, r.relation, r.containment
FROM articles a LEFT JOIN portals p ON p.key = a.portal
LEFT JOIN reprints r ON r.article = a.id AND r.original = :first
WHERE a.id = :first OR a.reprint_of = :first OR r.relation = 'contains'"""


@dataclass(frozen=True, slots=True)
class Relative:
    """An article of a family."""

    article: int
    url: str
    title: str | None
    portal: str | None  # its title
    source: str | None
    source_norm: str | None
    published: str | None
    relation: str | None  # to the first: same, cut, extended, edited, or contains for a digest; None for the first
    containment: float | None
    delay: float | None  # seconds after the first, negative before; None where either has no time
    retitled: bool  # the headline has other letters than the first's


def family(db: Database, article: int) -> list[Relative]:
    """Return the family of an article by time, the articles without time last; an article without copies is alone.

    Digests that contain the story are listed too; they have families of their own.
    """
    row = db.execute("SELECT ifnull(reprint_of, id) FROM articles WHERE id = ?", (article,)).fetchone()
    if row is None:
        return []
    rows = {found[0]: found for found in db.execute(_FAMILY, {"first": row[0]})}
    times = {name: moment(found[6], BEIJING) or moment(found[7], UTC) for name, found in rows.items()}
    start, title = times[row[0]], letters(rows[row[0]][2] or "")
    relatives = []
    for name, (_, url, headline, portal, source, norm, published, _, relation, containment) in rows.items():
        then = times[name]
        delay = (then - start).total_seconds() if then and start else None
        retitled = letters(headline or "") != title
        relatives.append(
            Relative(name, url, headline, portal, source, norm, published, relation, containment, delay, retitled)
        )
    return sorted(relatives, key=lambda one: (one.delay is None, one.delay or 0.0, one.relation is not None, one.url))


def changes(db: Database, original: int, article: int) -> list[tuple[str, str]]:
    """Return what an article changed of its original's text, as `diff.diff` does."""
    bodies = dict(db.execute("SELECT id, body FROM articles WHERE id IN (?, ?)", (original, article)))
    return diff(bodies.get(original) or "", bodies.get(article) or "")
