"""The search page and `search.json`: our own search, with facets."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from newscrawl.archive import Filters, count, plain_words, query, snippet
from newscrawl.errors import ArchiveError
from newscrawl.urls import url_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from newscrawl.archive import Archive

Row = dict[str, Any]

PAGE = 20
_LAST_PAGE = 500  # deeper than any reader goes, and every page before it has to be ranked
_SHOWN = 12  # values of a facet
_LONGEST = 500  # characters of a query
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
FACETS = {"region": "地区", "portal": "门户", "source": "来源", "month": "月份"}
_COLUMNS = {
    "region": "region",
    "portal": "portal",
    "source": "ifnull(source_norm, source)",
    "month": "substr(published, 1, 7)",
}
_HITS = """FROM articles_fts JOIN searched ON searched.number = articles_fts.rowid
JOIN articles ON articles.id = searched.article WHERE articles_fts MATCH ? AND """
_BROWSE = """SELECT url, title, published, portal, source, substr(body, 1, 90) AS snippet FROM articles
WHERE {where} ORDER BY published DESC, id LIMIT ? OFFSET ?"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a request asks for; all text, "" for what it leaves open."""

    q: str = ""
    since: str = ""
    until: str = ""
    region: str = ""
    portal: str = ""
    source: str = ""
    page: int = 1
    problem: str | None = None  # what of it cannot be answered

    @classmethod
    def of(cls, arguments: Mapping[str, str]) -> Wish:
        """Read a request's arguments; what makes no sense becomes a problem, in words."""
        given = {name: (arguments.get(name) or "").strip() for name in ("q", "since", "until", *FACETS)}
        problem = None
        if month := given.pop("month"):
            given["since"] = given["until"] = month
        for name in ("since", "until"):
            if given[name] and not _DAY.fullmatch(given[name]):
                problem = f"日期要写成 2026-03 或 2026-03-01，不是 {given[name][:20]}"
                given[name] = ""
        if len(given["q"]) > _LONGEST:
            problem, given["q"] = f"查询词最长 {_LONGEST} 字", given["q"][:_LONGEST]
        number = arguments.get("page") or "1"
        page = int(number) if number.isdecimal() and len(number) < 6 else 1
        return cls(**given, page=min(max(page, 1), _LAST_PAGE), problem=problem)

    @property
    def filters(self) -> dict[str, Any]:
        """Return the filters that are set, as the archive's search takes them."""
        return {name: value for name in ("since", "until", *FACETS) if (value := getattr(self, name, ""))}

    def link(self, **changes: str | int) -> str:
        """Return this wish with some of it changed, as a query string; another wish begins at its first page."""
        values = {name: getattr(self, name) for name in ("q", "since", "until", "region", "portal", "source")}
        values |= changes
        return "?" + urlencode({name: value for name, value in values.items() if value not in {"", 1}})


@dataclass(slots=True)
class Found:
    """The answer: a page of hits, how many there are, and how they spread."""

    wish: Wish
    hits: list[Row] = field(default_factory=list)
    total: int = 0
    facets: dict[str, list[Row]] | None = field(default_factory=dict)  # None: not counted in time
    portals: dict[str, str] = field(default_factory=dict)  # key → title
    regions: list[str] = field(default_factory=list)
    problem: str | None = None

    @property
    def pages(self) -> int:
        """Return how many pages of hits there are to turn to."""
        return min(_LAST_PAGE, math.ceil(self.total / PAGE))


