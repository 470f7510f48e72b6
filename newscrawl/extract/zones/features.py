"""Features of each line of a page: a small number (bucket) in each of some twenty families.

A family's number is a bucket, so that a weight for each of them can be learnt and added up; no bucket holds a word of
one site. Only two families know words: `cue` (furniture and closing lines) and `dated` (labels and dates of bylines).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from newscrawl.extract.language.byline import is_byline, tokens
from newscrawl.extract.language.labels import labelled
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.groups import Group, line_groups
from newscrawl.extract.zones.headline import headline_lines
from newscrawl.extract.zones.hints import furniture
from newscrawl.extract.zones.wording import ANNEX, AUTHOR, CONTACT, ITEM, SIGNED, cue, dated

if TYPE_CHECKING:
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line, Walk

Features = tuple[int, ...]

FAMILIES = (
    "size", "link", "marks", "cue", "dated",  # the line by itself
    "tag", "own mass", "mass", "outer mass", "kin", "semantics",  # the elements around it
    "main", "inside", "top", "end",  # where it stands to the element with most of the page's prose
    "block", "place", "beside", "around", "group",  # its neighbours and the headline
    "begun", "gap", "hidden", "twice",  # what has been read before
    "picture",  # the pictures beside
)  # fmt: skip


_LINK, _CUE, _DATED, _GROUP, _HIDDEN, _PICTURE = (
    FAMILIES.index(name) for name in ("link", "cue", "dated", "group", "hidden", "picture")
)


_PLAIN = frozenset((size, 0, marks, 0, 0) for size in (2, 3, 4) for marks in (1, 3))  # 4 to 30 characters, no full stop
_ALONE_PROSE = frozenset((1, 2 * Group.ROWS + 1))  # of the family `group`: prose in no list, or in a table's cell


def _steps(bounds: tuple[int, ...]) -> tuple[int, ...]:
    """How many of the bounds each number from 0 to the last bound reaches."""
    return tuple(bisect_right(bounds, number) for number in range(bounds[-1] + 1))


_SIZES = _steps((1, 4, 9, 16, 31, 61, 121, 241))  # characters outside links
_LENGTHS = _steps((9, 31))
_COUNTS = _steps((1, 2, 4, 10))  # prose lines in one parent
_NEAR = tuple(bisect_right((1, 3, 5, 7), number) for number in range(10))  # of nine lines
_RIMS = _steps((0, 1, 2, 3, 6))  # lines to the ends of the main element
_GAPS = _steps((1, 2, 4, 8, 20))  # lines since the last prose
_PLACES = (-40, -12, -3, 0, 1, 3, 7, 16)  # lines from the headline on
_MASSES = (0.02, 0.1, 0.3, 0.6)  # of the page's prose inside one element
_TAGS = {
    tag: bucket
    for bucket, tags in enumerate(
        ("p", "div section article main center", "li dd dt ul ol", "td th tr table tbody", "h1 h2 h3",
         "h4 h5 h6 strong b", "blockquote figcaption figure pre", "span font a em"), 1)
    for tag in tags.split()
}  # fmt: skip
_COMMA = re.compile("[，、；：,;]")
_HAN = re.compile("[\u3400-\u9fff]")
_END = tuple("。！？”…；!?.」』")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_FIGURES = frozenset(("figure", "figcaption"))
_ASIDE, _MAIN = frozenset(("footer", "nav", "aside", "form")), frozenset(("article", "main"))
_PROSE = 18  # characters outside links of the shortest line that may be prose: it has a mark of punctuation as well
_TWICE = 10  # characters outside links of a line that stands on the page more than once
_BYLINE_BELOW = 3  # lines between another article's headline and its byline
_FULL_BYLINE = 2  # of the family `dated`: a date and a label
_EVENT = frozenset(("时间", "日期"))  # labels of an event's time as well as of a byline's
_MOST = 0.6  # the share of the page's prose in its main element
_LINK_LINE, _SHORT_LINE, _PROSE_LINE, _DATED_LINE = 1, 2, 3, 4  # what a line is to its neighbours


def is_lead(features: Features) -> bool:
    """Whether a line over a story's first may be its lead: prose in no list, without a date or a cue."""
    return features[_GROUP] in _ALONE_PROSE and features[_CUE] == 0


