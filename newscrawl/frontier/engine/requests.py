"""Convert Scrapy's requests to leads, leases to requests, and responses to the frontier's answers."""

from __future__ import annotations

import hashlib
import json
import re
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Literal

from scrapy import Request, exceptions
from w3lib.url import safe_url_string

from newscrawl.errors import FrontierError, NewscrawlError
from newscrawl.frontier.messages import Answer, Lead
from newscrawl.frontier.policy import START_PRIORITY
from newscrawl.outcomes import Outcome, http
from newscrawl.urls import canonical, redirect_address, url_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scrapy import Spider
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from newscrawl.discover.lead import Lead as Link
    from newscrawl.frontier.messages import Lease

_REASONS: dict[type[Exception], str] = {
    exceptions.DownloadTimeoutError: Outcome.TIMEOUT,
    exceptions.CannotResolveHostError: Outcome.DNS,
    exceptions.DownloadConnectionRefusedError: Outcome.CONNECTION_REFUSED,
    exceptions.ResponseDataLossError: Outcome.DATA_LOSS,
    exceptions.DownloadCancelledError: Outcome.TOO_LARGE,
    exceptions.UnsupportedURLSchemeError: Outcome.UNSUPPORTED,
    exceptions.DownloadFailedError: Outcome.CONNECTION,
}
_WORD = re.compile(r"(?<!^)(?=[A-Z])")
# Addresses that Scrapy's Request would leave unchanged, apart from dot segments.
_AS_REQUESTED = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?::\d{4,5})?/[\w.~=&?/-]*", re.ASCII)


def is_storable(request: Request, spider: Spider) -> bool:
    """Return whether a request can be stored and made again: its callback must be a method of the spider."""
    callback = request.callback
    return callback is None or getattr(callback, "__self__", None) is spider


def lead_of(request: Request, spider: Spider) -> Lead:
    """Make the lead of a request. Of its extras, `cb_kwargs`, headers, kind and depth are kept, other `meta` is not.

    Raises:
        FrontierError: its cb_kwargs cannot be stored.
    """
    meta = request.meta
    callback = request.callback
    is_start = bool(meta.get("is_start_request")) and meta.get("kind", "start") == "start"
    unusual = {
        "callback": None if callback is None or callback == spider.parse else callback.__name__,
        **_unusual(request.method, request.body, request.cb_kwargs),
        "hops": meta.get("hops"),
        "headers": {name: value for name, value in request.headers.to_unicode_dict().items() if name != "Referer"},
    }
    return Lead(
        _id_of(request.url, request.method, request.body, request.cb_kwargs),
        request.url,
        "start" if is_start else meta.get("kind", "unknown"),
        max(request.priority, START_PRIORITY) if is_start else request.priority,
        meta.get("depth"),
        _packed(unusual, request.url),
        renew=request.dont_filter,
        turns=_turns(meta.get("why", "")),
    )


def lead_of_link(link: Link) -> Lead:
    """Make the frontier's lead of a page's lead; its request is made only when the address is leased.

    Raises:
        FrontierError: its context cannot be stored.
    """
    plain = _AS_REQUESTED.fullmatch(link.url) and "/." not in link.url
    url = link.url if plain else safe_url_string(link.url)
    if link.method == "GET" and not (link.context or link.headers or link.body):
        number, packed = url_id(url), None
    else:
        body = link.body.encode()
        number = _id_of(url, link.method, body, link.context)
        headers = {name.title(): value for name, value in link.headers}
        packed = _packed({**_unusual(link.method, body, link.context), "headers": headers}, url)
    return Lead(number, url, link.kind, link.priority, None, packed, renew=link.renew, turns=_turns(link.why))


def request_of_link(link: Link) -> Request:
    """Make the request of a page's lead at once, for a page that is not from the frontier (`scrapy parse`)."""
    return Request(
        link.url,
        method=link.method,
        body=link.body or None,
        headers=dict(link.headers),
        meta={"kind": link.kind, "why": link.why},
        cb_kwargs=dict(link.context),
        priority=link.priority,
        dont_filter=link.renew,
    )


def _unusual(method: str, body: bytes, context: Mapping[str, object]) -> dict[str, object]:
    """Return the properties of a request that differ from a plain GET."""
    plain = method == "GET" and not body
    return {"cb_kwargs": dict(context), "method": None if plain else method, "body": body.decode("latin-1")}


