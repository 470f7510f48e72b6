"""The story: which lines and pictures of the page it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newscrawl.extract.fields.headline import headline, headline_number
from newscrawl.extract.language.furniture import DETAILS, line_kind
from newscrawl.extract.language.names import in_line
from newscrawl.extract.page.embedded import Embedded, embedded
from newscrawl.extract.page.lines import Walk
from newscrawl.extract.page.parse import parse
from newscrawl.extract.page.pictures import addresses
from newscrawl.extract.page.table import joined_rows
from newscrawl.extract.zones.container import Reading, container, lead_lines, reading
from newscrawl.extract.zones.trim import closing_credit, trim
from newscrawl.text import han

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line

# A story shown with fewer Chinese characters may be the beginning of one that a script holds whole.
_SHORT = 300


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the story, or one dropped from it: its text, and the element it stands in."""

    text: str
    element: HtmlElement
    why: str | None = None  # for a dropped line: byline, credit, headline, related, copyright, promo, share, …


@dataclass(slots=True)
class Story:
    """A page's story.

    Attributes:
        containers: the elements that hold it, in page order; the root for a story that only a script holds.
        number: of the first container in the page's walk.
        paragraphs: its lines in reading order.
        dropped: lines inside the containers that are no part of it, with why.
        images: absolute addresses of its pictures in order.
        lines: from the first to behind the last of its lines in the page's walk; empty when only a script holds it.
        in_script: it comes from a script; its paragraphs' element is the container.
    """

    containers: list[HtmlElement]
    number: int = 0
    paragraphs: list[Paragraph] = field(default_factory=list)
    dropped: list[Paragraph] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    lines: range = range(0)
    in_script: bool = False

    @property
    def text(self) -> str:
        """The story, a paragraph a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def add(self, text: str, element: HtmlElement, why: str | None) -> None:
        """Add a line to the paragraphs, or to what is dropped when there is a reason why."""
        if ">" in text or "＞" in text or "»" in text:
            text = DETAILS.sub("", text)
        if text:
            (self.paragraphs if why is None else self.dropped).append(Paragraph(text, element, why))


def story(document: Document) -> Story | None:
    """The page's story, or None: `document.once(story)`."""
    shown = _shown(document)
    length = len(shown.text) if shown else 0
    if length < 2 * _SHORT and (length := han(shown.text) if shown else 0) < _SHORT:
        told = document.once(embedded)
        if told and told.length > 1.5 * length:
            return _scripted(document, told, shown)
    return shown


def _shown(document: Document) -> Story | None:
    """The story as the page's elements show it."""
    number = document.once(container)
    if number is None:
        return None
    page = document.once(reading)
    walk = page.walk
    title = document.once(headline_number)
    top, last = walk.first[number], walk.last[number]
    leads = lead_lines(page, top, title)
    first = min(leads, default=top)
    kinds = [page.kind(n) if n >= top or n in leads else "above" for n in range(first, last)]
    title_line = -1 if title is None else walk.last[title] - 1
    lines = walk.lines[first:last]
    reasons = trim(
        lines, kinds, page.values[first:last], headline(document), title_line - first if title_line < last else -1
    )
    _drop_repeat(page, first, reasons)
    found = Story([walk.elements[number]], number)
    for text, start, why in joined_rows(walk, lines, reasons):
        found.add(text, walk.elements[start], why)
    if not found.paragraphs:
        return None
    _split_closing_credit(found)
    kept = [number for number, why in enumerate(reasons, first) if why is None]
    found.lines = range(kept[0], kept[-1] + 1)
    span = _picture_span(lines, reasons)
    found.images = _pictures(document, page, number, range(first + span.start, first + span.stop))
    return found


def _pictures(document: Document, page: Reading, number: int, span: range) -> list[str]:
    """Addresses of the pictures inside an element that stand between certain lines."""
    walk = page.walk
    inside = (
        walk.elements[picture]
        for picture, before in walk.pictures
        if number < picture < walk.ends[number] and before in span and not page.is_outside(picture)
    )
    return addresses(inside, document.base_url)


def _scripted(document: Document, told: Embedded, shown: Story | None) -> Story | None:
    """The story a script holds, in the place of what the page shows of it."""
    containers = shown.containers if shown else [document.root]
    found = Story(containers, shown.number if shown else 0, lines=shown.lines if shown else range(0), in_script=True)
    if told.markup is None:
        for text in told.lines:
            found.add(text, containers[0], line_kind(text))
        found.images = addresses(told.pictures, document.base_url)
    else:
        inner = Walk(parse(told.markup))
        sizes = [float(len(line.text)) for line in inner.lines]
        reasons = trim(inner.lines, [line_kind(line.text) for line in inner.lines], sizes, headline(document))
        for line, why in zip(inner.lines, reasons, strict=True):
            found.add(line.text, containers[0], why)
        found.images = addresses((inner.elements[picture] for picture, _ in inner.pictures), document.base_url)
    return found if found.paragraphs else shown


def _drop_repeat(page: Reading, first: int, reasons: list[str | None]) -> None:
    """A box over the story that is not marked as its lead, and repeats a paragraph word for word, is no part of it."""
    kept = [number + first for number, why in enumerate(reasons) if why is None]
    if len(kept) < 4:
        return
    lines = page.walk.lines
    top = lines[kept[0]]
    if len(top.text) > 40 and not page.in_lead(top) and any(top.text in lines[number].text for number in kept[1:]):
        reasons[kept[0] - first] = "repeat"


def _picture_span(lines: Sequence[Line], reasons: list[str | None]) -> range:
    """How many lines stand before the story's pictures: below headline and byline, above what follows the story."""
    kept = [number for number, why in enumerate(reasons) if why is None]
    heads = [n for n in range(kept[0]) if reasons[n] in {"headline", "byline"}]
    between = set(reasons[heads[-2] + 1 : heads[-1]]) if len(heads) > 1 else {"share"}
    if between <= {"hidden"} and in_line(lines[heads[-1]].text):
        heads.pop()  # below headline and byline the story may show its first picture over its author's line
    top = heads[-1] + 1 if heads else 0
    for end in range(kept[-1] + 1, len(reasons)):
        if reasons[end] not in {"copyright", "promo", "after copyright"}:
            return range(top, end + 1)
    return range(top, len(reasons) + 1)


def _split_closing_credit(found: Story) -> None:
    last = found.paragraphs[-1]
    text, credit = closing_credit(last.text)
    if credit:
        found.paragraphs[-1] = Paragraph(text, last.element)
        found.dropped.append(Paragraph(credit.strip(), last.element, "credit"))


def body_text(document: Document) -> str | None:
    """The story, a paragraph a line; None where the page holds none."""
    found = document.once(story)
    return found.text if found else None


def image_urls(document: Document) -> list[str]:
    """Absolute addresses of the pictures inside the story, in order."""
    found = document.once(story)
    return found.images if found else []
