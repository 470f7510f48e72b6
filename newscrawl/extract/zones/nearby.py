"""The lines near the headline and near the story's ends: where bylines, signatures and credits stand.

The zone of the byline is between headline and first paragraph, and above the headline. Credits stand after the story.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newscrawl.extract.language.byline import Token, is_byline, may_be_byline, reads_as_byline, tokens
from newscrawl.extract.language.dates import DATED
from newscrawl.extract.language.labels import run_together
from newscrawl.extract.language.plain import plain
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import pieces, walk
from newscrawl.extract.zones.features import other_article
from newscrawl.extract.zones.headline import find_headline, headline_lines
from newscrawl.extract.zones.hints import told_lines
from newscrawl.extract.zones.host import byline_place
from newscrawl.extract.zones.story import story

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line, Walk

_ABOVE = 24  # lines over the headline: a date, a table of a document's properties
_BELOW = 25  # lines from the headline on: furniture may stand between it and the byline
_HEAD = 4  # short lines at the story's beginning that may be its byline
_FEW = 3  # lines that stand where the host prints its bylines; more, and they are the story's
_SHORT = 30  # characters of such a line
_INTO = 10  # lines of the story that may hold its dateline, an abstract before them
_CLOSING = 5  # paragraphs at the story's end that may hold a signature
_AFTER = 30  # lines after the story: credits, and the byline of pages that show it there
_LINKS, _HEADLINE = 3, 10  # links as long as a headline that credits may stand behind
_CREDITING = ("本文", "作者")  # how a credit that is a sentence begins
_LONGEST = 200  # characters of a line that is read


@dataclass(frozen=True, slots=True)
class Nearby:
    """Lines near the headline and the story, each list in page order.

    Attributes:
        page: the walk they are of.
        above: before the headline.
        below: from behind the headline to the story's first paragraph.
        opening, closing: the story's first and last.
        after: behind the story, up to other articles.
        rest: the numbers of the lines behind those.
        elements: the numbers of the elements from the headline to the first paragraph.
        named: the lines below the headline are those that an override calls the byline.
    """

    page: Walk
    above: list[Line]
    below: list[Line]
    opening: list[Line]
    closing: list[Line]
    after: list[Line]
    rest: range
    elements: range
    named: bool = False
    _read: dict[Line, tuple[Token, ...]] = field(default_factory=dict)

    def tokens(self, line: Line) -> tuple[Token, ...]:
        """The tokens of a line, read once; text nodes are kept apart."""
        known = self._read.get(line)
        if known is None:
            text = line.text
            told = len(text) <= _LONGEST and ("。" not in text or text.lstrip("（(【").startswith(_CREDITING))
            known = self._read[line] = tokens(run_together(pieces(self.page, line))) if told else ()
        return known

    def is_byline(self, line: Line) -> bool:
        """The line is only byline, date, source, authors and the furniture between them."""
        if self.named and line in self.below:
            return True
        return may_be_byline(line.text) and reads_as_byline(line.text, self.tokens(line))

    def read(self, lines: Iterable[Line]) -> list[Token]:
        """The tokens of some lines, one after the other."""
        return [token for line in lines for token in self.tokens(line)]


@analysis
def nearby(document: Document) -> Nearby:
    """The lines near headline and story; the byline where an override or the host's profile names its place."""
    near = _around_headline(document)
    if not (named := sorted(told_lines(document, "byline"))):
        known = [near.page.lines[number] for number in byline_place(document)]
        if not 0 < len(known) <= _FEW or any(line in near.below or line in near.above for line in known):
            return near
        return replace(near, below=[*near.below, *known], _read={})  # where the host prints it, however far away
    lines = [near.page.lines[number] for number in named]
    around = range(_element(near.page, named[0]), _element(near.page, named[-1]) + 1)
    return replace(near, above=[], below=lines, elements=around, named=True, _read={})


def _around_headline(document: Document) -> Nearby:
    page, found = walk(document), story(document)
    lines, shown = page.lines, headline_lines(document)
    beside = _beside_headline(document)
    first, last = (found.lines.start, found.lines.stop) if found else (0, 0)
    if not shown:
        shown = range(max(0, first - _BELOW), max(0, first - _BELOW))
    if last <= shown.stop:  # no story, or none under this headline
        first = last = min(shown.stop + _BELOW, len(lines))
    first = max(first, shown.stop)
    below = first
    while below < min(first + _HEAD, last) and _may_be_byline(lines[below]):
        below += 1
    after = lines[last : last + _AFTER]
    other = other_article(document)
    until = min(_other_articles(after), other - last if other and other >= last else len(after))
    return Nearby(
        page=page,
        above=lines[max(0, shown.start - _ABOVE) : shown.start],
        below=[*beside, *lines[shown.stop : min(shown.stop + _BELOW, first)], *lines[first:below]],
        opening=lines[below : min(below + _INTO, last)],
        closing=lines[max(below, last - _CLOSING) : last],
        after=after[:until],
        rest=range(last + until, len(lines)),
        elements=range(_element(page, shown.stop - 1), _element(page, first)),
        _read={line: tokens(line.text) for line in beside},
    )


def _beside_headline(document: Document) -> list[Line]:
    """The byline that shares the headline's line: what that line says behind the headline."""
    found = find_headline(document)
    if found is None or len(found.lines) != 1:
        return []
    line = walk(document).lines[found.lines[0]]
    rest = line.text[len(found.text) :].strip() if line.text.startswith(found.text) else ""
    return [replace(line, text=rest)] if is_byline(rest) else []


def _may_be_byline(line: Line) -> bool:
    """A short line that holds nothing but a date, a person, an outlet, or what has a label."""
    read = tokens(line.text) if len(line.text) <= _SHORT and "。" not in line.text else ()
    return bool(read) and all(token.kind not in {"occasion", "other", "story"} for token in read)


def _element(page: Walk, line: int) -> int:
    """The number of the element a line begins in; 0 where there is no such line."""
    return page.lines[line].block if 0 <= line < len(page.lines) else 0


def _other_articles(lines: list[Line]) -> int:
    """How many lines stand before other articles: a linked headline with a date, or the fourth linked headline."""
    links = 0
    for number, line in enumerate(lines):
        if len(line.text) >= _HEADLINE and line.linked > 0.5 * len(line.text):
            links += 1
            below = lines[number + 1].text if number + 1 < len(lines) else ""
            dated = len(below) <= _LONGEST and DATED.search(plain(below))
            if links > _LINKS or (dated and any(token.kind == "date" for token in tokens(below))):
                return number
    return len(lines)
