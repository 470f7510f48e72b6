"""Extract the articles of one WARC file with the same rules as a crawl; independent of Ray."""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING

from newscrawl.archive import article_row, read_warc
from newscrawl.extract.version import rules_version, with_overrides
from newscrawl.pipelines import Deduplicate, check, extract
from newscrawl.replay.replay import overrides_by_spider, page_of
from newscrawl.urls import host_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from newscrawl.archive import Exported
    from newscrawl.extract.page.guidance import HostProfile

    ProfileOf = Callable[[str], HostProfile | None]


logger = logging.getLogger(__name__)

_overrides = cache(overrides_by_spider)  # once a process
UNREADABLE, DAMAGED = "unreadable", "damaged"  # counted like outcomes


def read_by(portal_host: str, profile_of: ProfileOf) -> str:
    """Return what the extraction of a host's pages depends on: rules, the portal's overrides, the host's profile."""
    spider, _, host = portal_host.partition(" ")
    profile = profile_of(host)
    return f"{with_overrides(rules_version(), _overrides()(spider))} {profile.version if profile else ''}".strip()


def articles_of(
    path: Path, counts: Counter[str], seen: set[str], profile_of: ProfileOf = lambda _: None
) -> Iterator[Exported]:
    """Yield a row for each page of a file that shows an article, and count the outcomes of all pages.

    Args:
        path: the WARC file.
        counts: is added to.
        seen: gets the portals and hosts of the pages, as `read_by` takes them.
        profile_of: gives a host's profile.

    Raises:
        WarcError: the file cannot be opened.
    """
    deduplicate = Deduplicate()
    for capture in read_warc(path, on_damage=lambda _: counts.update([DAMAGED])):
        if not capture.is_page:
            continue
        try:
            seen.add(f"{capture.info.get('newscrawl-spider', '')} {host_of(capture.url)}")
            page = page_of(capture, _overrides(), profile_of)
            extract(page, lambda field: counts.update([f"error in {field}"]))
            check(page)
        except Exception:  # one odd page must not stop the others
            logger.exception("%s, at offset %d of %s", capture.url, capture.ref.offset, path.name)
            counts[UNREADABLE] += 1
            continue
        counts[page.outcome or ""] += 1
        if page.article is not None:
            yield article_row(deduplicate.process_item(page))
