"""The lines near the headline and near the story's ends: where bylines, breadcrumbs, signatures and credits stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.extract.fields.headline import headline_lines
from newscrawl.extract.language.labels import labelled, may_label, run_together
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.story import story

if TYPE_CHECKING:
    from newscrawl.extract.language.labels import Labelled
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line, Walk

_ABOVE = 24  # lines over the headline: a date, a channel
_BELOW = 25  # lines from the headline on: furniture may stand between it and the byline
_INTO = 10  # lines of the story that may be a byline or hold its dateline, an abstract before them
_CLOSING = 5  # paragraphs at the story's end that may hold a signature
_AFTER = 30  # lines after the story: credits, and the byline of pages that show it there
_LINKS, _HEADLINE = 3, 10  # links as long as a headline that credits may stand behind


@dataclass(frozen=True, slots=True)
class Nearby:
    """Lines near the headline and the story, each list in page order.

    Attributes:
        above: before the headline.
        below: from behind the headline to the story.
        opening, closing: the story's first and last.
        after: behind the story.
    """

    above: list[Line]
    below: list[Line]
    opening: list[Line]
    closing: list[Line]
    after: list[Line]


def nearby(document: Document) -> Nearby:
    """Gather them: `document.once(nearby)`."""
    page = document.once(walk)
    lines = page.lines
    shown = document.once(headline_lines)
    first, last = _story_lines(document, page)
    if not shown:
        shown = range(max(0, first - _BELOW), max(0, first - _BELOW))
    if last <= shown.stop:  # no story, or none under this headline
        first = last = min(shown.stop + _BELOW, len(lines))
    first = max(first, shown.stop)
    return Nearby(
        above=lines[max(0, shown.start - _ABOVE) : shown.start],
        below=lines[shown.stop : min(shown.stop + _BELOW, first)],
        opening=lines[first : min(first + _INTO, last)],
        closing=lines[max(first, last - _CLOSING) : last],
        after=_until_links(lines[last : last + _AFTER]),
    )


def _until_links(lines: list[Line]) -> list[Line]:
    """The lines before the fourth headline that is a link: there other articles begin, with bylines of their own."""
    links = 0
    for number, line in enumerate(lines):
        links += len(line.text) >= _HEADLINE and line.linked > 0.5 * len(line.text)
        if links > _LINKS:
            return lines[:number]
    return lines


def _story_lines(document: Document, page: Walk) -> tuple[int, int]:
    """The number of the story's first line, and of the one behind its last; (0, 0) for a page without story."""
    found = document.once(story)
    if found is None or not found.paragraphs:
        return 0, 0
    numbers = range(page.first[found.number], page.last[found.number])
    first, last = found.paragraphs[0], found.paragraphs[-1]
    starts = [number for number in numbers if page.elements[page.lines[number].start] is first.element]
    ends = [number for number in numbers if page.elements[page.lines[number].start] is last.element]
    start = next((number for number in starts if page.lines[number].text == first.text), numbers.start)
    return start, (ends[-1] + 1 if ends else numbers.stop)


def labels_in(page: Walk, line: Line) -> tuple[Labelled, ...]:
    """The labelled values of a line, its text nodes told apart."""
    return labelled(run_together(pieces(page, line))) if may_label(line.text) else ()


def pieces(page: Walk, line: Line, limit: int = 400) -> list[str]:
    """A line's text node by node, so that what stands in elements of its own is told apart."""
    if page.ends[line.block] == line.block + 1:  # no element in it
        return [line.text]
    known = page.pieces.get(line)
    if known is None:
        known = page.pieces[line] = _pieces(page, line, limit)
    return known


def _pieces(page: Walk, line: Line, limit: int) -> list[str]:
    found: list[str] = []
    position = 0
    element = page.elements[line.block]
    for number, text in enumerate(element.itertext()):
        piece = " ".join(text.split())
        if not piece:
            continue
        at = line.text.find(piece, position)
        if at < 0 and found:
            break
        if at >= 0:
            found.append(piece)
            position = at + len(piece)
        if number > limit or position >= len(line.text):
            break
    return found if position >= len(line.text) else [line.text]
