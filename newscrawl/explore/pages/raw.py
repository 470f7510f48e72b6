"""Show the raw page of a capture, from its WARC record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from newscrawl.archive import WarcRef, read_record
from newscrawl.explore.sanitise import sanitised
from newscrawl.extract.page.decode import decode

if TYPE_CHECKING:
    from newscrawl.archive import Archive, Capture

Row = dict[str, Any]


def record(archive: Archive, row: Row) -> Capture:
    """Read the record a capture's row points to.

    Raises:
        WarcError: the file is missing, or no whole record lies there.
    """
    ref = WarcRef(row["warc"], row["offset"], row["length"], row["digest"])
    folders = [path.with_name("warc") for path in archive.paths]
    here = [folder for folder in folders if (folder / ref.file).exists()]
    return read_record((here or folders)[0], ref)


def text_of(read: Capture) -> str:
    """Return a record's body as text, decoded as the archive decoded it."""
    return decode(read.body, read.header("Content-Type")).text


def page_of(read: Capture) -> str:
    """Return a record's page without scripts and anything that loads."""
    return sanitised(text_of(read))
