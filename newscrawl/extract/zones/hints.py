"""Hints from the portal's overrides and the host's profile, which fix zones before the fields are read.

An override of a zone fixes its lines before any field reads them and before the page is refused; an override of a field
that is no zone is only tried first (see `loader`). A `HostProfile` says which lines are the host's furniture, what its
`<title>` adds, and where its stories stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.guidance import NOTHING, Told
from newscrawl.extract.page.lines import walk
from newscrawl.extract.page.pictures import addresses
from newscrawl.extract.zones.groups import LISTS, line_groups
from newscrawl.extract.zones.host import host_furniture
from newscrawl.text import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Walk

_SHORTEST = 15  # characters of a story outside lists of links
_ADDRESS = re.compile(r"\s*[^\s\u3400-\u9fff]*[./][^\s\u3400-\u9fff]*\s*")


def told(document: Document, name: str) -> Told:
    """The portal's override for a zone."""
    return document.hints.zones.get(name, NOTHING) if document.hints else NOTHING


def told_lines(document: Document, name: str) -> frozenset[int]:
    """The lines of the zone by an override: the lines of its elements, or the lines with its texts."""
    said = told(document, name)
    if not said.values and not said.elements:
        return frozenset()
    page = walk(document)
    return frozenset(number for element in said.elements for number in _inside(page, element)) or frozenset(
        _printed(page, said.values)
    )


def _inside(page: Walk, element: HtmlElement) -> range:
    number = page.number(element)
    return range(page.first[number], page.last[number])


def _printed(page: Walk, values: tuple[str, ...]) -> Iterator[int]:
    """The lines of the page whose text equals a line of the values."""
    wanted = {key for value in values for text in value.splitlines() if (key := fold(text))}
    return (number for number, line in enumerate(page.lines) if wanted and fold(line.text) in wanted)


def told_headline(document: Document) -> tuple[str, range] | None:
    """The headline as an override gives it, and the lines it takes up: none where it is not found among them."""
    said = told(document, "title")
    text = next((text for value in said.values if (text := tidy(value))), None)
    if text is None:
        return None
    page = walk(document)
    return text, next((lines for element in said.elements if (lines := _inside(page, element))), range(0))


@analysis
def told_story(document: Document) -> frozenset[int]:
    """The lines of the story by an override, without furniture; none where they hold but a list of links."""
    if not (named := told_lines(document, "body") - furniture(document)):
        return named
    page, groups = walk(document), line_groups(document)
    own = sum(
        len(page.lines[number].text) - page.lines[number].linked for number in named if groups[number] not in LISTS
    )
    return named if own >= _SHORTEST else frozenset()


def told_text(document: Document) -> list[str]:
    """The story's paragraphs by an override that gives text, not the place where it stands."""
    said = told(document, "body")
    if said.elements:
        return []
    return [text for value in said.values for part in value.splitlines() if (text := tidy(part))]


def told_images(document: Document) -> list[str]:
    """Absolute addresses of the story's pictures by an override: those it gives, or of the `<img>` it names."""
    said = told(document, "images")
    if said.values and all(_ADDRESS.fullmatch(value) for value in said.values):
        return addresses(map(str.strip, said.values), document.base_url)
    return addresses([image for element in said.elements for image in element.iter("img")], document.base_url)


@analysis
def furniture(document: Document) -> frozenset[int]:
    """The lines that are never part of the story, by an override or the host's profile."""
    return told_lines(document, "furniture") | host_furniture(document)


def apart(document: Document) -> dict[int, str]:
    """The lines that hints exclude from the story, with the reason: byline or furniture."""
    return dict.fromkeys(told_lines(document, "byline"), "byline") | dict.fromkeys(furniture(document), "furniture")


@analysis
def unwanted_pictures(document: Document) -> frozenset[int]:
    """The numbers of the `<img>` elements in furniture."""
    page = walk(document)
    boxes = [(number, page.ends[number]) for number in map(page.number, told(document, "furniture").elements)]
    return frozenset(picture for picture, _ in page.pictures if any(first <= picture < end for first, end in boxes))
