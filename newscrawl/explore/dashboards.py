"""The dashboards: a chart from each of the `figures`, with its numbers in a table beside it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from newscrawl.explore import charts
from newscrawl.explore.figures import FIGURES
from newscrawl.explore.reader import remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from newscrawl.archive import Archive

Row = dict[str, Any]

RANGES = {"30": "近 30 天", "90": "近 90 天", "365": "近一年", "all": "全部"}
OTHER = "其他"
_DAYS, _WEEKS = 100, 800  # up to so many days a column is a day, a week; beyond, a month
_TOP_SOURCES, _TOP_FLOWS = 25, 40


@dataclass(slots=True)
class Dashboard:
    """What a dashboard's page shows. `legend` names the colours; `header` and `table` are the numbers."""

    name: str
    chart: Markup
    header: list[str]
    table: list[list[Any]]
    legend: list[tuple[str, str]] = field(default_factory=list)  # class, name
    note: str | None = None
    range: str | None = None  # one of RANGES
    health: list[Row] = field(default_factory=list)


async def rows(datasette: Any, name: str) -> list[Row]:
    """Ask a figure's query, over all time."""

    def question(archive: Archive) -> list[Row]:
        return list(archive.database.query(FIGURES[name].sql, {"since": "", "until": ""}))

    return await remembered(datasette, name, question)


async def by_region(datasette: Any, chosen: str) -> Dashboard:
    """Articles a day (a week, a month) by region."""
    everything = [row for row in await rows(datasette, "articles_a_day") if _day(row["day"])]
    chosen, kept = _within(everything, chosen)
    days: dict[date, Counter[str]] = defaultdict(Counter)
    for row in kept:
        days[date.fromisoformat(row["day"])][row["region"]] += row["articles"]
    labels, unit, buckets = _buckets(days)
    regions = sum(buckets, Counter()).most_common()
    names = [name for name, _ in regions[: charts.SERIES - 1]]
    series = [(name, [bucket[name] for bucket in buckets]) for name in names]
    if len(regions) > len(names):
        series.append((OTHER, [bucket.total() - sum(bucket[name] for name in names) for bucket in buckets]))
    title = f"各地区每{unit}文章数"
    shown, total = (sum(row["articles"] for row in some) for some in (kept, everything))
    return Dashboard(
        "articles_a_day",
        charts.columns("articles_a_day", title, [label[5:] if unit == "日" else label for label in labels], series),
        [unit, "合计", *(name for name, _ in series)],
        [
            [label, bucket.total(), *(values[place] for _, values in series)]
            for place, (label, bucket) in reversed(list(enumerate(zip(labels, buckets, strict=True))))
            if bucket
        ],
        [(charts.colour(number, name), name) for number, (name, _) in enumerate(series)],
        f"{RANGES[chosen]}：{shown:,} 篇，有日期的共 {total:,} 篇。每列为一{unit}。",
        chosen,
    )


async def sources(datasette: Any) -> Dashboard:
    """The outlets most credited, reprints set off."""
    found = await rows(datasette, "top_sources")
    top = found[:_TOP_SOURCES]
    return Dashboard(
        "top_sources",
        charts.bars("top_sources", "主要来源", [(row["source"], row["articles"], row["reprints"]) for row in top]),
        ["来源", "文章", "门户", "其中转载", "最早", "最晚"],
        [
            [row[name] for name in ("source", "articles", "portals", "reprints", "first_day", "last_day")]
            for row in found
        ],
        [("s0", "首发或未见原文"), ("s1", "档案中另有原文的转载")],
    )


async def network(datasette: Any) -> Dashboard:
    """Which portal takes from which outlet."""
    found = await rows(datasette, "reprint_network")
    top = [(row["outlet"], row["portal"], row["articles"]) for row in found[:_TOP_FLOWS]]
    return Dashboard(
        "reprint_network",
        charts.flows("reprint_network", "转载网络：左为原发媒体，右为转载门户", top),
        ["原发媒体", "转载门户", "文章", "全文相同", "最近"],
        [[row[name] for name in ("outlet", "portal", "articles", "verbatim", "last_day")] for row in found],
        note="左为原发媒体，右为转载它的门户；带的宽度是篇数。" if top else None,
    )


