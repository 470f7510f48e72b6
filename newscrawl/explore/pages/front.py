"""Contents of the front page: the state of the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from newscrawl.archive import PortalFigures

if TYPE_CHECKING:
    from newscrawl.archive import Archive, Crawl, Happened, Newest, PortalReport

_NEWEST, _HAPPENED, _CRAWLS = 12, 8, 8


class ShownPortal(PortalFigures):
    """A portal as the front page lists it."""

    crawl: PortalReport | None  # its last


class State(TypedDict):
    """What the front page shows."""

    counts: dict[str, int]
    gone: int
    first_day: str | None
    last_day: str | None
    portals: list[ShownPortal]
    crawls: list[Crawl]
    titles: dict[str, str]
    newest: list[Newest]
    happened: list[Happened]
    size: int  # bytes
    word: str | None  # an example of a search


def state(archive: Archive) -> State:
    """Return what the front page shows."""
    summary = archive.pages.summary()
    report = {row["portal"]: row for row in archive.report()}
    return {
        "counts": archive.pages.counts(),
        "gone": sum(row["gone"] for row in summary),
        "first_day": min((row["first_day"] for row in summary if row["first_day"]), default=None),
        "last_day": max((row["last_day"] for row in summary if row["last_day"]), default=None),
        "portals": [{**row, "crawl": report.get(row["portal"])} for row in summary],
        "crawls": archive.crawls(limit=_CRAWLS),
        "titles": {row["portal"]: row["title"] or row["portal"] for row in summary},
        "newest": archive.pages.newest(_NEWEST),
        "happened": archive.pages.happened(_HAPPENED),
        "size": sum(path.stat().st_size for path in archive.paths),
        "word": archive.a_word(),
    }
