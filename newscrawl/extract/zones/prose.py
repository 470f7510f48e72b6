"""Sums over the lines of a page: how much is prose, how much is link text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from newscrawl.extract.language.byline import is_byline
from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.language.patterns import searched
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.hints import furniture, told_headline
from newscrawl.text import tidy

if TYPE_CHECKING:
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line, Walk

_PUNCTUATION = searched(r"[。！？；，、：!?]|, |\. ")
# What stands around every page and is no story: always, or where it makes no sentence (a notice may end in a hotline).
_FRAME, _CONTACT = Cues("frame"), Cues("contact")
_DATE = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
FEWEST_SHOWN = 50  # characters
_SHORTEST_RUNNING = 15  # characters outside links, of a line that is no sentence
_SENTENCE_ENDS = ("。", "！", "？", "。”", "！”", "？”")
_MOST_DATES = 3  # an article shows; a list has one a line
_FEWEST_BYLINES = 3  # of teasers: an article has one or two
LONGEST_SUMMARY = 200  # characters
_HEADINGS = frozenset({"h1", "h2", "h3"})
_TITLE_TAIL = re.compile(r"[-_|—–·:：/丨»>].*$")


@dataclass(slots=True)
class Prose:
    """Sums over the visible lines of a page; sizes are characters.

    Args:
        title: the `<title>`, tidied.
        visible: all text shown.
        plain, linked: text outside and inside links.
        story: prose of the richest place: running text with punctuation, neither furniture nor the summary of a link.
        snippets: prose lines that summarise a link beside them.
        listed: links with a headline's length that have a line to themselves.
        items: the most such links in one block.
        headline: number of the first line that is no link and repeats the title's beginning, or a heading part of it.
        dated: one to three full dates stand outside links, or times in elements of their own (a list has one a line).
        pictures: how many pictures.
        password: the page asks for one.
        notices: short lines outside links that may say why there is no story.
    """

    title: str = ""
    visible: int = 0
    plain: int = 0
    linked: int = 0
    story: int = 0
    snippets: int = 0
    listed: int = 0
    items: int = 0
    headline: int | None = None
    dated: bool = False
    pictures: int = 0
    password: bool = False
    notices: list[str] = field(default_factory=list)

    @property
    def headed(self) -> bool:
        """Whether the page shows a headline."""
        return self.headline is not None


@analysis
def prose(document: Document) -> Prose:
    """Sum up a page."""
    page = walk(document)
    found = Prose(pictures=len(page.pictures))
    found.title = _title(page)
    found.password = any(field.get("type") == "password" for field in page.noted["input"])
    titled, longer = _sum_lines(page, found)
    if (told := told_headline(document)) and told[1]:
        found.headline = told[1].start
    found.listed = titled[-1]
    out = furniture(document)
    _measure_story(page, titled, [number for number in longer if number not in out] if out else longer, found)
    return found


def _sum_lines(page: Walk, found: Prose) -> tuple[list[int], list[int]]:
    """Sum up the lines; return the number of headline links before each, and the lines that may be prose."""
    title = "".join(found.title.split())
    head = _headline_start(found.title)
    parents = page.parents
    visible = all_linked = dates = listed = 0
    titled = [0]
    longer: list[int] = []
    boxes: dict[int, int] = {}
    curtained = _is_curtained(page)
    for number, line in enumerate(page.lines):
        if not line.hidden or curtained:
            text, linked = line.text, line.linked
            size = len(text)
            visible += size
            if linked:
                all_linked += linked
                if linked >= 8 and linked * 2 >= size:
                    listed += line.links or 1
                    box = parents[parents[line.block]]
                    boxes[box] = boxes.get(box, 0) + 1
            elif 3 <= size <= 80:
                found.notices.append(text)
                if found.headline is None and _is_headline(page, line, head, title):
                    found.headline = number
            if linked < size:
                if "20" in text or "19" in text:
                    dates += len(_DATE.findall(text))
                if size - linked >= _SHORTEST_RUNNING or (not linked and is_running(text)):
                    longer.append(number)
        titled.append(listed)
    found.visible, found.linked, found.plain = visible, all_linked, visible - all_linked
    found.items = max(boxes.values(), default=0)
    found.dated = 1 <= dates <= _MOST_DATES or 1 <= len(page.noted["time"]) <= _MOST_DATES
    return titled, longer


def is_running(text: str) -> bool:
    """Tell whether a line without links may be prose: a long one, or a sentence."""
    return len(text) >= _SHORTEST_RUNNING or text.endswith(_SENTENCE_ENDS)


@lru_cache(maxsize=4096)  # several analyses ask
def is_furniture(text: str) -> bool:
    """Tell whether a line is the page's own: copyright, licences, contacts, hints on how to use it."""
    return _FRAME(text) is not None or ("。" not in text and _CONTACT(text) is not None)


