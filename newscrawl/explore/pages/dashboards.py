"""The dashboards: a chart of each query in `figures`, with its numbers in a table."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, NamedTuple, TypedDict, TypeVar

from newscrawl.archive import BEIJING, CrawlFigure, DayFigure, FlowFigure, SourceFigure, WithdrawalFigure
from newscrawl.explore.pages import charts
from newscrawl.explore.reader import remembered
from newscrawl.explore.words import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from datasette.app import Datasette
    from markupsafe import Markup

    from newscrawl.explore.words import Words

Kind = TypeVar("Kind", bound="Mapping[str, object]")

TITLES = {
    "articles_a_day": "各地区每日文章数",
    "top_sources": "主要来源",
    "reprint_network": "转载网络：谁转载谁",
    "withdrawals": "撤下的文章",
    "portal_health": "门户健康",
}
RANGES = {"30": "近 30 天", "90": "近 90 天", "365": "近一年", "all": "全部"}
OTHER = "其他"
_UNITS = {"日": "各地区每日文章数", "周": "各地区每周文章数", "月": "各地区每月文章数"}
_DAYS, _WEEKS = 100, 800  # up to so many days a column is a day, a week; beyond, a month
_TOP_SOURCES, _TOP_FLOWS = 25, 40
_ENOUGH, _FALL = 3, 30  # crawls a portal needs for a habit, and points of percent below it that are a fall


class DayCount(NamedTuple):
    """The articles of a region on a day."""

    day: date
    region: str | None
    articles: int


class PortalHealth(TypedDict):
    """What the health page shows of a portal."""

    title: str
    last: CrawlFigure
    well: bool
    count: int  # of its crawls
    fill: list[tuple[str, int, int | None]]
    drops: list[tuple[str, int]]
    chart: Markup


@dataclass(slots=True)
class Dashboard:
    """The contents of a dashboard's page. `legend` names the colours; `header` and `table` are the numbers."""

    name: str
    chart: Markup
    header: list[str]
    table: list[list[str | int | None]]
    legend: list[tuple[str, str]] = field(default_factory=list)  # class, name
    note: str | None = None
    range: str | None = None  # one of RANGES
    health: list[PortalHealth] = field(default_factory=list)
    in_time: bool = False  # its chart runs from the oldest to the newest


async def draw(datasette: Datasette, name: str, words: Words, chosen: str = "") -> Dashboard:
    """Draw a dashboard of TITLES; `chosen` is one of RANGES, for dashboards with a range."""

    async def rows(kind: type[Kind]) -> list[Kind]:
        return await remembered(datasette, name, lambda archive: archive.pages.figure(name, kind))

    match name:
        case "articles_a_day":
            return _by_region(await rows(DayFigure), words, chosen)
        case "top_sources":
            return _sources(await rows(SourceFigure), words)
        case "reprint_network":
            return _network(await rows(FlowFigure), words)
        case "withdrawals":
            return _withdrawals(await rows(WithdrawalFigure), words)
        case _:
            return _health(await rows(CrawlFigure), words)


def _by_region(found: Sequence[DayFigure], words: Words, chosen: str) -> Dashboard:
    """Articles a day (a week, a month) by region."""
    everything = [DayCount(day, row["region"], row["articles"]) for row in found if (day := _day(row["day"]))]
    chosen, kept = _within(everything, chosen)
    days: dict[date, Counter[str]] = defaultdict(Counter)
    for row in kept:
        days[row.day][row.region or words("（未知）")] += row.articles
    labels, unit, buckets = _buckets(days)
    series = _leading(sum(buckets, Counter()), buckets, words)
    title = words(_UNITS[unit])
    shown, total = (sum(row.articles for row in some) for some in (kept, everything))
    drawn = charts.columns(
        words, "articles_a_day", title, [label[5:] if unit == "日" else label for label in labels], series
    )
    counts = {"range": words(RANGES[chosen]), "shown": f"{shown:,}", "total": f"{total:,}", "unit": words(f"一{unit}")}
    return Dashboard(
        "articles_a_day",
        drawn,
        [words(unit), words("合计"), *(name for name, _ in series)],
        [
            [words.published(label), bucket.total(), *(values[place] for _, values in series)]
            for place, (label, bucket) in reversed(list(enumerate(zip(labels, buckets, strict=True))))
            if bucket
        ],
        _legend(series),
        words("{range}：{shown} 篇，有日期的共 {total} 篇。每列为{unit}。", **counts),
        chosen,
        in_time=True,
    )


