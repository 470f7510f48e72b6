"""Read WARC files: `read_warc` reads a whole file, `read_record` the record that a row of the archive points to."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException
from warcio.timeutils import iso_date_to_datetime

from newscrawl.archive.warc.content_encoding import TooLargeError, decoded
from newscrawl.archive.warc.gzip_members import DamagedMemberError, Gap, Member, inflate, members
from newscrawl.archive.warc.write import ASIDE, OPEN_SUFFIX
from newscrawl.errors import WarcError
from newscrawl.items import WarcRef

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from warcio.recordloader import ArcWarcRecord

    from newscrawl.text import Json

logger = logging.getLogger(__name__)

CEILING = 16 << 20  # most bytes of a page, compressed or not: DOWNLOAD_MAXSIZE in the settings
_HEADERS_ROOM = 1 << 20  # most bytes of WARC and HTTP headers, in addition


_ROBOTS = re.compile(r"^[^/]*//[^/]*/robots\.txt$")


@dataclass(frozen=True, slots=True)
class Capture:
    """A record read back: a response, or one of our `metadata` records."""

    record_type: str  # "response"; "revisit", an answer 304; or "metadata"
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
    payload: dict[str, Json] = field(default_factory=dict)  # of a metadata record
    name: str | None = None  # of a metadata record: "crawl"
    aside: str | None = None  # why the crawl stored no row for the response: "robots", "gate"

    @property
    def is_page(self) -> bool:
        """Whether the archive has a row for the record: robots.txt and responses set aside have none."""
        return self.record_type in {"response", "revisit"} and not self.aside and not _ROBOTS.search(self.url)

    def header(self, name: str) -> str | None:
        """Return the first header of a name, case aside."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class _Latin1Parser(StatusAndHeadersParser):  # type: ignore[misc]  # warcio is untyped
    """Parses header bytes as latin-1, as they were written; warcio would guess UTF-8."""

    @staticmethod
    def decode_header(line: bytes) -> str:
        return line.decode("latin-1")


def read_warc(
    path: Path, *, ceiling: int = CEILING, on_damage: Callable[[WarcError], None] | None = None
) -> Iterator[Capture]:
    """Yield the responses and metadata records of a file, in order; damaged stretches are logged and skipped.

    Args:
        path: the file, closed or still ".open".
        ceiling: most bytes of a body, both as received and decoded; larger ones are skipped, as a crawl would.
        on_damage: is called with each stretch that is skipped.

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
                record = parse_member(member)
                if record.rec_type == "warcinfo":
                    info = _fields(record.raw_stream.read())
                elif record.rec_type in {"response", "revisit", "metadata"}:
                    yield _capture(record, member, path, info, ceiling)
            except DamagedMemberError as error:
                skipped(member.offset, str(error))
            except TooLargeError as error:
                logger.info("%s: record at offset %d left out: %s", path, member.offset, error)
    finally:
        os.close(descriptor)


def read_record(folder: Path, ref: WarcRef, *, ceiling: int = CEILING) -> Capture:
    """Read the one record a reference points to; its `info` stays empty.

    Raises:
        WarcError: the file is missing or lies elsewhere, or no whole record lies there.
    """
    path = place_of(folder, ref.file)
    descriptor = _open(path)
    try:
        member = inflate(descriptor, ref.offset, ceiling + _HEADERS_ROOM)
        return _capture(parse_member(member), member, path, {}, ceiling)
    except (DamagedMemberError, TooLargeError) as error:
        raise WarcError(f"no record at offset {ref.offset} of {path}: {error}") from error
    finally:
        os.close(descriptor)


def place_of(folder: Path, name: str) -> Path:
    """Return the path of the file that a reference names, closed or still ".open".

    Raises:
        WarcError: the reference is no name of a file.
    """
    if not name or name != PurePath(name).name:
        raise WarcError(f"{name!r} is no name of a file in {folder}: a row of the archive was tampered with")
    path = folder / name
    return path if path.exists() else folder / (name + OPEN_SUFFIX)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDONLY)
    except OSError as error:
        raise WarcError(f"cannot read {path}: {error.strerror}") from error


def parse_member(member: Member) -> ArcWarcRecord:
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


def _capture(record: ArcWarcRecord, member: Member, path: Path, info: dict[str, str], ceiling: int) -> Capture:
    headers = record.rec_headers
    digest = headers["WARC-Payload-Digest"]
    raw = record.raw_stream.read()
    if len(raw) > ceiling:
        raise TooLargeError(f"body larger than {ceiling} bytes")
    if _is_altered(record, digest, raw):
        raise DamagedMemberError("its payload is not what its digest says")
    url = headers["WARC-Target-URI"] or ""
    try:
        capture = partial(
            Capture,
            record.rec_type,
            url,
            iso_date_to_datetime(headers["WARC-Date"], tz_aware=True).astimezone(UTC),
            WarcRef(path.name.removesuffix(OPEN_SUFFIX), member.offset, member.length, digest),
            info,
            digest,
            raw=raw,
            aside=headers[ASIDE],
        )
        if record.rec_type == "metadata":
            return capture(payload=json.loads(raw), name=url.rpartition(":")[2])
        http = record.http_headers
        code, _, reason = http.statusline.partition(" ")
        encoding = ",".join(value for name, value in http.headers if name.lower() == "content-encoding")
        return capture(
            status=int(code),
            reason=reason or None,
            protocol=headers["WARC-Protocol"] or http.protocol,
            headers=http.headers,
            body=decoded(raw, encoding, ceiling),
        )
    except TooLargeError:
        raise
    except (ValueError, TypeError, AttributeError) as error:
        raise DamagedMemberError(f"malformed ({error})") from error


def _is_altered(record: ArcWarcRecord, digest: str | None, raw: bytes) -> bool:
    """Return whether a payload has changed since it was recorded, as far as its digest can show.

    A revisit's digest belongs to the page it refers to; other programs use other algorithms, or hash before
    de-chunking.
    """
    if record.rec_type == "revisit" or not (digest or "").startswith("sha1:"):
        return False
    if record.http_headers is not None and record.http_headers.get_header("Transfer-Encoding"):
        return False
    return base64.b32encode(hashlib.sha1(raw, usedforsecurity=False).digest()).decode() != str(digest)[5:].upper()


def _fields(body: bytes) -> dict[str, str]:
    """Parse application/warc-fields."""
    lines = (line.partition(":") for line in body.decode("utf-8", "replace").splitlines())
    return {name.strip(): value.strip() for name, colon, value in lines if colon}
