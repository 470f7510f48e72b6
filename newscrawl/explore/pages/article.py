"""Contents of the article page: text, history, copies, links and captures."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, TypedDict

from newscrawl.archive import LinkRow, Member

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newscrawl.archive import Archive, ArticleRow, ArticleWithLinks, CaptureRow, Contained, Step

_CONTEXT = 1  # unchanged paragraphs around a change


class KnownLink(LinkRow):
    """A link, and the id of the article it leads to, if the archive has it."""

    id: int | None


class ShownMember(Member):
    """A member of the family as the page shows it."""

    original: bool
    this: bool  # the page is its own
    source: str | None
    later: int | None  # days after the first


class ShownStep(TypedDict):
    """A step of the history as the page shows it."""

    at: str
    what: str
    detail: str | None
    changes: dict[str, list[tuple[str, str]]]


class Whole(TypedDict):
    """All that the page shows."""

    portal: str | None  # its title, or the host
    article: ArticleWithLinks
    paragraphs: list[str]
    history: list[ShownStep]
    captures: list[CaptureRow]
    blocks: list[tuple[str | None, list[KnownLink]]]
    family: list[ShownMember]
    contained: list[Contained]
    aliases: list[str]


def whole(archive: Archive, article: int) -> Whole | None:
    """Return everything known of an article, by its id or that of an alias; None if unknown."""
    address = archive.pages.address(article)
    if address is None or (row := archive.article(address)) is None:
        return None
    around = archive.pages.surroundings(row["id"], row["reprint_of"] or row["id"], row["portal"])
    family = _family(around["family"], row["id"])
    return {
        "contained": around["contained"],
        "aliases": around["aliases"],
        "article": {**row, "reprint_of": _original(family, row)},
        "portal": around["portal"] or row["host"],
        "paragraphs": [line for line in (row["body"] or "").splitlines() if line.strip()],
        "history": [_shown(step) for step in archive.history(row["url"])],
        "captures": archive.captures(row["url"]),
        "blocks": _blocks(archive, row["links"]),
        "family": family,
    }


def _shown(step: Step) -> ShownStep:
    """Return a step of the history, a revision with its changes by field, long unchanged stretches left out."""
    return {
        "at": step.at,
        "what": step.what,
        "detail": step.detail,
        "changes": {name: _near(changes) for name, changes in step.changes.items()},
    }


def _near(changes: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep changed paragraphs and their neighbours; each other stretch becomes ("…", number of paragraphs)."""
    changed = [place for place, (tag, _) in enumerate(changes) if tag != " "]
    near = {place + shift for place in changed for shift in range(-_CONTEXT, _CONTEXT + 1)}
    result: list[tuple[str, str]] = []
    for kept, group in groupby(enumerate(changes), key=lambda item: item[0] in near):
        members = [change for _, change in group]
        result += members if kept else [("…", str(len(members)))]
    return result


def _blocks(archive: Archive, links: Sequence[LinkRow]) -> list[tuple[str | None, list[KnownLink]]]:
    """Return the links by block, in page order, with the id of those whose article is in the archive."""
    here = archive.pages.known(link["url"] for link in links)
    blocks: dict[str | None, list[KnownLink]] = {}
    for link in links:
        blocks.setdefault(link["section"], []).append({**link, "id": here.get(link["url"])})
    return list(blocks.items())


def _family(members: list[Member], article: int) -> list[ShownMember]:
    """Return an article's original, then all its copies in order of time; nothing for one without copies."""
    if len(members) < 2:
        return []
    return [
        {
            **member,
            "original": place == 0,
            "this": member["id"] == article,
            "source": member["outlet"],
            "later": _days(members[0]["published"], member["published"]),
        }
        for place, member in enumerate(members)
    ]


def _original(family: list[ShownMember], row: ArticleRow) -> int | None:
    """Return the article that an article reprints; an alias reprints none."""
    copy = any(member["this"] and member["relation"] not in {"first", "alias"} for member in family)
    return row["reprint_of"] if copy else None


def _days(begin: str | None, end: str | None) -> int | None:
    """Return how many days lie between two publication times, None where one is unknown."""
    try:
        return (date.fromisoformat((end or "")[:10]) - date.fromisoformat((begin or "")[:10])).days
    except ValueError:
        return None
