"""Decide the verdict on one crawl, by a pure function of its facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newscrawl.health.verdict import Verdict
from newscrawl.outcomes import MISSING, READ, REFUSED, UNASKED, Outcome, http

if TYPE_CHECKING:
    from collections.abc import Mapping

_GONE = MISSING | {
    *(Outcome.REDIRECT, Outcome.REDIRECT_LOOP),
    *map(http, range(300, 309)),  # a redirect without target, or to itself
}
_MANY_ALIKE = 3  # articles: two may be one story that was published twice
_Case = tuple[bool, Verdict, str]  # condition, verdict, and sentence
_ENDED = {
    "memusage_exceeded": Verdict.MEMORY,
    "shutdown": Verdict.STOPPED,
    "cancelled": Verdict.STOPPED,
    "closespider_timeout": Verdict.TIME_LIMIT,
    "stalled": Verdict.STALLED,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a crawl. Counts are by name of the outcome or failure.

    Attributes:
        start_url: the first start page, for the message.
        start_hosts: the hosts of all start pages.
        reason: Scrapy's reason for the end.
        start: outcomes of the start pages, failures included.
        settled: outcomes of all pages that were answered or refused.
        failed: requests that failed, by kind.
        changed: articles stored anew: new, revised, gone, returned.
        withdrawn: how many of these are gone. They alone do not show that the portal was read.
        list_links: addresses found on start pages and lists.
        list_articles: how many of these are articles, of this crawl or an earlier one.
        left_alone: hosts that are left alone after repeated failures.
        resting: resting hosts of start pages, with the time until which they rest.
        spent: hosts at their daily limit of fetches.
        ahead: addresses with a fetch time in the future: the clock is or was wrong.
        outside: number of headlines that lead out of the portal's scope, by domain.
        missing: fields that fewer articles have than the portal expects, in words.
        alike: how many articles were revised to one and the same text.
        backfill: whether the run was for a newspaper's past issues, and fetched no start page.
        joined: whether other workers on the same frontier had begun the run and read the start pages.
    """

    start_url: str = ""
    start_hosts: frozenset[str] = frozenset()
    reason: str = "finished"
    start: Mapping[str, int] = field(default_factory=dict)
    settled: Mapping[str, int] = field(default_factory=dict)
    failed: Mapping[str, int] = field(default_factory=dict)
    changed: int = 0
    withdrawn: int = 0
    list_links: int = 0
    list_articles: int = 0
    left_alone: tuple[str, ...] = ()
    resting: tuple[str, ...] = ()
    spent: tuple[str, ...] = ()
    ahead: int = 0
    outside: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    alike: int = 0
    backfill: bool = False
    joined: bool = False


def judge(facts: Facts) -> tuple[Verdict, str]:
    """Return the verdict and a sentence that names the addresses, hosts and kinds behind it."""
    was_read = bool(facts.list_articles or facts.changed > facts.withdrawn or READ & facts.settled.keys())
    ended = _ENDED.get(facts.reason)
    if ended is Verdict.TIME_LIMIT and facts.failed and not facts.settled:
        ended = None  # nothing was fetched in the time limit: the reason for that is the better verdict
    if ended:
        return ended, _and_start(facts, f"ended before its time ({facts.reason})")
    if not facts.reason.startswith(("finished", "closespider_")):
        return Verdict.FAILED, f"ended with the reason {facts.reason!r}"
    return _first(_of_read(facts) if was_read else _of_unread(facts))


def _of_read(facts: Facts) -> list[_Case]:
    """Judge a crawl that read articles, or lists of known articles."""
    known = f"{facts.list_links} addresses named, all known" if facts.list_links else "the lists are as they were"
    if count := sum(facts.failed.values()):
        known = f"{facts.list_links} addresses named, {count} failed ({_counts(facts.failed)}), the others are known"
    own = tuple(host for host in facts.left_alone if host in facts.start_hosts)
    return [
        (facts.alike >= _MANY_ALIKE, Verdict.ONE_TEXT, f"{facts.alike} articles now have the same text"),
        (bool(facts.missing), Verdict.FIELDS_MISSING, f"fewer than expected: {', '.join(facts.missing)}"),
        (bool(own), Verdict.LEFT_ALONE, f"left alone after failing on and on: {_some(own)}"),
        (bool(facts.spent), Verdict.DAILY_LIMIT, f"asked as often as a day allows: {_some(facts.spent)}"),
        (not facts.changed, Verdict.NOTHING_NEW, _and_start(facts, known)),
        (True, Verdict.OK, _and_start(facts, "")),
    ]


