"""The one walk over a page's tree: its elements in page order, its lines of text, its pictures.

Elements are numbered as they open, so the elements inside number `i` are `i + 1 … ends[i] - 1`, and the lines inside it
are `lines[first[i]:last[i]]`. Finders read sums over these arrays instead of walking again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.text import tidy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from newscrawl.extract.document import Document

_INLINE = (
    "a abbr acronym b bdi bdo big cite code date del dfn em font i img input ins kbd label mark nobr o:p q rp rt ruby s"
    " samp small span st1 strike strong sub sup time tt u var wbr"
)
_SILENT = "head script style noscript template select option textarea iframe object svg button video audio canvas map"
# Elements that run on in the line they stand in; any other element begins a line and ends one.
INLINE = frozenset(_INLINE.split())
# Those of them the walk has nothing to note of but their text.
RUNNING = INLINE - {"a", "img"}
# Elements whose text is not the page's.
SILENT = frozenset(_SILENT.split())
_MUTED = SILENT | {"pre"}


@dataclass(slots=True, eq=False)
class Line:
    """A line of text as a reader sees it: a paragraph, a cell, what stands between two `<br>`.

    Attributes:
        text: tidied, never empty.
        block: number of the innermost element that breaks lines around it.
        start: number of the element its first text node stands in.
        linked: how many of its characters are link text.
        links: how many links it holds.
        hidden: a style attribute around it says it is not shown.
    """

    text: str
    block: int
    start: int
    linked: int
    links: int
    hidden: bool


class Walk:
    """What the walk gathered.

    Attributes:
        elements, tags, parents: per element, in page order; the root's parent is 0.
        ends: per element, the number after the last element inside it.
        first, last: per element, the range of lines inside it (`last` is one past); a line shared with the text
            around an inline element counts as inside.
        lines: the page's lines in reading order.
        pictures: numbers of the `<img>` elements, with the number of lines before each.
    """

    def __init__(self, root: HtmlElement) -> None:
        self.elements: list[HtmlElement] = list(root.iter())
        self.tags: list[str] = [element.tag for element in self.elements]
        self.parents: list[int] = [0] * len(self.elements)
        self.ends: list[int] = [0] * len(self.elements)
        self.first: list[int] = [0] * len(self.elements)
        self.last: list[int] = [0] * len(self.elements)
        self.lines: list[Line] = []
        self.pictures: list[tuple[int, int]] = []
        self._numbers: dict[HtmlElement, int] | None = None
        _Reader(self).read()

    def number(self, element: HtmlElement) -> int:
        """The number of an element of this page."""
        if self._numbers is None:
            self._numbers = dict(zip(self.elements, range(len(self.elements)), strict=True))
        return self._numbers[element]

    def inside(self, number: int) -> list[Line]:
        """The lines inside an element."""
        return self.lines[self.first[number] : self.last[number]]


def walk(document: Document) -> Walk:
    """Walk a page's tree: `document.once(walk)`."""
    return Walk(document.root)


class _Reader:
    """The state of the walk: what is open, and the line being read. `read` is the hot path of every page."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._blocks = [0]  # open elements that break lines
        self._hiding: list[int] = []  # open elements that hide what is in them
        self._silent = 0  # how many open elements are silent, links, preformatted
        self._links = 0
        self._pre = 0
        self._pieces: list[str] = []  # of the line being read
        self._start = 0
        self._linked = 0
        self._link_count = 0
        self._link_from = 0  # the first piece inside the open link

    def read(self) -> None:
        """Read the tree in page order without recursion."""
        walk, pieces, hiding = self._walk, self._pieces, self._hiding
        elements, tags, lines, parents = walk.elements, walk.tags, walk.lines, walk.parents
        ends, first, last = walk.ends, walk.first, walk.last
        opened: list[int] = []
        for number, element in enumerate((*elements, None)):
            parent = None if element is None else element.getparent()
            while opened and elements[opened[-1]] is not parent:
                closing = opened.pop()
                ends[closing] = number
                if tags[closing] not in RUNNING:
                    self._leave(tags[closing])
                last[closing] = len(lines) + bool(pieces)
                if hiding and hiding[-1] == closing:
                    hiding.pop()
                tail = elements[closing].tail
                if tail and (pieces or not tail.isspace()) and not self._silent:
                    self._read_text(tail, opened[-1])
            if element is None:
                break
            if opened:
                parents[number] = opened[-1]
            opened.append(number)
            if tags[number] not in RUNNING:
                self._enter(tags[number], number)
            first[number] = len(lines)
            if (style := element.get("style")) and "none" in style and is_hidden(style):
                hiding.append(number)
            text = element.text
            if text and (pieces or not text.isspace()) and not self._silent:
                self._read_text(text, number)

    def _enter(self, tag: str, number: int) -> None:
        if tag == "a":
            self._links += 1
            self._link_count += 1
            self._link_from = len(self._pieces)
            return
        if tag == "img":
            self._walk.pictures.append((number, len(self._walk.lines) + bool(self._pieces)))
            return
        if self._pieces:
            self._end_line()
        self._blocks.append(number)
        if tag in _MUTED:
            self._mute(tag, 1)

    def _leave(self, tag: str) -> None:
        if tag == "a":
            self._links -= 1
            self._count_linked()
        elif tag != "img":
            if self._pieces:
                self._end_line()
            self._blocks.pop()
            if tag in _MUTED:
                self._mute(tag, -1)

    def _mute(self, tag: str, step: int) -> None:
        if tag == "pre":
            self._pre += step
        else:
            self._silent += step

    def _read_text(self, text: str, owner: int) -> None:
        if not self._pieces:
            self._start = owner
        self._pieces.append(text)

    def _count_linked(self) -> None:
        self._linked += sum(map(len, self._pieces[self._link_from :]))
        self._link_from = len(self._pieces)

    def _end_line(self) -> None:
        pieces = self._pieces
        if self._links:
            self._count_linked()
        self._link_from = 0
        whole = pieces[0] if len(pieces) == 1 else "".join(pieces)
        for part in whole.split("\n") if self._pre else (whole,):
            if text := tidy(part):
                linked = min(self._linked, len(text))
                hidden = bool(self._hiding)
                line = Line(text, self._blocks[-1], self._start, linked, self._link_count, hidden)
                self._walk.lines.append(line)
        pieces.clear()
        self._linked = 0
        self._link_count = self._links


def is_hidden(style: str) -> bool:
    """Whether a style attribute takes its element out of sight (`display: none`)."""
    return "display:none" in style.replace(" ", "").lower()