async def withdrawals(datasette: Any) -> Dashboard:
    """Withdrawals by month and portal."""
    found = await rows(datasette, "withdrawals")
    months = _months(sorted({row["month"] for row in found}))
    portals = Counter[str]()
    counted: dict[tuple[str, str], int] = {}
    for row in found:
        portals[row["portal"]] += row["articles"]
        counted[row["month"], row["portal"]] = row["articles"]
    names = [name for name, _ in portals.most_common(charts.SERIES - 1)]
    series = [(name, [counted.get((month, name), 0) for month in months]) for name in names]
    if len(portals) > len(names):
        rest = [name for name in portals if name not in names]
        series.append((OTHER, [sum(counted.get((month, name), 0) for name in rest) for month in months]))
    return Dashboard(
        "withdrawals",
        charts.columns("withdrawals", "每月撤下的文章", months, series, 260),
        ["月", "门户", "撤下"],
        [[row["month"], row["portal"], row["articles"]] for row in reversed(found)],
        [(charts.colour(number, name), name) for number, (name, _) in enumerate(series)],
    )


async def health(datasette: Any) -> Dashboard:
    """The last crawls of each portal: what was new, and which fields the articles had."""
    found = await rows(datasette, "portal_health")
    by_portal: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        by_portal[row["portal"]].append(row)
    portals: list[Row] = []
    for key, crawls in by_portal.items():
        last = crawls[-1]
        title = last["title"] or key
        labels = [crawl["started_at"][5:10] for crawl in crawls]
        series = [
            ("新文章", [crawl["new"] or 0 for crawl in crawls]),
            ("修订", [crawl["revised"] or 0 for crawl in crawls]),
        ]
        fill = json.loads(last["fill"] or "{}")
        drops = json.loads(last["drops"] or "{}")
        portals.append({
            "key": key, "title": title, "last": last, "count": len(crawls), "fill": sorted(fill.items()),
            "drops": sorted(drops.items(), key=lambda item: -item[1]),
            "chart": charts.columns(f"crawls-{len(portals)}", f"{title}：每次采集的新文章与修订", labels, series, 150),
        })  # fmt: skip
    return Dashboard(
        "portal_health",
        portals[0]["chart"] if portals else charts.columns("portal_health", "门户健康", [], []),
        ["门户", "开始", "页面", "文章", "新", "修订", "撤下", "结论"],
        [
            [row["title"] or row["portal"], row["started_at"][:16].replace("T", " ") + " UTC"]
            + [row[name] for name in ("pages", "articles", "new", "revised", "gone", "verdict")]
            for row in sorted(found, key=lambda row: row["started_at"], reverse=True)
        ],
        [("s0", "新文章"), ("s1", "修订")],
        health=portals,
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _within(everything: Sequence[Row], chosen: str) -> tuple[str, list[Row]]:
    """Return the rows of a range that ends today; unless one is chosen, the shortest with half of the articles."""
    today = date.today() + timedelta(days=1)  # noqa: DTZ011  # a day more covers Beijing's clock
    dated = [row for row in everything if date.fromisoformat(row["day"]) <= today]
    last = max((row["day"] for row in dated), default=today.isoformat())
    total = sum(row["articles"] for row in dated)
    kept = dated
    for name in [chosen] if chosen in RANGES else RANGES:
        if name != "all":
            first = (date.fromisoformat(last) - timedelta(days=int(name) - 1)).isoformat()
            kept = [row for row in dated if row["day"] >= first]
        else:
            kept = dated
        chosen = name
        if 2 * sum(row["articles"] for row in kept) >= total:
            break
    return chosen, kept


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
