"""Make a page from its WARC record, for a replay and after a change of the extraction rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.middlewares import read_page
from newscrawl.portal import make_page

if TYPE_CHECKING:
    from newscrawl.archive import Capture
    from newscrawl.items import Page, PortalFacts


def recorded_page(capture: Capture, portal: PortalFacts) -> Page:
    """Make the page of a recorded response, in the same way as when it was fetched."""
    headers = {name.lower(): value for name, value in capture.headers}
    content_type = headers.get("content-type", "")
    read = read_page(capture.status, capture.body, capture.url, content_type, capture.fetched_at)
    return make_page(
        portal,
        url=capture.url,
        status=capture.status,
        location=headers.get("location"),
        document=read.document,
        refused=read.refused,
        fetched_at=capture.fetched_at,
        capture=capture.ref,
    )
