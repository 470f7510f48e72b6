"""Decode HTTP content encodings (gzip, deflate, br, zstd: those that Scrapy requests) up to a limit of size."""

from __future__ import annotations

import importlib
import sys
import zlib
from io import BytesIO

# Scrapy depends on these; their module names differ between Python versions.
_zstd = importlib.import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
_brotli = importlib.import_module("brotli" if sys.implementation.name != "pypy" else "brotlicffi")
_PIECE = 64 * 1024
_MOST_LAYERS = 8  # encodings applied one after another: servers use one; a body that claims more is not decoded


class TooLargeError(ValueError):
    """A decoded body would be larger than allowed."""


def decoded(raw: bytes, encodings: str, ceiling: int) -> bytes:
    """Decode a body. A body not encoded as declared is returned unchanged; of a truncated one the beginning is decoded.

    Args:
        raw: the body as received.
        encodings: the value of Content-Encoding, several separated by commas.
        ceiling: bytes the result may have.

    Raises:
        TooLargeError: it would be larger.
    """
    layers = encodings.lower().split(",")
    for encoding in reversed(layers if len(layers) <= _MOST_LAYERS else ()):
        match encoding.strip():
            case "gzip" | "x-gzip":
                raw = _unzipped(raw, 16 + zlib.MAX_WBITS, ceiling)
            case "deflate":
                # "deflate" should have zlib's two-byte header; many servers send it bare (RFC 9110, 8.4.1.2).
                bare = len(raw) < 2 or raw[0] & 15 != 8 or int.from_bytes(raw[:2], "big") % 31
                raw = _unzipped(raw, -zlib.MAX_WBITS if bare else zlib.MAX_WBITS, ceiling)
            case "br":
                raw = _unbrotlied(raw, ceiling)
            case "zstd":
                raw = _unzstd(raw, ceiling)
    return raw


def _unzipped(raw: bytes, window: int, ceiling: int) -> bytes:
    result, decompressor = bytearray(), zlib.decompressobj(window)
    # in small pieces: each member copies the bytes left over, and there may be a million members
    for start in range(0, len(raw), _PIECE):
        piece = raw[start : start + _PIECE]
        while piece:
            try:
                result += decompressor.decompress(piece, ceiling + 1 - len(result))
            except zlib.error:
                return bytes(result) or raw
            _check(result, ceiling)
            piece = decompressor.unused_data
            if decompressor.eof:
                if window <= zlib.MAX_WBITS:  # only gzip has further members
                    return bytes(result)
                decompressor = zlib.decompressobj(window)
    return bytes(result)


def _unbrotlied(raw: bytes, ceiling: int) -> bytes:
    decompressor, result = _brotli.Decompressor(), b""
    try:
        for start in range(0, len(raw), _PIECE):
            result += decompressor.process(raw[start : start + _PIECE], output_buffer_limit=ceiling + 1 - len(result))
            _check(result, ceiling)
    except _brotli.error:
        return result or raw
    return result


def _unzstd(raw: bytes, ceiling: int) -> bytes:
    stream, result = _zstd.ZstdFile(BytesIO(raw)), b""
    try:
        while piece := stream.read(_PIECE):
            result += piece
            _check(result, ceiling)
    except (EOFError, _zstd.ZstdError):
        return result or raw
    return result


def _check(result: bytes | bytearray, ceiling: int) -> None:
    if len(result) > ceiling:
        raise TooLargeError(f"decoded body larger than {ceiling} bytes")
