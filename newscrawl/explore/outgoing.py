"""Make responses safe: security headers, no control or bidirectional characters, no formulas in CSV cells."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from newscrawl.text import harmless, spreadsheet_text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    Message = dict[str, Any]  # of the ASGI protocol: which keys and values it has depends on its type
    Send = Callable[[Message], Awaitable[None]]

_TEXTS = (b"text/html", b"text/plain", b"text/csv", b"application/json")
# The first bytes of a UTF-8 character that continues in the next piece.
_CUT = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")


class Outgoing:
    """Sends a response on, with additional headers, and its text without control and bidirectional characters.

    Spreadsheets evaluate cells that begin like a formula (OWASP: CSV injection): in CSV these are marked as text.
    """

    def __init__(self, send: Send, wanted: Mapping[bytes, bytes]) -> None:
        self.send = send
        self.wanted = wanted
        self._clean: Callable[[str], str] | None = None
        self._rest = b""

    async def __call__(self, message: Message) -> None:
        """Send a message of the ASGI protocol."""
        if message["type"] == "http.response.start":
            message = self._started(message)
        elif message["type"] == "http.response.body" and self._clean is not None:
            message = {**message, "body": self._cleaned(message.get("body", b""), last=not message.get("more_body"))}
        await self.send(message)

    def _started(self, message: Message) -> Message:
        headers = [(bytes(name).lower(), bytes(value)) for name, value in message.get("headers", [])]
        kind = dict(headers).get(b"content-type", b"").lower()
        if kind.startswith(_TEXTS):
            self._clean = _csv if kind.startswith(b"text/csv") else harmless
            headers = [(name, value) for name, value in headers if name != b"content-length"]
        named = {name for name, _ in headers}
        headers += [(name, value) for name, value in self.wanted.items() if name not in named]
        return {**message, "headers": headers}

    def _cleaned(self, body: bytes, *, last: bool) -> bytes:
        assert self._clean is not None
        body, self._rest = self._rest + body, b""
        if not last and (cut := _CUT.search(body)):
            body, self._rest = body[: cut.start()], body[cut.start() :]
        return self._clean(body.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _csv(rows: str) -> str:
    """Whole rows, as Datasette writes them, with cells that a spreadsheet would compute marked as text."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in csv.reader(io.StringIO(harmless(rows), newline="")):
        writer.writerow([spreadsheet_text(cell) for cell in row])
    return out.getvalue()
