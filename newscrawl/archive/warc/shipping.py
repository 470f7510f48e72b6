"""Ship finished WARC files from a worker without an archive to a folder or object store, and fetch them from there.

The destination is a folder's path or the address of an object store (s3://bucket/prefix; extra `objects`).
"""

from __future__ import annotations

import importlib
import logging
import os
import shutil
import threading
from pathlib import Path
from typing import Protocol

from newscrawl.errors import DataFolderError
from newscrawl.extras import how_to_install

logger = logging.getLogger(__name__)

SUFFIX = ".warc.gz"
_PART = ".part"  # ending of a file that is still being copied


class Place(Protocol):
    """A destination of finished WARC files; its methods raise DataFolderError."""

    def sizes(self) -> dict[str, int]:
        """Return the finished files' names, with their sizes."""

    def put(self, path: Path) -> None:
        """Copy a file here; it gets its name once it is complete."""

    def fetch(self, name: str, path: Path) -> None:
        """Copy a file from here to a path; it gets that name once it is complete."""


def place_of(address: str) -> Place:
    """Return the destination that an address names.

    Raises:
        DataFolderError: the extra `objects` is missing, or the address is none.
    """
    if "://" not in address:
        return Folder(Path(address).expanduser())
    try:
        return ObjectStore(address)
    except ImportError as error:
        raise DataFolderError(f"{address} needs obstore; install it with: {how_to_install('objects')}") from error


class Folder:
    """A folder, possibly on a network disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def sizes(self) -> dict[str, int]:
        """Return the finished files' names, with their sizes."""
        if not self.root.is_dir():
            raise DataFolderError(f"{self.root} is no folder; name where the WARC files lie")
        return {path.name: path.stat().st_size for path in sorted(self.root.glob(f"*{SUFFIX}"))}

    def put(self, path: Path) -> None:
        """Copy a file here."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            _copy(path, self.root / path.name)
        except OSError as error:
            raise DataFolderError(f"cannot write to {self.root}: {error.strerror}") from error

    def fetch(self, name: str, path: Path) -> None:
        """Copy a file from here."""
        try:
            _copy(self.root / name, path)
        except OSError as error:
            raise DataFolderError(f"cannot copy {self.root / name} to {path}: {error.strerror}") from error


class ObjectStore:
    """A prefix in an object store's bucket, through obstore."""

    def __init__(self, address: str) -> None:
        self._obstore = importlib.import_module("obstore")
        self._error: type[Exception] = self._obstore.exceptions.BaseError
        self.address = address
        try:
            self._store = self._obstore.store.from_url(address)
        except (self._error, ValueError) as error:
            raise DataFolderError(f"{address} is no place for WARC files: {_said(error)}") from error

    def sizes(self) -> dict[str, int]:
        """Return the finished files' names, with their sizes."""
        try:
            found = self._obstore.list_with_delimiter(self._store)["objects"]
        except self._error as error:
            raise self._explained(error) from error
        named = {str(entry["path"]).rpartition("/")[2]: int(entry["size"]) for entry in found}
        return {name: named[name] for name in sorted(named) if name.endswith(SUFFIX)}

    def put(self, path: Path) -> None:
        """Copy a file here; an object becomes visible only when its upload is complete."""
        try:
            self._obstore.put(self._store, path.name, path)
        except self._error as error:
            raise self._explained(error) from error

    def fetch(self, name: str, path: Path) -> None:
        """Copy a file from here."""
        part = path.with_name(f"{path.name}{_PART}-{os.getpid()}")
        try:
            with part.open("wb") as file:
                for chunk in self._obstore.get(self._store, name).stream():
                    file.write(chunk)
            part.replace(path)
        except self._error as error:
            raise self._explained(error) from error
        finally:
            part.unlink(missing_ok=True)

    def _explained(self, error: Exception) -> DataFolderError:
        return DataFolderError(f"cannot use {self.address}: {_said(error)}; see that it is there and its keys are set")


def _said(error: Exception) -> str:
    """Return the message of the object store's library, without its debugging details."""
    return " ".join(str(error).partition("Debug source:")[0].split())


class Shipping:
    """Sends a worker's finished files to their destination, and removes each file that has arrived."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.place = place_of(address)
        self._lock = threading.Lock()
        self._last: str | None = None

    def written(self, name: str) -> None:
        """Note which file was written to; when it changes, earlier files are sent while the crawl goes on."""
        if self._last is not None and name != self._last:
            threading.Thread(target=self._ship_or_say, daemon=True).start()
        self._last = name

    def ship(self) -> None:
        """Send all finished files.

        Raises:
            DataFolderError: one cannot be sent; it is kept, and the next run sends it.
        """
        with self._lock:
            for path in sorted(self.folder.glob(f"*{SUFFIX}")):
                self.place.put(path)
                if self.place.sizes().get(path.name) != path.stat().st_size:
                    raise DataFolderError(f"{path.name} did not arrive whole; it is kept in {self.folder}")
                path.unlink()

    def _ship_or_say(self) -> None:
        try:
            self.ship()
        except DataFolderError as error:
            logger.warning("%s; sent again at the crawl's end", error)


def _copy(source: Path, target: Path) -> None:
    """Copy a file; it gets its name once it is complete and on the disk."""
    part = target.with_name(f"{target.name}{_PART}-{os.getpid()}")
    try:
        shutil.copyfile(source, part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
