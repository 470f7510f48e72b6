"""Contents of the search page and `search.json`: our own search, with facets."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NotRequired, TypedDict, cast
from urllib.parse import urlencode

from newscrawl.archive import FILTERS, FLAGS, SORTS, Listed, is_day, plain_words, query, snippet
from newscrawl.errors import ArchiveError
from newscrawl.places import codes_of
from newscrawl.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newscrawl.archive import Archive, Fate, Hit, OtherFilters
    from newscrawl.explore.words import Words

PAGE = 20
_LAST_PAGE = 500  # no reader goes deeper, and all earlier pages have to be ranked first
_LONGEST = 500  # most characters of a query
_ASKED = ("q", *(name for name in FILTERS if name != "words"), "sort")  # the arguments of a request that are read
_CHOICES = {"sort": SORTS} | dict.fromkeys(FLAGS, ("1", "0"))
_HIT = ("url", "title", "published", "published_precision", "portal", "source", "snippet")
FACETS = {"region": "地区", "portal": "门户", "source": "来源", "month": "月份"}


@dataclass(frozen=True, slots=True)
class Wish:
    """A search request: all values as text, "" if not given. The names are those of `Filters`."""

    q: str = ""
    since: str = ""
    until: str = ""
    region: str = ""
    portal: str = ""
    source: str = ""
    author: str = ""
    editor: str = ""
    channel: str = ""
    form: str = ""
    level: str = ""
    division: str = ""
    place: str = ""
    gone: str = ""
    reprints: str = ""
    complete: str = ""
    revised: str = ""
    sort: str = ""
    page: int = 1
    problem: str | None = None  # a message on what is wrong with the request, in Chinese
    values: dict[str, object] = field(default_factory=dict)  # values to insert into the message

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Wish:
        """Read a request's arguments; an invalid argument becomes a message in `problem`."""
        given = {name: (arguments.get(name) or "").strip() for name in _ASKED}
        problem: str | None = None
        values: dict[str, object] = {}
        if month := (arguments.get("month") or "").strip():
            given["since"] = given["until"] = month
        for name in ("since", "until"):
            if given[name] and not is_day(given[name]):
                problem, values = "日期要写成 2026-03 或 2026-03-01，不是 {given}", {"given": given[name][:20]}
                given[name] = ""
        for name, choices in _CHOICES.items():
            if given[name] not in {"", *choices}:
                problem, values = "{name} 要写成 {choices}", {"name": name, "choices": "、".join(choices)}
                given[name] = ""
        if len(given["q"]) > _LONGEST:
            problem, values = "查询词最长 {longest} 字", {"longest": _LONGEST}
            given["q"] = given["q"][:_LONGEST]
        number = arguments.get("page") or "1"
        page = int(number) if number.isdecimal() and len(number) < 6 else 1
        return cls(**given, page=min(max(page, 1), _LAST_PAGE), problem=problem, values=values)

    @property
    def filters(self) -> OtherFilters:
        """Return the filters that are set, as arguments for the archive's search."""
        chosen = {name: value for name in _ASKED[1:-1] if (value := getattr(self, name))}
        set_ = {name: value == "1" if name in FLAGS else value for name, value in chosen.items()}
        return cast("OtherFilters", set_)

    def link(self, **changes: str | int) -> str:
        """Return the request with some values changed, as a query string; changed requests begin at the first page."""
        values = {name: getattr(self, name) for name in _ASKED}
        values |= changes
        return "?" + urlencode({name: value for name, value in values.items() if value not in {"", 1}})


class ShownHit(Listed):
    """An article as the page lists it."""

    id: int
    score: NotRequired[float]  # of a search for words
    portal_title: str | None
    marked_title: str | None
    reprint: bool
    gone_at: str | None


class FacetValue(TypedDict):
    """A value of a facet, with a link that selects or deselects it."""

    value: str
    label: str
    count: int
    chosen: bool
    link: str


