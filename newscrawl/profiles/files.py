"""The current profiles: one JSON file for each host, beside the archive, which a person can read, edit or delete."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import fields
from typing import TYPE_CHECKING

from newscrawl.errors import DataFolderError, ProfileError
from newscrawl.extract.page.guidance import HostProfile
from newscrawl.extract.zones.host import FEWEST_PAGES

if TYPE_CHECKING:
    from pathlib import Path

    from newscrawl.text import Json

logger = logging.getLogger(__name__)

_TEXTS = ("story", "byline")
_LISTS = ("site", "furniture", "places", "teasers", "pictures")
_NAMES = tuple(field.name for field in fields(HostProfile) if field.init)


class Profiles:
    """The profiles of a folder, each read once, so that a crawl uses the same profiles to its end.

    `get` returns a host's profile, None if it has none. An invalid file is logged once and ignored.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, HostProfile | None] = {}

    def get(self, host: str) -> HostProfile | None:
        """Return the current profile of a host."""
        if host not in self._known:
            try:
                self._known[host] = self.read(host)
            except ProfileError as error:
                logger.warning("%s", error)
                self._known[host] = None
        return self._known[host]

    def path(self, host: str) -> Path:
        """Return where a host's profile lies."""
        return self.folder / f"{host.replace(':', '_')}.json"

    def read(self, host: str) -> HostProfile | None:
        """Read the profile of a host, None where it has none.

        Raises:
            ProfileError: the file is no profile of this host.
        """
        path = self.path(host)
        try:
            text = path.read_text("utf-8")
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise ProfileError(f"cannot read {path}: {error}") from error
        try:
            profile = _profile(json.loads(text))
        except (ValueError, TypeError, KeyError) as error:
            raise ProfileError(
                f"{path} is no profile ({error}): mend it, or make it anew: newscrawl profile {host}"
            ) from error
        if profile.host != host:
            raise ProfileError(f"{path} is the profile of {profile.host}, not of {host}: it is not in force")
        if profile.articles < FEWEST_PAGES:
            raise ProfileError(f"{path} rests on {profile.articles} articles, too few to be in force")
        return profile

    def write(self, profile: HostProfile) -> Path:
        """Make a profile the current one, replacing the one before.

        Raises:
            DataFolderError: it cannot be written.
        """
        path = self.path(profile.host)
        new = path.with_name(f"{path.name}.new-{os.getpid()}")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            new.write_text(as_text(profile), "utf-8")
            new.replace(path)
        except OSError as error:
            raise DataFolderError(f"cannot write {path}: {error.strerror}") from error
        self._known.pop(profile.host, None)
        return path


def as_text(profile: HostProfile) -> str:
    """Write a profile as JSON: the same profile is the same text."""
    return json.dumps({name: getattr(profile, name) for name in _NAMES}, ensure_ascii=False, indent=2) + "\n"


def _profile(told: Json) -> HostProfile:
    """Make a profile from its file's JSON; a missing key means that nothing is known."""
    if not isinstance(told, dict) or not isinstance(told["host"], str) or not isinstance(told["articles"], int):
        raise TypeError("it needs a host and a number of articles")
    unknown = told.keys() - set(_NAMES)
    if unknown:
        raise ValueError(f"{min(unknown)} is nothing a profile has")
    story, byline = (_text(told.get(name, "")) for name in _TEXTS)
    lists = {name: _texts(told.get(name, [])) for name in _LISTS}
    return HostProfile(told["host"], told["articles"], story=story, byline=byline, **lists)


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError("what it says are texts")
    return value


def _texts(value: Json) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{', '.join(_LISTS)} are lists")
    return tuple(map(_text, value))
