"""What the article page shows: the text, its history, its copies, its links and captures."""

from __future__ import annotations

import json
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from newscrawl.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from newscrawl.archive import Archive, Step

Row = dict[str, Any]

_MOST = 300  # copies shown; a wire story may have thousands
_CONTEXT = 1  # unchanged paragraphs around a change
_COPIES = f"""
SELECT articles.id, articles.title, articles.published, articles.first_seen, articles.gone_at,
       ifnull(articles.source_norm, articles.source) AS source, portals.title AS portal, reprints.relation,
       reprints.containment
FROM (SELECT ?1 AS article, NULL AS relation, NULL AS containment
      UNION ALL SELECT article, relation, containment FROM reprints WHERE original = ?1) AS reprints
JOIN articles ON articles.id = reprints.article LEFT JOIN portals ON portals.key = articles.portal
ORDER BY coalesce(articles.published, articles.first_seen), articles.id LIMIT {_MOST}"""  # noqa: S608  # a constant
_ALIASES = "SELECT url FROM aliases WHERE article = ? ORDER BY url"
_CONTAINED = """
SELECT articles.id, articles.title, articles.published FROM reprints JOIN articles ON articles.id = reprints.original
WHERE reprints.article = ? AND reprints.relation = 'contains' ORDER BY articles.published"""


def whole(archive: Archive, article: int) -> Row | None:
    """Return everything known of an article, by its id or an alias's, or None."""
    query = "SELECT url FROM articles WHERE id = ?1 UNION ALL SELECT url FROM aliases WHERE id = ?1"
    found = next(archive.database.query(query, [article]), None)
    if found is None or (row := archive.article(found["url"])) is None:
        return None
    portal = next(archive.database.query("SELECT title FROM portals WHERE key = ?", [row["portal"]]), None)
    return {
        "article": row,
        "portal": portal["title"] if portal else row["host"],
        "paragraphs": [line for line in (row["body"] or "").splitlines() if line.strip()],
        "history": [_shown(step) for step in archive.history(row["url"])],
        "captures": archive.captures(row["url"]),
        "blocks": _blocks(archive, row["links"]),
        "family": _family(archive, row),
        "contained": list(archive.database.query(_CONTAINED, [row["id"]])),
        "aliases": [alias["url"] for alias in archive.database.query(_ALIASES, [row["id"]])],
    }


def _shown(step: Step) -> Row:
    """Return a step of the history, a revision with its changes by field, long unchanged stretches left out."""
    return {
        "at": step.at,
        "what": step.what,
        "detail": step.detail,
        "changes": {name: _near(changes) for name, changes in step.changes.items()},
    }


def _near(changes: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep what changed and its neighbours; ("…", how many paragraphs) stands for the rest."""
    changed = [place for place, (tag, _) in enumerate(changes) if tag != " "]
    near = {place + shift for place in changed for shift in range(-_CONTEXT, _CONTEXT + 1)}
    result: list[tuple[str, str]] = []
    for kept, group in groupby(enumerate(changes), key=lambda item: item[0] in near):
        members = [change for _, change in group]
        result += members if kept else [("…", str(len(members)))]
    return result


def _blocks(archive: Archive, links: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Return the links by block, in page order, with the id of those whose article is in the archive."""
    ids = {link["url"]: url_id(link["url"]) for link in links}
    query = "SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?))"
    here = {row["id"] for row in archive.database.query(query, [json.dumps(list(ids.values()))])}
    blocks: dict[str, list[Row]] = {}
    for link in links:
        own = ids[link["url"]]
        blocks.setdefault(link["section"] or "其他链接", []).append({**link, "id": own if own in here else None})
    return list(blocks.items())


def _family(archive: Archive, row: Mapping[str, Any]) -> list[Row]:
    """Return an article's original and all its copies, in order of time; nothing for one without copies."""
    original = row["reprint_of"] or row["id"]
    members = list(archive.database.query(_COPIES, [original]))
    if len(members) < 2:
        return []
    begin = next((member["published"] for member in members if member["id"] == original), None)
    for member in members:
        member["original"] = member["id"] == original
        member["this"] = member["id"] == row["id"]
        member["later"] = _days(begin, member["published"])
    return members


def _days(begin: str | None, end: str | None) -> int | None:
    """Return how many days lie between two publication times, None where one is unknown."""
    try:
        return (date.fromisoformat((end or "")[:10]) - date.fromisoformat((begin or "")[:10])).days
    except ValueError:
        return None
