"""Monitors: compare a portal's crawls with its own past, to find what broke and since when.

All functions are pure, on rows of the table `crawls`. A crawl is compared with the last crawls in which the same value
was normal, so that an alarm stays until it is fixed. To exclude chance, a value must leave the range of all these
crawls by a large margin.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, TypeVar

from newscrawl.archive import Crawl
from newscrawl.health.verdict import Verdict, is_alarming
from newscrawl.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

PAST = 14  # number of crawls that a crawl is compared with
ENOUGH = 5  # fewest crawls to compare with
POOL = 8  # fewest new articles in a sample: smaller crawls are pooled
QUIET = timedelta(days=9)  # the longest public holiday, Spring Festival, has nine days
ALL_TODAY = 0.9  # the dates alarm is off for portals whose articles are usually dated on the day of the crawl
FEW, MANY = 0.2, 0.3  # alarm below this share of a list's usual links; above this share of a crawl's requests
# reasons to drop a page that lose no article
HARMLESS = frozenset({Outcome.LIST, Outcome.UNCHANGED, Outcome.REDIRECT, Outcome.ROBOTS, Outcome.PART})
LATE = timedelta(days=2)  # cron may miss a night
FIELDS = ("published", "source", "authors", "editors", "channel", "images", "links")


# The count of articles that a crawl's measures are about: new ones, or, without an archive, all that were read.
MEASURED = ("new", "recorded")


def measured(crawl: Crawl) -> int:
    """Return the number of articles that a crawl's measures are about."""
    return sum(crawl.counts.get(name, 0) for name in MEASURED)


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that broke: its name (a field's, or crawl, lists, body, dates, errors, drops, scope, new, late)."""

    what: str
    detail: str
    since: str  # UTC: start of the first crawl that shows it


@dataclass(slots=True)
class Sample:
    """The unit of comparison: a crawl, or several consecutive crawls with few articles."""

    since: str
    articles: int = 0
    having: dict[str, float] = field(default_factory=dict)  # articles that have a field, by its name
    lengths: list[tuple[float, int]] = field(default_factory=list)  # median body length, and number of articles
    dated: float = 0
    dated_today: float = 0

    def add(self, crawl: Crawl) -> None:
        """Add a crawl."""
        count = measured(crawl)
        self.articles += count
        for name in FIELDS:
            self.having[name] = self.having.get(name, 0) + crawl.fill.get(name, 0) * count
        if "body_length" in crawl.measures:
            self.lengths.append((crawl.measures["body_length"], count))
        self.dated += crawl.measures.get("dated", 0)
        self.dated_today += crawl.measures.get("dated_today", 0)

    def share(self, name: str) -> float:
        """Return the share of articles that have a field."""
        return self.having.get(name, 0) / self.articles if self.articles else 0.0

    @property
    def length(self) -> float:
        """The usual length of a body: the median of the crawls' medians, weighted by articles."""
        return median(length for length, count in self.lengths for _ in range(count)) if self.lengths else 0.0


def samples(crawls: Iterable[Crawl]) -> list[Sample]:
    """Pool crawls, oldest first, until each sample has enough articles; an incomplete last sample is left out."""
    whole: list[Sample] = []
    open_sample: Sample | None = None
    for crawl in crawls:
        if not measured(crawl):
            continue
        open_sample = open_sample or Sample(crawl.started_at)
        open_sample.add(crawl)
        if open_sample.articles >= POOL:
            whole.append(open_sample)
            open_sample = None
    return whole


def alarms(crawls: Sequence[Crawl], now: datetime, expects: Mapping[str, float] | None = None) -> list[Alarm]:
    """Return the alarms after a portal's last crawl.

    Args:
        crawls: the crawls of one portal, oldest first, with or without a verdict.
        now: the current time, to notice a portal that is no longer crawled.
        expects: the portal's own minimum shares by field, used instead of its past.
    """
    ended = [crawl for crawl in crawls if crawl.verdict is not None]
    if not ended:
        return []
    floors = expects or {}
    pooled = [(sample.since, sample) for sample in samples(ended)]
    read = [(crawl.started_at, crawl) for crawl in ended if _was_read(crawl)]
    found = [_broken(name, pooled, partial(_field, name, floors.get(name))) for name in FIELDS]
    found += [_broken("body", pooled, _body), _broken("dates", pooled, _dates)]
    found += [_broken("lists", read, _lists), _broken("scope", read, _scope)]
    found += [_broken("errors", read, _errors), _broken("drops", read, _drops)]
    found += [_silence(ended), _lateness(ended, now)]
    moved = any(alarm and alarm.what == "scope" for alarm in found)  # then this explains why lists have fewer articles
    told = [alarm for alarm in found if alarm and not (moved and alarm.what == "lists")]
    return [*_verdict(ended, {alarm.what for alarm in told}), *told]


def _was_read(crawl: Crawl) -> bool:
    """Return whether a crawl read enough of a portal to compare its lists and errors."""
    return crawl.counts.get("pages", 0) > 0 and crawl.verdict not in {Verdict.STOPPED, Verdict.UNREACHABLE}


_Compared = TypeVar("_Compared", Sample, Crawl)


def _broken(
    what: str,
    course: Sequence[tuple[str, _Compared]],
    check: Callable[[_Compared, Sequence[_Compared]], str | None],
) -> Alarm | None:
    """Go through alarms by time, and return the one that is on at the end, with the time since when."""
    past: deque[_Compared] = deque(maxlen=PAST)
    since, detail = "", ""
    for begun, one in course:
        if found := check(one, tuple(past)):
            since, detail = since or begun, found
        else:
            past.append(one)
            since = ""
    return Alarm(what, detail, since) if since else None


def _field(name: str, floor: float | None, now: Sample, past: Sequence[Sample]) -> str | None:
    """Alarm: a field that most articles had is now mostly missing, or rarer than the portal expects."""
    share = now.share(name)
    if floor is not None:
        return f"{share:.0%} of articles have it, {floor:.0%} are expected" if share < floor else None
    shares = [sample.share(name) for sample in past]
    if len(shares) < ENOUGH:
        return None
    usual = sum(sample.having.get(name, 0) for sample in past) / sum(sample.articles for sample in past)
    missing = usual * now.articles - share * now.articles
    by_chance = 3 * math.sqrt(usual * (1 - usual) * now.articles + 0.5)  # three standard deviations
    if share < min(shares) and share <= usual / 2 and missing > by_chance:
        return f"{share:.0%} of articles have it, {usual:.0%} had"
    return None


def _body(now: Sample, past: Sequence[Sample]) -> str | None:
    """Alarm: bodies have half their usual length."""
    lengths = [sample.length for sample in past if sample.length]
    if len(lengths) < ENOUGH or not now.length:
        return None
    usual = median(lengths)
    if now.length <= usual / 2 and now.length < min(lengths):
        return f"bodies have {now.length:.0f} characters, {usual:.0f} were usual"
    return None


def _dates(now: Sample, past: Sequence[Sample]) -> str | None:
    """Alarm: every article is dated on the day of its crawl: the page's clock is taken for its date."""
    shares = [sample.dated_today / sample.dated for sample in past if sample.dated]
    if len(shares) < ENOUGH or now.dated < POOL:
        return None
    if now.dated_today == now.dated and max(shares) < ALL_TODAY:
        return f"all {now.dated:.0f} dates are the crawl's own day, {median(shares):.0%} were usual"
    return None


def _lists(now: Crawl, past: Sequence[Crawl]) -> str | None:
    """Alarm: lists name hardly any articles, but used to name many; unchanged lists (HTTP 304) do not count."""
    if now.measures.get("list_links", 0) == 0 and Outcome.UNCHANGED in now.drops:
        return None
    for measure, words in (("list_articles", "articles"), ("list_links", "addresses")):
        counts = [crawl.measures[measure] for crawl in past if crawl.measures.get(measure)]
        if len(counts) < ENOUGH or measure not in now.measures:
            continue
        usual, number = median(counts), now.measures[measure]
        if number <= usual * FEW and number < min(counts):
            return f"lists name {number:.0f} {words}, {usual:.0f} were usual"
    return None


def _scope(now: Crawl, past: Sequence[Crawl]) -> str | None:
    """Alarm: headlines on lists lead to hosts out of the portal's scope: it may have moved."""
    counts = [crawl.measures.get("headlines_outside", 0) for crawl in past if crawl.measures.get("list_links")]
    number, inside = now.measures.get("headlines_outside", 0), now.measures.get("list_articles", 0)
    if len(counts) < ENOUGH or number < POOL:
        return None
    if number > 3 * max(counts) and number > inside:
        return f"{number:.0f} headlines lead to hosts out of scope, {median(counts):.0f} were usual"
    return None


def _errors(now: Crawl, past: Sequence[Crawl]) -> str | None:
    """Alarm: many requests fail, but did not before."""
    shares = [_share(sum(crawl.errors.values()), crawl) for crawl in past]
    share = _share(sum(now.errors.values()), now)
    if len(shares) < ENOUGH or now.counts.get("pages", 0) < POOL:
        return None
    if share > MANY and share > 3 * max(shares):
        kinds = ", ".join(f"{name} {count}" for name, count in sorted(now.errors.items(), key=lambda item: -item[1]))
        return f"{share:.0%} of requests failed ({kinds}), at most {max(shares):.0%} did"
    return None


def _drops(now: Crawl, past: Sequence[Crawl]) -> str | None:
    """Alarm: many pages are dropped for a reason that dropped few before."""
    if len(past) < ENOUGH or now.counts.get("pages", 0) < POOL:
        return None
    for name, count in now.drops.items():
        before = max(_share(crawl.drops.get(name, 0), crawl) for crawl in past)
        share = _share(count, now)
        if name not in HARMLESS and name not in now.errors and share > MANY and share > 3 * before:
            return f"{share:.0%} of pages were dropped as {name}, at most {before:.0%} were"
    return None


def _share(count: float, crawl: Crawl) -> float:
    return count / max(crawl.counts.get("pages", 0), count, 1)


def _silence(ended: Sequence[Crawl]) -> Alarm | None:
    """Alarm: no new article for more days than a public holiday has, and than the portal ever paused before."""
    with_news = [_moment(crawl) for crawl in ended if crawl.counts.get("new")]
    if len(with_news) < ENOUGH:
        return None
    longest = max(later - earlier for earlier, later in pairwise(with_news))
    silent = _moment(ended[-1]) - with_news[-1]
    if silent <= max(QUIET, 2 * longest):
        return None
    since = next(crawl for crawl in ended if _moment(crawl) > with_news[-1])
    return Alarm("new", f"nothing new for {silent.days} days, at most {longest.days} were usual", since.started_at)


def _lateness(ended: Sequence[Crawl], now: datetime) -> Alarm | None:
    """Alarm: no crawl for a long time, which no crawl itself can report."""
    moments = [_moment(crawl) for crawl in ended[-PAST:]]
    if len(moments) <= ENOUGH:
        return None
    usual = timedelta(seconds=median((later - earlier).total_seconds() for earlier, later in pairwise(moments)))
    late = now - moments[-1]
    if late <= max(LATE, 3 * usual):
        return None
    return Alarm("late", f"not crawled for {late.days} days, every {_length(usual)} was usual", ended[-1].started_at)


def _verdict(ended: Sequence[Crawl], told: set[str]) -> list[Alarm]:
    """Alarm: the last crawl's verdict, if it is alarming and no other alarm explains it."""
    last = ended[-1]
    explained = (last.verdict == Verdict.NO_ARTICLE and told & {"lists", "scope", "drops"}) or (
        last.verdict == Verdict.FIELDS_MISSING and told & set(FIELDS)
    )
    if not is_alarming(last.verdict) or explained:
        return []
    first = last
    for crawl in reversed(ended):
        if not is_alarming(crawl.verdict):
            break
        first = crawl
    return [Alarm("crawl", f"{last.verdict}: {last.detail}" if last.detail else str(last.verdict), first.started_at)]


def _moment(crawl: Crawl) -> datetime:
    return datetime.fromisoformat(crawl.started_at)


def _length(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    return f"{hours:.0f} hours" if hours < 36 else f"{hours / 24:.0f} days"
