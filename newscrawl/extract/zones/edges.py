"""The edges of the story: short lines, lead, captions, signatures and annexes around the run of lines."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from newscrawl.extract.language import signing
from newscrawl.extract.language.byline import is_byline
from newscrawl.extract.language.furniture import line_kind
from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.features import (
    is_closing,
    is_dated,
    is_lead,
    is_plain,
    is_row,
    is_text,
    is_unknown,
    line_features,
)
from newscrawl.extract.zones.headline import headline_lines
from newscrawl.extract.zones.sequence import Role, Run
from newscrawl.extract.zones.wording import NUMBERED, are_annexes

if TYPE_CHECKING:
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Walk
    from newscrawl.extract.zones.features import Features

_LEAD, _DOCUMENT_NUMBER, _ANNEX = Cues("lead"), Cues("document_number"), Cues("annex")
_FEWEST_HEADS, _MOST_LOOKED = 3, 40  # links over paragraphs in a digest; lines in which they are looked for
_LINE = re.compile(r"(?=.{5}).*[^\W\d]")  # the first and last line that bridges; buttons of players are shorter
_COUNTER = re.compile(r"[^\W\d_]{0,6}[：:]|[\W\d_]*")  # 浏览次数： and the number that a script writes behind it
_BYLINE_LINES, _FEWEST_PLAIN = 8, 3
_LABEL, _FEWEST_LABELS = re.compile(r"[^\s，。：:]{2,8}[：:]"), 2
_OFFICE = re.compile(r"[\u3400-\u9fff·、\s]{3,30}")  # or several: 教务处、艺术学院
_MOST_SHORT = 2  # short lines that say nothing known, at the story's end
_CELLS = frozenset(("td", "th"))
_TABLE = frozenset(("td", "th", "tr", "tbody", "thead", "table"))
_PARAGRAPHS = frozenset(("p", "div", "td", "section", "article"))
_HEADING = re.compile("[一1][、.．]")
_LEAD_ENDS, _CAPTION_ENDS = ("。", "！", "？", "”"), ("摄", "攝")
_MOST_OVER = 8  # lines between headline and story, of its lead and its byline
_MOST_BETWEEN = 12  # lines of a player, mostly hidden, between two plain lines of a story


def bridged(document: Document, page: Walk, found: Run) -> Run:
    """Extend the run by plain lines before, between and after its lines, in a container without the headline."""
    features, run = line_features(document), found.lines
    top, shown = run[0], headline_lines(document)
    box = around(page, run)
    if verse := _below_lead(document, page, run):
        return Run([Role.STORY if number in verse else role for number, role in enumerate(found.roles)], found.score)
    if shown and page.first[box] < shown.stop:
        return found
    outer = page.parents[box]
    if len(run) == 1 and page.tags[outer] in _PARAGRAPHS and shown and page.first[outer] >= shown.stop:
        box = outer  # one of several short lines: questions and answers
    for number in range(run[0] - 1, page.first[box] - 1, -1):
        if is_plain(features[number]) and _LINE.search(page.lines[number].text):
            top = number
        elif top - number > _MOST_BETWEEN:
            break
    opening = _opening(page, features, range(page.first[box], run[0])) if shown else range(0)
    end = run[-1]
    for number in range(end + 1, page.last[box]):
        worded = _LINE.search(page.lines[number].text) is not None
        if not is_plain(features[number]) or not (worded or page.tags[page.lines[number].block] in _CELLS):
            break
        end = number if worded else end  # a cell may be shorter, but ends nothing
    roles = list(found.roles)
    for number in range(min([top, *opening[:1]]), end + 1):
        if roles[number] is not Role.STORY and page.first[box] <= number < page.last[box]:
            roles[number] = Role.STORY if is_plain(features[number]) or number in opening else Role.GAP
    return Run(roles, found.score)


def _opening(page: Walk, features: list[Features], lines: range) -> range:
    """Labelled values that open a container below the byline are the story's: subject, speaker, time and place."""
    above = page.lines[max(0, lines.start - _BYLINE_LINES) : lines.start]
    alone = all(is_text(features[number]) and not line_kind(page.lines[number].text) for number in lines)
    labelled = sum(_LABEL.match(page.lines[number].text) is not None for number in lines)
    return lines if alone and labelled >= _FEWEST_LABELS and any(is_byline(line.text) for line in above) else range(0)


def _below_lead(document: Document, page: Walk, run: list[int]) -> range:
    """Short lines in one element below a story of one line: that line is only their lead."""
    below = lines_below_byline(document)
    if len(run) > 1 or run[0] not in below:
        return range(0)
    blocks = [page.lines[number].block for number in range(run[0] + 1, below.stop)]
    places = [(page.parents[block], page.tags[block]) for block in blocks]
    alike = list(takewhile(lambda place: place == places[0], places))
    verse = range(run[0] + 1, run[0] + 1 + len(alike))
    short = verse and alike[0][1] in _PARAGRAPHS and _LINE.search(page.lines[verse.start].text)
    return verse if short and len(verse) >= _FEWEST_PLAIN else range(0)


