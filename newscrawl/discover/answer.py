"""`Answer`: a response, with what is needed to read its links."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TypedDict

from newscrawl.extract.page.decode import decode

LONGEST_UNZIPPED = 32 * 1024 * 1024  # bytes; the sitemap protocol allows 50 MB, no portal has such


class Context(TypedDict, total=False):
    """Facts from the lead of a request: arguments of `Answer`."""

    origin: str
    templates: tuple[str, ...]
    level: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The response to a request.

    Args:
        url: the address that answered.
        body: as received, decompressed.
        content_type: the header.
        method: of the request.
        sent: what a POST sent.
        origin: the page that requested it, the base of relative addresses in data.
        templates: addresses with placeholders, which the page's scripts fill with a row's id.
        level: number of nested sitemap indexes above it.
    """

    url: str
    body: bytes
    content_type: str = ""
    method: str = "GET"
    sent: str = ""
    origin: str = ""
    templates: tuple[str, ...] = ()
    level: int = 0
    _texts: list[str] = field(default_factory=list, repr=False)

    @property
    def text(self) -> str:
        """The body decoded; a gzip file is read as far as `LONGEST_UNZIPPED`."""
        if not self._texts:
            self._texts.append(decode(_unzipped(self.body), self.content_type).text)
        return self._texts[0]


def _unzipped(body: bytes) -> bytes:
    """Return the contents of a gzip file; the bytes themselves if they are no gzip, or damaged from the start."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, LONGEST_UNZIPPED)
    except zlib.error:
        return body
