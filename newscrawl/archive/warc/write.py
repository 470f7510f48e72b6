"""Write WARC 1.1 files (ISO 28500): raw pages, from which the archive can be rebuilt."""

from __future__ import annotations

import errno
import fcntl
import gzip
import json
import os
import re
from datetime import UTC, date, datetime
from functools import cache, partial
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, NotRequired, Self, TypedDict, Unpack
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.timeutils import datetime_to_iso_date
from warcio.warcwriter import WARCWriter

from newscrawl.errors import DataFolderError, WarcError
from newscrawl.items import WarcRef

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from types import TracebackType

    from warcio.recordloader import ArcWarcRecord

    from newscrawl.text import Json

OPEN_SUFFIX = ".open"
ROLL_OVER = 1 << 30  # bytes, as the WARC guidelines advise
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
ASIDE = "Newscrawl-Aside"  # a WARC header of our own: other readers ignore unknown headers
_HEADERS_OF_CHUNKS = {"transfer-encoding", "trailer"}


class Exchange(TypedDict):
    """A request and its response, for `WarcWriter.write`."""

    status: int
    reason: NotRequired[str | None]
    protocol: NotRequired[str | None]  # "HTTP/1.1"; another name ("h2") goes to WARC-Protocol
    headers: list[tuple[str, str]]  # as received; text is latin-1 of the bytes
    body: bytes  # as received, still content-encoded, already de-chunked
    fetched_at: datetime  # aware; kept to the microsecond
    method: NotRequired[str]
    request_headers: NotRequired[list[tuple[str, str]]]
    request_body: NotRequired[bytes]
    ip: NotRequired[str | None]
    aside: NotRequired[str | None]  # why the archive gets no row for the response: "robots", "gate"
    unchanged_since: NotRequired[tuple[str, str | None] | None]  # of a 304: time and digest of the page it confirms


class _RawHeaders(StatusAndHeaders):  # type: ignore[misc]  # warcio is untyped
    """HTTP headers written as received; warcio would percent-encode non-ASCII characters."""

    def compute_headers_buffer(self, header_filter: Callable[[tuple[str, str]], object] | None = None) -> None:
        text = self.to_str(header_filter) + "\r\n"
        try:
            self.headers_buff = text.encode("latin-1")
        except UnicodeEncodeError:
            self.headers_buff = text.encode("utf-8")


