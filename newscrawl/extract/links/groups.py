"""Groups of neighbouring links, and the heading above each group."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newscrawl.extract.language.headings import (
    are_tabs,
    heading_of,
    is_foreign,
    kind_of,
    names_heading,
    neighbour_before,
    neighbour_label,
    says_more,
    tells_of_neighbour,
    without_aside,
)
from newscrawl.extract.links.anchors import Anchor, Group
from newscrawl.extract.links.features import features_of
from newscrawl.extract.links.tabs import Tabs
from newscrawl.extract.links.weights import ALONE, score
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import pieces, walk
from newscrawl.extract.zones.headline import headline_lines
from newscrawl.text import han, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line, Walk

_LEAST_ALONE = -1.5  # of a link by itself: below, it is navigation and no block is looked for around it
_BESIDE, _FEWEST_WEAK = 4, 6  # links on either side of one, and how many of them are navigation if it is as well
_STRONG = -0.7  # a heading further up than this belongs to other content
_FEW, _MOST_BETWEEN = 2, 8  # links of an item, and such items in a row
_LOOK_BACK = 10  # lines before a list among which its heading is looked for
_LONGEST = 200  # characters of a line that says 上一篇 and 下一篇
_MARKS = 3  # around such a label: 【下一篇】：
_LONGEST_LABEL = 8  # of a line that says no more than 上一篇：
_AFTER_LABEL = " :：]】>»)"
_SHORT = 6  # characters of a heading, no link, with 更多 in the line below
_LONGEST_LINKED = 10  # characters of a heading that leads to the list in full
_PLAIN = 1.5  # from this value on a line is plainly a heading
_CLIMB = 5  # elements between a heading and what holds both it and its list, cells left out
_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "strong", "b", "legend", "th", "caption"})


@analysis
def groups(document: Document) -> list[Group]:
    """The groups of links that may be articles, in page order, with their headings."""
    page = walk(document)
    features = features_of(document)
    names = [features.of_anchor(anchor) for anchor in features.anchors]
    values = {alike: score(ALONE, alike) for alike in set(names)}
    alone = [(anchor, values[alike]) for anchor, alike in zip(features.anchors, names, strict=True)]
    weak = [value <= _LEAST_ALONE for _, value in alone]
    candidates = [
        anchor
        for number, (anchor, value) in enumerate(alone)
        if value > (_STRONG if _among_weak(weak, number) else _LEAST_ALONE)
    ]
    found: list[Group] = []
    for anchor, item in zip(candidates, _items(page, candidates), strict=True):
        parent = page.parents[item]
        label = _neighbour(page, anchor)
        if label is not None:
            found.append(Group(parent, heading=label, scope=parent))
        elif not found or found[-1].parent != parent or found[-1].heading is not None:
            found.append(Group(parent))
        found[-1].anchors.append(anchor)
        found[-1].items.append(item)
    found = [part for group in _without_gaps(page, found) for part in _headed_anew(page, group)]
    strong = [anchor for anchor, value in alone if value > _STRONG]
    _Headings(page, strong, headline_lines(document)).give(found)
    return found


def _among_weak(weak: list[bool], number: int) -> bool:
    """Whether nearly all links around one are navigation: the longest names in a menu read like headlines."""
    around = weak[max(0, number - _BESIDE) : number] + weak[number + 1 : number + 1 + _BESIDE]
    return around.count(False) <= len(around) - _FEWEST_WEAK


def _without_gaps(page: Walk, found: list[Group]) -> list[Group]:
    """Extend groups by the items between them: items of the same list with a second link, to a key word."""
    whole: list[Group] = []
    for number, group in enumerate(found):
        before = whole[-1] if whole else None
        if before is not None and before.heading is None and _goes_on(page, before.parent, found[number:]):
            before.anchors += group.anchors
            before.items += group.items
        else:
            whole.append(group)
    return whole


def _goes_on(page: Walk, parent: int, following: list[Group]) -> bool:
    """Whether a list goes on, with no more before than items that hold two links."""
    for group in following[:_MOST_BETWEEN]:
        if group.heading is not None or not parent <= group.parent < page.ends[parent]:
            return False
        if group.parent == parent:
            return True
        if len(set(group.items)) > _FEW:
            return False
    return False


def _headed_anew(page: Walk, group: Group) -> Iterator[Group]:
    """The parts of a group that lines between its links head, as rows of one table: 新闻排行, 相關新聞.

    Where most links have a line of their own between them and the next, that is an item's outlet or time: 某某快报.
    """
    gaps = [
        [line for line in page.lines[page.last[before.number] : anchor.line] if not line.links]
        for before, anchor in pairwise(group.anchors)
    ]
    start = 0
    for number, lines in enumerate(gaps, 1):
        heads = any(kind_of(heading_of(line.text)) not in {"other", "neighbour"} for line in lines)
        if heads and sum(map(bool, gaps)) <= 1 + len(gaps) // 2:
            yield replace(group, anchors=group.anchors[start:number], items=group.items[start:number])
            start = number
    yield replace(group, anchors=group.anchors[start:], items=group.items[start:])


def _neighbour(page: Walk, anchor: Anchor) -> str | None:
    """上一篇 or 下一篇, if that is what the anchor or the text right before it says; it goes from the title."""
    if label := neighbour_label(anchor.title):
        anchor.title = anchor.title.partition(label)[2].lstrip(_AFTER_LABEL) or anchor.title
        return label
    above = page.lines[anchor.line - 1].text if anchor.line else ""
    own_lines = [*anchor.rest[:1], *([] if above[:1] in {"阅", "閱"} else [above])]  # 阅读下一篇 heads a list
    for text in own_lines:
        if len(text) <= _LONGEST_LABEL and (label := neighbour_label(text)) and len(text) <= len(label) + 1:
            return label
    line = page.lines[anchor.line] if anchor.line < len(page.lines) else None
    if line is not None and line.links == 1 and line.text == anchor.title:
        return None  # as most: the line says no more
    if line is not None and (len(line.text) > _LONGEST or not tells_of_neighbour(line.text)):
        return None
    if line is not None and line.links == 1:
        return neighbour_label(line.text) and (neighbour_before(line.text, anchor.title) or neighbour_label(line.text))
    element = page.elements[anchor.number]
    before = element.getprevious()
    if before is None:
        element = element.getparent()
        text = element.text
    else:
        text = before.tail if (before.tail or "").strip() else before.text
    return neighbour_label(tidy(text or ""))


def _items(page: Walk, candidates: list[Anchor]) -> list[int]:
    """For each link its item: the largest element that holds no link to another address."""
    items: list[int] = []
    first = 0  # number of the last anchor before with another address
    for index, anchor in enumerate(candidates):
        if index and candidates[index - 1].url != anchor.url:
            first = candidates[index - 1].number
        items.append(first)
    last = len(page.tags)  # number of the next anchor with another address
    for index in range(len(candidates) - 1, -1, -1):
        anchor = candidates[index]
        if index + 1 < len(candidates) and candidates[index + 1].url != anchor.url:
            last = candidates[index + 1].number
        first, item = items[index], anchor.number
        while (parent := page.parents[item]) > first and page.ends[parent] <= last and parent > 1:
            item = parent
        items[index] = item
    return items


class _Headings:
    """Finds the line that heads each group."""

    def __init__(self, page: Walk, candidates: list[Anchor], shown: range) -> None:
        self._page = page
        self._shown = shown  # the page's own headline
        self._numbers = [anchor.number for anchor in candidates]
        self._lines: set[int] = set()
        for anchor in candidates:
            self._lines.update(range(anchor.line, page.last[anchor.number]))
        self._tabs = Tabs(page, self._numbers)
        self._worded: set[str] = set()  # classes of the lines whose words say that they head a list

    def give(self, found: list[Group]) -> None:
        """Set heading and scope of each group: its tab's, the line's above it, or that of the group before."""
        before: Group | None = None
        for group in found:
            if group.heading is not None:
                continue
            if (panel := self._tabs.panel(group.anchors[0].number)) is not None:
                group.scope, group.heading = panel
            else:
                self._look_back(group)
                if group.heading is None and before is not None:
                    self._inherit(group, before)
            before = group

    def _look_back(self, group: Group) -> None:
        """Choose the best heading among the lines above the group, down to the previous links."""
        page, anchor = self._page, group.anchors[0]
        if self._same_line(group):
            return
        start = anchor.line
        if len(set(group.items)) > 1:  # text above in the first item is its label
            start = min(start, page.first[group.items[0]])
        best, nearest = _PLAIN - 0.1, ("", None)  # of two drawn alike the nearer one: the other's list is empty
        for index in range(start - 1, max(start - 1 - _LOOK_BACK, -1), -1):
            line = page.lines[index]
            if index in self._lines or index in self._shown or len(line.text) - line.linked > 40:
                break
            if (label := neighbour_label(line.text)) and len(line.text) > len(label) + _MARKS:
                break  # with a title behind it that is no link
            heading = heading_of(self._lead(line) or without_aside(line.text, pieces(page, line)))
            scope = self._scope(line.block, anchor.number) if heading else None
            if heading is None or scope is None:
                continue
            if group.scope is not None and scope < group.scope:
                break  # farther out than a heading already found
            panel = self._tabs.open(index, scope, anchor.number)
            if panel is not None:
                group.scope, group.heading = panel
                break
            if line.links > 1 and are_tabs(pieces(page, line)):
                continue
            short = line.links or len(line.text) <= _SHORT
            below = page.lines[index + 1].text if short and index + 1 < start else ""
            in_full = says_more(line.text) or says_more(below)
            value = self._value(line, heading, in_full=in_full) + self._place(index, scope, start)
            shape = page.tags[line.block], page.elements[line.block].get("class")
            if value > best and shape != nearest:
                best, nearest, group.scope, group.heading = value, shape, scope, heading
        if group.heading is None:
            self._look_at_pictures(group)

    def _same_line(self, group: Group) -> bool:
        """`推荐阅读：` before the first link of the group, in the same line."""
        if group.anchors[0].line >= len(self._page.lines):
            return False
        line = self._page.lines[group.anchors[0].line]
        lead = heading_of(self._lead(line))
        if lead is None or kind_of(lead) == "other":
            return False
        group.heading, group.scope = lead, line.block
        return True

    def _lead(self, line: Line) -> str:
        """The text of a line before its first element, if the line is not wholly a link."""
        element = self._page.elements[line.start]
        return tidy(element.text or "") if self._page.tags[line.start] != "a" and line.linked else ""

    def _value(self, line: Line, heading: str, *, in_full: bool) -> float:
        """How much a line looks like a heading: by its words, its element's name and class, or 更多 beside it."""
        page = self._page
        bare = line.linked <= len(line.text) - len(heading)
        value = 1.0 if bare else 0.0
        number, name = line.start, page.elements[line.block].get("class")
        if kind_of(heading) != "other":
            value += 3.0
            if name and bare:
                self._worded.add(name)
        elif name in self._worded:
            return value + 2.0
        elif line.links == 1 and line.linked == len(line.text) and len(heading) > _LONGEST_LINKED:
            return 0.0  # the first story of the list, in larger letters
        if not han(heading):  # its translation, HOT NEWS, below the heading itself
            value -= 0.5
        if in_full and not is_foreign(heading):
            return value + 2.0
        for _ in range(3):
            element = page.elements[number]
            if page.tags[number] in _HEADING_TAGS or names_heading(element.get("class"), element.get("id")):
                value += 2.0
                break
            if page.last[number] - page.first[number] > 2:
                break
            number = page.parents[number]
        return value

    def _place(self, index: int, scope: int, start: int) -> float:
        """Score the position of a heading within the element that holds both heading and list."""
        page, value = self._page, 0.2 * (index - start)
        if index == page.first[scope] and index == start - 1:
            value += 0.7  # it opens that very element
        holds = (
            scope == page.lines[index].block and page.tags[scope] != "li"
        )  # drop-down menus put the heading inside the <li>
        if not holds and self._tabs.in_row(index):
            value -= 4.0  # one of many tabs to a single panel
        return value

    def _look_at_pictures(self, group: Group) -> None:
        """A heading may be a picture of its words."""
        page, first = self._page, group.anchors[0].number
        end = bisect_left(page.pictures, (first, 0))
        for number, line in reversed(page.pictures[max(0, end - 3) : end]):
            alt = page.elements[number].get("alt") or ""
            heading = heading_of(alt)
            if heading and kind_of(heading) != "other" and group.anchors[0].line - line <= 1:
                scope = self._scope(number, first)
                if scope is not None:
                    group.heading, group.scope = heading, scope
                    return

    def _scope(self, start: int, inside: int) -> int | None:
        """The smallest element around `start` that holds `inside` too; None if far, or with other links between."""
        number, left = start, _CLIMB
        while left:
            if number <= inside < self._page.ends[number]:
                return number
            if self._page.among(self._numbers, number):
                return None  # a line below the links of another item
            left -= self._page.tags[number] != "td"
            number = self._page.parents[number]
        return None

    def _inherit(self, group: Group, before: Group) -> None:
        page = self._page
        if before.scope is None or not before.scope <= group.parent < page.ends[before.scope]:
            return
        last = page.last[before.anchors[-1].number]
        between = page.lines[last : group.anchors[0].line]
        if len(between) <= _LOOK_BACK and all(len(line.text) < 120 for line in between):
            group.heading, group.scope = before.heading, before.scope
