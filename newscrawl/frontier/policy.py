"""What becomes of an address after a visit: pure functions of what was known and what was seen.

All times are seconds; an absolute time is Unix time. The outcomes are those of `newscrawl.outcomes`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from newscrawl.outcomes import BLAMELESS, LATER, MISSING, READ, REFUSED, Outcome
from newscrawl.urls import date_in

if TYPE_CHECKING:
    from collections.abc import Sequence

MINUTE, HOUR, DAY = 60, 3600, 86400
_EPOCH = date(1970, 1, 1).toordinal()

# Asking again at once would bring the same.
NOT_SOON = (REFUSED | BLAMELESS) - {Outcome.HTTP_429}
_BROKEN = re.compile(r"http-(?:408|425|5\d\d)")

# After the n-th failure in a row. The first two fall within the run; what would fail again begins with the third.
RETRY_AFTER = (5, 30, 30 * MINUTE, 6 * HOUR, DAY, 3 * DAY, 7 * DAY)
WITHIN_RUN = 2
# A page that was gone and is named by a list after so long may have come back.
REVIVE_AFTER = 7 * DAY
# A redirect to another spelling of the same page (http to https): so many are followed.
MOST_HOPS = 5
LONGEST_REST = DAY
# Nothing is put off for longer than the last revisit and this: what is, was written by a clock that ran ahead.
FURTHEST = 40 * DAY
USELESS = 7  # visits without news that a useless list starts from: it rests for 16 hours at once
PART_AGAIN = (HOUR, DAY, 7 * DAY)  # a missing part of a story is looked for so often before it is given up
# Within a host the higher goes first: start pages before all, and known articles after lists and what is new on them.
START_PRIORITY = 100
REVISIT_PRIORITY = 10
SUSPECT_PRIORITY = -1000  # a page that killed a crawl comes last
REVISIT_SHARE = 4  # one of so many fetches is a known article's, if one is due, whatever else is wanted


@dataclass(frozen=True, slots=True)
class Rules:
    """What the settings decide.

    Attributes:
        revisit_after: ages at which an article is looked at again, counted from the first visit.
        list_longest_wait: the longest time a list that brings nothing new is left alone.
        host_daily_limit: fetches a host a day.
        host_error_limit: failures in a row after which a host is left alone.
        barren_limit: pages in a row without use, of addresses only articles named, after which a host's others wait.
        list_ceiling: pages of a list that are followed at the most.
        domain_run_limit: addresses a registered domain in a run: its owner can make hosts without end.
        domain_new_hosts: hosts of a registered domain that are new in a run.
        revisit_now: every known list and article is due when the run begins, whatever its turn.
    """

    revisit_after: tuple[float, ...] = (6 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY)
    list_longest_wait: float = 7 * DAY
    host_daily_limit: int = 20_000
    host_error_limit: int = 8
    barren_limit: int = 40
    list_ceiling: int = 2000
    domain_run_limit: int = 20_000
    domain_new_hosts: int = 200
    revisit_now: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """What the frontier knows of an address; `after` and `after_failure` give the next one.

    Attributes:
        kind: start, list, article, part, issue (a page of a newspaper's issue) or unknown.
        state: pending, leased, done, gone or failed.
        due: when it is wanted again; None with `pending` is at once, None otherwise never.
        tries: failures in a row.
        idle: visits of a list in a row that brought nothing new.
        misses: visits in a row that found no story where one was expected.
        article_since: when its article was first stored, None if never.
        trusted: a list or a start page names it.
        further: it is a page of a list behind the first.
    """

    kind: str = "unknown"
    state: str = "leased"
    due: float | None = None
    tries: int = 0
    idle: int = 0
    misses: int = 0
    article_since: float | None = None
    trusted: bool = False
    further: bool = False


@dataclass(frozen=True, slots=True)
class Host:
    """How a host has behaved: failures in a row, useless pages in a row, whether it ever gave an article or a list."""

    streak: int = 0
    barren: int = 0
    fruitful: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit brought: the outcome's name and when.

    Attributes:
        news: how many addresses it named that nobody knew; of a list seen before, that this list had not named.
        useless: a list with no entry, or whose first visit told nothing that other lists had not.
        past: a list of a day that is over, one of a row of such lists: an issue of a newspaper, a day of an archive.
    """

    outcome: str
    now: float
    news: int = 0
    rules: Rules = field(default_factory=Rules)
    useless: bool = False
    past: bool = False


def is_trusted(known: Record, outcome: str) -> bool:
    """Return whether the addresses a page names count as named by a list; a redirect hands on what it was itself."""
    named = outcome == Outcome.LIST or known.kind in ("start", "list", "issue")
    return named or (outcome == Outcome.REDIRECT and known.trusted)


def is_list(outcome: str, kind: str, leads: Sequence[object]) -> bool:
    """Return whether an answer was a list: a page of links, or data or a script that leads on."""
    data = outcome == Outcome.NOT_HTML or (kind in ("list", "start") and outcome in LATER)  # a script may come as HTML
    return outcome == Outcome.LIST or (data and bool(leads))


def is_past(url: str, now: float) -> bool:
    """Return whether an address spells out a day that is over for good; time zones and late editions get two days."""
    day = date_in(url)
    return day is not None and day.toordinal() - _EPOCH < (now - 2 * DAY) // DAY


def blames_host(reason: str, kind: str) -> bool:
    """Return whether a failure counts against the host, rather than against us or the page alone.

    Parts of stories break in rows, by one fault of the site's own; what it answers for them says nothing of its lists.
    """
    return reason not in BLAMELESS and not (kind == "part" and reason.startswith("http-"))


def hop(known: Record) -> Record:
    """Return the record after a redirect to another spelling of the same page: to be fetched there, now."""
    return replace(known, state="pending", due=None, tries=known.tries + 1)


def is_failure(outcome: str) -> bool:
    """Return whether an outcome says only that the site did not serve us: to be retried, never a withdrawal."""
    return outcome in REFUSED or outcome == Outcome.STORAGE or _BROKEN.fullmatch(outcome) is not None


def after(known: Record, visit: Visit) -> Record:  # noqa: PLR0911  one return a kind of outcome reads best
    """Return the record after a visit that was answered (failures: `after_failure`)."""
    record = replace(known, state="done", due=None, tries=0)
    outcome, was_article = visit.outcome, known.article_since is not None
    if outcome == Outcome.ALIAS:
        return replace(record, kind="article", article_since=None)
    if outcome == Outcome.ROBOTS:
        return replace(record, due=visit.now + 7 * DAY)
    if known.kind != "start" and (outcome == Outcome.ARTICLE or (outcome == Outcome.UNCHANGED and was_article)):
        return _article(record, visit)
    if known.further and not was_article:  # asked again only when the page before it has news
        return replace(record, kind="list")
    if known.kind == "start" or (known.kind in ("list", "issue") and outcome not in MISSING):
        return _listed(record, visit)
    if was_article or outcome in MISSING:
        return _missing(record, visit)
    if outcome == Outcome.LIST:
        return _listed(record, visit)
    if outcome in LATER and known.misses == 0:
        record = replace(record, misses=1, due=visit.now + DAY)
    return record


def after_failure(known: Record, reason: str, now: float, *, within_run: bool = True, wait: float = 0) -> Record:
    """Return the record after a failure: pending with a growing delay, and failed when the delays are used up.

    Args:
        known: the record before; what no list names is retried once within the run, not twice.
        reason: the failure's name; what would fail again at once is not retried within the run.
        now: Unix time.
        within_run: whether the short delays may be used.
        wait: seconds the server asked for (Retry-After).
    """
    tries = known.tries + 1
    short = 0 if not within_run or reason in NOT_SOON else WITHIN_RUN if known.trusted else 1
    if short < tries <= WITHIN_RUN:
        tries = WITHIN_RUN + 1
    if tries > len(RETRY_AFTER):
        return replace(known, state="failed", due=None, tries=tries)
    return replace(known, state="pending", due=now + max(RETRY_AFTER[tries - 1], wait), tries=tries)


def next_look(now: float, since: float, rules: Rules) -> float | None:
    """When an article first seen at `since` is looked at again: at the next age of the rules, None past the last."""
    age = now - since
    return next((since + interval for interval in sorted(rules.revisit_after) if interval > age + MINUTE), None)


def list_wait(idle: int, longest: float) -> float:
    """How long a list rests after `idle` visits in a row without news: not at all twice, then doubling from an hour."""
    return 0 if idle < 3 else min(HOUR * 2.0 ** min(idle - 3, 20), longest)


def host_after(host: Host, visit: Visit, known: Record) -> Host:
    """Return a host's behaviour after an answered visit. Only addresses that no list names count as barren."""
    outcome = visit.outcome
    useful = outcome in READ or (outcome == Outcome.LIST and visit.news > 0)
    barren = host.barren
    if not known.trusted and outcome != Outcome.REDIRECT:
        barren = 0 if useful else barren + 1
    return Host(0, barren, host.fruitful or useful)


def is_barren(host: Host, rules: Rules) -> bool:
    """Return whether only addresses that a list names are still wanted of a host; sooner if it never gave any."""
    return host.barren >= (rules.barren_limit if host.fruitful else max(rules.barren_limit // 4, 1))


def host_rest(reason: str, streak: int, rules: Rules, retry_after: float | None) -> float:
    """How long a host is left alone after a failure, in seconds: Retry-After, half a minute on 429, else by streak."""
    rest = min(retry_after, LONGEST_REST) if retry_after is not None else 0.0
    if reason == Outcome.HTTP_429 and retry_after is None:
        rest = 30.0
    if streak >= rules.host_error_limit:
        rest = max(rest, min(30 * MINUTE * 2.0 ** min(streak - rules.host_error_limit, 6), LONGEST_REST))
    return rest


def _article(record: Record, visit: Visit) -> Record:
    """An article, new or seen again: looked at again at the ages of the rules."""
    since = visit.now if record.article_since is None else record.article_since
    due = next_look(visit.now, since, visit.rules)
    return replace(record, kind="article", article_since=since, misses=0, due=due)


def _missing(record: Record, visit: Visit) -> Record:
    """A page that is not there: a second look after an hour, then gone; a former article may still come back.

    What only an article named and nobody ever saw is gone at once: most such links are simply dead.
    """
    if record.article_since is None and not record.trusted:
        return replace(record, state="gone", misses=1)
    if record.kind == "part" and record.misses < len(PART_AGAIN):
        return replace(record, state="pending", misses=record.misses + 1, due=visit.now + PART_AGAIN[record.misses])
    if record.misses == 0:
        return replace(record, state="pending", misses=1, due=visit.now + HOUR)
    if record.article_since is None:
        return replace(record, state="gone", misses=record.misses + 1)
    wait = 7 * DAY if record.misses < 3 else 30 * DAY
    return replace(record, state="gone", misses=min(record.misses + 1, 9), due=visit.now + wait)


def _listed(record: Record, visit: Visit) -> Record:
    """A list or start page: due at the next run, ever more rarely when it brings nothing new.

    A newspaper's page is printed and does not change; the portal itself asks again for those of the newest issue.
    """
    if record.kind == "issue":
        return replace(record, misses=0)
    idle = 0 if visit.news else record.idle + 1
    if visit.useless:
        idle = max(idle, USELESS)
    kind = "start" if record.kind == "start" else "list"
    if visit.past and kind != "start":
        return replace(record, kind=kind, idle=idle, misses=0)
    wait = 0 if kind == "start" else list_wait(idle, visit.rules.list_longest_wait)
    return replace(record, kind=kind, idle=idle, misses=0, due=visit.now + wait)
