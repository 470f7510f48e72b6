"""What an address's captures, put in order, say about its article: versions, disappearance, return.

Everything here is a pure function of the captures, so a replay, a repeated store or captures that come out of order
end in the same history.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from newscrawl.outcomes import GONE, Outcome
from newscrawl.text import tidy
from newscrawl.urls import canonical, registered_domain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What an answer must be to count as the article's absence. 5xx, 403, 412, 429 and captchas never do: they say that
# the site could not be reached, not that the article was withdrawn.
GONE_STATUS = frozenset({404, 410})

# Matched against lines without spaces, NFKC: 阅读:1234, 评论(56), 1.2万次浏览.
_COUNTED = "(?:阅读|浏览|点击|访问|评论|跟贴|回复|点赞|赞|转发|分享|收藏|人气|热度|播放)(?:量|数|率|次数|人数)?"
_COUNT = r"[\d,.]+[万千]?\+?[次人条个]?"
_NOISE = re.compile(
    rf"(?:{_COUNTED}[:(]?{_COUNT}\)?|{_COUNT}{_COUNTED}|广告|推广|赞助|advertisement|[|/·,。.()\[\]【】-])+",
    re.IGNORECASE,
)
_NOISE_LENGTH = 60  # characters; a longer line is prose
_RELATIVE = re.compile(r"前|刚刚|今天|昨天|ago", re.IGNORECASE)  # 3小时前: another time at every look


def version_of(text: Mapping[str, Any]) -> str:
    """Return what tells two versions of an article (its columns) apart: a hash of its words, "|", its time.

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
    """Tell whether two results of `version_of` are the same text; a time known more exactly is no change."""
    words, _, time = one.partition("|")
    other_words, _, other_time = other.partition("|")
    if words != other_words:
        return False
    if "~" in {time, other_time} or time == other_time:
        return True
    return bool(time and other_time) and (time.startswith(other_time) or other_time.startswith(time))


def absence(url: str, status: int, outcome: str | None, redirect: str | None) -> str | None:
    """Return how an answer shows that no article stands at an address any more, in a few words; None if it does not."""
    if status in GONE_STATUS:
        return f"HTTP {status}"
    if redirect and (300 <= status < 400 or outcome == Outcome.REDIRECT):
        return "redirect to the home page" if _is_home(redirect, url) else None
    return GONE.get(outcome or "") if 200 <= status < 300 else None


def _is_home(target: str, url: str) -> bool:
    parts = urlsplit(canonical(target))
    home = parts.path in {"", "/"} and not parts.query
    return home and registered_domain(target) == registered_domain(url) and canonical(url) != canonical(target)


@dataclass(frozen=True, slots=True)
class Observation:
    """One capture of an address: a version shows the article, an absence its lack, neither tells nothing."""

    capture: int
    at: str  # UTC, ISO 8601 with microseconds: sorts as text
    version: str | None = None
    absence: str | None = None
    part: int | None = None  # which page of a story over several
    unchanged: bool = False  # HTTP 304, or the same page: the article stands as it did


@dataclass(slots=True)
class Version:
    """A text the article had: from which capture, and which version of which page it is made of."""

    capture: int
    at: str
    pages: dict[int, str]  # by number of the page; 0 is a story of one page


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an article: suspected, gone or returned."""

    at: str
    kind: str
    evidence: str


@dataclass(slots=True)
class Timeline:
    """An article's history. `effects` names what each capture that mattered did: new, revised, gone and so on."""

    versions: list[Version] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    effects: dict[int, str] = field(default_factory=dict)
    first_seen: str | None = None
    last_seen: str | None = None
    gone_at: str | None = None


def timeline(observations: Iterable[Observation]) -> Timeline:
    """Go through an address's captures in order of time (then of id) and tell its article's history.

    The first look that misses the article makes a suspicion, a later one, with no sight of it between, makes it gone.
    """
    line = Timeline()
    suspicion: Observation | None = None
    for seen in sorted(observations, key=lambda observation: (observation.at, observation.capture)):
        if seen.version is not None or (seen.unchanged and line.versions):
            suspicion = None
            _see(line, seen)
        elif seen.absence is None or not line.versions or line.gone_at:
            continue
        elif suspicion is None:
            suspicion = seen
            line.events.append(Event(seen.at, "suspected", seen.absence))
            line.effects[seen.capture] = "suspected"
        elif seen.at > suspicion.at:
            line.gone_at = seen.at
            line.events.append(Event(seen.at, "gone", f"{seen.absence}; first missed {suspicion.at}"))
            line.effects[seen.capture] = "gone"
    return line


def _see(line: Timeline, seen: Observation) -> None:
    """Take a sight of the article; one that was gone has returned."""
    line.first_seen, line.last_seen = line.first_seen or seen.at, seen.at
    if seen.version is not None:
        _read(line, seen, seen.version)
    if line.gone_at:
        line.events.append(Event(seen.at, "returned", f"gone since {line.gone_at}"))
        line.effects[seen.capture] = "returned"
        line.gone_at = None


def _read(line: Timeline, seen: Observation, version: str) -> None:
    """Hold a text against the one before: the first, the same, a further page of the story, or a revision."""
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