class WarcWriter:
    """Writes one portal's WARC files: `<portal>-<UTC stamp>-<pid>-<serial>.warc.gz`, ".open" behind it until closed.

    A new file begins with the first record of a day (UTC), or when the current file has reached `roll_over`. The file
    is locked while it is written, and never appended to after it was closed.

    Args:
        folder: where the files go; made if need be.
        portal: the portal's key, first part of the file names.
        info: facts for each file's warcinfo record: names and one-line values.
        roll_over: bytes at which a new file is begun.

    Raises:
        DataFolderError: the folder cannot be made.
    """

    def __init__(self, folder: Path, portal: str, *, info: Mapping[str, str], roll_over: int = ROLL_OVER) -> None:
        self.folder = folder
        self._portal = re.sub(r"[^\w.-]+", "_", portal)
        self._info = dict(info)
        self._roll_over = roll_over
        self._serial = 0
        self._descriptor: int | None = None
        self._path = folder
        self._size = 0
        self._day: date | None = None  # UTC; a file holds the records of one day day
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DataFolderError(
                f"cannot make {folder}: {error.strerror}; name another with NEWSCRAWL_DATA"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, url: str, **exchange: Unpack[Exchange]) -> WarcRef:
        """Write a request and its response; both are on the disk when this returns.

        Raises:
            DataFolderError: the disk is full.
            WarcError: the file cannot be written. In both cases it is cut back to its last whole record.
        """
        response = _response(url, exchange)
        request = _request(url, exchange, response)
        digest = response.rec_headers["WARC-Payload-Digest"]
        return self._append([_member(request)], _member(response), digest, exchange["fetched_at"])

    def write_metadata(self, name: str, payload: Mapping[str, Json], at: datetime | None = None) -> WarcRef:
        """Write a `metadata` record that holds a JSON object; `read_warc` gives it back. Raises as `write` does."""
        body = json.dumps(dict(payload), ensure_ascii=False, sort_keys=True).encode()
        at = at or datetime.now(UTC)
        record = _record(f"urn:newscrawl:{name}", "metadata", at, body, {}, content="application/json")
        return self._append([], _member(record), record.rec_headers["WARC-Payload-Digest"])

    def close(self) -> None:
        """Close the file in use and take ".open" off its name. Raises WarcError where that fails."""
        if self._descriptor is None:
            return
        try:
            self._path.rename(self._path.with_name(self._path.name.removesuffix(OPEN_SUFFIX)))
            sync_folder(self.folder)
        except OSError as error:
            raise WarcError(f"cannot close {self._path}: {error.strerror}; check the data folder") from error
        finally:
            os.close(self._descriptor)
            self._descriptor = None

    def _append(self, before: list[bytes], member: bytes, digest: str, at: datetime | None = None) -> WarcRef:
        day = at.astimezone(UTC).date() if at else self._day  # metadata goes into the file of the last pages
        is_new_day = self._day is not None and day != self._day
        try:
            if self._descriptor is None or self._size >= self._roll_over or is_new_day:
                self.close()
                self._begin()
            self._day = day
            offset = self._size + sum(map(len, before))
            self._put(b"".join([*before, member]))
        except OSError as error:
            if error.errno in _NO_SPACE:
                raise DataFolderError(
                    f"the disk is full: cannot write {self._path}; make room and start again, nothing is lost"
                ) from error
            raise WarcError(f"cannot write {self._path}: {error.strerror}; check the data folder") from error
        return WarcRef(self._path.name.removesuffix(OPEN_SUFFIX), offset, len(member), digest)

    def _begin(self) -> None:
        """Begin a file with its warcinfo record. It is locked first, as `recover` closes files without a lock."""
        while self._descriptor is None:
            self._serial += 1
            stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
            name = f"{self._portal}-{stamp}-{os.getpid()}-{self._serial:05d}.warc.gz"
            self._path = self.folder / (name + OPEN_SUFFIX)
            self._descriptor = None if (self.folder / name).exists() else _create(self._path)
        self._size = 0
        try:
            self._put(warcinfo(name, self._info))
            sync_folder(self.folder)
        except OSError:  # a file without its warcinfo must not be used
            self._path.unlink()
            os.close(self._descriptor)
            self._descriptor = None
            raise

    def _put(self, data: bytes) -> None:
        """Append bytes and force them to the disk; on failure cut the file back to what it was."""
        assert self._descriptor is not None  # both callers have just opened it
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(self._descriptor, view) :]
            os.fsync(self._descriptor)
        except OSError:
            os.ftruncate(self._descriptor, self._size)
            raise
        self._size += len(data)


def _create(path: Path) -> int | None:
    """Create a file and lock it; None if the file exists, or if `recover` locked it first."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)
    except FileExistsError:
        return None
    if try_lock(descriptor, path):
        return descriptor
    os.close(descriptor)
    return None


def try_lock(descriptor: int, path: Path) -> bool:
    """Lock an open file unless another process holds it; False also when the path is no longer that file's."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return path.stat().st_ino == os.fstat(descriptor).st_ino
    except (BlockingIOError, FileNotFoundError):
        return False


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to the disk: a new or renamed file survives a power cut only then."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def warcinfo(name: str, info: Mapping[str, str]) -> bytes:
    """Return the record that a file of this name begins with."""
    facts = {"software": "newscrawl", "format": "WARC File Format 1.1", **info}
    body = "".join(f"{key}: {' '.join(value.split())}\r\n" for key, value in facts.items()).encode()
    headers = {"WARC-Filename": name}
    return _member(_record(None, "warcinfo", datetime.now(UTC), body, headers, content="application/warc-fields"))