def _leading(totals: Counter[str], buckets: Sequence[Counter[str]], words: Words) -> list[tuple[str, list[int]]]:
    """Return the largest series, one for each colour, and the sum of the rest."""
    names = [name for name, _ in totals.most_common(charts.SERIES - 1)]
    series = [(name, [bucket[name] for bucket in buckets]) for name in names]
    if len(totals) > len(names):
        series.append((words(OTHER), [bucket.total() - sum(bucket[name] for name in names) for bucket in buckets]))
    return series


def _legend(series: Sequence[tuple[str, object]]) -> list[tuple[str, str]]:
    return [(charts.colour(number), name) for number, (name, _) in enumerate(series)]


def _sources(found: Sequence[SourceFigure], words: Words) -> Dashboard:
    """The outlets credited most often, reprints highlighted."""
    top = [(row["source"], row["articles"], row["reprints"]) for row in found[:_TOP_SOURCES]]
    return Dashboard(
        "top_sources",
        charts.bars(words, "top_sources", words(TITLES["top_sources"]), top),
        [words(name) for name in ("来源", "文章", "门户", "其中转载", "最早", "最晚")],
        [
            [
                *(row["source"], row["articles"], row["portals"], row["reprints"]),
                *(words.published(day) if day else None for day in (row["first_day"], row["last_day"])),
            ]
            for row in found
        ],
        [("s0", words("首发或未见原文")), ("s1", words("档案中另有原文的转载"))],
    )


def _network(found: Sequence[FlowFigure], words: Words) -> Dashboard:
    """Which portal takes from which outlet."""
    top = [(row["outlet"], row["portal"], row["articles"]) for row in found[:_TOP_FLOWS]]
    return Dashboard(
        "reprint_network",
        charts.flows(words, "reprint_network", words(TITLES["reprint_network"]), top),
        [words(name) for name in ("原发媒体", "转载门户", "文章", "全文相同", "最近")],
        [
            [
                *(row["outlet"], row["portal"], row["articles"], row["verbatim"]),
                words.published(row["last_day"]) if row["last_day"] else None,
            ]
            for row in found
        ],
        note=words("左为原发媒体，右为转载它的门户；带的宽度是篇数。") if top else None,
    )


def _withdrawals(found: Sequence[WithdrawalFigure], words: Words) -> Dashboard:
    """Withdrawals by month and portal."""
    months = _months(sorted({row["month"] for row in found}))
    buckets = {month: Counter[str]() for month in months}
    for row in found:
        buckets[row["month"]][row["portal"]] += row["articles"]
    series = _leading(sum(buckets.values(), Counter()), list(buckets.values()), words)
    return Dashboard(
        "withdrawals",
        charts.columns(words, "withdrawals", words("每月撤下的文章"), months, series, 260),
        [words(name) for name in ("月", "门户", "已撤下")],
        [[words.published(row["month"]), row["portal"], row["articles"]] for row in reversed(found)],
        _legend(series),
        in_time=True,
    )


def _health(found: Sequence[CrawlFigure], words: Words) -> Dashboard:
    """The last crawls of each portal: what was new, and which fields the articles had."""
    by_portal: dict[str, list[CrawlFigure]] = defaultdict(list)
    for row in found:
        by_portal[row["portal"]].append(row)
    portals = [_portal(number, crawls, words) for number, crawls in enumerate(by_portal.values())]
    return Dashboard(
        "portal_health",
        portals[0]["chart"] if portals else charts.columns(words, "portal_health", words("门户健康"), [], []),
        [words(name) for name in ("门户", "开始", "页面", "文章", "新文章", "修订", "已撤下", "结论")],
        [
            [
                *(row["title"] or row["portal"], words.moment(row["started_at"])),
                *(row["pages"], row["articles"], row["new"], row["revised"], row["gone"]),
                words.name(VERDICTS, row["verdict"] or "unfinished"),
            ]
            for row in sorted(found, key=lambda row: str(row["started_at"]), reverse=True)
        ],
        [("s0", words("新文章")), ("s1", words("修订"))],
        health=portals,
    )


