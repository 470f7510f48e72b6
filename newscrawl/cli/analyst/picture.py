"""Draw the archive as one SVG picture: articles over time, by region, and the gaps of each portal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape

from newscrawl.explore.svg import element

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newscrawl.archive import DayCount

WIDTH = 960
LEFT, RIGHT = 150, 20  # margins: for names, and at the right edge
PLOT = WIDTH - LEFT - RIGHT
_MOST = 120  # most bars in a row: with more days, bars are weeks, then months
ROW = 22
BARS = 200  # height of the bars
_TOP_REGIONS, _TOP_PORTALS = 40, 60  # most rows; if there are more, the heading says how many
_STYLE = """
text{font:13px "PingFang SC","Noto Sans CJK SC","Microsoft YaHei","Hiragino Sans GB",sans-serif;fill:#222}
.h{font-size:16px;font-weight:600}.s{fill:#666;font-size:12px}.e{text-anchor:end}.m{text-anchor:middle}
.b{fill:#2f6f9f}.g{fill:#e9e6df}.l{stroke:#ccc}.p{fill:#fff}
@media (prefers-color-scheme:dark){text{fill:#ddd}.s{fill:#aaa}
.b{fill:#6fb1e0}.g{fill:#333}.l{stroke:#555}.p{fill:#16181b}}
"""


@dataclass(frozen=True, slots=True)
class Axis:
    """The bars' periods, in order: days, weeks (named by their Monday) or months, none left out."""

    periods: list[str]
    unit: str  # 日, 周 or 月

    def of(self, day: str) -> str:
        """Return the period of a day."""
        return _period(date.fromisoformat(day), self.unit)

    @property
    def step(self) -> float:
        """The width of a period."""
        return PLOT / len(self.periods)


def picture(rows: Sequence[DayCount], titles: Mapping[str, str]) -> str:
    """Draw the counts of `Archive.grid` (day, region, portal, articles); `titles` names the portals."""
    rows = [row for row in rows if _is_day(row["day"])]
    if not rows:
        return svg(120, [text(LEFT, 60, "没有可以按日期绘制的文章 · no dated articles")], "")
    axis = _axis(rows[0]["day"], rows[-1]["day"])
    total = sum(row["articles"] for row in rows)
    span = f"{rows[0]['day']} – {rows[-1]['day']}，共 {total} 篇"
    parts = [text(20, 34, "文章数 · Articles", "h"), text(WIDTH - RIGHT, 34, span, "s e")]
    y = 60
    parts += _columns(rows, axis, y)
    y += BARS + 60
    counted = _counted(rows, "region")
    regions = counted.most_common(_TOP_REGIONS)
    parts += [text(20, y, "各地区 · By region" + _left_out(regions, counted), "h"), *_lines(regions, y + 16)]
    y += 16 + ROW * len(regions) + 44
    counted = _counted(rows, "portal")
    portals = counted.most_common(_TOP_PORTALS)
    heading = f"各门户有文章的{axis.unit}（空白处没有） · Coverage by portal" + _left_out(portals, counted)
    parts.append(text(20, y, heading, "h"))
    parts += _strips(rows, axis, [name for name, _ in portals], titles, y + 16)
    return svg(y + 16 + ROW * len(portals) + 24, parts, f"文章数 {span}")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _axis(first: str, last: str) -> Axis:
    """Choose the finest unit that does not need too many bars; months have no limit."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    days = [begin + timedelta(number) for number in range((end - begin).days + 1)]
    unit = "日" if len(days) <= _MOST else "周" if len(days) <= 7 * _MOST else "月"
    return Axis(list(dict.fromkeys(_period(day, unit) for day in days)), unit)


def _period(day: date, unit: str) -> str:
    if unit == "月":
        return day.isoformat()[:7]
    return (day - timedelta(day.weekday() if unit == "周" else 0)).isoformat()


def _counted(rows: Iterable[DayCount], name: Literal["region", "portal"]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for row in rows:
        counted[row[name] or "（未知）"] += row["articles"]
    return counted


def _left_out(shown: Sequence[object], counted: Counter[str]) -> str:
    """Return a note on how many are shown, if not all are."""
    return f"（前 {len(shown)} 个，共 {len(counted)} 个）" if len(shown) < len(counted) else ""


def _columns(rows: Sequence[DayCount], axis: Axis, top: float) -> list[str]:
    """Draw a bar a period, with the highest count and the first, middle and last period written beside."""
    counted: Counter[str] = Counter()
    for row in rows:
        counted[axis.of(row["day"])] += row["articles"]
    most, floor = max(counted.values()), top + BARS
    parts = [text(LEFT - 8, top + 10, str(most), "s e"), text(LEFT - 8, floor, "0", "s e")]
    parts.append(text(20, top + BARS / 2, f"每{axis.unit}", "s"))
    for number, period in enumerate(axis.periods):
        if articles := counted[period]:
            height = max(1.0, BARS * articles / most)
            parts.append(
                _bar(LEFT + number * axis.step, floor - height, axis.step * 0.85, height, f"{period}：{articles} 篇")
            )
    parts.append(element("line", kind="l", x1=LEFT, x2=WIDTH - RIGHT, y1=floor, y2=floor))
    marks = sorted({0, len(axis.periods) // 2, len(axis.periods) - 1})
    return parts + [
        text(LEFT + (number + 0.5) * axis.step, floor + 18, axis.periods[number], "s m") for number in marks
    ]


def _lines(counted: Sequence[tuple[str, int]], top: float) -> list[str]:
    """Draw a horizontal bar for each name, followed by its count."""
    parts = []
    for number, (name, articles) in enumerate(counted):
        y = top + number * ROW
        width = max(1.0, (PLOT - 70) * articles / counted[0][1])
        parts += [
            text(LEFT - 8, y + 13, short(name), "e"),
            _bar(LEFT, y, width, ROW - 6, f"{name}：{articles} 篇"),
        ]
        parts.append(text(LEFT + width + 6, y + 13, str(articles), "s"))
    return parts


def _strips(
    rows: Sequence[DayCount], axis: Axis, portals: Sequence[str], titles: Mapping[str, str], top: float
) -> list[str]:
    """Draw a strip for each portal, filled where it has articles."""
    there: dict[str, set[str]] = {name: set() for name in portals}
    for row in rows:
        if row["portal"] in there:
            there[row["portal"]].add(axis.of(row["day"]))
    parts = []
    for number, name in enumerate(portals):
        y = top + number * ROW
        parts += [
            text(LEFT - 8, y + 13, short(titles.get(name, name)), "e"),
            element("rect", kind="g", x=LEFT, y=y, width=PLOT, height=ROW - 6),
        ]
        parts += [
            _bar(LEFT + place * axis.step, y, axis.step, ROW - 6, f"{titles.get(name, name)} {period}")
            for place, period in enumerate(axis.periods)
            if period in there[name]
        ]
    return parts


def short(name: str, room: int = 20) -> str:
    """Shorten a name to the margin left of the bars: ten Chinese characters or twenty others."""
    width, kept = 0, ""
    for letter in name:
        width += 1 if letter.isascii() else 2
        if width > room:
            return kept + "…"
        kept += letter
    return kept


def _bar(x: float, y: float, width: float, height: float, tip: str) -> str:
    return element("rect", tip=tip, kind="b", x=x, y=y, width=width, height=height)


def text(x: float, y: float, words: str, kind: str = "") -> str:
    """Return a text element."""
    return element("text", words, x=x, y=y, kind=kind)


def svg(height: float, parts: Iterable[str], title: str) -> str:
    """Return an SVG picture made of these elements."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" lang="zh">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
        + element("rect", kind="p", width=WIDTH, height=height)
        + "\n".join(parts)
        + "</svg>\n"
    )
