"""The sample portal's server on loopback: an origin server, and an HTTP proxy for the portal's stable addresses."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import urlsplit, urlunsplit

from newscrawl.sample.addresses import HOME, HOSTS
from newscrawl.sample.pages import SamplePage, not_found, pages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from email.message import Message
    from pathlib import Path
    from socket import socket


class Logged(TypedDict):
    """A request that was answered."""

    t: float  # Unix time
    method: str
    url: str
    status: int
    agent: str | None


class SampleServer(ThreadingHTTPServer):
    """Serves one edition from threads of its own between `start()` and `stop()`.

    Asked with an absolute address, as a proxy is, it answers for the portal's hosts alone (502 for any other).
    Asked as an origin server, it looks for the path on each of its hosts in turn. Addresses in `missing` answer 404.
    """

    home = HOME  # what a crawl through the proxy starts from
    daemon_threads = True
    request_queue_size = 64  # a crawler opens all its connections at once

    def __init__(
        self,
        edition: int = 1,
        *,
        port: int = 0,
        log: Path | None = None,
        delay: float = 0.0,
        missing: Collection[str] = (),
    ) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.pages = {url: page for url, page in pages(edition).items() if url not in missing}
        self.requests: list[Logged] = []
        self._log = log.open("a", encoding="utf-8") if log else None
        self._delay = delay
        self._fetches: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    @property
    def proxy(self) -> str:
        """Address to name as HTTP proxy; as origin server the portal's home page."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def start(self) -> None:
        """Serve from a thread until `stop()`."""
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop serving and close the port and the log."""
        if self._thread:
            self.shutdown()
            self._thread.join()
            self._thread = None
        self.server_close()
        if self._log:
            self._log.close()

    def answer(self, url: str) -> tuple[SamplePage, int]:
        """The page at a full address (its query does not matter), and how often it has now been fetched."""
        time.sleep(self._delay)
        address = urlunsplit(urlsplit(url)._replace(query="", fragment=""))
        with self._lock:
            self._fetches[address] += 1
            return self.pages.get(address) or not_found(), self._fetches[address]

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: object) -> None:
        """Ignore a client that closed the connection, as a killed one does; print any other error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def record(self, method: str, url: str, status: int, agent: str | None) -> None:
        """Remember a request, and write it to the log."""
        entry: Logged = {"t": round(time.time(), 3), "method": method, "url": url, "status": status, "agent": agent}
        with self._lock:
            self.requests.append(entry)
            if self._log:
                self._log.write(json.dumps(entry, ensure_ascii=False) + "\n")
                self._log.flush()


@contextmanager
def serve(
    edition: int = 1,
    *,
    port: int = 0,
    log: Path | None = None,
    delay: float = 0.0,
    missing: Collection[str] = (),
) -> Iterator[SampleServer]:
    """Run the sample portal for the length of a `with` block; `OSError` where the port or the log cannot be opened."""
    server = SampleServer(edition, port=port, log=log, delay=delay, missing=missing)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class _Handler(BaseHTTPRequestHandler):
    server: SampleServer
    protocol_version = "HTTP/1.1"
    server_version = "SamplePortal/1"
    disable_nagle_algorithm = True  # head and body are two writes; without this a client's delayed ACK costs 40 ms
    wbufsize = -1
    timeout = 60  # seconds; an idle connection does not hold its thread for ever

    def do_GET(self) -> None:
        url = self._address()
        if urlsplit(url).hostname not in HOSTS:
            self._send(url, 502, b"", {})
            return
        page, fetches = self.server.answer(url)
        if page.status == 200 and _unchanged(page, self.headers):
            kept = {name: page.headers[name] for name in ("ETag", "Last-Modified")}
            self._send(url, 304, b"", kept)
        else:
            self._send(url, page.status, page.shown(fetches), page.headers)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _address(self) -> str:
        """The full address asked for."""
        if self.path.startswith("http://"):
            return self.path
        named = (self.headers.get("Host") or "").partition(":")[0]
        hosts = [named] if named in HOSTS else HOSTS
        known = (f"http://{host}{self.path}" for host in hosts)
        return next(
            (url for url in known if url.partition("?")[0] in self.server.pages), f"http://{hosts[0]}{self.path}"
        )

    def _send(self, url: str, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.server.record(self.command, url, status, self.headers.get("User-Agent"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parameter is named in http.server
        """Nothing on standard error: requests are recorded by the server."""


def _unchanged(page: SamplePage, asked: Message) -> bool:
    """Whether the client's copy is still good; an entity tag outweighs a date (RFC 9110, 13.2.2)."""
    tag, date = page.headers.get("ETag"), page.headers.get("Last-Modified")
    if tag is None or date is None:
        return False
    if "If-None-Match" in asked:
        return tag in [known.strip().removeprefix("W/") for known in asked["If-None-Match"].split(",")]
    since = asked.get("If-Modified-Since")
    try:
        return since is not None and parsedate_to_datetime(date) <= parsedate_to_datetime(since)
    except ValueError:  # a date that cannot be read is ignored (RFC 9110, 13.1.3)
        return False
