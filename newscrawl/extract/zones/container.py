"""Which element holds the story: the subtree whose lines gain the most."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from newscrawl.extract.fields.headline import headline_number
from newscrawl.extract.language.furniture import COMMENT_CONTROL, COMMENT_FIRST, LEAD, has_contact, line_kind
from newscrawl.extract.page.lines import Line, Walk, walk
from newscrawl.extract.zones.regions import region

if TYPE_CHECKING:
    from newscrawl.extract.page.document import Document

_SENTENCE = re.compile(r"[，。！？；：、,!?…]")
# A full date in a short line that is no sentence: a byline, or a list's entry.
_DATED = re.compile(r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d")
_OUTSIDE_TAGS = frozenset(("footer", "nav", "aside", "form"))
_LEAST = 9.0  # a few short lines without a sentence among them are no story
_MARK_WEIGHT = (1.0, 1.2, 1.6)
_MOST = 2.5  # no mark and no nearness to the headline multiply more
_UNREAD = "unread"  # the kind of a line whose worth does not hang on it: most stand outside the story


@dataclass(slots=True)
class Reading:
    """The walk with what each line and region is worth.

    Attributes:
        values: per line, characters that speak for a story less those that speak against one.
        kinds: per line, the kind of furniture, or None; to be asked for by `kind`.
        sums: before each line, and at the end: the positive values up to there, regions not considered.
        outside: per element looked at, whether it or an element around it says it is not the story.
        marks: per element that says that it is, how strongly.
    """

    walk: Walk
    values: list[float] = field(default_factory=list)
    kinds: list[str | None] = field(default_factory=list)
    sums: list[float] = field(default_factory=list)
    outside: dict[int, bool] = field(default_factory=lambda: {0: False})
    marks: dict[int, int] = field(default_factory=dict)

    def is_outside(self, number: int) -> bool:
        """Whether an element stands in a region that says it is not the story."""
        outside, parents, elements, tags = self.outside, self.walk.parents, self.walk.elements, self.walk.tags
        path = []
        while number not in outside:
            path.append(number)
            number = parents[number]
        answer = outside[number]
        for inner in reversed(path):
            said_outside, mark, _ = region(elements[inner])
            if mark:
                self.marks[inner] = mark
            if not answer and (said_outside or tags[inner] in _OUTSIDE_TAGS):
                answer = self._share(inner) < 0.6
            outside[inner] = answer
        return answer

    def kind(self, number: int) -> str | None:
        """The kind of furniture a line is, or None."""
        if self.kinds[number] == _UNREAD:
            self.kinds[number] = line_kind(self.walk.lines[number].text)
        return self.kinds[number]

    def in_lead(self, line: Line) -> bool:
        """Whether the elements right around a line are named as a story's lead."""
        walk = self.walk
        return any(region(walk.elements[number]).lead for number in (line.block, walk.parents[line.block]))

    def _share(self, number: int) -> float:
        """What share of the page's text that speaks for a story is inside an element."""
        first, last = self.walk.first[number], self.walk.last[number]
        return (self.sums[last] - self.sums[first]) / (self.sums[-1] or 1)


def reading(document: Document) -> Reading:
    """Weigh each line of a page: `document.once(reading)`."""
    found = Reading(document.once(walk))
    lines = found.walk.lines
    _weigh_all(found, blind=False)
    if found.sums[-1] < 400:  # little to see: some pages show their story, or more than its beginning, by script
        unseen = {line.text for line in lines if line.hidden and len(line.text) > 40 and "。" in line.text}
        if sum(map(len, unseen)) > 3 * found.sums[-1] + 50:
            found = Reading(found.walk)
            _weigh_all(found, blind=True)
    values, outside = found.values, found.outside
    for number, line in enumerate(lines):
        if values[number] > 0:
            answer = outside.get(line.block)
            if found.is_outside(line.block) if answer is None else answer:
                values[number] *= -0.3
                found.kinds[number] = "outside"
    return found


def _weigh_all(page: Reading, *, blind: bool) -> None:
    """Weigh all lines; a blind reader does not notice which are hidden."""
    values, kinds = page.values, page.kinds
    telling: list[int] = []  # the lines the other rules have to look at
    entries: list[int] = []
    controls: list[int] = []
    for number, line in enumerate(page.walk.lines):
        text, linked = line.text, line.linked
        size = len(text)
        kind: str | None = None
        if line.hidden and not blind:
            value, kind = 0.0, "hidden"
        elif linked == size:
            value = -60.0 if linked > 60 else -float(linked)
        else:
            value, kind = _weigh(text, size, linked)
            if value >= 6:
                telling.append(number)
        values.append(value)
        kinds.append(kind)
        if 8 <= linked < size:
            entries.append(number)
        if size < 25 and text[0] in COMMENT_FIRST and not line.hidden:
            controls.append(number)
    _discount_teasers(page, telling)
    _refuse_entries(page, entries)
    _refuse_comments(page, controls)
    page.sums = [0.0, *accumulate([value if value > 0 else 0.0 for value in values])]


