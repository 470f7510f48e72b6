"""Group texts into families of reprints, and decide which article of a family was first.

A family is a set of texts connected by overlaps, but not through digests. A digest contains at least two other texts,
in different places, which no other overlap connects. It is recorded as containing their families, and joins neither.
See `detect` for the tables.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, time, timezone
from typing import TYPE_CHECKING, Any

from newscrawl.archive.reprints import sketch
from newscrawl.archive.reprints.outlets import homes
from newscrawl.archive.sql.times import BEIJING
from newscrawl.urls import url_id

if TYPE_CHECKING:
    from sqlite_utils import Database

BOILERPLATE = (
    500  # articles that may share a text below sketch.MIN_LENGTH; shared by more, it is boilerplate and no story
)
_TOUCHING = 0.1  # two parts of a digest overlap when a tenth of one lies within the other
_MIDNIGHT = "T00:00:00+08:00"  # stored when only the day is known; no real time of publication is this second
_WEB = datetime(1995, 1, 1, tzinfo=UTC)  # the first Chinese news sites; earlier times are some system's zero
_NEVER = datetime.max.replace(tzinfo=UTC)

BODY_OF_TEXT = "SELECT a.body FROM placed p JOIN articles a ON a.id = p.article WHERE p.text = ? LIMIT 1"
_EDGES = """
SELECT o.small, o.large, o.of_small, o.of_large, t.digest FROM overlaps o JOIN texts t ON t.text = o.large
WHERE o.small = ?1 UNION ALL
SELECT o.small, o.large, o.of_small, o.of_large, t.digest FROM overlaps o JOIN texts t ON t.text = o.large
WHERE o.large = ?1"""
_MEMBERS = """
SELECT p.article, p.text, a.url, a.published, a.first_seen, a.source_norm, a.original_url,
    a.canonical_url, o.title
FROM placed p JOIN articles a ON a.id = p.article LEFT JOIN portals o ON o.key = a.portal
WHERE p.text IN (SELECT value FROM json_each(?))"""

_COPIES = """SELECT article, original, containment, relation FROM reprints
WHERE relation <> 'contains' AND article IN (SELECT value FROM json_each(?))"""
_HOLDERS = """SELECT article, original, containment, relation FROM reprints
WHERE relation = 'contains' AND original IN (SELECT value FROM json_each(?))"""


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a family, with the facts that decide whether it was first."""

    article: int
    text: int
    order: tuple[datetime, datetime, str]  # trusted publication time, else first capture; first capture; address
    credits: str | None  # the outlet its 来源 names
    links_to: int | None  # the article that its page gives as the original
    claims: int | None  # the article whose address its page names as its own
    homes: frozenset[str]  # the outlets whose own portal it stands on


@dataclass(slots=True)
class _Family:
    """The result of following the overlaps: the texts of a family, and the digests that contain some of them."""

    texts: set[int]
    digests: dict[int, float]  # digest → greatest share of one of the family's texts found in it


def settle(db: Database, text: int, changed: set[int]) -> None:
    """Update families after a text's articles or the overlaps of some texts (`changed`) have changed."""
    left = {text} | changed | _with_digests(db, text, changed)
    while left:
        family = _walk(db, min(left))
        left -= family.texts
        if len(family.texts) == 1 and _is_boilerplate(db, *family.texts):
            continue
        members = [_member(row) for row in db.execute(_MEMBERS, (json.dumps(sorted(family.texts)),))]
        if members:
            _record(db, family, members)


def owners(members: list[Member]) -> dict[int, int]:
    """Return for each member the member it is an alias of, itself if it is no alias.

    Claims (canonical URLs) are followed from page to page. Members whose claims form a circle are no aliases.
    """
    there = {member.article for member in members}
    claims = {
        member.article: member.claims
        for member in members
        if member.claims in there and member.claims != member.article
    }
    found = {article: article for article in there - claims.keys()}
    for article in claims:
        way: list[int] = []
        here = article
        while here not in found:
            way.append(here)
            found[here] = here  # so that a circle ends here
            here = claims[here]
        circle = way[way.index(here) :] if here in way else []
        found |= dict.fromkeys(way, found[here]) | {member: member for member in circle}
    return found


