"""The profile of a host (see `newscrawl.profiles`) applied to the lines of one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.places import is_within, places_of
from newscrawl.text import fold

if TYPE_CHECKING:
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.guidance import HostProfile
    from newscrawl.extract.page.lines import Line, Walk

FEWEST_PAGES = 10  # articles that a profile must rest on: what fewer have in common may be chance
_HEADLINE, _MOST_LINES = 6, 6  # characters of a teaser's headline, lines of a teaser
_SEAMS = " -_|｜丨—–―»>：:"  # between a headline and the site's name
_ENOUGH = 40  # characters that must stand where the host's stories do, before anything speaks against other places


def profile_of(document: Document) -> HostProfile | None:
    """The profile a page is read by."""
    return document.hints.profile if document.hints else None


@analysis
def host_furniture(document: Document) -> frozenset[int]:
    """The lines that are the host's, not the story's."""
    profile = profile_of(document)
    if profile is None:
        return frozenset()
    page, places = walk(document), places_of(document)
    everywhere, teasers = set(profile.places), set(profile.teasers)
    found = {number for number, line in enumerate(page.lines) if fold(line.text) in profile.keys}
    for number, line in enumerate(page.lines) if everywhere or teasers else ():
        place = places.of_line(number)
        if place in everywhere:
            found.add(number)
        elif place in teasers and is_teaser(line):
            found.update(_teaser(page, number))
    return frozenset(found)


def is_teaser(line: Line) -> bool:
    """Whether a line may be the headline over another article's beginning: a link as long as one."""
    return len(line.text) >= _HEADLINE and 2 * line.linked > len(line.text)


def _teaser(page: Walk, number: int) -> range:
    """The lines of a teaser by its headline: what its own small element holds, or else the line below."""
    box = page.parents[page.lines[number].block]
    first, last = page.first[box], page.last[box]
    alone = last - first <= _MOST_LINES and sum(map(is_teaser, page.lines[first:last])) == 1
    return range(number, last if alone else min(number + 2, len(page.lines)))


@analysis
def story_place(document: Document) -> frozenset[int]:
    """The lines where the host's stories stand; none where the page has little text there."""
    profile = profile_of(document)
    if profile is None or not profile.story:
        return frozenset()
    page, places = walk(document), places_of(document)
    inside = [number for number in range(len(page.lines)) if is_within(places.of_line(number), profile.story)]
    out = host_furniture(document)
    own = sum(len(page.lines[number].text) - page.lines[number].linked for number in inside if number not in out)
    return frozenset(inside) if own >= _ENOUGH else frozenset()


@analysis
def byline_place(document: Document) -> list[int]:
    """The lines where the host's bylines stand."""
    profile = profile_of(document)
    if profile is None or not profile.byline:
        return []
    page, places = walk(document), places_of(document)
    return [number for number in range(len(page.lines)) if places.of_line(number) == profile.byline]


def without_known_site(document: Document, title: str) -> str:
    """A title without what the host's titles have in common; as it is where nothing is known."""
    profile = profile_of(document)
    for name in profile.site if profile else ():
        if title.endswith(name):
            return title.removesuffix(name).rstrip(_SEAMS)
        if title.startswith(name):
            return title.removeprefix(name).lstrip(_SEAMS)
    return title