def find(archive: Archive, wish: Wish) -> Found:
    """Answer a wish; one without words browses, the newest first."""
    found = Found(wish, problem=wish.problem)
    for row in archive.database.query("SELECT key, title, region FROM portals ORDER BY region, title"):
        found.portals[row["key"]] = row["title"] or row["key"]
        if row["region"] and row["region"] not in found.regions:
            found.regions.append(row["region"])
    try:
        expression = query(wish.q)
    except ArchiveError as error:
        found.problem = str(error)
        return found
    if wish.q and not expression:
        found.problem = "查询里没有可以查找的字"
        return found
    condition, values = _condition(wish, expression)
    offset = (wish.page - 1) * PAGE
    if expression:
        found.total = count(archive.database, wish.q, **wish.filters)
        rows = archive.search(wish.q, limit=PAGE, offset=offset, **wish.filters)
    else:
        found.total = archive.database.execute(f"SELECT count(*) {condition}", values).fetchone()[0]
        where, filled = Filters(**wish.filters).where()
        rows = archive.database.query(_BROWSE.format(where=where), [*filled, PAGE, offset])
    words = plain_words(wish.q)
    found.hits = [_hit(row, found.portals, words) for row in rows]
    _add_fates(archive, found.hits)
    return found


def facets(archive: Archive, found: Found) -> dict[str, list[Row]]:
    """Count an answer's hits by region, portal, source and month; the month newest first, else the most frequent."""
    wish = found.wish
    if not found.total:
        return {}
    return dict(_facets(archive, wish, *_condition(wish, query(wish.q)), found.portals))


def _condition(wish: Wish, expression: str) -> tuple[str, list[Any]]:
    """Return what FROM on the articles that a wish asks for stand in, and its values."""
    where, values = Filters(**wish.filters).where()
    if expression:
        return _HITS + where, [expression, *values]
    return f"FROM articles WHERE {where}", values


def _facets(
    archive: Archive, wish: Wish, condition: str, values: list[Any], portals: Mapping[str, str]
) -> Iterator[tuple[str, list[Row]]]:
    names = ", ".join(f"{column} AS {name}" for name, column in _COLUMNS.items())
    archive.database.execute("DROP TABLE IF EXISTS temp.hits")
    archive.database.execute(f"CREATE TEMP TABLE hits AS SELECT {names} {condition}", values)
    for name in FACETS:
        order = "1 DESC" if name == "month" else "2 DESC, 1"
        sql = f"""SELECT {name}, count(*) FROM temp.hits WHERE {name} IS NOT NULL
            GROUP BY 1 ORDER BY {order} LIMIT {_SHOWN}"""  # noqa: S608  # names from FACETS
        chosen = {wish.since} & {wish.until} - {""} if name == "month" else {getattr(wish, name)} - {""}
        yield (
            name,
            [
                {
                    "value": value,
                    "label": portals.get(value, value) if name == "portal" else value,
                    "count": number,
                    "chosen": value in chosen,
                    "link": _toggled(wish, name, "" if value in chosen else value),
                }
                for value, number in archive.database.execute(sql)
            ],
        )


def _toggled(wish: Wish, name: str, value: str) -> str:
    return wish.link(since=value, until=value) if name == "month" else wish.link(**{name: value})


def _hit(row: Row, portals: Mapping[str, str], words: list[str]) -> Row:
    """Add to a hit what a page needs: its id here, the portal's name, the title with marks."""
    return {
        **row,
        "id": url_id(row["url"]),
        "portal_title": portals.get(row["portal"], row["portal"]),
        "marked_title": snippet(row["title"], words) if row["title"] else None,
    }


def _add_fates(archive: Archive, hits: list[Row]) -> None:
    """Add to the hits whether they are reprints, and whether they are gone."""
    sql = """SELECT id, gone_at, EXISTS (SELECT 1 FROM reprints WHERE article = id AND original = reprint_of
            AND relation <> 'alias') AS reprint
        FROM articles WHERE id IN (SELECT value FROM json_each(?))"""
    ids = json.dumps([hit["id"] for hit in hits])
    fates = {row["id"]: row for row in archive.database.query(sql, [ids])}
    for hit in hits:
        fate = fates.get(hit["id"], {})
        hit |= {"reprint": bool(fate.get("reprint")), "gone_at": fate.get("gone_at")}


def as_json(found: Found) -> Row:
    """Return an answer as `search.json` gives it; ids as text, as JavaScript's numbers do not hold 64 bits."""
    names = ("url", "title", "published", "portal", "source", "snippet", "score", "reprint", "gone_at")
    return {
        "ok": found.problem is None,
        "error": found.problem,
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
