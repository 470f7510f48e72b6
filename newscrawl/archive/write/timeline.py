"""Derive an article's history (versions, disappearance, return) from the captures of its address, in order of time.

All functions are pure, so a replay, repeated storing and captures that come out of order give the same history.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newscrawl.outcomes import GONE, Outcome
from newscrawl.text import tidy
from newscrawl.urls import canonical, registered_domain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Responses that count as the article's absence. 5xx, 403, 412, 429 and captchas never do: they mean that the site
# could not be read, not that the article was withdrawn.
GONE_STATUS = frozenset({404, 410})

# Matched against lines without spaces, NFKC: 阅读:1234, 评论(56), 1.2万次浏览.
_COUNTED = "(?:阅读|浏览|点击|访问|评论|跟贴|回复|点赞|赞|转发|分享|收藏|人气|热度|播放)(?:量|数|率|次数|人数)?"
_COUNT = r"[\d,.]+[万千]?\+?[次人条个]?"
_NOISE = re.compile(
    rf"(?:{_COUNTED}[:(]?{_COUNT}\)?|{_COUNT}{_COUNTED}|广告|推广|赞助|advertisement|[|/·,。.()\[\]【】-])+",
    re.IGNORECASE,
)
_NOISE_LENGTH = 60  # characters; a longer line is prose
_RELATIVE = re.compile(r"前|刚刚|今天|昨天|ago", re.IGNORECASE)  # 3小时前 differs at every capture


def version_of(text: Mapping[str, str | None]) -> str:
    """Return the key of an article's version, made from its columns: a hash of its words, "|", its publication time.

    White space, width of characters, lines of counters and advertisement marks do not count. A relative publication
    time ("3小时前") is written "~": it fits any.
    """
    published, printed = text["published"], text["published_raw"]
    lines = (unicodedata.normalize("NFKC", tidy(line)).replace(" ", "") for line in (text["body"] or "").splitlines())
    kept = [line for line in lines if line and not (len(line) <= _NOISE_LENGTH and _NOISE.fullmatch(line))]
    words = "\n".join([_plain(text["title"]), _plain(text["source"]), *kept])
    time = "~" if published and printed and _RELATIVE.search(printed) else published or ""
    return f"{hashlib.blake2b(words.encode(), digest_size=8).hexdigest()}|{time}"


def _plain(text: str | None) -> str:
    return unicodedata.normalize("NFKC", tidy(text or "")).replace(" ", "")


def same_version(one: str, other: str) -> bool:
    """Return whether two keys of `version_of` are the same version; a more precise time is no change."""
    words, _, time = one.partition("|")
    other_words, _, other_time = other.partition("|")
    if words != other_words:
        return False
    if "~" in {time, other_time} or time == other_time:
        return True
    return bool(time and other_time) and (time.startswith(other_time) or other_time.startswith(time))


def absence(url: str, status: int, outcome: str | None, redirect: str | None) -> str | None:
    """Return in a few words how a response shows that the article is absent; None if it does not show that."""
    if status in GONE_STATUS:
        return f"HTTP {status}"
    if redirect and (300 <= status < 400 or outcome == Outcome.REDIRECT):
        return "redirect to the home page" if _is_home(redirect, url) else None
    return GONE.get(outcome or "") if 200 <= status < 300 else None


def _is_home(target: str, url: str) -> bool:
    parts = urlsplit(canonical(target))
    home = parts.path == "/" and not parts.query
    return home and registered_domain(target) == registered_domain(url) and canonical(url) != canonical(target)


@dataclass(frozen=True, slots=True)
class Observation:
    """One capture of an address. `version` is set if it shows the article, `absence` if it shows that it is missing."""

    capture: int
    at: str  # UTC, ISO 8601 with microseconds: sorts as text
    version: str | None = None
    absence: str | None = None
    part: int | None = None  # which page of a story over several
    unchanged: bool = False  # HTTP 304, or the same page: the article has not changed
    alias: int | None = None  # the alias that was fetched, None for the article's own address
    moved_to: int | None = None  # the alias to which it redirects


@dataclass(slots=True)
class Version:
    """A version of the article: the capture it is from, and the version of each of its parts."""

    capture: int
    at: str
    pages: dict[int, str]  # by number of the page; 0 is a story of one page


@dataclass(frozen=True, slots=True)
class Event:
    """An event of an article: suspected, gone or returned."""

    at: str
    kind: str
    evidence: str


@dataclass(slots=True)
class Timeline:
    """An article's history. `effects` has the effect of each capture that had one: new, revised, gone and so on.

    `home` is the alias to which the article has moved, None while it is at its own address.
    """

    versions: list[Version] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    effects: dict[int, str] = field(default_factory=dict)
    first_seen: str | None = None
    last_seen: str | None = None
    gone_at: str | None = None
    home: int | None = None


def timeline(observations: Iterable[Observation]) -> Timeline:
    """Return the history of an address's article, from its captures in order of time (then of id).

    The first capture without the article makes it suspected; a second one, with no capture of the article between,
    makes it gone. Only the address that showed it last counts, and the one to which it has moved since: once it has
    been read at a new address, the old one may end in HTTP 404.
    """
    line = Timeline()
    suspicion: Observation | None = None
    shown: int | None = None  # the alias that showed it last
    moves: dict[int | None, int] = {}  # from alias to alias
    for seen in sorted(observations, key=lambda observation: (observation.at, observation.capture)):
        if seen.version is not None or (seen.unchanged and line.versions):
            suspicion = None
            _see(line, seen)
            if (seen.part or 0) < 2:
                shown = seen.alias
                moves.pop(shown, None)
        elif seen.moved_to is not None:
            moves[seen.alias] = seen.moved_to
        elif seen.absence is None or not line.versions or line.gone_at or seen.alias not in (shown, _home(moves)):
            continue
        elif suspicion is None:
            suspicion = seen
            line.events.append(Event(seen.at, "suspected", seen.absence))
            line.effects[seen.capture] = "suspected"
        elif seen.at > suspicion.at:
            line.gone_at = seen.at
            line.events.append(Event(seen.at, "gone", f"{seen.absence}; first missed {suspicion.at}"))
            line.effects[seen.capture] = "gone"
    line.home = _home(moves)
    return line


def _home(moves: Mapping[int | None, int]) -> int | None:
    """Follow an article's moves from its own address."""
    home, passed = None, set[int | None]()
    while home in moves and home not in passed:
        passed.add(home)
        home = moves[home]
    return home


def _see(line: Timeline, seen: Observation) -> None:
    """Add a capture that shows the article; if it was gone, it has returned."""
    line.first_seen, line.last_seen = line.first_seen or seen.at, seen.at
    if seen.version is not None:
        _read(line, seen, seen.version)
    if line.gone_at:
        line.events.append(Event(seen.at, "returned", f"gone since {line.gone_at}"))
        line.effects[seen.capture] = "returned"
        line.gone_at = None


def _read(line: Timeline, seen: Observation, version: str) -> None:
    """Compare a text with the last one: it is the first, the same, a further part of the story, or a revision."""
    number = seen.part or 0
    now = line.versions[-1].pages if line.versions else {}
    if not now:
        line.versions.append(Version(seen.capture, seen.at, {number: version}))
        line.effects[seen.capture] = "new"
    elif (0 in now) != (number == 0):  # one page became several, or several one
        if not (number == 1 and same_version(now[0], version)):
            line.versions.append(Version(seen.capture, seen.at, {number: version}))
            line.effects[seen.capture] = "revised"
    elif number not in now:
        now[number] = version
    elif not same_version(now[number], version):
        line.versions.append(Version(seen.capture, seen.at, {**now, number: version}))
        line.effects[seen.capture] = "revised"
