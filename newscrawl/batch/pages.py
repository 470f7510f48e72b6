"""The articles of one WARC file, read by the rules a live page is read by; nothing here knows an engine."""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING

from newscrawl.archive import article_row, read_warc
from newscrawl.pipelines import Deduplicate, check, extract
from newscrawl.replay.replay import overrides_by_spider, page_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any


logger = logging.getLogger(__name__)

_overrides = cache(overrides_by_spider)  # once a process
UNREADABLE, DAMAGED = "unreadable", "damaged"  # counted beside the outcomes


def articles_of(path: Path, counts: Counter[str]) -> Iterator[dict[str, Any]]:
    """Give a row for each page of a file that shows an article, and count what the pages came to.

    Raises:
        WarcError: the file cannot be opened.
    """
    deduplicate = Deduplicate()
    for capture in read_warc(path, on_damage=lambda _: counts.update([DAMAGED])):
        if not capture.is_page:
            continue
        try:
            page = page_of(capture, _overrides())
            extract(page, lambda field: counts.update([f"error in {field}"]))
            check(page)
        except Exception:  # whatever a page of ten years ago holds, the others are read
            logger.exception("%s, at offset %d of %s", capture.url, capture.ref.offset, path.name)
            counts[UNREADABLE] += 1
            continue
        counts[page.outcome or ""] += 1
        if page.article is not None:
            yield article_row(deduplicate.process_item(page))