@analysis
def is_curtained(document: Document) -> bool:
    """Whether a page hides its story, or more than its beginning, until a script shows it."""
    shown, hidden = 0, set[str]()
    for line in walk(document).lines:
        if line.hidden:
            hidden.add(line.text)
        elif 2 * line.linked <= len(line.text) and "。" in line.text:
            shown += len(line.text)
    return sum(len(text) for text in hidden if len(text) > 40 and "。" in text) > 3 * shown + 50


@analysis
def hidden_lines(document: Document) -> list[bool]:
    """Which lines a reader does not see."""
    curtained = is_curtained(document)
    return [line.hidden and not curtained for line in walk(document).lines]


def is_behind_picture(features: Features) -> bool:
    """Whether a line stands right behind a picture, as its caption does."""
    return features[_PICTURE] & 1 == 1


def is_closing(features: Features) -> bool:
    """Whether a line closes a story: its author's signature, the date of signing, or an annex."""
    return features[_CUE] in {SIGNED, ANNEX, AUTHOR}


def is_row(features: Features) -> bool:
    """Whether a line stands in a table with rows of one make."""
    return features[_GROUP] // 2 == Group.ROWS


def is_dated(features: Features) -> bool:
    """Whether a line is short and has a date."""
    return features[_DATED] in {1, 2}


def is_plain(features: Features) -> bool:
    """Whether a line is no link, has no date, label or cue, is seen, and stands in no list."""
    no_list = features[_GROUP] // 2 in {Group.NONE, Group.ROWS}
    no_cue = features[_CUE] in {0, ANNEX}
    return no_list and no_cue and features[_LINK] == features[_DATED] == features[_HIDDEN] == 0


def is_text(features: Features) -> bool:
    """Whether a line is no link, is seen, stands in no list, and reads like no furniture but a contact."""
    no_list = features[_GROUP] // 2 in {Group.NONE, Group.ROWS}
    return no_list and features[_LINK] == features[_HIDDEN] == 0 and features[_CUE] in {0, ANNEX, CONTACT}


def is_unknown(features: Features) -> bool:
    """Whether a short line without links, date and cue stands in no list: an office that signs, a caption."""
    return features[:5] in _PLAIN and features[_GROUP] == 0


@analysis
def other_article(document: Document) -> int | None:
    """The line at which another article begins: a headline with a byline of its own, below prose of the first."""
    reader = _read(document)
    begun = False
    own: tuple[str, ...] = ()  # the labels of the page's own byline
    lines, shown = reader.page.lines, reader.headline or range(0)
    titles = {lines[number].text for number in shown}  # may be shown again over the story
    for number, features in enumerate(reader.alone):
        begun = begun or (reader.prose[number] and reader.is_below(number) and lines[number].text not in titles)
        if features[_DATED] not in {1, _FULL_BYLINE}:
            continue
        labels = reader.labels(number)
        if not begun:
            own = labels if len(labels) > 1 else own
        elif reader.is_byline(number, labels):
            heads = [near for near in range(max(shown.stop, number - _BYLINE_BELOW), number) if reader.may_head(near)]
            if heads or (labels == own and reader.heads_prose(number)):
                return heads[0] if heads else number - 1
    return None


@analysis
def line_features(document: Document) -> list[Features]:
    """The features of each line, in the order of `FAMILIES`."""
    return _read(document).features()


@analysis
def _read(document: Document) -> _Reader:
    return _Reader(document)