def _member(record: ArcWarcRecord) -> bytes:
    """Serialise a record as one gzip member."""
    buffer = BytesIO()
    WARCWriter(buffer, gzip=False, warc_version="1.1").write_record(record)
    return _gzip()(buffer.getvalue())


@cache
def _gzip() -> Callable[[bytes], bytes]:
    """Return the function that compresses a gzip member: isal's, if the extra `fast` is installed, else zlib's.

    isal takes a fifth of the time for a tenth more bytes. zlib runs at level 6: warcio's level 9 takes twice the time
    to save 1 % of size.
    """
    try:
        return partial(import_module("isal.igzip").compress, compresslevel=3, mtime=0)
    except ImportError:
        return partial(gzip.compress, compresslevel=6, mtime=0)


def _response(url: str, exchange: Exchange) -> ArcWarcRecord:
    body = exchange["body"]
    headers = [(name, value) for name, value in exchange["headers"] if name.lower() not in _HEADERS_OF_CHUNKS]
    if body or not (exchange["status"] in {204, 304} or exchange.get("method") == "HEAD"):
        headers = _with_length(headers, len(body))
    protocol = exchange.get("protocol") or "HTTP/1.1"
    line = f"{exchange['status']} {exchange.get('reason') or ''}".rstrip()
    http = _RawHeaders(line, headers, protocol=protocol if protocol.startswith("HTTP/1.") else "HTTP/1.1")
    extra = {} if protocol.startswith("HTTP/1.") else {"WARC-Protocol": protocol.lower()}
    if ip := exchange.get("ip"):
        extra["WARC-IP-Address"] = ip
    if aside := exchange.get("aside"):
        extra[ASIDE] = aside
    if exchange["status"] != 304:
        return _record(url, "response", exchange["fetched_at"], body, extra, http=http)
    # A 304 is written as a revisit, which replay tools resolve to the page it confirms; a response would show blank.
    extra |= {"WARC-Profile": NOT_MODIFIED, "WARC-Refers-To-Target-URI": url}
    if since := exchange.get("unchanged_since"):
        extra["WARC-Refers-To-Date"] = since[0]
        if since[1]:
            extra["WARC-Payload-Digest"] = since[1]
    return _record(url, "revisit", exchange["fetched_at"], body, extra, http=http)


def _with_length(headers: list[tuple[str, str]], length: int) -> list[tuple[str, str]]:
    """Set Content-Length in its old place, or at the end if there was none, as in a chunked response."""
    at = next((index for index, (name, _) in enumerate(headers) if name.lower() == "content-length"), len(headers))
    rest = [header for header in headers if header[0].lower() != "content-length"]
    return [*rest[:at], ("Content-Length", str(length)), *rest[at:]]


def _request(url: str, exchange: Exchange, response: ArcWarcRecord) -> ArcWarcRecord:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = exchange.get("request_headers") or []
    if not any(name.lower() == "host" for name, _ in headers):
        headers = [("Host", parts.netloc.rpartition("@")[2]), *headers]
    line = f"{exchange.get('method', 'GET')} {target} HTTP/1.1"
    http = _RawHeaders(line, headers, is_http_request=True)
    concurrent = {"WARC-Concurrent-To": response.rec_headers["WARC-Record-ID"]}
    return _record(url, "request", exchange["fetched_at"], exchange.get("request_body", b""), concurrent, http=http)


def _record(
    url: str | None,
    kind: str,
    at: datetime,
    payload: bytes,
    headers: Mapping[str, str],
    *,
    http: _RawHeaders | None = None,
    content: str = "",
) -> ArcWarcRecord:
    """Make a warcio record; `content` is the media type of its payload, and `headers` are further WARC headers."""
    date = datetime_to_iso_date(at.astimezone(UTC).replace(tzinfo=None), use_micros=True)
    return WARCWriter(None, warc_version="1.1").create_warc_record(
        url or "",
        kind,
        payload=BytesIO(payload),
        length=len(payload),
        warc_content_type=content,
        warc_headers_dict={"WARC-Date": date, **headers},
        http_headers=http,
    )