@analysis
def lines_below_byline(document: Document) -> range:
    """Lines directly below headline and byline without links, dates and cues: a poem, a list of winners, annexes."""
    shown, features = headline_lines(document), line_features(document)
    start = shown.stop if shown else len(features)
    lines = walk(document).lines
    told = any(is_dated(features[number]) for number in shown)  # when, or by whom
    while start < len(features) and start - shown.stop < _BYLINE_LINES:
        signed = bool(signing.in_line(lines[start].text))
        text = lines[start].text
        counter = _COUNTER.fullmatch(text)
        if _ANNEX(text) or (is_plain(features[start]) and not (signed or counter or _DOCUMENT_NUMBER(text))):
            break
        told = told or signed or is_dated(features[start]) or is_byline(text)
        start += 1
    stop = start
    for annex, line in zip(are_annexes(line.text for line in lines[start:]), features[start:], strict=False):
        if not annex and not is_plain(line):
            break
        stop += 1
    if told and any(_ANNEX(line.text) for line in lines[start:stop]):  # a notice that is only its annexes
        return range(start, stop)
    spoken = sum(line.text.endswith(_LEAD_ENDS) for line in lines[start:stop])  # short sentences need no byline
    return range(start, stop) if (stop - start if told else spoken) >= _FEWEST_PLAIN else range(0)


def begin_with_lead(document: Document, page: Walk, start: int) -> int:
    """The first line of the story: a lead between headline and story belongs to it."""
    features, shown = line_features(document), headline_lines(document)
    top = shown.stop if shown and start - shown.stop <= _MOST_OVER else start
    for number in range(top, start):
        text = page.lines[number].text
        lead = is_lead(features[number]) and (text.endswith(_LEAD_ENDS) or _LEAD(text))
        caption = text.endswith(_CAPTION_ENDS) or page.tags[page.lines[number].block] == "figcaption"
        if lead or (is_plain(features[number]) and caption):
            return number
    return start - (_heads_digest(page, start) or (start > top and _opens(page, start, features[start - 1])))


def _opens(page: Walk, start: int, features: Features) -> bool:
    """Whether the line above the story, in the same element, says to whom it is written, or is its first heading."""
    above, first = page.lines[start - 1], page.lines[start]
    beside = (page.parents[above.block], page.tags[above.block]) == (page.parents[first.block], page.tags[first.block])
    return beside and is_text(features) and (above.text.endswith(("：", ":")) or _HEADING.match(above.text) is not None)


def _heads_digest(page: Walk, start: int) -> bool:
    """Whether the line above the story is a link like others between its paragraphs: the first heading of a digest."""
    makes = [
        (line.links, page.parents[line.block], page.tags[line.block]) for line in page.lines[start - 1 :][:_MOST_LOOKED]
    ]
    alone = start > 0 and page.lines[start - 1].linked == len(page.lines[start - 1].text)
    return alone and makes[0][0] == 1 and makes.count(makes[0]) >= _FEWEST_HEADS


def end_with_closing_lines(document: Document, page: Walk, end: int) -> int:
    """The line after the story: signatures and dates in its container belong to it, and annexes right behind it too."""
    end = _closed(document, page, end)
    while end < len(page.lines) and _ANNEX(page.lines[end].text):
        end += 1
    return end


def _closed(document: Document, page: Walk, end: int) -> int:
    """The line after the signatures, dates and annexes in the container of the story."""
    features, cell = line_features(document), page.lines[end - 1].block
    if page.tags[cell] not in _CELLS:
        cell = page.parents[cell]
    box = cell
    # The cells of a table of figures hold a line each; one that lays out the page is no part of the story.
    while page.tags[box] in _TABLE and page.last[cell] - page.first[cell] == 1:
        box = page.parents[box]
    shown = headline_lines(document)
    apart = not shown or page.first[box] >= shown.stop
    closing, short, rows = end, 0, any(map(is_row, features[page.first[box] : end]))
    annexes = end > 0 and page.lines[end - 1].text.startswith("附")
    for number in range(end, page.last[box]):
        line, text = features[number], page.lines[number].text
        row = is_row(line) and is_text(line)  # figures may be dates
        rows = rows or row
        annexes = annexes or text.startswith("附")
        more = is_lead(line) or (apart and is_text(line))  # behind a table; who signs a notice, and whom to ask
        annex = annexes and NUMBERED.match(text) is not None
        if is_closing(line) or row or (rows and more) or annex or _ANNEX(text):
            closing, short = number + 1, 0
        elif is_unknown(line) and _OFFICE.fullmatch(text) and short < _MOST_SHORT:
            short += 1  # an office before the date it signs on, or at the very end
        else:
            return closing
    return page.last[box]


def around(page: Walk, kept: list[int]) -> int:
    """The container of the story: the smallest element that holds 90 % of its characters."""
    sizes: dict[int, int] = {}
    for number in kept:
        line = page.lines[number]
        inner = line.block
        while inner:
            sizes[inner] = sizes.get(inner, 0) + len(line.text)
            inner = page.parents[inner]
    most = 0.9 * sum(len(page.lines[number].text) for number in kept)
    return max((number for number, size in sizes.items() if size >= most), default=0)
