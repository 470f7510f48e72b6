"""Rows of tabs above link blocks: the n-th panel belongs to the n-th tab."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import takewhile
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from lxml.etree import XPath

from newscrawl.extract.language.headings import are_tabs, heading_of, kind_of
from newscrawl.extract.page.lines import pieces, words_inside
from newscrawl.text import tidy

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

    from newscrawl.extract.page.lines import Line, Walk

_MOST = 12  # tabs in a row
_LONGEST = 10  # characters of a tab
_CREDIT = re.compile(r"[:：][^\s:：]")  # 编辑：张三 is no tab
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FEW = 3  # elements of a tab
_OTHER_ATTRIBUTES = frozenset({"id", "class", "style", "src"})
_WITH_ID = cast("Callable[[HtmlElement], list[HtmlElement]]", XPath("descendant::*/@id/.."))
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
        self._panels: list[tuple[int, int, str, int]] = []
        self._rows: dict[int, list[str]] = {}
        self._inlines: dict[int, list[str]] = {}

    def panel(self, number: int) -> tuple[int, str] | None:
        """The panel an element stands in, or the first of those that one heading has, and its tab."""
        index = bisect_right(self._panels, number, key=itemgetter(0))
        for _, end, tab, first in self._panels[max(0, index - _MOST) : index][::-1]:
            if number < end:
                return first, tab
        return None

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
        if (named := self._named(line)) and named[0][0] <= inside:
            return self._keep(line, row, named, inside)
        for level in self._levels(scope, inside):
            panels = level if len(level) <= len(row) else self._alike(level)  # other things stand beside them
            # The panels of more than two tabs may wait for a script, and two that share a class, with nothing beside.
            least = 1 if len(row) > 2 or (panels == level and self._share_class(panels)) else 2
            if len(panels) == len(row) and sum(map(self._is_filled, panels)) >= least:
                return self._keep(line, row, list(zip(panels, row, strict=True)), inside)
        return None

    def _keep(self, line: int, row: list[str], panels: list[tuple[int, str]], inside: int) -> tuple[int, str] | None:
        """Take note of the panels of a row of tabs; give the one that holds an element."""
        over = self._over(line) if all(kind_of(tab) == "other" for tab in row) else None
        # 编辑推荐 over the tabs 宏观, 证券: these only divide it.
        self._panels += [
            (panel, self._page.ends[panel], over or tab, panels[0][0] if over else panel) for panel, tab in panels
        ]
        self._panels.sort()
        return self.panel(inside)

    def _named(self, line: int) -> list[tuple[int, str]]:
        """The panels whose ids the tabs of a row hold, as `href="#a"` and `rel="a"` do, with their words."""
        page, block = self._page, self._page.lines[line].block
        row = self._children(page.parents[block], page.tags[block])
        found: dict[int, str] = {}
        for tab in row if len(row) > 1 else self._children(block):
            panel, words = self._target(tab), heading_of(words_inside(page.elements[tab]))
            if panel > tab and words:
                found.setdefault(panel, words)
        return sorted(found.items()) if len(found) > 1 else []

    def _target(self, tab: int) -> int:
        """The element whose id an attribute of a tab holds, or of the few elements in it; 0 where none does."""
        for number in range(tab, min(self._page.ends[tab], tab + _FEW)):
            for name, value in self._page.elements[number].items():
                if name not in _OTHER_ATTRIBUTES and (panel := self._ids.get(value.lstrip("#"))) is not None:
                    return self._page.number(panel)
        return 0

    @cached_property
    def _ids(self) -> dict[str, HtmlElement]:
        """The elements of the page that have an id."""
        return {name: element for element in _WITH_ID(self._page.elements[0]) if (name := element.get("id"))}

    def _children(self, parent: int, tag: str | None = None) -> list[int]:
        """The elements right inside one, of a name; none where it holds too many lines for a row of tabs."""
        page, children, child = self._page, [], parent + 1
        if page.last[parent] - page.first[parent] > _MOST:
            return []
        while child < page.ends[parent]:
            if tag is None or page.tags[child] == tag:
                children.append(child)
            child = page.ends[child]
        return children

    def _over(self, line: int) -> str | None:
        """The heading that stands right over a row of tabs, in the element around the row or the one around that."""
        page, row, above = self._page, self._row(line), line - 1
        block = page.lines[line].block
        while above > 0 and heading_of(page.lines[above].text) in row:
            above -= 1
        holder = page.parents[page.parents[page.parents[block]]]
        if above >= 0 and len(self._row(above)) > 1 and (named := self._named(above)):  # a row of tabs itself
            self._keep(above, self._row(above), named, block)
            return (self.panel(block) or (0, None))[1]
        heading = heading_of(page.lines[above].text) if above >= 0 else None
        inside = holder <= page.lines[above].block < page.ends[holder]
        return heading if inside and page.lines[above].links < 2 else None

    def _row(self, line: int) -> list[str]:
        if line not in self._rows:
            self._rows[line] = self._read_row(line)
        return self._rows[line]

    def _read_row(self, line: int) -> list[str]:
        """The words of the tabs: short lines in elements of one parent, or the inline elements of one line."""
        page = self._page
        block = page.lines[line].block
        parent, tag = page.parents[block], page.tags[block]

        def run(lines: list[Line]) -> list[str]:
            texts = []
            for other in lines:
                if len(other.text) > _LONGEST or page.parents[other.block] != parent or page.tags[other.block] != tag:
                    break
                if _CREDIT.search(other.text) or are_tabs(pieces(page, other)):
                    break
                texts.append(other.text)
            return texts

        before, behind = page.lines[max(0, line - _MOST + 1) : line], page.lines[line + 1 : line + _MOST]
        texts = [*run(before[::-1])[::-1], page.lines[line].text, *run(behind)]
        if len(texts) == 1 or are_tabs(pieces(page, page.lines[line])):
            return self._inline(block)
        return [heading for text in texts if (heading := heading_of(text))]

    def _inline(self, block: int) -> list[str]:
        """The words of the elements right inside a block, which may hold many lines."""
        if block not in self._inlines:
            elements, ends = self._page.elements, self._page.ends
            headings: list[str] = []
            child = block + 1
            while child < ends[block]:
                element = elements[child]
                words = tidy(element.text or "") if ends[child] == child + 1 else words_inside(element)
                if heading := heading_of(words):
                    headings.append(heading)
                child = ends[child]
            self._inlines[block] = headings
        return self._inlines[block]

    def _levels(self, scope: int, inside: int) -> list[list[int]]:
        """Elements side by side that may be panels, from the outermost level in."""
        page = self._page
        path = [inside]
        while path[-1] > scope:
            path.append(page.parents[path[-1]])
        levels: list[list[int]] = []
        for holder in path[-2 : -2 - _DEPTH : -1]:
            panels: list[int] = []
            parent, sibling = page.parents[holder], holder
            while sibling < page.ends[parent] and len(panels) <= _MOST:
                if page.tags[sibling] == page.tags[holder]:
                    panels.append(sibling)
                sibling = page.ends[sibling]
            levels.append(panels)
        return levels

    def _alike(self, panels: list[int]) -> list[int]:
        """The first of some elements side by side, if it has a class, and those next to it with that class."""
        names = [self._page.elements[panel].get("class") for panel in panels]
        alike = len([*takewhile(lambda name: name and name == names[0], names)])
        return panels[:alike]

    def _share_class(self, panels: list[int]) -> bool:
        """Whether one class is all the panels'."""
        names = [set((self._page.elements[panel].get("class") or "").split()) for panel in panels]
        return len(names) > 1 and bool(set.intersection(*names))

    def _is_filled(self, panel: int) -> bool:
        """Whether a panel holds links, or is hidden until its tab is chosen."""
        return self._count(panel) > 1 or _HIDDEN.search(self._page.elements[panel].get("style") or "") is not None

    def _count(self, number: int) -> int:
        """How many links an element holds."""
        return len(self._page.among(self._links, number))
