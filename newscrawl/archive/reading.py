"""Reading WARC files back: `read_warc` for a whole file, `read_record` for the record a row points to."""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException
from warcio.timeutils import iso_date_to_datetime

from newscrawl.archive.members import DamagedMemberError, Gap, Member, inflate, members
from newscrawl.archive.warc import OPEN_SUFFIX, WarcRef
from newscrawl.errors import WarcError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

logger = logging.getLogger(__name__)

# Where it is missing no server is told that we understand br, so no page comes in it.
brotli: Any = importlib.import_module("brotli") if importlib.util.find_spec("brotli") else None

CEILING = 16 << 20  # bytes of one page, compressed or not: DOWNLOAD_MAXSIZE of the settings
_HEADERS_ROOM = 1 << 20  # what a record's own and HTTP headers may take on top


@dataclass(frozen=True, slots=True)
class Capture:
    """A record read back: a response, or one of our `metadata` records."""

    record_type: str  # "response" or "metadata"
    url: str
    fetched_at: datetime  # UTC, aware
    ref: WarcRef
    info: dict[str, str]  # the file's warcinfo
    digest: str | None = None  # of the payload as received
    status: int = 0
    reason: str | None = None
    protocol: str = "HTTP/1.1"
    headers: list[tuple[str, str]] = field(default_factory=list)  # text is latin-1 of the bytes
    raw: bytes = b""  # as received, content-encoded
    body: bytes = b""  # decoded of its content-encoding
    payload: dict[str, Any] = field(default_factory=dict)  # of a metadata record
    name: str | None = None  # of a metadata record: "crawl"

    def header(self, name: str) -> str | None:
        """Return the first header of a name, case aside."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class _Latin1Parser(StatusAndHeadersParser):  # type: ignore[misc]  # warcio is untyped
    """Header bytes are kept as latin-1 text, the way they were written, where warcio would guess UTF-8."""

    @staticmethod
    def decode_header(line: bytes) -> str:
        return line.decode("latin-1")


def read_warc(
    path: Path, *, ceiling: int = CEILING, on_damage: Callable[[WarcError], None] | None = None
) -> Iterator[Capture]:
    """Give the responses and metadata records of a file, in order; what is damaged is logged and left out.

    Args:
        path: the file, closed or still ".open".
        ceiling: bytes a body may have, as received and decoded; a larger record is left out like a damaged one.
        on_damage: is told of each stretch left out.

    Raises:
        WarcError: the file cannot be opened.
    """

    def skipped(offset: int, reason: str) -> None:
        error = WarcError(f"damaged WARC {path}: record at offset {offset} skipped: {reason}")
        logger.warning("%s", error)
        if on_damage:
            on_damage(error)

    descriptor = _open(path)
    info: dict[str, str] = {}
    try:
        for member in members(descriptor, ceiling + _HEADERS_ROOM):
            if isinstance(member, Gap):
                skipped(member.offset, member.reason)
                continue
            try:
                record = _parse(member)
                if record.rec_type == "warcinfo":
                    info = _fields(record.raw_stream.read())
                elif record.rec_type in {"response", "metadata"}:
                    yield _capture(record, member, path, info, ceiling)
            except DamagedMemberError as error:
                skipped(member.offset, str(error))
    finally:
        os.close(descriptor)


def read_record(folder: Path, ref: WarcRef, *, ceiling: int = CEILING) -> Capture:
    """Read the one record a reference points to; its `info` stays empty.

    Raises:
        WarcError: the file is missing, or no whole record lies there.
    """
    path = folder / ref.file
    if not path.exists():
        path = folder / (ref.file + OPEN_SUFFIX)
    descriptor = _open(path)
    try:
        member = inflate(descriptor, ref.offset, ceiling + _HEADERS_ROOM)
        return _capture(_parse(member), member, path, {}, ceiling)
    except DamagedMemberError as error:
        raise WarcError(f"no record at offset {ref.offset} of {path}: {error}") from error
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDONLY)
    except OSError as error:
        raise WarcError(f"cannot read {path}: {error.strerror}") from error


def _parse(member: Member) -> Any:
    """Parse a member's one record with warcio; raises DamagedMemberError where it is none."""
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    loader.http_parser = _Latin1Parser([], verify=False)
    try:
        record = loader.parse_record_stream(BytesIO(member.data), known_format="warc")
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, AttributeError) as error:
        raise DamagedMemberError(f"no WARC record ({str(error).strip()})") from error
    if record.length is None or record.length + 4 > len(member.data):
        raise DamagedMemberError("shorter than it says")
    return record


