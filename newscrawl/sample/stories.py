"""The portal's stories: data files in texts/, one a channel, read into `Story` objects for an edition."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

SITE = "岚台新闻网"
CHANNELS = ("ywdt", "minsheng", "keji", "wenhua")
PART_MARK = "+++"  # a line of its own between the parts of a story over several pages


Entry = dict[str, Any]  # a table of a TOML file: the arguments of a `Story`


@dataclass(frozen=True, slots=True)
class Channel:
    """One of the portal's four channels, all of one CMS."""

    key: str
    name: str
    host: str

    @property
    def list_url(self) -> str:
        """Address of the first list page."""
        return f"http://{self.host}/{self.key}/index.shtml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article: what is true of it (the first group), and how its page shows it (the second)."""

    channel: Channel
    path: str
    title: str
    body: str  # one paragraph a line; marks as in newscrawl.sample.markup
    published: str | None = None  # ISO 8601, Beijing time, at the precision the page holds; None where it holds none
    relative: str | None = None  # the time as a page prints it that knows only a relative one
    source: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    reprint_of: str | None = None  # the original's path
    relation: str | None = None  # to the original: same, cut or edited

    cms: str  # template and layout of link blocks
    byline: str  # these three name forms of templates/forms.toml
    trailer: str
    head: str = "none"
    lazy: bool = False  # pictures' addresses stand in data-src
    encoding: str = "utf-8"  # what the bytes are
    declared: str = "utf-8"  # what the meta says; empty for no meta
    header_charset: str = "utf-8"  # what the Content-Type says; empty for none

    @property
    def url(self) -> str:
        """Address of the article, of its first part where it has several."""
        return f"http://{self.channel.host}{self.path}"

    @property
    def parts(self) -> tuple[str, ...]:
        """The body's text, page by page."""
        return tuple(part.strip("\n") for part in self.body.split(f"\n{PART_MARK}\n"))

    def part_url(self, number: int) -> str:
        """Address of the part of this number, counted from 1: …_2.shtml for the second."""
        stem, _, ending = self.url.rpartition(".")
        return self.url if number == 1 else f"{stem}_{number}.{ending}"


@cache
def stories(edition: int = 1) -> tuple[Story, ...]:
    """All stories of an edition (1 or 2), channel by channel, newest first."""
    return tuple(story for key in CHANNELS for story in _channel(key, edition))


def _channel(key: str, edition: int) -> list[Story]:
    data = _read(key)
    defaults = data["channel"]
    channel = Channel(defaults.pop("key"), defaults.pop("name"), defaults.pop("host"))
    entries = [
        _of_edition(entry, edition)
        for entry in data["story"]
        if entry.pop("since", 1) <= edition <= entry.pop("until", edition)
    ]
    return [_story(channel, {**defaults, **entry}) for entry in entries]


def _of_edition(entry: Entry, edition: int) -> Entry:
    second = entry.pop("second", {})
    return {**entry, **second} if edition >= 2 else entry


def _story(channel: Channel, entry: Entry) -> Story:
    if "body" not in entry:
        entry["body"] = _body_of(entry["reprint_of"])
    names = {name: tuple(entry.get(name, ())) for name in ("authors", "editors")}
    return Story(channel=channel, **{**entry, **names})


def _body_of(path: str) -> str:
    entries = (entry for key in CHANNELS for entry in _read(key)["story"])
    return next(str(entry["body"]) for entry in entries if entry["path"] == path)


def _read(key: str) -> Entry:
    return tomllib.loads(files("newscrawl.sample").joinpath("texts", f"{key}.toml").read_text("utf-8"))
