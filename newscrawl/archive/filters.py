"""`Filters`: which articles are meant, for the command line, Python, the browser and exports alike."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from newscrawl.archive.query import parse
from newscrawl.errors import ArchiveError
from newscrawl.places import DIVISIONS, codes_of

SORTS = ("relevance", "date")
_FOUND = """articles.id IN (SELECT searched.article FROM articles_fts
    JOIN searched ON searched.number = articles_fts.rowid WHERE articles_fts MATCH ?)"""
_NAMED = "articles.id IN (SELECT article FROM names WHERE kind = '{}' AND name = ?)"
# A condition with a ? for each time the value is bound.
_VALUES = {
    "portal": "articles.portal = ?",
    "region": "articles.region = ?",
    "source": "? IN (articles.source, articles.source_norm)",
    "author": _NAMED.format("author"),
    "editor": _NAMED.format("editor"),
    "channel": _NAMED.format("channel"),
    "form": "articles.form = ?",
    "level": "articles.portal IN (SELECT key FROM portals WHERE level = ?)",
    "since": "articles.published >= ?",
    "until": "substr(articles.published, 1, length(?)) <= ?",
}
_FLAGS = {
    "gone": "articles.gone_at IS NOT NULL",
    "reprints": "articles.reprint_of IS NOT NULL",
    "complete": "articles.complete IS 1",
    "revised": "articles.id IN (SELECT article FROM revisions)",
}
_NO_ALIAS = "articles.id NOT IN (SELECT article FROM reprints WHERE relation = 'alias')"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles to give; None lets all through. Days and months (2026-01) are Beijing time, ends included.

    Attributes:
        portal: the portal's name.
        region: its province.
        source: the outlet credited, as printed or normalised.
        author: one of the persons credited with the text.
        editor: one of its editors.
        channel: one entry of its breadcrumb.
        form: text, pictures or video.
        level: of its portal: nation, province, city or county.
        division: the portal is of this division, or of one in it: 湖南, 长沙, 南京市鼓楼区, 320106.
        place: title or text name this division, or one in it.
        since, until: published on this day (month, year) or later; on it, within it or earlier.
        words: what a search finds; see `search.search`.
        gone: withdrawn, or not.
        reprints: copies of another's text; False gives what is first, without further addresses of it.
        complete: all pages of the story are there, or not.
        revised: its text was changed, or not.
    """

    portal: str | None = None
    region: str | None = None
    source: str | None = None
    author: str | None = None
    editor: str | None = None
    channel: str | None = None
    form: str | None = None
    level: str | None = None
    division: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    words: str | None = None
    gone: bool | None = None
    reprints: bool | None = None
    complete: bool | None = None
    revised: bool | None = None

    def where(self) -> tuple[str, list[Any]]:
        """Return the condition on `articles` in SQL and its values.

        Raises:
            ArchiveError: the words hold nothing to search for, or no place has the name.
        """
        chosen: list[tuple[str, list[Any]]] = []
        for name, condition in _VALUES.items():
            if (value := getattr(self, name)) is not None:
                chosen.append((condition, [value] * condition.count("?")))
        for name, condition in _FLAGS.items():
            if (wanted := getattr(self, name)) is not None:
                chosen.append((condition if wanted else f"NOT ({condition})", []))
        if self.reprints:
            chosen.append((_NO_ALIAS, []))
        if self.division is not None:
            condition, values = _within("division", self.division)
            chosen.append((f"articles.portal IN (SELECT key FROM portals WHERE {condition})", values))  # noqa: S608
        if self.place is not None:
            # a name that stayed ambiguous counts too
            condition, values = _within("code", self.place)
            condition = f"{condition} OR (name = ? AND code IS NULL)"
            chosen.append((f"articles.id IN (SELECT article FROM places WHERE {condition})", [*values, self.place]))  # noqa: S608
        if self.words is not None:
            if not (match := parse(self.words).match()):
                raise ArchiveError(f"nothing to search for in {self.words!r}: give words or numbers")
            chosen.append((_FOUND, [match]))
        return (
            " AND ".join(condition for condition, _ in chosen) or "1",
            [value for _, values in chosen for value in values],
        )


FILTERS = tuple(field.name for field in fields(Filters))
FLAGS = tuple(_FLAGS)


def _within(column: str, place: str) -> tuple[str, list[Any]]:
    """Return the condition that a column of codes names a place, or one in it.

    Raises:
        ArchiveError: there is no such place.
    """
    codes = codes_of(place)
    if not codes:
        raise ArchiveError(
            f"no division of China is called {place!r}: give a name like 长沙 or 南京市鼓楼区, or a code"
        )
    bounds = [(digits, digits.ljust(6, "9")) for digits in (DIVISIONS[code].digits for code in codes)]
    condition = " OR ".join([f"{column} BETWEEN ? AND ?"] * len(bounds))
    return f"({condition})", [bound for pair in bounds for bound in pair]
