"""A little S3 server on loopback: buckets by path, objects in memory, the five verbs that a client of files needs."""

from __future__ import annotations

import hashlib
import threading
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

_LISTED = (
    "<Contents><Key>{}</Key><Size>{}</Size><ETag>{}</ETag>"
    "<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>"
)


class S3:
    """Objects by bucket and key; `environment` has the variables by which a client finds it."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.is_closed = False  # to everybody: 403
        self.is_cutting = False  # the last byte off what is put
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.environment = {
            "AWS_ENDPOINT": f"http://127.0.0.1:{self._server.server_address[1]}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "word",
        }

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def listing(self, bucket: str, query: dict[str, list[str]]) -> bytes:
        """Answer ListObjectsV2."""
        prefix, delimiter = query.get("prefix", [""])[0], query.get("delimiter", [""])[0]
        keys = [key.partition("/")[2] for key in sorted(self.objects) if key.startswith(f"{bucket}/{prefix}")]
        here = [key for key in keys if not delimiter or delimiter not in key[len(prefix) :]]
        below = {key[: key.index(delimiter, len(prefix)) + 1] for key in keys if key not in here}
        listed = "".join(
            _LISTED.format(escape(key), len(self.objects[f"{bucket}/{key}"]), _etag(self.objects[f"{bucket}/{key}"]))
            for key in here
        )
        listed += "".join(f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>" for one in sorted(below))
        head = f"<Name>{bucket}</Name><Prefix>{escape(prefix)}</Prefix><KeyCount>{len(here) + len(below)}</KeyCount>"
        end = "<MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>"
        return f"<ListBucketResult>{head}{end}{listed}</ListBucketResult>".encode()

    def _handler(store) -> type[BaseHTTPRequestHandler]:  # noqa: C901, N805  the handler's own self stands inside
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            @property
            def key(self) -> str:
                return unquote(urlsplit(self.path).path).strip("/")

            def do_PUT(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if not store.is_closed:
                    store.objects[self.key] = body[:-1] if store.is_cutting else body
                self.answer(403 if store.is_closed else 200, b"", etag=_etag(body))

            def do_DELETE(self) -> None:
                store.objects.pop(self.key, None)
                self.answer(204)

            def do_HEAD(self) -> None:
                self.do_GET()

            def do_GET(self) -> None:
                query = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
                if store.is_closed:
                    self.answer(403, b"<Error><Code>AccessDenied</Code></Error>")
                elif "list-type" in query:
                    self.answer(200, store.listing(self.key, query))
                elif (body := store.objects.get(self.key)) is not None:
                    self.answer_part(body)
                else:
                    self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

            def answer_part(self, body: bytes) -> None:
                wanted = self.headers.get("Range")
                if not wanted:
                    self.answer(200, body, etag=_etag(body))
                    return
                first, _, last = wanted.removeprefix("bytes=").partition("-")
                begin, end = int(first), min(int(last or len(body)), len(body) - 1)
                span = f"bytes {begin}-{end}/{len(body)}"
                self.answer(206, body[begin : end + 1], etag=_etag(body), span=span)

            def answer(self, status: int, body: bytes = b"", etag: str = "", span: str = "") -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Last-Modified", formatdate(1_790_000_000, usegmt=True))
                for name, value in (("ETag", etag), ("Content-Range", span)):
                    if value:
                        self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def log_message(self, *_) -> None:
                pass

        return Handler


def _etag(body: bytes) -> str:
    return f'"{hashlib.md5(body).hexdigest()}"'