def _packed(unusual: dict[str, object], url: str) -> str | None:
    """Return the properties of a request that differ from a plain GET, as JSON; None if there are none."""
    try:
        packed = json.dumps({name: value for name, value in unusual.items() if value}, ensure_ascii=False)
    except TypeError as error:
        raise FrontierError(f"cb_kwargs of {url} cannot be stored: {error}; use JSON values") from error
    return None if packed == "{}" else packed


def request_of(lease: Lease, spider: Spider, errback: Callable[[Failure], None]) -> Request:
    """Make the request of a leased address; every response reaches the callback, redirects and errors too."""
    unusual = json.loads(lease.request) if lease.request else {}
    headers = unusual.get("headers", {})
    if lease.etag:
        headers["If-None-Match"] = lease.etag
    if lease.last_modified:
        headers["If-Modified-Since"] = lease.last_modified
    return Request(
        lease.url,
        callback=getattr(spider, unusual.get("callback", "parse")),
        errback=errback,
        method=unusual.get("method", "GET"),
        body=unusual.get("body", "").encode("latin-1"),
        headers=headers,
        cb_kwargs=unusual.get("cb_kwargs"),
        priority=lease.priority,
        dont_filter=True,
        meta={
            "address": lease.id,
            "kind": lease.kind,
            "depth": lease.depth,
            "hops": unusual.get("hops", 0),
            "handle_httpstatus_all": True,
            "dont_redirect": True,
            "dont_retry": True,
        },
    )


def answer_of(response: Response, now: float | None = None) -> Answer:
    """Return what the frontier stores of a response; the canonical URL comes from `response.meta["canonical"]`."""
    location = _header(response, "Location") if 300 <= response.status < 400 else None
    kept = response.status in (200, 304)
    pause = None if response.status < 300 else _header(response, "Retry-After")
    return Answer(
        response.status,
        _header(response, "ETag") if kept else None,
        _header(response, "Last-Modified") if kept else None,
        redirect_address(location, response.url) if location else None,
        response.meta.get("canonical"),
        retry_after(pause, time.time() if now is None else now),
    )


def outcome_of(response: Response, leads: int) -> str:
    """Return the outcome of a response from which the callback made no item."""
    status, kind = response.status, response.meta.get("kind")
    if status == 304:
        return Outcome.UNCHANGED
    if 300 <= status < 400 and response.headers.get("Location"):
        return Outcome.REDIRECT
    if status != 200:
        return http(status)
    if kind == "part":
        return Outcome.PART
    return Outcome.LIST if leads or kind in ("start", "list") else Outcome.NOTHING


def retry_after(value: str | None, now: float) -> float | None:
    """Read a Retry-After header, seconds or a date (RFC 9110, 10.2.3): seconds from now, None if it says nothing."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:12])  # up to thirty thousand years
    try:
        return max(parsedate_to_datetime(text).timestamp() - now, 0.0)
    except (ValueError, OverflowError, OSError):
        return None


def refusal_of(error: exceptions.IgnoreRequest) -> str:
    """Return the outcome of a request that a middleware of ours or Scrapy's refused to send."""
    said = str(error)
    if said.startswith("Forbidden by robots.txt"):
        return Outcome.ROBOTS
    return str(getattr(error, "outcome", Outcome.PRIVATE if said.endswith("private address") else Outcome.IGNORED))


def reason_of(error: BaseException | None) -> str:
    """Return the outcome of a failed download; `storage` if our own disk failed."""
    if isinstance(error, NewscrawlError):
        return Outcome.STORAGE
    own = _WORD.sub("-", type(error).__name__.removesuffix("Error")).lower()
    if type(error).__module__.startswith("newscrawl."):
        return own
    return next((name for kind, name in _REASONS.items() if isinstance(error, kind)), own)


def _turns(why: str) -> Literal["", "next", "other"]:
    """Return, from a lead's `why` (`newscrawl.discover.lead`), how it is a page of the list that names it, if it is."""
    return "next" if why.startswith("next-") else "other" if why == "pager" else ""


def _id_of(url: str, method: str, body: bytes, context: Mapping[str, object]) -> int:
    """Identify a request: a plain GET by its address, any other by method, address and body."""
    drawn = bool(context.get("rendered"))  # rendered by a browser: a second fetch of the same address
    if method == "GET" and not body and not drawn:
        return url_id(url)
    text = f"{'DRAWN' if drawn else method} {canonical(url)}\n".encode() + body
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big", signed=True)


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
