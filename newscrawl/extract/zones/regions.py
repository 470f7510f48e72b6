"""Recognise regions of a page (navigation, comments, …) by an element's class and id."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from newscrawl.extract.language.lexicon import Cues

if TYPE_CHECKING:
    from newscrawl.extract.page.lines import Walk
    from newscrawl.extract.zones.story import Story

# Regions that seldom hold lists of articles, by words of class and id; the lists of navigation and comments may.
_OUT, _DOUBTFUL = Cues("out_name"), Cues("doubtful_name")
_OUT_TAGS, _DOUBTFUL_TAGS = frozenset({"footer"}), frozenset({"nav", "header"})


class LinkRegions:
    """Which elements stand in a region of navigation, comments, footer and the like."""

    def __init__(self, page: Walk, found: Story | None) -> None:
        self._page = page
        self._known: dict[int, str] = {0: ""}
        number = found.number if found else 0
        while number:  # an element that contains the story is no such region
            self._known[number] = ""
            number = page.parents[number]

    def of(self, number: int) -> str:
        """What an element and those around it say of the links in it: `out`, `doubtful` or nothing."""
        known, elements, tags, parents = self._known, self._page.elements, self._page.tags, self._page.parents
        path = []
        while (answer := known.get(number)) is None:
            path.append(number)
            number = parents[number]
        for inner in reversed(path):
            element, tag = elements[inner], tags[inner]
            classes, name = element.get("class"), element.get("id")
            if answer != "out" and (classes or name or tag in _OUT_TAGS or tag in _DOUBTFUL_TAGS):
                answer = _judge_links(tag, (classes or "")[:200], (name or "")[:200]) or answer
            known[inner] = answer
        return answer


@lru_cache(maxsize=4096)
def _judge_links(tag: str, classes: str, name: str) -> str:
    """The verdict of an element's own tag and names on the links in it."""
    names = f"{classes} {name}"
    if tag in _OUT_TAGS or _OUT(names):
        return "out"
    return "doubtful" if tag in _DOUBTFUL_TAGS or _DOUBTFUL(names) else ""
