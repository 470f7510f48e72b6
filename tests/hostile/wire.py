"""Attacks on the connection and on HTTP itself: resets, silence, lengths, headers, encodings."""

from __future__ import annotations

import gzip
import socket
import struct
import time
import zlib
from typing import TYPE_CHECKING

import brotli

from tests.hostile import neighbour
from tests.hostile.attack import article, attack

if TYPE_CHECKING:
    from tests.hostile.exchange import Exchange

CONNECTION = r"connection|data-loss|timeout"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def _reset(connection: socket.socket) -> bool:
    # the neighbour lives on the same port: only what asks for the attacker is broken off
    head = connection.recv(4096, socket.MSG_PEEK)
    if b"evil.test" not in head:
        return False
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    return True


@attack("reset-unread", CONNECTION, greet=_reset)
def reset_unread(exchange: Exchange) -> None:
    exchange.reset()


@attack("reset-after-request", CONNECTION)
def reset_after_request(exchange: Exchange) -> None:
    exchange.reset()


@attack("tls-reset", CONNECTION, secure=True)
def tls_reset(exchange: Exchange) -> None:
    exchange.reset()


@attack("tls-cut", CONNECTION, secure=True)
def tls_cut(exchange: Exchange) -> None:
    exchange.send(OK + b"Content-Length: 5000\r\n\r\n<html>")
    exchange.reset()


@attack("silence", "timeout")
def silence(exchange: Exchange) -> None:
    time.sleep(30)


@attack("drip-header", "timeout")
def drip_header(exchange: Exchange) -> None:
    for byte in OK * 50:
        exchange.send(bytes([byte]))
        time.sleep(0.5)


@attack("drip-body", "timeout")
def drip_body(exchange: Exchange) -> None:
    exchange.send(OK + b"Content-Length: 5000\r\n\r\n")
    for byte in b"<html>" * 100:
        exchange.send(bytes([byte]))
        time.sleep(0.5)


@attack("close-empty", CONNECTION)
def close_empty(exchange: Exchange) -> None:
    exchange.connection.shutdown(socket.SHUT_RDWR)


@attack("length-too-long", CONNECTION)
def length_too_long(exchange: Exchange) -> None:
    exchange.send(OK + b"Content-Length: 500000\r\n\r\n" + neighbour.story(1).encode())
    exchange.connection.shutdown(socket.SHUT_RDWR)


@attack("length-negative", CONNECTION)
def length_negative(exchange: Exchange) -> None:
    exchange.send(OK + b"Content-Length: -5\r\n\r\n" + neighbour.story(1).encode())


@attack("length-twice", CONNECTION)
def length_twice(exchange: Exchange) -> None:
    exchange.send(OK + b"Content-Length: 5\r\nContent-Length: 500\r\n\r\n" + b"x" * 5)


@attack("length-huge", "too-large")
def length_huge(exchange: Exchange) -> None:
    exchange.send(OK + b"Content-Length: 99999999999999999999\r\n\r\n<html>")


