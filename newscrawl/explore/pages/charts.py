"""Draw charts as SVG, without scripts, libraries or other hosts.

Colours come from the style sheet (classes s0 … s7, `other`), so that they follow light and dark mode. Every chart has
a title and a description for screen readers, and its page has the numbers in a table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from newscrawl.explore.svg import element

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newscrawl.explore.words import Words

SERIES = 8  # distinguishable colours
WIDTH = 960
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 12, 34


@dataclass(slots=True)
class Drawing:
    """An SVG being drawn: its size and elements."""

    name: str
    title: str
    description: str
    height: float
    pieces: list[str] = field(default_factory=list)

    def add(self, name: str, words: str | None = None, tip: str | None = None, **attributes: object) -> None:
        """Add an element; see `newscrawl.explore.svg.element`."""
        self.pieces.append(element(name, words, tip=tip, **attributes))

    def svg(self) -> Markup:
        """Return the finished picture."""
        ids = f"{self.name}-title {self.name}-desc"
        return Markup(  # noqa: S704  # every text in it went through escape
            f'<svg class="chart" role="img" aria-labelledby="{escape(ids)}" '
            f'viewBox="0 0 {WIDTH} {round(self.height, 1)}">'
            f'<title id="{escape(self.name)}-title">{escape(self.title)}</title>'
            f'<desc id="{escape(self.name)}-desc">{escape(self.description)}</desc>{"".join(self.pieces)}</svg>'
        )


def ticks(greatest: float, wanted: int = 4) -> list[int]:
    """Return round numbers from 0 to at least the greatest value, about so many steps."""
    rough = max(1.0, greatest / wanted)
    power = 10 ** math.floor(math.log10(rough))
    step = int(next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough))
    return list(range(0, step * math.ceil(max(greatest, 1) / step) + 1, step))


def columns(
    words: Words,
    name: str,
    title: str,
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[int]]],
    height: float = 300,
) -> Markup:
    """Draw stacked columns: a column for each label, a colour for each series.

    Args:
        words: the page's.
        name: of the chart, for its ids.
        title: what it shows.
        labels: of the columns, in order.
        series: names with a value a column; those after the seventh should be summed into one by the caller.
        height: of the picture, where it is 960 wide.
    """
    sums = [sum(values[place] for _, values in series) for place in range(len(labels))]
    scale = ticks(max(sums, default=0))
    most = max(range(len(sums)), key=sums.__getitem__) if sums else None
    told = words("{count} 列，合计 {total}", count=len(labels), total=f"{sum(sums):,}")
    if most is not None:
        told += words("；最多的是 {name}，{value}", name=labels[most], value=f"{sums[most]:,}")
    drawing = Drawing(name, title, told, height)
    floor, room = height - _BOTTOM, height - _BOTTOM - _TOP
    for tick in scale:
        y = floor - room * tick / scale[-1]
        drawing.add("line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=y, y2=y, kind="grid")
        drawing.add("text", f"{tick:,}", x=_LEFT - 8, y=y + 4, text_anchor="end", kind="tick")
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(labels))
    every = math.ceil(len(labels) / 10)
    for place, label in enumerate(labels):
        x, top = _LEFT + step * place, floor
        for number, (key, values) in enumerate(series):
            if not (value := values[place]):
                continue
            tall = room * value / scale[-1]
            top -= tall
            wide = min(64.0, max(0.5, step * 0.82 if step > 4 else step))
            tip = f"{label} {key}{words('：')}{value:,}"
            drawing.add("rect", tip=tip, x=x + (step - wide) / 2, y=top, width=wide, height=tall, kind=colour(number))
        if place % every == 0:
            drawing.add("text", label, x=x + step / 2, y=height - 12, text_anchor="middle", kind="tick")
    return drawing.svg()


def colour(number: int) -> str:
    """Return the class that colours a series; the last of SERIES is that of all others."""
    return "other" if number >= SERIES - 1 else f"s{number}"


def bars(words: Words, name: str, title: str, rows: Sequence[tuple[str, int, int]]) -> Markup:
    """Draw horizontal bars: (label, value, the part of the value to highlight)."""
    line, left = 28, 220
    greatest = max((value for _, value, _ in rows), default=0) or 1
    told = words("；").join(f"{label} {value:,}" for label, value, _ in rows[:5])
    drawing = Drawing(name, title, told, max(1, len(rows)) * line + 8.0)
    for place, (label, value, part) in enumerate(rows):
        y = place * line + 4.0
        long = (WIDTH - left - 90) * value / greatest
        drawing.add("text", _cut(label, 13), tip=label, x=left - 10, y=y + 18, text_anchor="end", kind="label")
        drawing.add(
            "rect", tip=f"{label}{words('：')}{value:,}", x=left, y=y + 3, width=max(1.0, long), height=20.0, kind="s0"
        )
        if part:
            drawing.add(
                "rect", tip=words("其中转载 {count}", count=f"{part:,}"), x=left, y=y + 3, width=long * part / value,
                height=20.0, kind="s1",
            )  # fmt: skip
        drawing.add("text", f"{value:,}", x=left + long + 8, y=y + 18, kind="tick")
    return drawing.svg()


def flows(words: Words, name: str, title: str, rows: Sequence[tuple[str, str, int]]) -> Markup:
    """Draw flows as ribbons from senders at the left to receivers at the right, as broad as their numbers."""
    givers, takers = _totals((giver, value) for giver, _, value in rows), _totals((to, value) for _, to, value in rows)
    whole, gap = sum(givers.values()) or 1, 12
    lines = max(len(givers), len(takers), 1)
    height = max(220.0, lines * 34.0)
    told = words("；").join(f"{giver} → {taker} {value:,}" for giver, taker, value in rows[:5])
    drawing = Drawing(name, title, told, height)
    scale = (height - gap * (lines + 1)) / whole
    left, right, bar = 250.0, WIDTH - 250.0, 12.0
    starts, ends = _places(givers, scale, gap, height), _places(takers, scale, gap, height)
    names = {giver: number for number, giver in enumerate(givers)}
    from_, to_ = dict(starts), dict(ends)
    for giver, taker, value in rows:
        thick = max(1.0, value * scale)
        y1, y2 = from_[giver] + thick / 2, to_[taker] + thick / 2
        from_[giver] += value * scale
        to_[taker] += value * scale
        middle = (left + right) / 2
        drawing.add(
            "path",
            tip=f"{giver} → {taker} {value:,}",
            d=f"M{left + bar:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {right:.1f} {y2:.1f}",
            stroke_width=thick,
            kind=f"flow {colour(names[giver])}",
        )
    for places, totals, x, anchor in ((starts, givers, left, "end"), (ends, takers, right, "start")):
        for key, y in places.items():
            tall = max(2.0, totals[key] * scale)
            kind = colour(names[key]) if anchor == "end" else "node"
            drawing.add("rect", tip=f"{key} {totals[key]:,}", x=x, y=y, width=bar, height=tall, kind=kind)
            at = x - 8 if anchor == "end" else x + bar + 8
            text = f"{_cut(key, 12)} {totals[key]:,}"
            drawing.add("text", text, tip=key, x=at, y=y + tall / 2 + 5, text_anchor=anchor, kind="label")
    return drawing.svg()


def _totals(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Sum by name, the greatest first."""
    totals: dict[str, int] = {}
    for key, value in pairs:
        totals[key] = totals.get(key, 0) + value
    return dict(sorted(totals.items(), key=lambda item: -item[1]))


def _places(totals: dict[str, int], scale: float, gap: float, height: float) -> dict[str, float]:
    """Return where each node of a column begins, with the column spread over the height."""
    used = sum(totals.values()) * scale
    gap = (height - used) / (len(totals) + 1) if totals else gap
    y, places = gap, {}
    for key, value in totals.items():
        places[key] = y
        y += value * scale + gap
    return places


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