class _Reader:
    """Reads a page's lines: each by itself, then the elements around them, then each with its neighbours."""

    def __init__(self, document: Document) -> None:
        self.page: Walk = walk(document)
        self.groups = line_groups(document)
        self.headline = headline_lines(document) or None
        self.curtained = is_curtained(document)
        self.own = [len(line.text) - line.linked for line in self.page.lines]
        self.alone = [self._alone(line, own) for line, own in zip(self.page.lines, self.own, strict=True)]
        out = furniture(document)
        self.kinds = [_SHORT_LINE if number in out else _kind(features) for number, features in enumerate(self.alone)]
        self.prose = [kind == _PROSE_LINE for kind in self.kinds]
        self._semantics: dict[int, int] = {0: 0}

    def _alone(self, line: Line, own: int) -> tuple[int, int, int, int, int]:
        """Size, link, marks, cue and date of a line by itself."""
        text, size = line.text, _SIZES[min(241, own)]
        link = _link(line, own)
        if link > 1:
            return size, link, 0, ANNEX if text.startswith("附") and ITEM.match(text) else 0, 0
        marks = 0
        if own >= 8 and not _HAN.search(text):
            marks = 11
        elif own >= 4:
            commas = len(_COMMA.findall(text, 0, 200))
            marks = 1 + 2 * (min(4, commas)) + text.endswith(_END)
        told = dated(text, own) if own < 70 else 0
        return size, link, marks, cue(text, own) if 2 <= own <= 300 else 0, told

    def features(self) -> list[Features]:
        """All families of all lines."""
        page, groups = self.page, self.groups
        around, mains, nearby = self._elements(), self._mains(), self._nearby()
        times = Counter(line.text for line, own in zip(page.lines, self.own, strict=True) if own >= _TWICE)
        seen: set[str] = set()
        pictures = self._pictures()
        others = gap = 0
        begun = False
        found: list[Features] = []
        before_block = before_parent = -1
        for number, line in enumerate(page.lines):
            prose, block = self.prose[number], line.block
            parent = page.parents[block]
            twice = 1 + (line.text in seen) if times.get(line.text, 1) > 1 and self.own[number] >= _TWICE else 0
            found.append(
                (
                    *self.alone[number],
                    *around[block],
                    *mains[number],
                    2 * (parent == before_parent) + (block == before_block),
                    *nearby[number],
                    2 * groups[number] + prose,
                    min(2, others),
                    _GAPS[min(20, gap)] if begun else 6,
                    int(line.hidden and not self.curtained),
                    twice,
                    pictures.get(number, 0),
                )
            )
            before_block, before_parent = block, parent
            if twice:
                seen.add(line.text)
            if prose:
                gap = 0
                begun = begun or self.is_below(number)
            else:
                gap += 1
                if begun and self.alone[number][4] in {1, 2}:
                    others += any(self.may_head(near) for near in range(max(0, number - _BYLINE_BELOW), number))
        return found

    def _elements(self) -> dict[int, tuple[int, int, int, int, int, int]]:
        """By block: tag, share of the prose in it, its parent and grandparent, prose lines beside it, semantics."""
        page, parents = self.page, self.page.parents
        sums: dict[int, int] = {}
        beside: dict[int, int] = {}
        total = 1
        for line, own, prose in zip(page.lines, self.own, self.prose, strict=True):
            if prose:
                total += own
                parent = parents[line.block]
                beside[parent] = beside.get(parent, 0) + 1
                for number in {line.block, parent, parents[parent]}:
                    sums[number] = sums.get(number, 0) + own
        found = {}
        for line in page.lines:
            block = line.block
            if block not in found:
                parent = parents[block]
                kin = beside.get(parent, 0)
                masses = (sums.get(block, 0), sums.get(parent, 0), sums.get(parents[parent], 0))
                one, two, three = [bisect_right(_MASSES, mass / total) if mass else 0 for mass in masses]
                tag = _TAGS.get(page.tags[block], 0)
                found[block] = (tag, one, two, three, _COUNTS[min(10, kin)], self._said(block))
        return found

    def _said(self, number: int) -> int:
        """What the tags of the elements around say: 1 aside, 2 main, 3 both."""
        known, parents, tags = self._semantics, self.page.parents, self.page.tags
        path = []
        while number not in known:
            path.append(number)
            number = parents[number]
        said = known[number]
        for inner in reversed(path):
            if tags[inner] in _ASIDE:
                said |= 1
            elif tags[inner] in _MAIN:
                said |= 2
            known[inner] = said
        return said

    def _mains(self) -> list[tuple[int, int, int, int]]:
        """Where each line stands to the smallest element with most of the page's prose, and how near its ends."""
        page, parents = self.page, self.page.parents
        sums: dict[int, int] = {}
        total = 0
        for number, line in enumerate(page.lines):
            if self.prose[number] and self.groups[number] not in _OTHERS and (self.curtained or not line.hidden):
                own, inner = self.own[number], line.block
                total += own
                while inner:
                    sums[inner] = sums.get(inner, 0) + own
                    inner = parents[inner]
        main = max((number for number, own in sums.items() if own >= _MOST * total), default=0)
        first, last = (page.first[main], page.last[main]) if main else (0, 0)
        above, below = ((1, 0, 0, 0), (3, 0, 0, 0)) if main else ((0, 0, 0, 0), (0, 0, 0, 0))
        found = [above] * first
        for number in range(first, last):
            own, here, left = self.own[number], number - first, last - number
            inside = 1 + 2 * _LENGTHS[min(31, own)] + (self.kinds[number] == _LINK_LINE)
            found.append((2, inside, _RIMS[min(6, here)], _RIMS[min(6, left)]))
        return found + [below] * (len(page.lines) - last)

    def _pictures(self) -> dict[int, int]:
        """The lines beside a picture: 1 behind one, 2 before one, 3 both, 4 with one in a figure."""
        page, parents = self.page, self.page.parents
        found: dict[int, int] = {}
        for picture, before in page.pictures:
            above = parents[parents[picture]]
            outer = {parents[picture], above, parents[above]}
            for number, side in ((before, 1), (before - 1, 2)):
                if 0 <= number < len(page.lines):
                    block = page.lines[number].block
                    if not _FIGURES.isdisjoint((page.tags[block], page.tags[parents[block]])):
                        found[number] = 4
                    elif not outer.isdisjoint((block, parents[block], parents[parents[block]])):
                        found[number] = found.get(number, 0) | side
        return found

    def _nearby(self) -> list[tuple[int, int, int]]:
        """The place below the headline, the kinds of the lines beside, how much prose and link stands around."""
        kinds, size = self.kinds, len(self.kinds)
        near = []  # how many of the nine lines around each are prose, and links
        for kind in (_PROSE_LINE, _LINK_LINE):
            counts = [0, *accumulate(one == kind for one in kinds)]
            starts, stops = [0, 0, 0, 0, *counts], [*counts[5:], *[counts[-1]] * size]
            near.append([_NEAR[stop - start] for start, stop in zip(starts, stops[:size], strict=False)])
        around = [5 * prose + links for prose, links in zip(*near, strict=True)]
        beside = [5 * before + behind for before, behind in zip([0, *kinds], [*kinds[1:], 0], strict=False)]
        return [*zip(map(self._place, range(size)), beside, around, strict=False)]

    def is_below(self, number: int) -> bool:
        """Whether a line stands below the page's headline, or the page shows none."""
        return self.headline is None or number >= self.headline.stop

    def may_head(self, number: int) -> bool:
        """Whether a line may be another article's headline: a heading element, or a link as long as one."""
        line = self.page.lines[number]
        return self.page.tags[line.block] in _HEADINGS or line.linked == len(line.text) >= 8

    def labels(self, number: int) -> tuple[str, ...]:
        """The labels of a byline in a line."""
        values = labelled(self.page.lines[number].text)
        return tuple(value.label for value in values if value.kind not in {"occasion", "other"})

    def is_byline(self, number: int, labels: tuple[str, ...]) -> bool:
        """Whether a dated line is a byline: what has its time alone is an event, and a date alone heads a day."""
        if labels:
            return not _EVENT.issuperset(labels)
        text = self.page.lines[number].text
        return "：" not in text and is_byline(text) and any(token.kind != "date" for token in tokens(text))

    def heads_prose(self, number: int) -> bool:
        """Whether a byline stands between a short line, which may be a headline, and prose."""
        above = self.kinds[number - 1] == _SHORT_LINE and self.own[number - 1] >= _PROSE // 3
        return above and any(self.prose[number + 1 : number + 1 + _BYLINE_BELOW])

    def _place(self, number: int) -> int:
        shown = self.headline
        if shown is None:
            return len(_PLACES) + 2
        if number >= shown.stop:
            return bisect_right(_PLACES, number - shown.stop + 1)
        return len(_PLACES) + 1 if number >= shown.start else bisect_right(_PLACES, number - shown.start)


_OTHERS = frozenset((Group.FEED, Group.TALK))


def _kind(features: tuple[int, int, int, int, int]) -> int:
    size, link, marks, _, dated = features
    if link > 1:
        return _LINK_LINE
    if dated in {1, 2}:
        return _DATED_LINE
    return _PROSE_LINE if size >= _SIZES[_PROSE] and 1 < marks < 11 else _SHORT_LINE


def _link(line: Line, own: int) -> int:
    """How much of a line is link: 0 nothing, 1 a little, 2 most, 3 to 5 all of it, by length; 6 a row of links."""
    linked = line.linked
    if not linked:
        return 0
    if own > linked:
        return 1
    if line.links > 3:
        return 6
    if own:
        return 2
    return 3 if linked < 5 else 4 if linked < 13 else 5