def container(document: Document) -> int | None:
    """The number of the element that holds the story; None where no line speaks for one."""
    page = document.once(reading)
    sums = [0.0, *accumulate(page.values)]
    walk = page.walk
    best, best_score = None, 0.0
    title = document.once(headline_number)
    below = -1 if title is None else walk.last[title]
    for number in _candidates(page):
        score = sums[walk.last[number]] - sums[walk.first[number]]
        if score <= 0 or score * _MOST < best_score:
            continue
        score *= _MARK_WEIGHT[page.marks.get(number, 0)]
        if below >= 0:
            score *= _nearness(walk.first[number] - below, walk.last[number] - below)
        if score > best_score or (score == best_score and best is not None and number > best):
            best, best_score = number, score
    if best is None or (best_score < _LEAST and page.marks.get(best, 0) < 2):
        return None
    return _widened(page, best)


def _nearness(first: int, last: int) -> float:
    """How likely the story is to stand between two lines, counted from the line below the headline."""
    if last <= 0:
        return 0.3
    if first <= 12:
        return 1.5
    return 1.0 if first <= 40 else 0.6


def _widened(page: Reading, number: int) -> int:
    """An element around the one found, where the text beside that one reads as more of the story."""
    walk, values = page.walk, page.values
    widest = number
    for _ in range(4):
        parent = walk.parents[number]
        beside = values[walk.first[parent] : walk.first[widest]] + values[walk.last[widest] : walk.last[parent]]
        more = sum(value for value in beside if value > 25)
        less = -sum(value for value in beside if value < 0)
        here = sum(values[walk.first[widest] : walk.last[widest]])
        if parent == number or less > 0.3 * here + more:
            break
        if more > 0.08 * here and less < 0.3 * more:
            widest = parent
        number = parent
    return widest


def lead_lines(page: Reading, first: int, headline: int | None) -> list[int]:
    """Lines above the story's element that belong to it: a lead that says it is one, sentences under the headline."""
    walk = page.walk
    top = first if headline is None else walk.last[headline]
    leads = []
    for number in range(max(first - 20, 0), first):
        line = walk.lines[number]
        if line.linked or len(line.text) < 15 or page.kind(number):
            continue
        near = number >= first - 5
        if (
            (near and LEAD.match(line.text))
            or (page.values[number] > (14 if line.text.endswith("。") else 20) and near and page.in_lead(line))
            or (page.values[number] > 20 and near and number == top and line.text.endswith("。"))
            or (page.values[number] > 40 and number >= top)
        ):
            leads.append(number)
    return leads


def _candidates(page: Reading) -> list[int]:
    seen: set[int] = set()
    parents = page.walk.parents
    for line, value in zip(page.walk.lines, page.values, strict=True):
        if value > 0:
            number = line.block
            while number not in seen:
                seen.add(number)
                number = parents[number]
    return sorted(seen)


def _weigh(text: str, size: int, linked: int) -> tuple[float, str | None]:
    own = size - linked
    if linked > own:
        return -60.0 if linked > 60 else -float(linked), _UNREAD if own > 2 else None
    if own < 6:
        return 0.5, _UNREAD
    kind = line_kind(text) if own < 300 else None
    if kind:
        return -20.0, kind
    dated = own < 70 and "。" not in text and ("20" in text or "19" in text) and _DATED.search(text)
    if own < 9 or dated or not _SENTENCE.search(text) or (own < 150 and has_contact(text)):
        return min(own, 20) * 0.1, None
    return float(own), None


def _refuse_entries(page: Reading, numbers: list[int]) -> None:
    """Three lines or more in a row that each begin with a link and go on without are a list's entries with snippets."""
    lines, tags, parents = page.walk.lines, page.walk.tags, page.walk.parents
    run: list[int] = []
    for number in numbers:
        start = lines[number].start
        if "a" in (tags[start], tags[parents[start]]):
            run = [*run, number] if run and run[-1] == number - 1 else [number]
            for entry in run[-3:] if len(run) > 2 else ():
                if page.kinds[entry] != "list":
                    page.values[entry] = -0.3 * abs(page.values[entry])
                    page.kinds[entry] = "list"


def _refuse_comments(page: Reading, numbers: list[int]) -> None:
    """What stands between the controls readers' comments carry (回复, 顶, 踩) is comments, by whatever name."""
    lines = page.walk.lines
    controls = [number for number in numbers if COMMENT_CONTROL.match(lines[number].text)]
    for position, number in enumerate(controls[:-2]):
        if controls[position + 2] - number > 24:  # three controls within a few entries make a section of comments
            continue
        for inner in range(number, controls[position + 2] + 1):
            if page.values[inner] > 0 and len(lines[inner].text) < 300:
                page.values[inner] *= -0.3
                page.kinds[inner] = "comment"


def _discount_teasers(page: Reading, numbers: list[int]) -> None:
    """A sentence right beside a line that is all link is more often a list's snippet than a story's paragraph."""
    values, lines = page.values, page.walk.lines
    for number in numbers:
        before = number > 0 and 2 * lines[number - 1].linked > len(lines[number - 1].text)
        after = number + 1 < len(lines) and 2 * lines[number + 1].linked > len(lines[number + 1].text)
        text = lines[number].text
        if before and after and len(text) < 100:
            values[number] *= 0.4 if text.endswith(("。", "”")) else 0.1
        elif (before or after) and text.endswith(("...", "…", "】", "]")):
            values[number] *= 0.2