def _of_unread(facts: Facts) -> list[_Case]:
    """Judge a crawl that read no article and no list of known articles, by the outcomes of its start pages."""
    start = set(facts.start)
    url, answered = facts.start_url, facts.settled.keys() - UNASKED
    silent = not answered and bool(facts.failed or Outcome.IGNORED in start)
    kinds = _counts(facts.failed) or "refused by a middleware; see the log"
    no_page = bool(start) and start <= _GONE and answered <= _GONE
    found = f"named {facts.list_links} addresses, none of them an article (pages read: {_counts(facts.settled)})"
    if facts.outside:
        found += f"; headlines lead out of the scope: {_counts(facts.outside)} (`domains` takes them in)"
    return [
        (bool(facts.spent), Verdict.DAILY_LIMIT, f"asked as often as a day allows: {_some(facts.spent)}"),
        (
            bool(facts.resting) and not (answered or facts.failed),
            Verdict.LEFT_ALONE,
            f"left alone, at its own wish or after failing: {_some(facts.resting)}",
        ),
        (
            facts.backfill and not facts.failed and facts.settled.keys() <= _GONE,
            Verdict.NOTHING_NEW,
            "all that was asked for is here"
            + (f" but pages that are not there ({_counts(facts.settled)})" if facts.settled else ""),
        ),
        (
            facts.joined and not start and not facts.failed,
            Verdict.NOTHING_NEW,
            "other workers were at work on it, and left nothing to do",
        ),
        (Outcome.PRIVATE in start, Verdict.PRIVATE, f"{url} is a private address"),
        (start == {Outcome.ROBOTS}, Verdict.ROBOTS, f"robots.txt does not let us read {url}"),
        (
            bool((start | facts.failed.keys()) & REFUSED),
            Verdict.BLOCKED,
            f"{url} turned us away ({_counts(facts.failed or facts.start)})",
        ),
        (silent, Verdict.UNREACHABLE, f"no page of {url} could be fetched ({kinds})"),
        (no_page, Verdict.MISDECLARED, f"the start page {url} is not there ({_counts(facts.start)})"),
        (
            facts.settled.get(Outcome.ROBOTS, 0)
            > sum(count for name, count in facts.settled.items() if name != Outcome.ROBOTS),
            Verdict.ROBOTS,
            f"robots.txt forbids {facts.settled.get('robots', 0)} of the addresses {url} leads to",
        ),
        (Outcome.SCRIPT in start, Verdict.SCRIPT, f"{url} is drawn by a script"),
        (
            not answered and bool(facts.ahead),
            Verdict.CLOCK,
            f"{facts.ahead} addresses were fetched at a time still to come, and none is due",
        ),
        (not answered, Verdict.NO_ARTICLE, f"nothing was asked of {url}"),
        (True, Verdict.NO_ARTICLE, f"{url} {found}"),
    ]


def _first(cases: list[_Case]) -> tuple[Verdict, str]:
    return next((verdict, detail) for holds, verdict, detail in cases if holds)


def _and_start(facts: Facts, said: str) -> str:
    """Add further problems: start pages that failed while others were read, and hosts left alone."""
    wrong = {name: count for name, count in facts.start.items() if name not in READ | {Outcome.LIST}}
    number = sum(wrong.values())
    told = f"{number} start page{'s' * (number > 1)} not read ({_counts(wrong)})" if wrong else ""
    alone = f"left alone after failing on and on: {_some(facts.left_alone)}" if facts.left_alone else ""
    return "; ".join(part for part in (said, told, alone) if part)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=lambda item: -item[1]))


def _some(hosts: tuple[str, ...]) -> str:
    return ", ".join(hosts[:3]) + " …" * (len(hosts) > 3)


def below(expects: Mapping[str, float], fill: Mapping[str, float]) -> list[str]:
    """Return the fields that fewer articles have than the portal expects; none if the crawl brought no article."""
    return [
        f"{name} {fill.get(name, 0.0):.2f} < {floor:.2f}"
        for name, floor in expects.items()
        if fill and fill.get(name, 0.0) < floor
    ]
