"""Read gzip members, the units of a WARC file: each record is one member (WARC 1.1, annex D).

Files are read by `os.pread` in small pieces, so that neither a huge file nor a malicious record takes much memory.
"""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"\x1f\x8b\x08"
_PIECE = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS


class DamagedMemberError(ValueError):
    """There is no intact gzip member at an offset: it is truncated, altered or too large; the message says which."""


@dataclass(frozen=True, slots=True)
class Member:
    """A gzip member: where it lies in its file, and what it holds, uncompressed."""

    offset: int
    length: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes that are no whole member; `reason` is for the log."""

    offset: int
    length: int
    reason: str


def inflate(descriptor: int, offset: int, ceiling: int) -> Member:
    """Read the member at an offset of an open file.

    Args:
        descriptor: the file, open for reading.
        offset: where the member begins.
        ceiling: bytes the member may hold uncompressed.

    Raises:
        DamagedMemberError: it is torn or damaged (its CRC does not fit), or holds more than the ceiling.
    """
    decompressor = zlib.decompressobj(_GZIP)
    pieces: list[bytes] = []
    size, position = 0, offset
    while not decompressor.eof:
        piece = decompressor.unconsumed_tail
        if not piece:
            piece = os.pread(descriptor, _PIECE, position)
            position += len(piece)
        if not piece:
            raise DamagedMemberError("torn")
        try:
            pieces.append(decompressor.decompress(piece, ceiling + 1 - size))
        except zlib.error as error:
            raise DamagedMemberError(f"damaged ({error})") from error
        size += len(pieces[-1])
        if size > ceiling:
            raise DamagedMemberError(f"larger than {ceiling} bytes")
    return Member(offset, position - len(decompressor.unused_data) - offset, b"".join(pieces))


def members(descriptor: int, ceiling: int) -> Iterator[Member | Gap]:
    """Yield every member of an open file in order; after damage, go on at the next member that is a WARC record."""
    end = os.fstat(descriptor).st_size
    offset = 0
    while offset < end:
        try:
            member = inflate(descriptor, offset, ceiling)
        except DamagedMemberError as error:
            following = _next_record(descriptor, offset + 1, end)
            yield Gap(offset, following - offset, str(error))
            offset = following
        else:
            yield member
            offset += member.length


def _next_record(descriptor: int, offset: int, end: int) -> int:
    """Return the offset of the next member that holds a WARC record; the end of the file if there is none."""
    while offset < end:
        piece = os.pread(descriptor, _PIECE, offset)
        if not piece:
            break
        found = piece.find(MAGIC)
        if found >= 0:
            if _begins_record(descriptor, offset + found):
                return offset + found
            offset += found + 1
        else:
            offset += max(1, len(piece) - len(MAGIC) + 1)
    return end


def _begins_record(descriptor: int, offset: int) -> bool:
    try:
        start = zlib.decompressobj(_GZIP).decompress(os.pread(descriptor, 4096, offset), 5)
    except zlib.error:
        return False
    return start == b"WARC/"
