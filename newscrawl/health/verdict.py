"""The verdicts on a crawl: meaning, what to do, and exit status."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Verdict(StrEnum):
    """All verdicts; `MEANINGS` explains each, and docs/operating.md is generated from it."""

    OK = "ok"
    NOTHING_NEW = "nothing new"
    TIME_LIMIT = "time limit"
    DAILY_LIMIT = "daily limit"
    FIELDS_MISSING = "fields missing"
    ONE_TEXT = "one text for all"
    NO_ARTICLE = "no article"
    SCRIPT = "script-drawn"
    ROBOTS = "robots"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    LEFT_ALONE = "left alone"
    PRIVATE = "private address"
    MISDECLARED = "misdeclared"
    MEMORY = "out of memory"
    STALLED = "stalled"
    STOPPED = "stopped"
    CLOCK = "wrong clock"
    STORAGE = "storage"
    FAILED = "failed"
    UNFINISHED = "unfinished"
    NEVER = "never crawled"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a verdict means, what to do about it, and the exit status of a crawl that ends with it."""

    means: str
    advice: str
    exit_status: int


_WAIT = "nothing: the next run continues from there"

# fmt: off
MEANINGS: dict[Verdict, Meaning] = {
    Verdict.OK: Meaning("articles were stored", "nothing", 0),
    Verdict.NOTHING_NEW: Meaning("the portal was read, and has nothing new", "nothing", 0),
    Verdict.TIME_LIMIT: Meaning("the time limit ended the crawl before everything was fetched", _WAIT, 6),
    Verdict.DAILY_LIMIT: Meaning(
        "a host reached its daily limit of fetches", f"{_WAIT}; FRONTIER_HOST_DAILY_LIMIT sets the limit", 6
    ),
    Verdict.FIELDS_MISSING: Meaning(
        "fewer articles have a field than the portal's `expects` asks for",
        "look at an article with `newscrawl show`, then correct the portal's overrides", 1,
    ),
    Verdict.ONE_TEXT: Meaning(
        "several articles were revised to one and the same text, as on a parked or closed site",
        "open one of them in a browser; if the site is gone, remove the portal (the earlier texts are kept)", 1,
    ),
    Verdict.NO_ARTICLE: Meaning(
        "pages were fetched, but none of them led to an article",
        "open the start page in a browser; look for a notice, a new address, or lists the crawler cannot read", 1,
    ),
    Verdict.SCRIPT: Meaning(
        "a script draws the start page, so its HTML has no links to articles",
        "set start_urls to pages with links: a channel's list, a feed, a sitemap", 1,
    ),
    Verdict.ROBOTS: Meaning(
        "robots.txt forbids the start page, or everything it leads to",
        "respect it: ask the site for permission, start elsewhere, or remove the portal", 1,
    ),
    Verdict.BLOCKED: Meaning(
        "the site refused the crawler (401, 403, 412, 429, a captcha or a login)",
        "wait a day and crawl more slowly (-s DOWNLOAD_DELAY=5); if that does not help, ask the site", 5,
    ),
    Verdict.UNREACHABLE: Meaning(
        "no page could be fetched: no connection, a timeout or a server error",
        "open the start page in a browser; if all portals say so, this machine is offline", 5,
    ),
    Verdict.LEFT_ALONE: Meaning(
        "a host failed repeatedly or asked for a pause, so it is not asked for a while",
        "`newscrawl frontier` shows until when; afterwards: `newscrawl frontier --retry-failed`", 5,
    ),
    Verdict.PRIVATE: Meaning(
        "the start address is in a private network, which a crawl may not enter",
        "if it is your own intranet: -s NEWSCRAWL_ALLOW_PRIVATE=HOST", 1,
    ),
    Verdict.MISDECLARED: Meaning(
        "the portal's file or an argument is wrong, or its start pages do not exist",
        "correct what the message names; docs/portals.md describes the portal's file", 1,
    ),
    Verdict.MEMORY: Meaning("the crawl used too much memory and was ended", f"{_WAIT}; MEMUSAGE_LIMIT_MB raises it", 8),
    Verdict.STALLED: Meaning(
        "the crawl was stuck and was ended", f"{_WAIT}; if it happens again, its log names the address", 1
    ),
    Verdict.STOPPED: Meaning("somebody ended the crawl (Ctrl-C, SIGTERM, shutdown)", _WAIT, 8),
    Verdict.CLOCK: Meaning(
        "addresses were fetched at times in the future, so none is due",
        "set the machine's clock; if the clock is right: newscrawl check --repair", 1,
    ),
    Verdict.STORAGE: Meaning(
        "the data folder could not be read or written, or its disk is full",
        "do what the message says; `newscrawl check` reads all files", 3,
    ),
    Verdict.FAILED: Meaning("a fault of the program ended the crawl", "see the last lines of its log", 1),
    Verdict.UNFINISHED: Meaning("the crawl is running, or was killed", "nothing: the next run repairs what it left", 1),
    Verdict.NEVER: Meaning("the portal was never crawled", "newscrawl crawl PORTAL", 0),
}
# fmt: on

GOOD = frozenset({Verdict.OK, Verdict.NOTHING_NEW})
# Unfinished crawls that need no action: no alarm.
GOES_ON = frozenset({Verdict.TIME_LIMIT, Verdict.DAILY_LIMIT, Verdict.STOPPED, Verdict.UNFINISHED, Verdict.NEVER})

# Exit statuses from worst to best: several crawls together get the first one that any of them has.
_WORST_FIRST = (3, 4, 1, 7, 5, 8, 6, 0)


def worst(statuses: list[int]) -> int:
    """Return the worst exit status of several crawls; 0 for no crawl."""
    return min(statuses, key=lambda status: _WORST_FIRST.index(status) if status in _WORST_FIRST else 2, default=0)


def is_alarming(verdict: str | None) -> bool:
    """Return whether somebody should look at a crawl with this verdict; unknown verdicts count as alarming."""
    return verdict is not None and verdict not in GOOD | GOES_ON


def closing_line(verdict: Verdict, detail: str, counts: Mapping[str, int], seconds: float | None = None) -> str:
    """Return a line on a crawl: what is wrong, what it brought in how many seconds, and what to do."""
    numbers = ", ".join(f"{count} {what}" for what, count in counts.items())
    if seconds is not None:
        numbers = f"{numbers} in {seconds:.0f} s".strip()
    if verdict is Verdict.OK:
        return f"{numbers}; {detail}" if detail else numbers
    said = f"{verdict}: {detail}" if detail else str(verdict)
    advice = "" if verdict in GOOD else f"; what to do: {MEANINGS[verdict].advice}"
    return f"{said}{f' ({numbers})' if numbers else ''}{advice}"


def meaning_of(verdict: str | None) -> Meaning | None:
    """Return the meaning of a verdict; None for verdicts of older versions."""
    return MEANINGS[Verdict(verdict)] if verdict in set(Verdict) else None