def _portal(number: int, crawls: Sequence[CrawlFigure], words: Words) -> PortalHealth:
    """Return what the health page shows of a portal."""
    last = crawls[-1]
    title = last["title"] or last["portal"]
    moments = [datetime.fromisoformat(crawl["started_at"]).astimezone(BEIJING) for crawl in crawls]
    days = [f"{moment:%m-%d}" for moment in moments]
    labels = days if len(set(days)) == len(days) else [f"{moment:%m-%d %H:%M}" for moment in moments]
    series = [
        (words("新文章"), [crawl["new"] or 0 for crawl in crawls]),
        (words("修订"), [crawl["revised"] or 0 for crawl in crawls]),
    ]
    drops = json.loads(last["drops"] or "{}")
    told = words("{portal}：每次采集的新文章与修订", portal=title)
    return {
        "title": title,
        "last": last,
        "well": last["verdict"] in {"ok", "nothing new"},
        "count": len(crawls),
        "fill": _fill([json.loads(crawl["fill"] or "{}") for crawl in crawls]),
        "drops": sorted(drops.items(), key=lambda item: -item[1]),
        "chart": charts.columns(words, f"crawls-{number}", told, labels, series, 150),
    }


def _fill(crawls: Sequence[Mapping[str, float]]) -> list[tuple[str, int, int | None]]:
    """Return for each field its share at the last crawl, in percent, and its usual share if that is much higher.

    A field that a portal's articles never had is no fault: only a fall below the portal's usual share is marked.
    """
    fields = []
    for name, share in sorted(crawls[-1].items()):
        before = [crawl[name] for crawl in crawls[:-1] if name in crawl]
        habit = round(100 * median(before)) if len(before) >= _ENOUGH else None
        now = round(100 * share)
        fields.append((name, now, habit if habit is not None and habit - now >= _FALL else None))
    return fields


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _within(everything: Sequence[DayCount], chosen: str) -> tuple[str, list[DayCount]]:
    """Return the rows of a range up to today; by default the shortest range with half of the articles."""
    today = date.today() + timedelta(days=1)  # noqa: DTZ011  # a day more covers Beijing's clock
    dated = [row for row in everything if row.day <= today]
    last = max((row.day for row in dated), default=today)
    total = sum(row.articles for row in dated)
    for name in [chosen] if chosen in RANGES else RANGES:
        if name == "all":
            break
        first = last - timedelta(days=int(name) - 1)
        kept = [row for row in dated if row.day >= first]
        if name == chosen or 2 * sum(row.articles for row in kept) >= total:
            return name, kept
    return "all", dated


def _buckets(days: dict[date, Counter[str]]) -> tuple[list[str], str, list[Counter[str]]]:
    """Sum days into columns without gaps between the first and the last: labels, the unit's name, the sums."""
    if not days:
        return [], "日", []
    first, last = min(days), max(days)
    span = (last - first).days + 1
    every = [first + timedelta(days=number) for number in range(span)]
    if span <= _DAYS:
        labelled, unit = {day: day.isoformat() for day in every}, "日"
    elif span <= _WEEKS:
        labelled, unit = {day: (day - timedelta(days=day.weekday())).isoformat() for day in every}, "周"
    else:
        labelled, unit = {day: day.isoformat()[:7] for day in every}, "月"
    sums: dict[str, Counter[str]] = {}
    for day in every:
        sums.setdefault(labelled[day], Counter()).update(days.get(day, {}))
    return list(sums), unit, list(sums.values())


def _months(known: Sequence[str]) -> list[str]:
    """Return all months from the first to the last."""
    if not known:
        return []
    first, last = (int(text[:4]) * 12 + int(text[5:7]) - 1 for text in (known[0], known[-1]))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1)]
