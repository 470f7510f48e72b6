"""The place of an element as a CSS query without numbers, equal on all pages of one template."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import walk

if TYPE_CHECKING:
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Walk

JOINT = " > "  # a place is a CSS query
_NAME = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
_NUMBERED = re.compile(r"\d{3}")  # a name with an article's number, or a hash
_OUTER = frozenset(("html", "body"))  # their classes name channels and articles


class Places:
    """The places of a page's elements: tags with the first class and the id of each, from the body down."""

    def __init__(self, page: Walk) -> None:
        self._page = page
        self._known: dict[int, str] = {0: ""}

    def of(self, number: int) -> str:
        """The place of an element; "" for the root."""
        path = []
        while (place := self._known.get(number)) is None:
            path.append(number)
            number = self._page.parents[number]
        for inner in reversed(path):
            place = f"{place}{JOINT}{self._step(inner)}" if place else self._step(inner)
            self._known[inner] = place
        return place

    def of_line(self, line: int) -> str:
        """The place of the element that breaks lines around a line."""
        return self.of(self._page.lines[line].block)

    def _step(self, number: int) -> str:
        tag = self._page.tags[number]
        if tag in _OUTER:
            return tag
        element = self._page.elements[number]
        name = element.get("id") or ""
        first = next((word for word in (element.get("class") or "").split() if _is_name(word)), "")
        return tag + (f"#{name}" if _is_name(name) else "") + (f".{first}" if first else "")


@analysis
def places_of(document: Document) -> Places:
    """A page's places."""
    return Places(walk(document))


def _is_name(word: str) -> bool:
    return _NAME.fullmatch(word) is not None and not _NUMBERED.search(word)


def is_within(place: str, outer: str) -> bool:
    """Whether a place is another one, or inside it."""
    return place == outer or place.startswith(outer + JOINT)
