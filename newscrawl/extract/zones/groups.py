"""Groups: siblings of the same tag and class that repeat, such as a feed, comments, or a list of links."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import walk

if TYPE_CHECKING:
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Walk

_FEWEST = 3  # items of one make: two may be chance
_MOST_LINES = 14  # of an item; a longer one is an article of its own
_HEADLINE = 6  # characters of the shortest link that may be a headline
# Of a lone teaser: least characters of its headline, most beside it (下一篇：) and of its prose, lines of its box.
_LONE_HEADLINE, _LONE_LABEL, _LONE_PROSE, _LONE_LINES = 8, 5, 200, 4
_CELLS = frozenset(("tr", "td", "th"))
_PROSE = 18  # characters outside links of the shortest line that may be prose


class Group(IntEnum):
    """The content of a group of repeated siblings."""

    NONE = 0
    LINKS = 1  # items that are links, with at most a date or a counter beside them
    FEED = 2  # items with a headline that is a link, and prose
    TALK = 3  # items with prose and a short line or two, and no headline: comments, replies
    ROWS = 4  # rows and cells of a table


LISTS = frozenset((Group.LINKS, Group.FEED))


@analysis
def line_groups(document: Document) -> list[Group]:
    """The group each line of the page belongs to, the innermost first."""
    page = walk(document)
    found = [Group.NONE] * len(page.lines)
    for parent, children in _with_lines(page).items():
        if len(children) < _FEWEST:
            continue
        makes: dict[tuple[str, str | None], list[int]] = {}
        for child in children:
            makes.setdefault((page.tags[child], page.elements[child].get("class")), []).append(child)
        for (tag, _), items in makes.items():
            if len(items) >= _FEWEST and parent:
                _mark(page, tag, items, found)
    _mark_teasers(page, found)
    return found


def _mark_teasers(page: Walk, found: list[Group]) -> None:
    """Mark a lone teaser: a headline that is a link, with the only prose of a small box, on a page with more prose."""
    lines = page.lines
    total = sum(len(line.text) for line in lines if not line.links and len(line.text) >= _PROSE)
    for number, head in enumerate(lines[:-1]):
        if head.links != 1 or head.linked < _LONE_HEADLINE or len(head.text) - head.linked > _LONE_LABEL:
            continue
        line = lines[number + 1]
        size, box = len(line.text), page.parents[line.block]
        small = page.first[box] <= number and page.last[box] - page.first[box] <= _LONE_LINES
        prose = not line.links and _PROSE <= size <= _LONE_PROSE and 4 * size < total
        if small and prose and found[number] == found[number + 1] == Group.NONE:
            found[number] = found[number + 1] = Group.FEED


def _with_lines(page: Walk) -> dict[int, list[int]]:
    """The children of each element that hold lines, in page order, for the elements around lines."""
    children: dict[int, list[int]] = {}
    seen: set[int] = set()
    parents = page.parents
    for line in page.lines:
        number = line.block
        while number and number not in seen:
            seen.add(number)
            children.setdefault(parents[number], []).append(number)
            number = parents[number]
    return children


def _mark(page: Walk, tag: str, items: list[int], found: list[Group]) -> None:
    """Classify a group by what most of its items hold, and mark its lines."""
    links = feed = talk = 0
    if tag in _CELLS:
        _fill(page, items, Group.ROWS, found)
        return
    for item in items:
        first, last = page.first[item], page.last[item]
        if last - first > _MOST_LINES:
            continue
        headline = prose = short = False
        for line in page.lines[first:last]:
            own = len(line.text) - line.linked
            if 2 * line.linked > len(line.text):
                headline = headline or line.linked >= _HEADLINE
            elif own >= _PROSE:
                prose = True
            else:
                short = True
        if headline and prose:
            feed += 1
        elif headline:
            links += 1
        elif prose and short:
            talk += 1
    most = max(links, feed, talk)
    if most < _FEWEST or 2 * most < len(items):
        return
    kind = Group.FEED if feed == most else Group.LINKS if links == most else Group.TALK
    _fill(page, items, kind, found)


def _fill(page: Walk, items: list[int], kind: Group, found: list[Group]) -> None:
    """Mark the lines of the items, except those that an inner group has marked."""
    for item in items:
        for number in range(page.first[item], page.last[item]):
            if found[number] == Group.NONE:
                found[number] = kind
