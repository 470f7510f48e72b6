"""The one walk over a page's tree: its elements in page order, its lines of text, its pictures.

Elements are numbered as they open, so the elements inside number `i` are `i + 1 … ends[i] - 1`, and the lines inside it
are `lines[first[i]:last[i]]`. Finders read sums over these arrays instead of walking again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from lxml.etree import XPath, _Element

from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.hidden_by_css import hidden_names
from newscrawl.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from newscrawl.extract.page.analysis import Parsed

_INLINE = (
    "a abbr acronym b bdi bdo big cite code date del dfn em font i img input ins kbd label mark nobr o:p q rp rt ruby s"
    " samp small span st1 strike strong sub sup time tt u var wbr"
)
_SILENT = "head script style noscript template select option textarea iframe object svg button video audio canvas map"
# Elements that run on in the line they stand in; any other element begins a line and ends one.
INLINE = frozenset(_INLINE.split())
# Elements whose text is not the page's.
SILENT = frozenset(_SILENT.split())
# Elements analyses ask for by tag; going through the tree for each of them would take a tenth of its parse.
_NOTED = ("title", "meta", "base", "script", "style", "textarea", "noscript")
_FEW_SENTENCES = 2  # lines in a link: a title with its snippet
_NOTED_INLINE = ("input", "time")
_NOWHERE = frozenset(("#", "javascript:", "javascript:;", "javascript:void(0)", "javascript:void(0);"))
_PLAIN_ATTRIBUTES = frozenset(("href", "class", "id", "title", "style", "target", "rel", "hidefocus"))  # of links
# The usual elements that break lines: naming them spares `_Roles` a call for each.
_BREAKING = (
    "html body div p br hr ul ol li dl dt dd table tbody thead tr td th h1 h2 h3 h4 h5 h6 center form section article"
    " header footer nav aside main figure figcaption link blockquote"
)
# The effect of an element on the current line; 0: the line continues, as for the first three.
_LINK, _PICTURE, _NOTE, _BLOCK, _MUTE, _AS_TYPED, _SAID = range(1, 8)


class _Roles(dict[str, int]):
    """Tags not named break lines."""

    def __missing__(self, tag: str) -> int:
        return _BLOCK


_ROLES = _Roles(dict.fromkeys(_BREAKING.split(), _BLOCK) | dict.fromkeys(INLINE, 0) | dict.fromkeys(SILENT, _MUTE))
_ROLES |= {
    "a": _LINK,
    "img": _PICTURE,
    "amp-img": _PICTURE,
    "pre": _AS_TYPED,
    "meta": _SAID,
    "base": _SAID,
    "title": _SAID,
}
_ROLES |= dict.fromkeys(_NOTED_INLINE, _NOTE)
_parent = _Element.getparent
_all_text = XPath("string()", smart_strings=False)
# One search for the few elements that may be hidden is quicker than a look at every element's attributes.
_MAY_HIDE = XPath(
    "descendant-or-self::*/@style[contains(., 'none') or contains(., 'NONE') or contains(., 'hidden')"
    " or contains(., 'font-size')]/.. | descendant-or-self::*/@hidden/.. | //font[@class='jammer']"
    " | //i[contains(@class, 'material-')]"
)
_DECOY = "jammer"  # how Discuz! names the noise it puts into texts against copying
_ICON_FONT = re.compile("material-(?:icons|symbols)")  # draws its words as icons
_INVISIBLE = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_HIDES = re.compile(r"display\s*:\s*none|font-size\s*:\s*0(?:\.0+)?(?:px|pt|r?em|%)?\s*(?:[;!]|$)", re.IGNORECASE)


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
    """The result of the walk.

    Attributes:
        elements, tags, parents: per element, in page order; the root's parent is 0.
        ends: per element, the number after the last element inside it.
        first, last: per element, the range of lines inside it (`last` is one past); a line shared with the text
            around an inline element counts as inside.
        lines: the page's lines in reading order.
        pictures: numbers of the `<img>` elements, with the number of lines before each.
        links: numbers of the `<a>` elements.
        noted: the elements that tell machines something, by tag, in page order.
        pieces: what `nearby.pieces` has found, by line.
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
        self.links: list[int] = []
        self.noted: dict[str, list[HtmlElement]] = {tag: [] for tag in (*_NOTED, *_NOTED_INLINE)}
        self.pieces: dict[Line, list[str]] = {}
        self._numbers: dict[HtmlElement, int] | None = None
        _read(self)
        self._unlink_stories()

    def _unlink_stories(self) -> None:
        """Find links to nowhere else: around several sentences, as apps wrap a story, or a picture and its caption."""
        for number in self.links:
            first, last = self.first[number], self.last[number]
            if first < last and self._shows_picture(number):
                for line in self.lines[first:last]:
                    if number < line.block < self.ends[number]:
                        line.linked = line.links = 0
            elif last - first > _FEW_SENTENCES:
                inside = self.lines[first:last]
                if sum(line.text.endswith("。") for line in inside) > _FEW_SENTENCES:
                    for line in inside:
                        line.linked = line.links = 0

    def _shows_picture(self, number: int) -> bool:
        """Whether a link has no address, for a script to follow either, and a picture: it only shows that larger."""
        element = self.elements[number]
        if element.get("href") not in _NOWHERE or not _PLAIN_ATTRIBUTES.issuperset(element.attrib):
            return False
        return "img" in self.tags[number + 1 : self.ends[number]]

    @cached_property
    def text(self) -> str:
        """The lines' texts, a line each."""
        return "\n".join([line.text for line in self.lines])

    def lines_with(self, word: str) -> Iterator[int]:
        """Give the numbers of the lines that hold a word: looked for in all at once, for speed."""
        text, number, end = self.text, 0, 0
        while (at := text.find(word, end)) >= 0:
            number += text.count("\n", end, at)
            yield number
            if (end := text.find("\n", at)) < 0:
                return

    def among(self, others: Sequence[int], number: int) -> range:
        """Which of some elements, whose numbers ascend, are inside element `number`: their places among them."""
        return range(bisect_left(others, number), bisect_left(others, self.ends[number]))

    def number(self, element: HtmlElement) -> int:
        """The number of an element of this page."""
        if self._numbers is None:
            self._numbers = dict(zip(self.elements, range(len(self.elements)), strict=True))
        return self._numbers[element]

    def inside(self, number: int) -> list[Line]:
        """The lines inside an element."""
        return self.lines[self.first[number] : self.last[number]]


