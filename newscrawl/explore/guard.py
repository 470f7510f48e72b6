"""ASGI middleware that protects every page: access token, Host names, requests from other sites, security headers.

It is a middleware, and not Datasette's permissions, so that it covers everything: files, pages and errors.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import secrets
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from newscrawl.explore.outgoing import Outgoing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from newscrawl.explore.outgoing import Message, Send

    Scope = dict[str, Any]  # ASGI's facts of a request
    Receive = Callable[[], Awaitable[Message]]
    Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# Pages may load nothing from other hosts and send nothing to them. Datasette's own pages need inline scripts.
_POLICY = (
    "default-src 'none'; script-src 'self'{inline}; style-src 'self'{inline}; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_DATASETTES = ("/archive", "/-/")
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"SAMEORIGIN",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
_ALL_ADDRESSES = frozenset({"0.0.0.0", "::"})  # noqa: S104  only compared
_BUSY = "Other queries are running; try again in a moment."
# Most SQL queries of readers at once: further ones are refused, so that they do not block the pages.
MOST_QUERIES = 2


class Refusal(NamedTuple):
    """The answer to a request that may not pass."""

    status: int
    reason: str
    headers: tuple[tuple[bytes, bytes], ...] = ()


class Guard:
    """Let through requests with the token (if one is set), for one of the hosts, from our own pages.

    Checking host names prevents DNS rebinding, where another site points its own name at this machine. Other sites may
    link to our pages, but not send SQL or load anything.
    """

    def __init__(self, inner: Application, *, token: str | None = None, hosts: frozenset[str] | None = None) -> None:
        self.inner = inner
        self.token = token
        self.hosts = hosts
        self._queries = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request, or pass it on."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        wanted = {b"content-security-policy": _policy(scope["path"]), **_HEADERS}
        outgoing = Outgoing(send, wanted)
        headers = {name.lower(): value.decode("latin-1") for name, value in scope.get("headers", [])}
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _refuse(outgoing, refusal)
        elif not _has_sql(scope):
            await self.inner(scope, receive, outgoing)
        elif self._queries >= MOST_QUERIES:
            await _refuse(outgoing, Refusal(503, _BUSY, ((b"retry-after", b"5"),)))
        else:
            self._queries += 1
            try:
                await self.inner(scope, receive, outgoing)
            finally:
                self._queries -= 1

    def _refusal(self, scope: Scope, headers: Mapping[bytes, str]) -> Refusal | None:
        """Return the refusal of a request; None if it may pass."""
        if self.hosts is not None and not _is_named(headers.get(b"host", ""), self.hosts):
            return Refusal(421, "This address is not served here. Use http://127.0.0.1 instead.")
        if self.token is not None and not self._knows(headers.get(b"authorization", "")):
            reason = "This archive asks for its token: as the password of any user name, or as a bearer token."
            return Refusal(401, reason, ((b"www-authenticate", b'Basic realm="newscrawl", charset="UTF-8"'),))
        if _is_foreign(scope, headers):
            return Refusal(403, "Pages of other sites may link here, and nothing more.")
        if scope["method"] not in {"GET", "HEAD"}:
            return Refusal(405, "The archive is only read here.", ((b"allow", b"GET, HEAD"),))
        return None

    def _knows(self, authorization: str) -> bool:
        """Return whether a request's Authorization header contains the token."""
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() == "basic":
            try:
                given = base64.b64decode(given, validate=True).decode("utf-8").partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                return False
        elif scheme.lower() != "bearer":
            return False
        return secrets.compare_digest(given.strip().encode(), (self.token or "").encode())


def _is_foreign(scope: Scope, headers: Mapping[bytes, str]) -> bool:
    """Return whether a page of another site makes this request, other than by navigating to one of our pages.

    Browsers state it in Sec-Fetch-Site, older ones in Origin or Referer; other clients send none of these.
    """
    site = headers.get(b"sec-fetch-site", "")
    if site in {"same-origin", "none"}:
        return False
    if not site:
        origin = headers.get(b"origin") or headers.get(b"referer", "")
        if not origin or urlsplit(origin).netloc == headers.get(b"host", ""):
            return False
    shows = headers.get(b"sec-fetch-mode") == "navigate" and headers.get(b"sec-fetch-dest") == "document"
    return not shows or _has_sql(scope)


def _has_sql(scope: Scope) -> bool:
    """Return whether a request contains SQL: a query, or a condition on a table."""
    names = parse_qs(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    return "sql" in names or "_where" in names


def _policy(path: str) -> bytes:
    """Return the content security policy of a page."""
    return _POLICY.format(inline=" 'unsafe-inline'" if path.startswith(_DATASETTES) else "").encode()


def _is_named(host: str, hosts: frozenset[str]) -> bool:
    """Return whether a Host header is one of the names, or, if 0.0.0.0 is among them, any IP address."""
    name, colon, port = host.rpartition(":")
    name = (name if colon and port.isdigit() else host).strip("[]").lower().rstrip(".")
    if name in hosts or not hosts & _ALL_ADDRESSES:
        return name in hosts
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


async def _refuse(send: Send, refusal: Refusal) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *refusal.headers]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": refusal.reason.encode() + b"\n"})
