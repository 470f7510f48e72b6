"""Decode a response to a page (content encoding, kind, charset), in a crawl and in a replay alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scrapy.downloadermiddlewares.httpcompression import ACCEPTED_ENCODINGS
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import HtmlResponse, Response
from scrapy.responsetypes import responsetypes

from newscrawl.archive import TooLargeError, decoded
from newscrawl.extract.page.document import Document

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler

_HTML = {"text/html", "application/xhtml+xml", "html", "text/htm"}
_SAYS_NOTHING = {"", "text/plain", "text", "application/octet-stream", "unknown/unknown", "application/unknown", "*/*"}
_TYPE = re.compile(r"[\w.+*-]*(?:/[\w.+*-]*)?", re.ASCII)
_BEGINNINGS = (b"<!doctype html", b"<html", b"<!--", b"<head")


class Decompress:
    """Decode a response's content encodings with the code of replays; replaces Scrapy's HttpCompressionMiddleware.

    With the same code, a rebuilt archive has the same pages. Setting DOWNLOAD_MAXSIZE limits the result.
    """

    def __init__(self, ceiling: int) -> None:
        self.ceiling = ceiling

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware with the crawl's ceiling."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Set Accept-Encoding."""
        request.headers.setdefault("Accept-Encoding", b", ".join(ACCEPTED_ENCODINGS))

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the response with its body as the page's author wrote it.

        Raises:
            DownloadCancelledError: it would be larger than allowed.
        """
        encodings = response.headers.getlist("Content-Encoding")
        if not encodings or request.method == "HEAD":
            return response
        try:
            body = decoded(response.body, b",".join(encodings).decode("latin-1"), self.ceiling)
        except TooLargeError as error:
            raise DownloadCancelledError(str(error)) from error
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        # not `response.replace`, which would guess the encoding of the still compressed body
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return kind(
            response.url,
            status=response.status,
            headers=headers,
            body=body,
            flags=response.flags,
            request=request,
            certificate=response.certificate,
            ip_address=response.ip_address,
            protocol=response.protocol,
        )


class Decode:
    """Make the page's `Document` with our own decoder, as Scrapy's trusts a wrong header more than the page.

    Sets `meta["document"]`, or `meta["refused"]` to the reason why there is none, and gives the response the
    charset found, so that `scrapy shell` shows the same text.
    """

    def process_response(self, request: Request, response: Response) -> Response:
        """Decode a page that looks like HTML."""
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
        fetched_at = request.meta.get("fetched_at")
        document, refused = read_page(response.status, response.body, response.url, kind, fetched_at)
        request.meta["refused"] = refused
        if document is None:
            return response
        request.meta["document"] = document
        return response.replace(cls=HtmlResponse, encoding=document.decoded.charset)


class Read(NamedTuple):
    """A decoded body: a document, or the reason why it is refused; neither if it is no page."""

    document: Document | None = None
    refused: str | None = None


def read_page(status: int, body: bytes, url: str, content_type: str, fetched_at: datetime | None) -> Read:
    """Make the document of a response, if it is a page and not too costly to read."""
    if status >= 300 or not is_html(content_type, body):
        return Read()
    document = Document(body, url, content_type=content_type, fetched_at=fetched_at)
    return Read(refused=document.excess) if document.excess else Read(document)


def is_html(content_type: str, body: bytes) -> bool:
    """Return whether a body is an HTML page: by its type, or if that says nothing, by its beginning."""
    match = _TYPE.match(content_type.strip().lower())
    kind = match[0] if match else ""
    if kind in _HTML:
        return True
    if kind in _SAYS_NOTHING or "/" not in kind:
        return body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_BEGINNINGS)
    return False
