"""The errors that a user can do something about.

NewscrawlError
├── DataFolderError    the data folder cannot be made, written or locked
├── PortalError        a portal is misdeclared or unknown
│   └── BrokenPortalError  a portal's file cannot be loaded
├── ProfileError       a host's profile cannot be read, or there are too few pages to learn one
├── ArchiveError       archive.db cannot be opened or written
├── FrontierError      frontier.db cannot be opened or written
└── WarcError          a WARC file cannot be written or read

Each message is one line: what is wrong, with which file or portal, and what to do. The command line prints it and
exits with `exit_status`.
"""

from __future__ import annotations

from typing import ClassVar


class NewscrawlError(Exception):
    """Base of all errors that a user can cause or correct."""

    exit_status: ClassVar[int] = 1


class DataFolderError(NewscrawlError):
    """The data folder cannot be made or written: raised on opening it and when the disk is full."""

    exit_status: ClassVar[int] = 3


class FolderLockedError(DataFolderError):
    """Another crawl holds the data folder's lock: raised before anything is opened."""

    exit_status: ClassVar[int] = 4


class PortalError(NewscrawlError):
    """A portal is unknown or misdeclared: raised by the spider's constructor and by the command line."""


class BrokenPortalError(PortalError):
    """Portals' files cannot be loaded: raised by commands for all portals, after they have served the others."""

    exit_status: ClassVar[int] = 7


class ProfileError(NewscrawlError):
    """A file is no profile of its host, or there are too few pages to make one: raised by `newscrawl.profiles`."""


class ArchiveError(NewscrawlError):
    """archive.db cannot be opened or written, or is of a newer version: raised by `newscrawl.archive`."""


class FrontierError(NewscrawlError):
    """frontier.db cannot be opened or written, or is of a newer version: raised by `newscrawl.frontier`."""


class WarcError(NewscrawlError):
    """A WARC file cannot be written, or a record cannot be read back: raised by `newscrawl.archive`."""
