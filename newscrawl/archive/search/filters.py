"""`Filters` selects articles; the command line, Python, the pages in a browser and exports share it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Required, TypedDict

from newscrawl.archive.search.syntax import parse
from newscrawl.errors import ArchiveError
from newscrawl.places import DIVISIONS, codes_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from newscrawl.archive.sql.rows import Sql

SORTS = ("relevance", "date")
_FOUND = "articles.id IN (SELECT article FROM search_index WHERE words MATCH ?)"
# A JSON list of code ranges: a pair of first and last code for each division.
_OF_PORTALS = """articles.portal IN (SELECT portals.key FROM json_each(?) AS pair CROSS JOIN portals
    ON division BETWEEN json_extract(pair.value, '$[0]') AND json_extract(pair.value, '$[1]'))"""
_PLACED = """articles.id IN (SELECT places.article FROM json_each(?) AS pair CROSS JOIN places
    ON code BETWEEN json_extract(pair.value, '$[0]') AND json_extract(pair.value, '$[1]')
    UNION SELECT article FROM places WHERE name = ? AND code IS NULL)"""
_NAMED = "articles.id IN (SELECT article FROM names WHERE kind = '{}' AND name = ?)"
# SQL condition of each filter; each ? is bound to the filter's value.
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
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def is_day(text: str) -> bool:
    """Return whether a text is a day, a month or a year, as `since` and `until` take it."""
    return _DAY.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Filters:
    """A selection of articles; None means no limit. Days and months (2026-01) are Beijing time, both ends included.

    Attributes:
        portal: the portal's name.
        region: its province.
        source: the outlet credited, as printed or normalised.
        author: one of the persons credited with the text.
        editor: one of its editors.
        channel: one entry of its breadcrumb.
        form: text, pictures or video.
        level: the portal's level: nation, province, city or county.
        division: the portal belongs to this division, or to one within it: 湖南, 长沙, 南京市鼓楼区, 320106.
        place: title or text name this division, or one within it.
        since: published on this day, in this month or year, or later.
        until: published on this day, in this month or year, or earlier.
        words: matches this search; see `search.search`.
        gone: whether it was withdrawn.
        reprints: whether it is a copy of another article; False leaves out aliases too.
        complete: whether all pages of the story are stored.
        revised: whether its text was changed.
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

    def where(self) -> tuple[str, list[Sql]]:
        """Return the condition on `articles` in SQL and its values.

        Raises:
            ArchiveError: the words hold nothing to search for, or no place has the name.
        """
        chosen: list[tuple[str, list[Sql]]] = []
        for name, condition in _VALUES.items():
            if (value := getattr(self, name)) is not None:
                chosen.append((condition, [value] * condition.count("?")))
        for name, condition in _FLAGS.items():
            if (wanted := getattr(self, name)) is not None:
                chosen.append((condition if wanted else f"NOT ({condition})", []))
        if self.reprints:
            chosen.append((_NO_ALIAS, []))
        if self.division is not None:
            chosen.append((_OF_PORTALS, [_within(self.division)]))
        if self.place is not None:
            chosen.append((_PLACED, [_within(self.place), self.place]))  # an ambiguous name counts too
        if self.words is not None:
            if not (match := parse(self.words).match()):
                raise ArchiveError(f"nothing to search for in {self.words!r}: give words or numbers")
            chosen.append((_FOUND, [match]))
        return (
            " AND ".join(condition for condition, _ in chosen) or "1",
            [value for _, values in chosen for value in values],
        )

    def into(self, query: str, **parts: str) -> tuple[str, list[Sql]]:
        """Insert the condition in place of {chosen} in a query; return the query and the values to bind.

        The SQL consists only of constants of this package: everything a user enters is a bound value.

        Raises:
            ArchiveError: as of `where`.
        """
        condition, values = self.where()
        return query.format(chosen=condition, **parts), values


class OtherFilters(TypedDict, total=False):
    """The filters beside the words, as keyword arguments: see `Filters`."""

    portal: str | None
    region: str | None
    source: str | None
    author: str | None
    editor: str | None
    channel: str | None
    form: str | None
    level: str | None
    division: str | None
    place: str | None
    since: str | None
    until: str | None
    gone: bool | None
    reprints: bool | None
    complete: bool | None
    revised: bool | None


class FilterArgs(OtherFilters, total=False):
    """All filters, as keyword arguments: see `Filters`."""

    words: str | None


class SearchArgs(OtherFilters, total=False):
    """What a search takes beside its words."""

    sort: str
    limit: int | None
    offset: int


class ChangeArgs(FilterArgs, total=False):
    """The arguments of `changes.changes`: filters of the articles, kinds, limits of time and number."""

    after: Required[datetime]
    before: datetime | None
    kinds: Collection[str]
    limit: int | None


FILTERS = tuple(field.name for field in fields(Filters))
FLAGS = tuple(_FLAGS)


def _within(place: str) -> str:
    """Return the ranges of division codes within a place, as JSON: one range for each place of this name.

    Raises:
        ArchiveError: there is no such place.
    """
    codes = codes_of(place)
    if not codes:
        raise ArchiveError(
            f"no division of China is called {place!r}: give a name like 长沙 or 南京市鼓楼区, or a code"
        )
    return json.dumps([(digits, digits.ljust(6, "9")) for digits in (DIVISIONS[code].digits for code in codes)])
