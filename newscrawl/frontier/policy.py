"""The crawl policy: decide the next state of an address after a visit, by pure functions.

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

# Failures that an immediate retry would only repeat.
NOT_SOON = (REFUSED | BLAMELESS) - {Outcome.HTTP_429}
_BROKEN = re.compile(r"http-(?:408|425|5\d\d)")

# Delays after the n-th failure in a row. The first two are within the run; failures in NOT_SOON skip them.
RETRY_AFTER = (5, 30, 30 * MINUTE, 6 * HOUR, DAY, 3 * DAY, 7 * DAY)
WITHIN_RUN = 2
# A gone page that a list names again after so long may have come back.
REVIVE_AFTER = 7 * DAY
# Most redirects to another spelling of the same page (http to https) that are followed.
MOST_HOPS = 5
LONGEST_REST = DAY
# No due time is later than the longest revisit plus this; a later one was written by a wrong clock.
FURTHEST = 40 * DAY
USELESS = 7  # a useless list starts as if after so many visits without new entries: it waits for 16 hours at once
PART_AGAIN = (HOUR, DAY, 7 * DAY)  # waits between attempts at a missing part of a story, then it is given up
# Within a host, higher goes first: start pages, then lists and their new articles, then known articles.
START_PRIORITY = 100
REVISIT_PRIORITY = 10
SUSPECT_PRIORITY = -1000  # for a page that killed a crawl: fetched last
REVISIT_SHARE = 4  # every fourth fetch is of a known article, if one is due


@dataclass(frozen=True, slots=True)
class Rules:
    """The parameters of the policy, from the settings.

    Attributes:
        revisit_after: ages at which an article is fetched again, counted from its first visit.
        list_longest_wait: the longest wait between visits of a list without new entries.
        host_daily_limit: most fetches of a host in a day.
        host_error_limit: failures in a row after which a host is left alone.
        barren_limit: useless pages in a row after which a host's addresses that only articles named must wait.
        list_ceiling: most pages of a list that are followed.
        domain_run_limit: most addresses of a registered domain in a run, as its owner can create endless hosts.
        domain_new_hosts: most new hosts of a registered domain in a run.
        revisit_now: whether every known list and article is due when the run begins.
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
    """What the frontier knows of an address; `after` and `after_failure` return its next record.

    Attributes:
        kind: start, list, article, part, issue (a page of a newspaper's issue) or unknown.
        state: pending, leased, done, gone or failed.
        due: when it is due; None means at once if `pending`, else never.
        tries: failures in a row.
        idle: visits of a list in a row without new entries.
        misses: visits in a row that did not find the expected story.
        article_since: when its article was first stored, None if never.
        trusted: whether it was found on a list or start page.
        further: whether it is a page of a list after the first.
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
    """A host's record: failures in a row, useless pages in a row, whether it ever had an article or a list."""

    streak: int = 0
    barren: int = 0
    fruitful: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """The result of a visit: the outcome's name and the time.

    Attributes:
        news: how many addresses on the page were new; on a known list, new to this list.
        useless: whether it is a list without entries, or without new entries on its first visit.
        past: whether it is a list of a past day, in a series of such lists: a newspaper's issue, a day of an archive.
    """

    outcome: str
    now: float
    news: int = 0
    rules: Rules = field(default_factory=Rules)
    useless: bool = False
    past: bool = False


def is_trusted(known: Record, outcome: str) -> bool:
    """Return whether a page's links count as found on a list; for a redirect, whether it was itself found on one."""
    named = outcome == Outcome.LIST or known.kind in ("start", "list", "issue")
    return named or (outcome == Outcome.REDIRECT and known.trusted)


def is_list(outcome: str, kind: str, leads: Sequence[object]) -> bool:
    """Return whether a response was a list: a page of links, or data or a script with leads."""
    data = outcome == Outcome.NOT_HTML or (kind in ("list", "start") and outcome in LATER)  # data may be sent as HTML
    return outcome == Outcome.LIST or (data and bool(leads))


def is_past(url: str, now: float) -> bool:
    """Return whether an address contains a past day, with two days' grace for time zones and late editions."""
    day = date_in(url)
    return day is not None and day.toordinal() - _EPOCH < (now - 2 * DAY) // DAY