def first(members: list[Member], own: dict[int, int]) -> Member:
    """Return the member that published first; `own` is what `owners` gives.

    An alias is never first; its credits and links count as its owner's. Among the others the earliest is first, unless
    members link to another member as their original, or credit the outlet that owns another member's portal. Then the
    first is one of the members so named: if possible one that names no other member, and of these the earliest.
    """
    links = [(own[member.article], own[member.links_to]) for member in members if member.links_to in own]
    linked = {original for article, original in links if article != original}
    rest = [member for member in members if own[member.article] == member.article]
    at_home = {member.article: member.homes for member in rest}
    present = frozenset[str]().union(*at_home.values())
    crediting = [
        member for member in members if member.credits in present and member.credits not in at_home[own[member.article]]
    ]
    credited = {member.credits for member in crediting}
    copied = {own[member.article] for member in crediting} | {
        article for article, original in links if article != original
    }
    candidates = [member for member in rest if member.article in linked or member.homes & credited]
    roots = [member for member in candidates if member.article not in copied]
    return min(roots or candidates or rest, key=lambda member: member.order)


def _is_boilerplate(db: Database, text: int) -> bool:
    """Return whether a short text is on so many pages that it is boilerplate, of which no page is a copy of another."""
    (copies,) = db.execute(
        """SELECT iif((SELECT length FROM texts WHERE text = ?1) < ?2,
            (SELECT count(*) FROM (SELECT 1 FROM placed WHERE text = ?1 LIMIT ?3)), 0)""",
        (text, sketch.MIN_LENGTH, BOILERPLATE + 2),
    ).fetchone()
    if copies == BOILERPLATE + 1:  # it has just become boilerplate
        db.execute("DELETE FROM reprints WHERE article IN (SELECT article FROM placed WHERE text = ?)", (text,))
        db.execute(
            "UPDATE articles SET reprint_of = NULL WHERE id IN (SELECT article FROM placed WHERE text = ?)", (text,)
        )
    found: bool = copies > BOILERPLATE
    return found


def _with_digests(db: Database, placed: int, changed: set[int]) -> set[int]:
    """Check again whether the changed texts and their neighbours are digests; return all texts this concerns."""
    larger = {
        large
        for (large,) in db.execute(
            "SELECT large FROM overlaps WHERE small IN (SELECT value FROM json_each(?))", (json.dumps(sorted(changed)),)
        )
    }
    concerned: set[int] = set()
    for text in {placed} | changed | larger:
        row = db.execute("SELECT digest FROM texts WHERE text = ?", (text,)).fetchone()
        if row is None:
            continue
        digest = _is_digest(db, text)
        if digest != row[0]:
            db.execute("UPDATE texts SET digest = ? WHERE text = ?", (digest, text))
        if digest != row[0] or (digest and text == placed):
            concerned |= {text, *(part for part, _, _ in _parts(db, text))}
    return concerned


def _is_digest(db: Database, text: int) -> bool:
    """Return whether the parts of a text form groups that no overlap connects."""
    groups: list[set[int]] = []
    reached = 0.0
    for part, start, end in _parts(db, text):
        if not groups or reached - start < _TOUCHING * (end - start):
            groups.append(set())
        groups[-1].add(part)
        reached = max(reached, end)
    return len(groups) > 1 and not _all_linked(db, groups)


def _all_linked(db: Database, groups: list[set[int]]) -> bool:
    """Return whether overlaps connect several groups of texts into one."""
    of = {text: number for number, group in enumerate(groups) for text in group}
    names = json.dumps(sorted(of))
    query = """SELECT small, large FROM overlaps WHERE small IN (SELECT value FROM json_each(?1))
        AND large IN (SELECT value FROM json_each(?1))"""
    left = len(groups)
    for small, large in db.execute(query, (names,)):
        old, new = of[small], of[large]
        if old != new:
            left -= 1
            of = {text: new if group == old else group for text, group in of.items()}
    return left == 1


def _parts(db: Database, text: int) -> list[tuple[int, float, float]]:
    """Return the texts that are parts of a text and their places in it, in order of where they begin."""
    query = 'SELECT small, start, "end" FROM overlaps WHERE large = ? AND of_large < ? ORDER BY start, small'
    return [tuple(row) for row in db.execute(query, (text, sketch.PART))]


