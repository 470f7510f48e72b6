"""A small site on loopback with a given response for each path; it is also a proxy, so it can have any host name."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import urlsplit


@dataclass
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})


class Site:
    """Answers by path with what `pages` holds, 404 otherwise; `requests` counts by path."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.host = host
        self.pages: dict[str, Answer] = {}
        self.requests: Counter[str] = Counter()
        self.delays: dict[str, float] = {}  # seconds an answer is kept back, by path
        self.gates: dict[str, str] = {}  # the cookie without which a path answers with a redirect to itself
        self.seen_headers: dict[str, dict[str, str]] = {}
        self._server = ThreadingHTTPServer((host, 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def page(self, path: str, html: str | bytes, status: int = 200, **headers: str) -> None:
        """Set what a path answers."""
        body = html.encode() if isinstance(html, str) else html
        self.pages[path] = Answer(body, status, {"Content-Type": "text/html; charset=utf-8", **headers})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(site) -> type[BaseHTTPRequestHandler]:  # noqa: N805  the handler's own self stands inside
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                path = parts.path + (f"?{parts.query}" if parts.query else "")
                site.requests[path] += 1
                site.seen_headers[path] = dict(self.headers.items())
                time.sleep(site.delays.get(path, 0))
                if path in site.gates and site.gates[path] not in (self.headers.get("Cookie") or ""):
                    gate = {"Location": path, "Set-Cookie": f"{site.gates[path]}; path=/"}
                    answer: Answer | None = Answer(b"", 302, gate)
                else:
                    answer = site.pages.get(path)
                answer = answer or Answer(b"<html><body><h1>404</h1></body></html>", 404)
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