@analysis
def walk(document: Parsed) -> Walk:
    """Walk a page's tree."""
    return Walk(document.root)


def _read(walk: Walk) -> None:  # noqa: C901, PLR0912, PLR0915  # one flat loop: calls per element would double its time
    """Read the tree in page order, without recursion: the hot path of every page."""
    elements, parents, ends, first, last = walk.elements, walk.parents, walk.ends, walk.first, walk.last
    lines, tags, noted = walk.lines, walk.tags, walk.noted
    roles = [*map(_ROLES.__getitem__, tags)]
    hidden = iter(_hidden_elements(elements))
    next_hidden = next(hidden, None)
    above = elements[0].getparent()
    count = 0  # of lines
    blocks = [0]  # open elements that break lines
    hiding: list[int] = []  # open elements that hide what is in them
    silent = links = pre = 0  # how many open elements are silent, links, preformatted
    pieces: list[str] = []  # of the line being read
    start = linked = link_count = 0  # and its attributes
    inner, opened = above, 0  # the innermost open element, and its number
    total = len(elements)
    for number, parent in enumerate((*map(_parent, elements), above)):
        while inner is not parent:
            closing = opened
            ends[closing] = number
            if role := roles[closing]:
                if role == _LINK:
                    links -= 1
                    if not pieces and first[closing] < count:  # it broke lines itself
                        link_count = links
                elif role >= _BLOCK:
                    if pieces:
                        _end_line(lines, pieces, pre, blocks[-1], start, linked, link_count, hiding)
                        linked, link_count, count = 0, links, len(lines)
                    blocks.pop()
                    if role == _MUTE:
                        silent -= 1
                    elif role == _AS_TYPED:
                        pre -= 1
            last[closing] = count + 1 if pieces else count
            if hiding and hiding[-1] == closing:
                hiding.pop()
            tail = None if silent or (hiding and hiding[-1] > blocks[-1]) else inner.tail
            opened = parents[closing]
            inner = elements[opened] if closing else above
            if tail and (pieces or not tail.isspace()):
                if not pieces:
                    start = opened
                if links:
                    linked += len(tail.strip())
                pieces.append(tail)
        if number == total:
            break
        parents[number] = opened
        opened = number
        inner = element = elements[number]
        if role := roles[number]:
            if role == _LINK:
                links += 1
                link_count += 1
                walk.links.append(number)
            elif role == _PICTURE:
                walk.pictures.append((number, count + bool(pieces)))
            elif role == _NOTE:
                noted[tags[number]].append(element)
            else:
                if pieces:
                    _end_line(lines, pieces, pre, blocks[-1], start, linked, link_count, hiding)
                    linked, link_count, count = 0, links, len(lines)
                blocks.append(number)
                if role != _BLOCK:
                    if role == _MUTE:
                        silent += 1
                    elif role == _AS_TYPED:
                        pre += 1
                    if tags[number] in noted:
                        noted[tags[number]].append(element)
        first[number] = count
        if element is next_hidden:
            hiding.append(number)
            next_hidden = next(hidden, None)
        if silent or (hiding and hiding[-1] > blocks[-1]):  # nobody sees it, within a line that is seen
            continue
        if (text := element.text) and (pieces or not text.isspace()):
            if not pieces:
                start = number
            if links:
                linked += len(text.strip())
            pieces.append(text)