@attack("chunk-bad", CONNECTION)
def chunk_bad(exchange: Exchange) -> None:
    exchange.send(OK + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nnonsense\r\n")


@attack("chunk-endless", "too-large")
def chunk_endless(exchange: Exchange) -> None:
    exchange.send(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        exchange.send(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")


@attack("chunk-line-endless", CONNECTION)
def chunk_line_endless(exchange: Exchange) -> None:
    exchange.send(OK + b"Transfer-Encoding: chunked\r\n\r\n5;")
    while True:
        exchange.send(b"x" * 0x10000)


@attack("body-endless", "too-large")
def body_endless(exchange: Exchange) -> None:
    exchange.send(OK + b"\r\n")
    while True:
        exchange.send(b"<p>" * 0x8000)


@attack("header-endless", "header-too-large")
def header_endless(exchange: Exchange) -> None:
    exchange.send(OK)
    while True:
        exchange.send(b"".join(b"X-%d: %s\r\n" % (n, b"y" * 1000) for n in range(60)))


@attack("header-line-endless", "header-too-large|connection")
def header_line_endless(exchange: Exchange) -> None:
    exchange.send(OK + b"X-Long: ")
    while True:
        exchange.send(b"y" * 0x10000)


@attack("header-folded-endless", "header-too-large")
def header_folded_endless(exchange: Exchange) -> None:
    exchange.send(OK + b"X-Folded: y\r\n")
    while True:
        exchange.send(b" yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n" * 2000)


@attack("continue-endless", "header-too-large")
def continue_endless(exchange: Exchange) -> None:
    while True:
        exchange.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 2000)


@attack("trailer-endless", "header-too-large|connection|timeout")
def trailer_endless(exchange: Exchange) -> None:
    exchange.send(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n")
    while True:
        exchange.send(b"X-Trailer: yyyyyyyyyyyyyyyyyyyyyyyyyy\r\n" * 2000)


@attack("status-garbage", CONNECTION)
def status_garbage(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 banana split\r\n\r\n")
    exchange.connection.shutdown(socket.SHUT_RDWR)


@attack("header-values", "article", stored=1)
def header_values(exchange: Exchange) -> None:
    exchange.answer(
        neighbour.story(101, "恶溪"),
        200,
        "Retry-After: ²".encode("latin-1"),
        b"Retry-After: +99999999999999999999999999",
        b"Last-Modified: 99 Foo 99999",
        b"ETag: \xff\xfe\xfd",
        b"Content-Language: \x1b[31m",
    )


@attack("status-503-retry", "503", bait=("/",))
def status_503_retry(exchange: Exchange) -> None:
    exchange.answer("busy", 503, "Retry-After: ²".encode("latin-1"))


def _encoded(exchange: Exchange, encoding: bytes, body: bytes) -> None:
    exchange.answer(body, 200, b"Content-Encoding: " + encoding)


@attack("gzip-bomb", "too-large")
def gzip_bomb(exchange: Exchange) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b"<p>" * 350_000
    _encoded(exchange, b"gzip", b"".join([*(packer.compress(block) for _ in range(100)), packer.flush()]))


@attack("gzip-members", "article|too-complex|not-html|nothing|list|empty")
def gzip_members(exchange: Exchange) -> None:
    _encoded(exchange, b"gzip", gzip.compress(b"", mtime=0) * 600_000 + gzip.compress(neighbour.story(101).encode()))


@attack("gzip-lie", "article", stored=1)
def gzip_lie(exchange: Exchange) -> None:
    _encoded(exchange, b"gzip", neighbour.story(101, "恶溪").encode())


@attack("gzip-cut", "article|no-story|list|nothing")
def gzip_cut(exchange: Exchange) -> None:
    whole = gzip.compress(neighbour.story(101, "恶溪").encode())
    _encoded(exchange, b"gzip", whole[: len(whole) * 2 // 3])


@attack("brotli-bomb", "too-large")
def brotli_bomb(exchange: Exchange) -> None:
    _encoded(exchange, b"br", brotli.compress(b"<p>" * 50_000_000, quality=5))


@attack("encodings-stacked", "too-large|too-many-encodings|article")
def encodings_stacked(exchange: Exchange) -> None:
    body = neighbour.story(101, "恶溪").encode()
    for _ in range(40):
        body = gzip.compress(body)
    _encoded(exchange, b", ".join([b"gzip"] * 40), body)


@attack("encoding-unknown", "not-html|article|nothing|empty|mojibake|no-story|list")
def encoding_unknown(exchange: Exchange) -> None:
    _encoded(exchange, b"x-unheard-of", b"\x00\x01\x02" * 1000)


@attack("content-type-html", "article", stored=1)
def content_type_html(exchange: Exchange) -> None:
    body = neighbour.story(101, "恶溪").encode()
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: html\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


@attack("cookie-redirect", "redirect-loop", bait=("/",))
def cookie_redirect(exchange: Exchange) -> None:
    exchange.answer("", 302, b"Location: " + exchange.path.encode(), b"Set-Cookie: seen=1")


@attack("charset-lie", "article", stored=1)
def charset_lie(exchange: Exchange) -> None:
    exchange.answer(neighbour.story(101, "恶溪").encode(), kind="text/html; charset=utf-7")


@attack("slow-neighbour", "article", stored=1)
def slow_neighbour(exchange: Exchange) -> None:
    time.sleep(2)
    article(exchange)
