"""Extract stored captures again when the extraction rules have changed, so that an upgrade is not taken for a revision.

The same holds for a new profile of the host. Consecutive captures that show the same text of an article are a run, and
have the same version. Before a new capture is compared with a run that other rules have extracted, the first readable
capture of the run is extracted again from its WARC record. The whole run gets the version of the new result, and the
article's row is updated without a revision.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, TypedDict

from newscrawl.archive.sql.rows import Row, one, rows_of
from newscrawl.archive.write import aliases, multipage, store_page
from newscrawl.archive.write.timeline import same_version, version_of
from newscrawl.errors import WarcError
from newscrawl.items import WarcRef
from newscrawl.outcomes import GONE, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlite_utils import Database

    from newscrawl.archive.write.store_page import Stored
    from newscrawl.items import Article, Page, PortalFacts

    ReadAgain = Callable[[WarcRef, PortalFacts], Page]

logger = logging.getLogger(__name__)

# The captures that show the article, newest first.
_SIGHTS = """SELECT id, url, portal, ifnull(part, 0) AS part, version, digest, warc, "offset", length FROM captures
    WHERE article = ? AND version IS NOT NULL ORDER BY fetched_at DESC, id DESC"""
_FORGET_PARTS = """DELETE FROM parts WHERE article = ?1 AND NOT EXISTS (SELECT 1 FROM captures
    WHERE captures.article = ?1 AND captures.part = parts.number AND captures.version = parts.version)"""


class Sight(TypedDict):
    """A capture that shows an article."""

    id: int
    url: str
    portal: str | None
    part: int  # 0 for a story of one page
    version: str
    digest: str | None
    warc: str | None
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A run and the page whose version it gets: one of its captures read again, or a new page with equal bytes."""

    run: list[Sight]
    page: Page


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections to make before a page is stored, and how many runs could not be read again.

    `is_unchanged`: the page is no article by the current rules, but neither are the captures that older rules took for
    one, so nothing has changed.
    """

    found: list[Correction]
    unreadable: int = 0
    is_unchanged: bool = False


def find(db: Database, page: Page, read_again: ReadAgain) -> Corrections:
    """Find the runs to correct before a page is stored; reads WARC records of runs that other rules extracted."""
    page = store_page.at_home(db, page)
    address = store_page.address_of(page)
    row = one(db, "SELECT id, rules, profile FROM articles WHERE id = ?", address)
    if row is None or aliases.owner(db, address) is not None:
        return Corrections([])
    sights = list(rows_of(Sight, db, _SIGHTS, [address]))
    if page.article is None:
        return Corrections([], is_unchanged=_is_unchanged(db, page, sights, read_again))
    capture = store_page.capture_of(page)
    if known := [sight for sight in sights if sight["id"] == capture]:  # a replay
        same = same_version(known[0]["version"], version_of(store_page.text_of(page, page.article)))
        return Corrections([] if same else [Correction(_run(sights, known[0]), page)])
    return _for_new(db, page, page.article, row, sights, read_again)


def _for_new(
    db: Database, page: Page, article: Article, row: Row, sights: list[Sight], read_again: ReadAgain
) -> Corrections:
    """Find the runs to correct before a new capture is compared with the last capture of each part of the story."""
    found, unreadable = [], 0
    own = page.part.number if page.part else 0
    for number, last in _last(sights).items():
        run, shown, version = _run(sights, last), None, last["version"]
        if _read_by(db, row, number, run[-1]["version"]) != (article.rules, article.profile):
            shown = _first_reading(db, row["id"], run, page, read_again)
            unreadable += shown is None
        if shown and shown.article:
            version = version_of(store_page.text_of(shown, shown.article))
        is_equal = number in _alike(own) and _has_digest_of(page, last)
        if is_equal and not same_version(version, version_of(store_page.text_of(page, article))):
            shown = page  # equal bytes cannot be a revision
        if shown:
            found.append(Correction(run, shown))
    return Corrections(found, unreadable)


def _is_unchanged(db: Database, page: Page, sights: list[Sight], read_again: ReadAgain) -> bool:
    """Return whether a page that now is no article was none before either, though older rules extracted one."""
    last = next((sight for sight in sights if sight["url"] == page.url), None)
    if last is None or page.status != 200 or page.outcome not in GONE:
        return False
    if _has_digest_of(page, last):
        return True
    try:
        before = read_again(_ref(last), _portal(db, last["portal"], page))
    except WarcError as error:
        logger.warning("%s is no article any more, and cannot be read again: %s", page.url, error)
        return False
    return before.outcome == page.outcome


def store(db: Database, page: Page, corrections: Corrections) -> Stored:
    """Write a page after its corrections; the caller holds the transaction."""
    if corrections.is_unchanged:
        page = replace(page, outcome=Outcome.UNCHANGED)
    folded: list[aliases.Double] = []
    for correction in corrections.found:
        shown = correction.page
        assert shown.article is not None  # only such pages correct anything
        part, version = shown.part and shown.part.number, version_of(store_page.text_of(shown, shown.article))
        db.conn.executemany(
            "UPDATE captures SET part = ?, version = ? WHERE id = ?",
            [(part, version, sight["id"]) for sight in correction.run],
        )
        if store_page.capture_of(shown) != store_page.capture_of(page):
            folded += store_page.store(db, shown).doubles
    stored = store_page.store(db, page)
    if corrections.found:
        db.execute(_FORGET_PARTS, [store_page.address_of(store_page.at_home(db, page))])
    return replace(
        stored,
        doubles=(*folded, *stored.doubles),
        read_again=sum(correction.page is not page for correction in corrections.found),
        unreadable=corrections.unreadable,
    )


def _last(sights: Iterable[Sight]) -> dict[int, Sight]:
    """Return the last capture of each part of the current story; 0 is a story of one page."""
    last: dict[int, Sight] = {}
    for sight in sights:
        if last and (0 in last) != (sight["part"] == 0):
            break  # earlier the story had one page instead of several, or several instead of one
        last.setdefault(sight["part"], sight)
    return last


def _run(sights: list[Sight], sight: Sight) -> list[Sight]:
    """Return the run of a capture: its neighbours with the same text, newest first."""
    of_page = [other for other in sights if other["part"] in _alike(sight["part"])]
    place = of_page.index(sight)

    def is_same(other: Sight) -> bool:
        return same_version(other["version"], sight["version"])

    newer = list(takewhile(is_same, reversed(of_page[:place])))
    return [*reversed(newer), *takewhile(is_same, of_page[place:])]


def _alike(part: int) -> tuple[int, ...]:
    """Return the part numbers to compare: the only page of a story may have become the first of several."""
    return (0, 1) if part in {0, 1} else (part,)


def _has_digest_of(page: Page, sight: Sight) -> bool:
    digest = page.capture and page.capture.digest
    return digest is not None and bool(digest == sight["digest"])


def _read_by(db: Database, row: Row, number: int, version: str) -> tuple[str | None, str | None]:
    """Return the rules and the profile by which a page of a stored article was read."""
    if number:
        part = one(db, multipage.FIND, row["id"], number, version)
        row = json.loads(part["fields"]) if part else {}
    return row.get("rules"), row.get("profile")


def _first_reading(db: Database, address: int, run: list[Sight], page: Page, read_again: ReadAgain) -> Page | None:
    """Extract the first readable capture of a run; None, with a line in the log, if none is readable."""
    problem = ""
    for sight in reversed(run):
        try:
            reading = store_page.at_home(db, read_again(_ref(sight), _portal(db, sight["portal"], page)))
        except WarcError as error:
            problem = str(error)
            continue
        if (
            reading.article
            and store_page.address_of(reading) == address
            and store_page.capture_of(reading) == sight["id"]
        ):
            return reading
        problem = f"at offset {sight['offset']} of {sight['warc']} is another page, or no article for the new rules"
    logger.warning("%s was read by other rules and cannot be read again: %s", run[0]["url"], problem)
    return None


def _ref(sight: Sight) -> WarcRef:
    if sight["warc"] is None:
        raise WarcError("it has no WARC record")
    return WarcRef(sight["warc"], sight["offset"], sight["length"], sight["digest"])


def _portal(db: Database, key: str | None, page: Page) -> PortalFacts:
    """Return the portal under which a capture was stored, with its current overrides and profiles."""
    facts = one(db, "SELECT * FROM portals WHERE key = ?", key)
    if facts is None or key == page.portal.key:
        return page.portal
    return replace(page.portal, **facts)