def _capture(record: Any, member: Member, path: Path, info: dict[str, str], ceiling: int) -> Capture:
    headers = record.rec_headers
    digest = headers["WARC-Payload-Digest"]
    raw = record.raw_stream.read()
    if len(raw) > ceiling:
        raise DamagedMemberError(f"body larger than {ceiling} bytes")
    url = headers["WARC-Target-URI"] or ""
    try:
        facts: dict[str, Any] = {
            "fetched_at": iso_date_to_datetime(headers["WARC-Date"], tz_aware=True).astimezone(UTC),
            "ref": WarcRef(path.name.removesuffix(OPEN_SUFFIX), member.offset, member.length, digest),
        }
        if record.rec_type == "metadata":
            facts |= {"payload": json.loads(raw), "name": url.rpartition(":")[2]}
        else:
            http = record.http_headers
            code, _, reason = http.statusline.partition(" ")
            encoding = ",".join(value for name, value in http.headers if name.lower() == "content-encoding")
            facts |= {"status": int(code), "reason": reason or None, "headers": http.headers}
            facts |= {"protocol": headers["WARC-Protocol"] or http.protocol, "body": decoded(raw, encoding, ceiling)}
    except (ValueError, TypeError, AttributeError) as error:
        raise DamagedMemberError(f"malformed ({error})") from error
    return Capture(record.rec_type, url, info=info, digest=digest, raw=raw, **facts)


def decoded(raw: bytes, encodings: str, ceiling: int = CEILING) -> bytes:
    """Undo the content-encodings of a body: gzip, deflate and br; what is not encoded as said is left as it is.

    Args:
        raw: the body as received.
        encodings: the value of Content-Encoding, several separated by commas.
        ceiling: bytes the result may have.

    Raises:
        DamagedMemberError: it would be larger.
    """
    for encoding in reversed(encodings.lower().split(",")):
        match encoding.strip():
            case "gzip" | "x-gzip":
                raw = _unzipped(raw, 16 + zlib.MAX_WBITS, ceiling)
            case "deflate":
                # "deflate" should have zlib's two-byte header; many servers send it bare (RFC 9110, 8.4.1.2).
                bare = len(raw) < 2 or raw[0] & 15 != 8 or int.from_bytes(raw[:2]) % 31
                raw = _unzipped(raw, -zlib.MAX_WBITS if bare else zlib.MAX_WBITS, ceiling)
            case "br" if brotli:
                raw = _unbrotlied(raw, ceiling)
    return raw


def _unzipped(raw: bytes, window: int, ceiling: int) -> bytes:
    """Decompress all there is, also of a stream that was cut short or has several members."""
    result, rest = b"", raw
    while rest:
        decompressor = zlib.decompressobj(window)
        try:
            piece = decompressor.decompress(rest, ceiling + 1 - len(result))
        except zlib.error:
            return result or raw
        result += piece
        if len(result) > ceiling:
            raise DamagedMemberError(f"decoded body larger than {ceiling} bytes")
        rest = decompressor.unused_data if window > zlib.MAX_WBITS else b""
    return result


def _unbrotlied(raw: bytes, ceiling: int) -> bytes:
    decompressor, result = brotli.Decompressor(), b""
    try:
        for start in range(0, len(raw), 4096):
            result += decompressor.process(raw[start : start + 4096], output_buffer_limit=ceiling + 1 - len(result))
            if len(result) > ceiling:
                raise DamagedMemberError(f"decoded body larger than {ceiling} bytes")
    except brotli.error:
        return result or raw
    return result


def _fields(body: bytes) -> dict[str, str]:
    """Parse application/warc-fields."""
    lines = (line.partition(":") for line in body.decode("utf-8", "replace").splitlines())
    return {name.strip(): value.strip() for name, colon, value in lines if colon}