def _walk(db: Database, text: int) -> _Family:
    """Find the family of a text."""
    family = _Family({text}, {})
    ahead = [text]
    while ahead:
        here = ahead.pop()
        for small, large, of_small, of_large, digest in db.execute(_EDGES, (here,)):
            other = large if small == here else small
            if digest and of_large < sketch.PART:
                if small in family.texts:
                    family.digests[large] = max(of_small, family.digests.get(large, 0.0))
            elif other not in family.texts:
                family.texts.add(other)
                ahead.append(other)
    family.digests = {digest: share for digest, share in family.digests.items() if digest not in family.texts}
    return family


def _member(row: tuple[Any, ...]) -> Member:  # its columns are those of `_MEMBERS`
    article, text, url, published, first_seen, credits_, original, claim, portal = row
    seen = moment(first_seen, UTC) or _NEVER
    told = moment(published, BEIJING)
    order = (min(told, seen) if told and told >= _WEB else seen, seen, str(url))
    links_to, claims = (url_id(address) if address else None for address in (original, claim))
    return Member(article, text, order, credits_, links_to, claims, homes(portal or ""))


def moment(text: str | None, zone: timezone) -> datetime | None:
    """Parse an ISO time. A day alone becomes its last moment: a known time on the same day is at least as early."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) == len("2023-05-03") or text.endswith(_MIDNIGHT):
        moment = datetime.combine(moment, time.max)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _record(db: Database, family: _Family, members: list[Member]) -> None:
    """Write the changed rows of `reprints`: a family's articles and its first, and the digests that contain it."""
    own = owners(members)
    original = first(members, own)
    names = json.dumps([member.article for member in members])
    known = _rows(db, _COPIES, names)
    wanted = {
        pair: _told(db, member, original, known.get(pair), alias=own[member.article] != member.article)
        for member in members
        for pair in [(member.article, original.article)]
        if member is not original
    }
    for digest, share in family.digests.items():
        for (article,) in db.execute("SELECT article FROM placed WHERE text = ?", (digest,)):
            wanted[article, original.article] = (share, "contains")
    found = known | _rows(db, _HOLDERS, names)
    db.conn.executemany("DELETE FROM reprints WHERE article = ? AND original = ?", sorted(found.keys() - wanted.keys()))
    db.conn.executemany(
        "INSERT OR REPLACE INTO reprints VALUES (?, ?, ?, ?)",
        [(*pair, *value) for pair, value in sorted(wanted.items()) if found.get(pair) != value],
    )
    db.execute(
        """UPDATE articles SET reprint_of = nullif(?1, id)
        WHERE id IN (SELECT value FROM json_each(?2)) AND reprint_of IS NOT nullif(?1, id)""",
        (original.article, names),
    )


def _rows(db: Database, query: str, names: str) -> dict[tuple[int, int], tuple[float, str]]:
    """Return rows of `reprints`: (article, original) → (containment, relation)."""
    return {
        (article, original): (share, relation) for article, original, share, relation in db.execute(query, (names,))
    }


def _told(
    db: Database, member: Member, original: Member, known: tuple[float, str] | None, *, alias: bool
) -> tuple[float, str]:
    """Return a member's containment and relation; measure them only if the existing row cannot be used again."""
    if known is None or (known[1] == "alias" and not alias):
        known = _relation(db, member, original)
    return (known[0], "alias") if alias else known


def _relation(db: Database, member: Member, original: Member) -> tuple[float, str]:
    """Return the share of the shorter text found in the longer, and the relation of a member to its original."""
    if member.text == original.text:
        return 1.0, "same"
    query = "SELECT of_small, of_large FROM overlaps WHERE small = ? AND large = ?"
    if measured := db.execute(query, (member.text, original.text)).fetchone():
        mine, theirs = measured
    elif measured := db.execute(query, (original.text, member.text)).fetchone():
        theirs, mine = measured
    else:
        bodies = [db.execute(BODY_OF_TEXT, (text,)).fetchone()[0] for text in (member.text, original.text)]
        mine, theirs = sketch.shares(*map(sketch.normalised, bodies))
    return max(mine, theirs), sketch.relation(mine, theirs)
