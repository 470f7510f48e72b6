"""Contents of the front page: the state of the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.archive import Archive

_NEWEST, _HAPPENED, _CRAWLS = 12, 8, 8


def state(archive: Archive) -> dict[str, Any]:
    """Return what the front page shows."""
    summary = archive.pages.summary()
    report = {row["portal"]: row for row in archive.report()}
    return {
        "counts": archive.pages.counts(),
        "gone": sum(row["gone"] for row in summary),
        "first_day": min((row["first_day"] for row in summary if row["first_day"]), default=None),
        "last_day": max((row["last_day"] for row in summary if row["last_day"]), default=None),
        "portals": [{**row, "crawl": report.get(row["portal"], {})} for row in summary],
        "crawls": archive.crawls(limit=_CRAWLS),
        "titles": {row["portal"]: row["title"] or row["portal"] for row in summary},
        "newest": archive.pages.newest(_NEWEST),
        "happened": archive.pages.happened(_HAPPENED),
        "size": sum(path.stat().st_size for path in archive.paths),
        "word": archive.a_word(),
    }
