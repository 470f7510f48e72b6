"""Draw the frequency of words as one SVG picture: lines over time, or bars by region, portal and so on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.cli.analyst.picture import BARS, LEFT, PLOT, RIGHT, ROW, WIDTH, short, svg, text
from newscrawl.explore.svg import element

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_WORDS = 8  # distinguishable colours, in light and dark mode
_COLOURS = ("#2f6f9f", "#c2571a", "#3f8f3f", "#8e4ba8", "#b8860b", "#c03a5b", "#3a9a9a", "#777777")
_MOST_ROWS = 40


class Counted(NamedTuple):
    """A day, region or the like, and how many of its articles contain each word."""

    name: str
    counts: Mapping[str, int]


def word_picture(rows: Sequence[Mapping[str, object]], by: str, words: Sequence[str], titles: Mapping[str, str]) -> str:
    """Draw the counts of `Archive.frequency`; `titles` names portals."""
    known = [Counted(str(row[by]), _counts(row, words)) for row in rows if row[by]]
    if not known:
        return svg(120, [text(LEFT, 60, "没有可以绘制的文章 · nothing to draw")], "")
    heading = [text(20, 34, "含词文章数 · Articles with the words", "h"), *_legend(words)]
    if by in {"day", "month"}:
        return svg(60 + BARS + 70, [*heading, *_lines(_filled(known, words), words)], "、".join(words))
    shown = known[:_MOST_ROWS]
    height = 76 + len(shown) * (ROW + 8 * (len(words) - 1) + 6) + 20
    return svg(height, [*heading, *_bars(shown, words, titles)], "、".join(words))


def _counts(row: Mapping[str, object], words: Sequence[str]) -> dict[str, int]:
    return {word: count for word in words if isinstance(count := row[word], int)}


def _legend(words: Sequence[str]) -> list[str]:
    step = (WIDTH - LEFT - RIGHT) / MOST_WORDS
    return [
        part
        for number, word in enumerate(words)
        for part in (
            element("rect", x=LEFT + number * step, y=46, width=12, height=12, fill=_COLOURS[number]),
            text(LEFT + number * step + 18, 57, short(word, 10), "s"),
        )
    ]


def _filled(rows: Sequence[Counted], words: Sequence[str]) -> list[Counted]:
    """Return a row for every day or month, also where there was no article."""
    there = {row.name: row for row in rows}
    names = [rows[0].name]
    while names[-1] < rows[-1].name:
        names.append(_next(names[-1]))
    return [there.get(name, Counted(name, dict.fromkeys(words, 0))) for name in names]


def _next(period: str) -> str:
    if len(period) == len("2026-03"):
        return (date.fromisoformat(f"{period}-28") + timedelta(days=4)).isoformat()[:7]
    return (date.fromisoformat(period) + timedelta(days=1)).isoformat()


def _lines(rows: Sequence[Counted], words: Sequence[str]) -> list[str]:
    """Draw a line for each word, with labels for the highest count and the first, middle and last period."""
    most = max(1, *(row.counts[word] for row in rows for word in words))
    top, floor = 80, 80 + BARS
    step = PLOT / max(len(rows) - 1, 1)
    parts = [text(LEFT - 8, top + 10, str(most), "s e"), text(LEFT - 8, floor, "0", "s e")]
    parts.append(element("line", kind="l", x1=LEFT, x2=WIDTH - RIGHT, y1=floor, y2=floor))
    for number, word in enumerate(words):
        points = [(LEFT + place * step, floor - BARS * row.counts[word] / most) for place, row in enumerate(rows)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(element("polyline", points=line, fill="none", stroke=_COLOURS[number], stroke_width=2))
        parts += [
            element("circle", tip=f"{row.name} {word}：{row.counts[word]} 篇", cx=x, cy=y, r=2.5, fill=_COLOURS[number])
            for (x, y), row in zip(points, rows, strict=True)
        ]
    for place in sorted({0, len(rows) // 2, len(rows) - 1}):
        anchor = "s e" if place and place == len(rows) - 1 else "s m"  # the last would reach over the edge
        parts.append(text(LEFT + place * step, floor + 18, rows[place].name, anchor))
    return parts


def _bars(rows: Sequence[Counted], words: Sequence[str], titles: Mapping[str, str]) -> list[str]:
    """Draw a bar for each word and row, followed by its count."""
    most = max(1, *(row.counts[word] for row in rows for word in words))
    parts, y = [], 76.0
    for row in rows:
        name = titles.get(row.name, row.name)
        height = (ROW - 6 + 8 * (len(words) - 1)) / len(words)
        parts.append(text(LEFT - 8, y + 13, short(name), "e"))
        for number, word in enumerate(words):
            width = (PLOT - 70) * row.counts[word] / most
            top, tip = y + number * height, f"{name} {word}：{row.counts[word]} 篇"
            colour = _COLOURS[number]
            parts.append(element("rect", tip=tip, x=LEFT, y=top, width=width, height=height - 1, fill=colour))
            parts.append(text(LEFT + width + 6, y + (number + 0.9) * height, str(row.counts[word]), "s"))
        y += ROW + 8 * (len(words) - 1) + 6
    return parts