def blames_host(reason: str, kind: str) -> bool:
    """Return whether a failure counts against the host, not only against us or the page.

    Parts of stories do not count: one fault of a site can break many of them, while its lists work.
    """
    return reason not in BLAMELESS and not (kind == "part" and reason.startswith("http-"))


def hop(known: Record) -> Record:
    """Return the record after a redirect to another spelling of the same page: to be fetched there at once."""
    return replace(known, state="pending", due=None, tries=known.tries + 1)


def is_failure(outcome: str) -> bool:
    """Return whether an outcome only means that the site did not serve us: to be retried, never a withdrawal."""
    return outcome in REFUSED or outcome == Outcome.STORAGE or _BROKEN.fullmatch(outcome) is not None


def after(known: Record, visit: Visit) -> Record:  # noqa: PLR0911  one return a kind of outcome reads best
    """Return the record after a visit with a response (for failures see `after_failure`)."""
    record = replace(known, state="done", due=None, tries=0)
    outcome, was_article = visit.outcome, known.article_since is not None
    if outcome == Outcome.ALIAS:
        return replace(record, kind="article", article_since=None)
    if outcome == Outcome.ROBOTS:
        return replace(record, due=visit.now + 7 * DAY)
    if known.kind != "start" and (outcome == Outcome.ARTICLE or (outcome == Outcome.UNCHANGED and was_article)):
        return _article(record, visit)
    if known.further and not was_article:  # fetched again only when the page before it has new entries
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
    """Return the record after a failure: pending with a growing delay, and failed after the last delay.

    Args:
        known: the record before; an address found on no list is retried only once within the run, not twice.
        reason: the failure's name; failures that a retry would repeat are not retried within the run.
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
    """Return when an article first seen at `since` is fetched next, by the ages in the rules; None after the last.

    It is never later than the longest of these ages from now, even if a clock that ran ahead has written `since`.
    """
    age, ages = now - since, sorted(rules.revisit_after)
    return next((min(since + wait, now + ages[-1]) for wait in ages if wait > age + MINUTE), None)


def list_wait(idle: int, longest: float) -> float:
    """Return how long a list waits after `idle` visits without new entries: first none, then doubling from 1 h."""
    return 0 if idle < 3 else min(HOUR * 2.0 ** min(idle - 3, 20), longest)


def host_after(host: Host, visit: Visit, known: Record) -> Host:
    """Return a host's record after a response. Only addresses found on no list count as useless."""
    outcome = visit.outcome
    useful = outcome in READ or (outcome == Outcome.LIST and visit.news > 0)
    barren = host.barren
    if not known.trusted and outcome != Outcome.REDIRECT:
        barren = 0 if useful else barren + 1
    return Host(0, barren, host.fruitful or useful)


def is_barren(host: Host, rules: Rules) -> bool:
    """Return whether a host's addresses found on no list must wait; earlier if it never had an article or list."""
    return host.barren >= (rules.barren_limit if host.fruitful else max(rules.barren_limit // 4, 1))


def host_rest(reason: str, streak: int, rules: Rules, retry_after: float | None) -> float:
    """Return the seconds a host rests after a failure: Retry-After, half a minute on 429, else by failures in a row."""
    rest = min(retry_after, LONGEST_REST) if retry_after is not None else 0.0
    if reason == Outcome.HTTP_429 and retry_after is None:
        rest = 30.0
    if streak >= rules.host_error_limit:
        rest = max(rest, min(30 * MINUTE * 2.0 ** min(streak - rules.host_error_limit, 6), LONGEST_REST))
    return rest


def _article(record: Record, visit: Visit) -> Record:
    """Return the record of an article, new or fetched again: due at the ages in the rules."""
    since = visit.now if record.article_since is None else record.article_since
    due = next_look(visit.now, since, visit.rules)
    return replace(record, kind="article", article_since=since, misses=0, due=due)


def _missing(record: Record, visit: Visit) -> Record:
    """Return the record of a missing page: fetched again after an hour, then gone; a known article may still return.

    An address that only an article named and that never had a page is gone at once: most such links are dead.
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
    """Return the record of a list or start page: due at the next run, and less often while it has no new entries.

    A newspaper's page does not change after printing; the portal itself requests the newest issue's pages again.
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