@dataclass(slots=True)
class Found:
    """The result of a search: a page of hits, their number, and facets."""

    wish: Wish
    hits: list[ShownHit] = field(default_factory=list)
    total: int = 0
    facets: dict[str, list[FacetValue]] | None = field(default_factory=dict)  # None: not counted in time
    portals: dict[str, str] = field(default_factory=dict)  # key → title
    regions: list[str] = field(default_factory=list)
    problem: str | None = None
    values: dict[str, object] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """Return the number of pages of hits."""
        return min(_LAST_PAGE, math.ceil(self.total / PAGE))


def find(archive: Archive, wish: Wish) -> Found:
    """Run a request; without words it lists all articles, the newest first."""
    found = Found(wish, problem=wish.problem, values=wish.values)
    for row in archive.pages.portals():
        found.portals[row["key"]] = row["title"] or row["key"]
        if row["region"] and row["region"] not in found.regions:
            found.regions.append(row["region"])
    try:
        expression = query(wish.q)
    except ArchiveError:
        found.problem = "NOT 旁边要有一个要找的词，如：财政 NOT 昆明"
        return found
    if wish.q and not expression:
        found.problem = "查询里没有可以查找的字"
        return found
    for place in (wish.place, wish.division):
        if place and not codes_of(place):
            found.problem, found.values = "没有叫“{place}”的行政区划", {"place": place}
            return found
    offset = (wish.page - 1) * PAGE
    found.total = archive.pages.total(wish.q, wish.filters)
    rows: Sequence[Hit | Listed]
    if expression:
        rows = list(archive.search(wish.q, sort=wish.sort or SORTS[0], limit=PAGE, offset=offset, **wish.filters))
    else:
        rows = archive.pages.browse(wish.filters, PAGE, offset)
    words = plain_words(wish.q)
    fates = archive.pages.fates(url_id(row["url"]) for row in rows)
    found.hits = [_hit(row, found.portals, words, fates.get(url_id(row["url"]))) for row in rows]
    return found


def facets(archive: Archive, found: Found) -> dict[str, list[FacetValue]]:
    """Count an answer's hits by region, portal, source and month; the month newest first, else the most frequent."""
    if not found.total:
        return {}
    counted = archive.pages.facets(found.wish.q, found.wish.filters)
    return {name: [_value(found, name, *pair) for pair in pairs] for name, pairs in counted.items()}


def _value(found: Found, name: str, value: str, number: int) -> FacetValue:
    """Return a facet's value for the page, with a link that selects or deselects it."""
    wish = found.wish
    chosen = {wish.since} & {wish.until} - {""} if name == "month" else {getattr(wish, name)} - {""}
    return {
        "value": value,
        "label": found.portals.get(value, value) if name == "portal" else value,
        "count": number,
        "chosen": value in chosen,
        "link": _toggled(wish, name, "" if value in chosen else value),
    }


def _toggled(wish: Wish, name: str, value: str) -> str:
    return wish.link(since=value, until=value) if name == "month" else wish.link(**{name: value})


def _hit(row: Hit | Listed, portals: Mapping[str, str], words: list[str], fate: Fate | None) -> ShownHit:
    """Add to a hit its id, its portal's name, its title with marks, and whether it is a reprint or gone."""
    return {
        **row,
        "id": url_id(row["url"]),
        "portal_title": portals.get(row["portal"] or "", row["portal"]),
        "marked_title": snippet(row["title"], words) if row["title"] else None,
        "reprint": bool(fate and fate["reprint"]),
        "gone_at": fate["gone_at"] if fate else None,
    }


def as_json(found: Found, words: Words) -> dict[str, object]:
    """Return a result for `search.json`; ids are text, as JavaScript's numbers cannot hold 64 bits."""
    names = (*_HIT, "score", "reprint", "gone_at")
    return {
        "ok": found.problem is None,
        "error": words(found.problem, **found.values) if found.problem else None,
        "q": found.wish.q,
        "filters": found.wish.filters,
        "total": found.total,
        "page": found.wish.page,
        "pages": found.pages,
        "next": found.wish.link(page=found.wish.page + 1) if found.wish.page < found.pages else None,
        "hits": [{"id": str(hit["id"]), **{name: hit.get(name) for name in names}} for hit in found.hits],
        "facets": {
            name: [{"value": value["value"], "count": value["count"]} for value in values]
            for name, values in (found.facets or {}).items()
        },
    }
