"""Show the raw page of a capture, from its WARC record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.archive import WarcRef, read_record
from newscrawl.errors import WarcError
from newscrawl.explore.sanitise import sanitised
from newscrawl.extract.page.decode import decode

if TYPE_CHECKING:
    from newscrawl.archive import Archive, Capture, CaptureRow


def record(archive: Archive, row: CaptureRow) -> Capture:
    """Read the record a capture's row points to.

    Raises:
        WarcError: the capture has no record, the file is missing, or no whole record lies there.
    """
    if row["warc"] is None or row["offset"] is None or row["length"] is None:
        raise WarcError("the capture has no WARC record")
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