def _end_line(
    lines: list[Line], pieces: list[str], pre: int, block: int, start: int, linked: int, links: int, hiding: list[int]
) -> None:
    """Make the pieces of text a line; several where the text is preformatted."""
    whole = pieces[0] if len(pieces) == 1 else "".join(pieces)
    pieces.clear()
    for part in whole.split("\n") if pre else (whole,):
        if text := tidy(part):
            own = len(text) - linked
            if links > 1 and 0 < own <= 2 * links and own <= sum(not letter.isalnum() for letter in text):
                linked = len(text)  # bars and commas between links are no text of the line's own
            line = Line(text, block, start, min(linked, len(text)), links, bool(hiding))
            lines.append(line)


def words_inside(element: HtmlElement) -> str:
    """All text inside an element, tidied."""
    return tidy(str(_all_text(element)))


def _hidden_elements(elements: list[HtmlElement]) -> list[HtmlElement]:
    """The elements that are out of sight by an attribute or by the page's own styles, in page order."""
    root = elements[0]
    found = [element for element in cast("list[HtmlElement]", _MAY_HIDE(root)) if is_hidden(element)]
    classes, ids = hidden_names(root)
    if not classes and not ids:
        return found
    by_attribute = set(found)
    return [
        element
        for element in elements
        if element in by_attribute
        or (classes and (names := element.get("class")) and not classes.isdisjoint(names.split()))
        or (ids and element.get("id") in ids)
    ]


def is_hidden(element: HtmlElement) -> bool:
    """Whether an attribute takes an element out of sight: `hidden`, a style of no display or size, a font of icons."""
    style, named = element.get("style") or "", element.get("class") or ""
    drawn = element.tag == "i" and _ICON_FONT.search(named) is not None
    if "hidden" in element.attrib or _HIDES.search(style) or named == _DECOY or drawn:
        return True
    # A block that is only invisible is one a script shows when the page is drawn.
    return element.tag in INLINE and _INVISIBLE.search(style) is not None


def pieces(page: Walk, line: Line, limit: int = 400) -> list[str]:
    """The text nodes of a line, because a label and its value often stand in separate elements."""
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
        at = line.text.find(piece, position) if piece else -1
        if at >= 0:
            found.append(piece)
            position = at + len(piece)
        if number > limit or position >= len(line.text):
            break
    return found if position >= len(line.text) else [line.text]
