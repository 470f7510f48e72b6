"""What stands before every page: who may ask, by which name, and what the browser may load.

An ASGI middleware rather than Datasette's permissions, so that nothing can be forgotten: files, pages and errors all
pass here.
"""

from __future__ import annotations

import base64
import binascii
import secrets
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Scope = dict[str, Any]
    Receive = Callable[[], Awaitable[dict[str, Any]]]
    Send = Callable[[dict[str, Any]], Awaitable[None]]
    Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# Nothing may come from another host, and nothing may go to one. Datasette's own pages need scripts in their text.
_POLICY = (
    "default-src 'none'; script-src 'self'{inline}; style-src 'self'{inline}; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_DATASETTES = ("/archive", "/-/")
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
}


class Guard:
    """Let through requests with the token, if there is one, for one of the hosts, if they are named.

    The names keep out pages of other sites that point their own name at this machine (DNS rebinding).
    """

    def __init__(self, inner: Application, *, token: str | None = None, hosts: frozenset[str] | None = None) -> None:
        self.inner = inner
        self.token = token
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return

        async def send_with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", []))
                named = {bytes(name).lower() for name, _ in headers}
                wanted = {b"content-security-policy": _policy(scope["path"]), **_HEADERS}
                headers += [(name, value) for name, value in wanted.items() if name not in named]
                message = {**message, "headers": headers}
            await send(message)

        headers = {name.lower(): value.decode("latin-1") for name, value in scope.get("headers", [])}
        if self.hosts is not None and _name(headers.get(b"host", "")) not in self.hosts:
            await _refuse(send_with_headers, 421, "This address is not served here. Use http://127.0.0.1 instead.")
        elif self.token is not None and not self._knows(headers.get(b"authorization", "")):
            await _refuse(
                send_with_headers,
                401,
                "This archive asks for its token: as the password of any user name, or as a bearer token.",
                (b"www-authenticate", b'Basic realm="newscrawl", charset="UTF-8"'),
            )
        else:
            await self.inner(scope, receive, send_with_headers)

    def _knows(self, authorization: str) -> bool:
        """Tell whether a request's Authorization header holds the token."""
        scheme, _, given = authorization.partition(" ")
        if scheme.lower() == "basic":
            try:
                given = base64.b64decode(given, validate=True).decode("utf-8").partition(":")[2]
            except (binascii.Error, UnicodeDecodeError):
                return False
        elif scheme.lower() != "bearer":
            return False
        return secrets.compare_digest(given.strip().encode(), (self.token or "").encode())


def _policy(path: str) -> bytes:
    """Return the content security policy of a page."""
    return _POLICY.format(inline=" 'unsafe-inline'" if path.startswith(_DATASETTES) else "").encode()


def _name(host: str) -> str:
    """Return a Host header's name without its port."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).strip("[]").lower()


async def _refuse(send: Send, status: int, reason: str, *headers: tuple[bytes, bytes]) -> None:
    head = [(b"content-type", b"text/plain; charset=utf-8"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": reason.encode() + b"\n"})
