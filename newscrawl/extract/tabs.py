"""Rows of tabs above link blocks: the n-th panel belongs to the n-th tab."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from newscrawl.extract.headings import heading_of
from newscrawl.text import tidy

if TYPE_CHECKING:
    from newscrawl.extract.walk import Walk

_MOST = 12  # tabs in a row
_LONGEST = 10  # characters of a tab
_DEPTH = 4  # levels below the element that holds row and panels


class Tabs:
    """The panels found so far, each with its tab's words.

    Args:
        page: the walk.
        links: numbers of the anchors that may be articles, ascending.
    """

    def __init__(self, page: Walk, links: list[int]) -> None:
        self._page = page
        self._links = links
        self._panels: list[tuple[int, int, str]] = []

    def panel(self, number: int) -> tuple[int, str] | None:
        """The panel an element stands in, and its tab."""
        return next(((start, tab) for start, end, tab in self._panels if start <= number < end), None)

    def in_row(self, line: int) -> bool:
        """Whether a line stands in a row of three or more short ones."""
        return len(self._row(line)) > 2

    def open(self, line: int, scope: int, inside: int) -> tuple[int, str] | None:
        """Take a line for the last of a row of tabs, and find their panels.

        Args:
            line: index of a line that looks like a heading.
            scope: number of the element that holds it and the link below.
            inside: number of that link.

        Returns:
            The panel that holds `inside` and its tab; None where there is no row, or no panels to it.
        """
        row = self._row(line)
        if len(row) < 2:
            return None
        for panels in self._levels(scope, inside):
            least = 1 if len(row) > 2 else 2  # the panels of more than two tabs may wait for a script
            if len(panels) == len(row) and sum(self._count(panel) > 1 for panel in panels) >= least:
                self._panels += [(panel, self._page.ends[panel], tab) for panel, tab in zip(panels, row, strict=True)]
                return self.panel(inside)
        return None

    def _row(self, line: int) -> list[str]:
        """The words of the tabs: short lines in elements of one parent, or the inline elements of one line."""
        page = self._page
        block = page.lines[line].block
        parent, tag = page.parents[block], page.tags[block]

        def run(step: int) -> list[str]:
            texts = []
            for index in range(line + step, line + step * _MOST, step):
                other = page.lines[index] if 0 <= index < len(page.lines) else None
                if other is None or page.parents[other.block] != parent or page.tags[other.block] != tag:
                    break
                if len(other.text) > _LONGEST:
                    break
                texts.append(other.text)
            return texts

        texts = [*run(-1)[::-1], page.lines[line].text, *run(1)]
        if len(texts) == 1:
            texts = [tidy("".join(child.itertext())) for child in page.elements[block]]
        return [heading for text in texts if (heading := heading_of(text))]

    def _levels(self, scope: int, inside: int) -> list[list[int]]:
        """Elements side by side that may be panels, from the outermost level in."""
        levels = []
        for _ in range(_DEPTH):
            children = self._children(scope)
            holder = next((child for child in children if child <= inside < self._page.ends[child]), None)
            if holder is None:
                break
            same = [
                child for child in children if child >= holder and self._page.tags[child] == self._page.tags[holder]
            ]
            levels.append(same)
            scope = holder
        return levels

    def _children(self, number: int) -> list[int]:
        children, child = [], number + 1
        while child < self._page.ends[number]:
            children.append(child)
            child = self._page.ends[child]
        return children

    def _count(self, number: int) -> int:
        """How many links an element holds."""
        return bisect_left(self._links, self._page.ends[number]) - bisect_left(self._links, number)
