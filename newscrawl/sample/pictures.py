"""Tiny pictures, made rather than stored."""

from __future__ import annotations

import struct
import zlib


def picture_png(name: str, width: int = 640, height: int = 360) -> bytes:
    """A PNG of one colour, which depends on the name; a few hundred bytes (PNG specification, third edition)."""
    colour = zlib.crc32(name.encode()).to_bytes(4, "big")[:3]
    rows = (b"\0" + colour * width) * height  # each row begins with its filter type, 0 for none
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)  # 8 bits a channel, colour type 2: RGB
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
    )


def blank_gif() -> bytes:
    """The transparent GIF of one pixel that lazy pages show first (GIF89a)."""
    return bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