def _is_curtained(page: Walk) -> bool:
    """Whether the page hides all of its text until a script runs. Hidden text then counts as shown."""
    shown = 0
    for line in page.lines:
        if not line.hidden:
            shown += len(line.text)
            if shown >= FEWEST_SHOWN:
                return False
    return True


def _measure_story(page: Walk, titled: list[int], longer: list[int], found: Prose) -> None:
    """Find the place with the most prose; summaries of linked articles (teasers) are left out."""
    lines = page.lines
    running = [
        number
        for number in longer
        if _is_unlinked(line := lines[number]) and _PUNCTUATION.search(line.text) and not is_furniture(line.text)
    ]
    bylines = {number for number in running if "。" not in lines[number].text and is_byline(lines[number].text)}
    if len(bylines) >= _FEWEST_BYLINES:
        running = [number for number in running if number not in bylines]
    spoken = _counted(running, len(lines))
    opening = range(found.headline, found.headline + 5) if found.headline is not None else range(0)
    summaries = {
        number for number in running if number not in opening and _is_summary(page, lines[number], titled, spoken)
    }
    if len(summaries) >= 3:
        found.snippets = len(summaries)
        running = [number for number in running if number not in summaries]
    found.story = _richest(page, running)


def _is_unlinked(line: Line) -> bool:
    return line.linked * 5 < len(line.text) * 2


def _richest(page: Walk, numbers: list[int]) -> int:
    """The most text that the given lines have in one place: an element, its parent and grandparent."""
    lines, parents = page.lines, page.parents
    blocks: dict[int, int] = {}
    for number in numbers:
        line = lines[number]
        blocks[line.block] = blocks.get(line.block, 0) + len(line.text) - line.linked
    places: dict[int, int] = {}
    for block, size in blocks.items():
        place = block
        for _ in range(3):
            places[place] = places.get(place, 0) + size
            if not place:
                break
            place = parents[place]
    return max(places.values(), default=0)


def _counted(numbers: list[int], total: int) -> list[int]:
    """Prefix counts: for each of 0 … total, how many of the numbers lie below it."""
    counts = [0] * (total + 1)
    for number in numbers:
        counts[number + 1] = 1
    return list(accumulate(counts))


def _is_summary(page: Walk, line: Line, titled: list[int], spoken: list[int]) -> bool:
    """Whether a line is a teaser: the only prose in a small box whose headline is a link."""
    if len(line.text) > LONGEST_SUMMARY:
        return False
    place = line.block
    for _ in range(3):
        first, last = page.first[place], page.last[place]
        if last - first > 6 or spoken[last] - spoken[first] > 1:
            return False
        if titled[last] - titled[first]:
            return True
        place = page.parents[place]
    return False


def _title(page: Walk) -> str:
    for element in page.noted["title"]:
        if text := tidy("".join(element.itertext()) if len(element) else element.text or ""):
            return text
    return ""


def _headline_start(title: str) -> str:
    """The beginning of the title, long enough to know the headline by; "" where it has none."""
    bare = _TITLE_TAIL.sub("", title) if len(_TITLE_TAIL.sub("", title)) >= 6 else title
    return "".join(bare.split())[:12] if len(bare) >= 6 else ""


def _is_headline(page: Walk, line: Line, head: str, title: str) -> bool:
    """Whether a line shows the headline: the title begins with it, or contains it where the line is a heading."""
    heading = page.tags[line.block] in _HEADINGS
    if not heading and not (head and line.text[0] == head[0]):
        return False
    text = "".join(line.text.split())
    if head and text.startswith(head):
        return True
    return heading and len(text) >= 8 and text in title
