"""A server that sends raw bytes, so that it can break every rule of HTTP; plain and TLS, for all host names."""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import socketserver
import ssl
import struct
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Callable

HTML = "text/html; charset=utf-8"


@dataclass
class Exchange:
    """One request on a connection, and the means to answer it well or badly."""

    connection: socket.socket
    method: str
    path: str
    host: str  # without port
    headers: dict[str, str]
    secure: bool
    server: Server

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def answer(self, body: str | bytes = b"", status: int = 200, *lines: bytes, kind: str = HTML) -> None:
        """A well-formed answer; `lines` are further header lines as raw bytes."""
        content = body.encode() if isinstance(body, str) else body
        head = [
            f"HTTP/1.1 {status} X".encode(),
            b"Content-Length: %d" % len(content),
            b"Content-Type: " + kind.encode(),
        ]
        self.send(b"\r\n".join([*head, *lines, b"", b""]) + content)

    def redirect(self, location: bytes, status: int = 302) -> None:
        self.answer(b"", status, b"Location: " + location)

    def reset(self) -> None:
        """Break the connection off with a TCP reset instead of an orderly end."""
        raw = self.connection
        if isinstance(raw, ssl.SSLSocket):
            raw = socket.socket(fileno=raw.detach())
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raw.close()
        raise ConnectionAbortedError

    def url(self, path: str, host: str | None = None) -> str:
        """An address of this server as the client sees it."""
        port = self.server.tls_port if self.secure else self.server.port
        return f"{'https' if self.secure else 'http'}://{host or self.host}:{port}{path}"


class Server:
    """Answers each request by `respond(exchange)` in a thread of its own; counts requests by host and path."""

    def __init__(
        self, respond: Callable[[Exchange], None], greet: Callable[[socket.socket], bool] | None = None
    ) -> None:
        self.respond = respond
        self.greet = greet  # what is done with a new plain connection before its request is read; True: it is done with
        self.requests: Counter[str] = Counter()
        self._folder = tempfile.TemporaryDirectory()
        self._plain = _Listener(self, None)
        self._tls = _Listener(self, _context(Path(self._folder.name)))
        self.port, self.tls_port = self._plain.server_address[1], self._tls.server_address[1]

    def __enter__(self) -> Self:
        for listener in (self._plain, self._tls):
            threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for listener in (self._plain, self._tls):
            listener.shutdown()
            listener.server_close()
        self._folder.cleanup()

    def talk(self, connection: socket.socket, *, secure: bool) -> None:
        """Serve one connection until either side has had enough."""
        reader = connection.makefile("rb")
        while line := reader.readline(65536):
            method, _, rest = line.decode("latin-1").partition(" ")
            path = rest.partition(" ")[0]
            headers: dict[str, str] = {}
            while (field := reader.readline(65536).decode("latin-1").strip()) != "":
                name, _, value = field.partition(":")
                headers[name.lower()] = value.strip()
            host = headers.get("host", "").partition(":")[0]
            self.requests[f"{host}{path}"] += 1
            self.respond(Exchange(connection, method, path, host, headers, secure, self))


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, server: Server, context: ssl.SSLContext | None) -> None:
        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                connection = self.request
                connection.settimeout(60)
                with contextlib.suppress(OSError, ValueError):
                    if context is None and server.greet is not None and server.greet(connection):
                        return
                    if context is not None:
                        connection = context.wrap_socket(connection, server_side=True)
                    server.talk(connection, secure=context is not None)

        super().__init__(("127.0.0.1", 0), Handler)


def _context(folder: Path) -> ssl.SSLContext:
    """A TLS context with a certificate nobody signed: made anew each time, it proves nothing."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "evil.test")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "evil.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
