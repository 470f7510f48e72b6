"""One server for all replicas: it answers as an HTTP proxy, so that each may have hosts of its own."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

from tests.replicas.portal import Asked
from tests.servers.site import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.replicas.portal import Replica

HUB = "http://hub.test/"


class Server:
    """Serves replicas, and a page that links to each (`HUB`); `asked` keeps all requests but those for robots.txt."""

    def __init__(self, replicas: Iterable[Replica]) -> None:
        self.replicas = {host: replica for replica in replicas for host in (replica.host, *replica.also)}
        self.asked: list[str] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def proxy(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def answer(self, asked: Asked) -> Answer:
        host = asked.url.partition("/")[0]
        if not asked.url.endswith("/robots.txt"):
            self.asked.append(asked.url)
        if host == "hub.test":
            return self._hub(asked)
        replica = self.replicas.get(host)
        return replica.answer(asked) if replica else Answer(b"", 502)

    def _hub(self, asked: Asked) -> Answer:
        homes = dict.fromkeys(replica.home for replica in self.replicas.values())
        links = "".join(f"<li><a href='{home}'>分站{number}</a></li>" for number, home in enumerate(homes))
        page = f"<html><head><title>清源新闻网</title></head><body><ul>{links}</ul></body></html>"
        return Answer(page.encode()) if asked.path == "/" else Answer(b"", 404)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            answer = server.answer(Asked(self.command, self.path.partition("://")[2], body))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_POST = do_GET  # noqa: N815  as http.server calls it

        def log_message(self, *_: object) -> None:
            pass

    return Handler
