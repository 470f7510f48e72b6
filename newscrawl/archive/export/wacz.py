"""Write the raw pages of selected articles to a WACZ file, which web archive players such as ReplayWeb.page replay.

The ZIP file holds the WARC records as they were written, a CDXJ index, the list of pages, and a manifest with the
SHA-256 of each file. https://specs.webrecorder.net/wacz/1.1.1/
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import zipfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import groupby
from typing import IO, TYPE_CHECKING, TypedDict
from urllib.parse import urlsplit

from newscrawl.archive.warc.gzip_members import MAGIC, DamagedMemberError, inflate
from newscrawl.archive.warc.read import CEILING, parse_member, place_of
from newscrawl.archive.warc.write import warcinfo
from newscrawl.errors import WarcError
from newscrawl.items import WarcRef

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from hashlib import _Hash as Hash
    from pathlib import Path

    from sqlite_utils import Database
    from warcio.recordloader import ArcWarcRecord

    from newscrawl.archive.search.filters import Filters

_WARC, _INDEX, _BLOCKS, _PAGES = (
    "archive/data.warc.gz",
    "indexes/index.cdx.gz",
    "indexes/index.idx",
    "pages/pages.jsonl",
)
_VERSION = "1.1.1"
_WWW = re.compile(r"^www\d*\.")
_BLOCK = 1024  # lines of the index in one compressed block: a player fetches single blocks
_REQUEST_ROOM = 64 << 10  # bytes before a response in which its request record is looked for
_CAPTURES = """SELECT warc, "offset", length FROM captures WHERE warc IS NOT NULL
    AND article IN (SELECT id FROM articles WHERE {chosen}) ORDER BY warc, "offset" """
_ARTICLES = """SELECT articles.url, articles.title, captures.fetched_at FROM articles
    JOIN captures ON captures.id = articles.capture WHERE articles.id IN (SELECT id FROM articles WHERE {chosen})
    ORDER BY +articles.published, articles.id"""


@dataclass(slots=True)
class Packed:
    """What was written to a WACZ file."""

    articles: int = 0
    records: int = 0
    lost: list[str] = field(default_factory=list)  # a line for each record that could not be read


class Resource(TypedDict):
    """A file of the package, as its manifest lists it."""

    name: str
    path: str
    hash: str
    bytes: int


@dataclass(slots=True)
class _Part:
    """A file being written into the ZIP file; counts and hashes its bytes."""

    out: IO[bytes]
    size: int = 0
    hash: Hash = field(default_factory=hashlib.sha256)

    def write(self, data: bytes) -> None:
        self.out.write(data)
        self.size += len(data)
        self.hash.update(data)


def write(
    db: Database, target: Path, folder: Path, filters: Filters, progress: Callable[[int], None] = lambda _: None
) -> Packed:
    """Write all captures of the articles that pass the filters, with 304 and 404 responses among them.

    Args:
        db: the archive.
        target: the file to write.
        folder: where the WARC files lie.
        filters: which articles.
        progress: is told how many articles were added.
    """
    packed, resources = Packed(), list[Resource]()
    made = datetime.now(UTC)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with _part(archive, _WARC, made, resources, zipfile.ZIP_STORED) as part:
            captures = db.execute(*filters.into(_CAPTURES))
            lines = _copy(part, captures, folder, packed)
        with _part(archive, _INDEX, made, resources, zipfile.ZIP_STORED) as part:
            blocks = list(_write_index(part, sorted(lines)))
        with _part(archive, _BLOCKS, made, resources) as part:
            for line in ('!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}', *blocks):
                part.write(f"{line}\n".encode())
        with _part(archive, _PAGES, made, resources) as part:
            part.write(_line({"format": "json-pages-1.0", "id": "pages", "title": "Articles"}))
            for url, title, at in db.execute(*filters.into(_ARTICLES)):
                number = hashlib.sha256(url.encode()).hexdigest()[:22]
                part.write(_line({"id": number, "url": url, "ts": at, "title": title}))
                packed.articles += 1
                progress(1)
        _describe(archive, made, resources, packed, filters)
    return packed


@contextmanager
def _part(
    archive: zipfile.ZipFile,
    path: str,
    made: datetime,
    resources: list[Resource],
    compression: int = zipfile.ZIP_DEFLATED,
) -> Iterator[_Part]:
    """Write a file into the ZIP file and note its size and hash; ZIP_STORED lets players read parts of a file."""
    info = zipfile.ZipInfo(path, made.timetuple()[:6])
    info.compress_type = compression
    with archive.open(info, "w", force_zip64=True) as out:
        part = _Part(out)
        yield part
    digest = f"sha256:{part.hash.hexdigest()}"
    resources.append({"name": path.rpartition("/")[2], "path": path, "hash": digest, "bytes": part.size})


def _copy(part: _Part, captures: Iterator[tuple[str, int, int]], folder: Path, packed: Packed) -> list[str]:
    """Copy the records of captures unchanged, each after its request; return their index lines."""
    software = f"newscrawl {version('newscrawl')}"
    part.write(warcinfo("data.warc.gz", {"software": software, "description": "a selection of an archive's records"}))
    lines = []
    for name, rows in groupby(captures, key=lambda row: row[0]):
        try:
            descriptor = os.open(place_of(folder, name), os.O_RDONLY)
        except (OSError, WarcError) as error:
            packed.lost += [f"{name}: {error}" for _ in rows]
            continue
        try:
            for _, offset, length in rows:
                try:
                    lines.append(_copy_record(part, descriptor, WarcRef(name, offset, length)))
                except DamagedMemberError as error:
                    packed.lost.append(f"{name}, record at offset {offset}: {error}")
        finally:
            os.close(descriptor)
    packed.records = len(lines)
    return lines


def _copy_record(part: _Part, descriptor: int, ref: WarcRef) -> str:
    """Copy a record and its request; return its line of the index."""
    member = inflate(descriptor, ref.offset, 2 * CEILING)
    record = parse_member(member)
    part.write(_request_before(descriptor, ref.offset))
    line = _index_line(record, part.size, member.length)
    part.write(os.pread(descriptor, member.length, member.offset))
    return line


def _request_before(descriptor: int, end: int) -> bytes:
    """Return the record just before another one if it is a request, else nothing."""
    start = max(0, end - _REQUEST_ROOM)
    before = os.pread(descriptor, end - start, start)
    place = before.rfind(MAGIC)
    while place >= 0:
        try:
            member = inflate(descriptor, start + place, CEILING)
            is_request = member.length == len(before) - place and parse_member(member).rec_type == "request"
        except DamagedMemberError:
            is_request = False
        if is_request:
            return before[place:]
        place = before.rfind(MAGIC, 0, place)
    return b""


def _index_line(record: ArcWarcRecord, offset: int, length: int) -> str:
    """Write a line of CDXJ: key, time, and where the record lies."""
    url, kind = record.rec_headers["WARC-Target-URI"], record.rec_type
    http = record.http_headers
    mime = "warc/revisit" if kind == "revisit" else (http.get_header("Content-Type") or "").partition(";")[0].strip()
    facts = {
        "url": url,
        "mime": mime,
        "status": http.get_statuscode(),
        "digest": record.rec_headers["WARC-Payload-Digest"],
        "length": str(length),
        "offset": str(offset),
        "filename": "data.warc.gz",
    }
    stamp = "".join(letter for letter in record.rec_headers["WARC-Date"][:19] if letter.isdigit())
    return f"{key_of(url)} {stamp} {json.dumps({name: value for name, value in facts.items() if value})}"


def key_of(url: str) -> str:
    """Return the key under which replay tools look for an address: cn,example)/path?a=1."""
    parts = urlsplit(url.lower())
    host = _WWW.sub("", parts.hostname or "")
    port = f":{parts.port}" if parts.port and (parts.scheme, parts.port) not in {("http", 80), ("https", 443)} else ""
    query = "&".join(sorted(parts.query.split("&")))
    return ",".join(reversed(host.split("."))) + port + ")" + (parts.path or "/") + (f"?{query}" if query else "")


def _write_index(part: _Part, lines: list[str]) -> Iterator[str]:
    """Write the index in compressed blocks; return the entry of each block for the secondary index."""
    for start in range(0, len(lines), _BLOCK):
        block = lines[start : start + _BLOCK]
        data = gzip.compress("".join(f"{line}\n" for line in block).encode(), mtime=0)
        key, stamp, _ = block[0].split(" ", 2)
        facts = {"offset": part.size, "length": len(data), "digest": f"sha256:{hashlib.sha256(data).hexdigest()}"}
        part.write(data)
        yield f"{key} {stamp} {json.dumps(facts)}"


def _describe(
    archive: zipfile.ZipFile, made: datetime, resources: list[Resource], packed: Packed, filters: Filters
) -> None:
    """Write the manifest (datapackage.json), and the manifest's own hash."""
    chosen = {name: value for name, value in asdict(filters).items() if value is not None}
    package = {
        "profile": "data-package",
        "title": f"{packed.articles} articles of Chinese regional news",
        "description": f"Chosen by: {json.dumps(chosen, ensure_ascii=False)}" if chosen else "A whole archive",
        "created": f"{made:%Y-%m-%dT%H:%M:%SZ}",
        "wacz_version": _VERSION,
        "software": f"newscrawl {version('newscrawl')}",
        "resources": list(resources),
    }
    content = json.dumps(package, ensure_ascii=False, indent=2).encode()
    with _part(archive, "datapackage.json", made, []) as part:
        part.write(content)
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    with _part(archive, "datapackage-digest.json", made, []) as part:
        part.write(json.dumps(digest, indent=2).encode())


def _line(facts: Mapping[str, object]) -> bytes:
    return json.dumps(facts, ensure_ascii=False).encode() + b"\n"
