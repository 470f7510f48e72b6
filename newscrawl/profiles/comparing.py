"""Show what a profile changes on its host's pages, and propose portal overrides with the same effect."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.extract.loader import NoArticle, give_hints, read
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.host import host_furniture
from newscrawl.extract.zones.story import story
from newscrawl.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from newscrawl.extract.finders import Finder
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.guidance import HostProfile

COMPARED = ("title", "published", "source", "authors", "editors", "channel", "body", "images", "form", "links")
_MOST = 8  # most lines in a proposed override: for more, a place or the profile is better
_OFTEN = 0.1  # share of pages whose text must change before the story's place is proposed as an override


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a page, extracted without and with the profile; for a body, the lines removed and added."""

    url: str
    field: str
    without: object
    given: object


def differences(
    documents: Iterable[Document], profile: HostProfile, overrides: Mapping[str, Finder[object]]
) -> Iterator[Difference]:
    """Extract pages twice, and yield the differences; if only one result is an article, the other's reason."""
    for document in documents:
        one, two = (read(document, overrides, _ignore, used) for used in (None, profile))
        if isinstance(one, NoArticle) or isinstance(two, NoArticle):
            if one != two:
                kinds = [each.reason if isinstance(each, NoArticle) else "article" for each in (one, two)]
                yield Difference(document.url, "kind", *kinds)
            continue
        for name in COMPARED:
            before, after = getattr(one, name), getattr(two, name)
            if name == "body" and before != after:
                lines = [(each or "").splitlines() for each in (before, after)]
                gone, come = ([line for line in lines[n] if line not in lines[1 - n]] for n in (0, 1))
                yield Difference(document.url, name, gone, come)
            elif before != after:
                yield Difference(document.url, name, before, after)


def _ignore(_: str) -> None:
    """Ignore a finder that raises: it is logged, and the field is missing on both sides."""


def proposals(documents: Sequence[Document], profile: HostProfile, found: Sequence[Difference]) -> Iterator[str]:
    """Return the overrides with the same effect for a portal's file, one line each."""
    if furniture := _furniture(documents, profile):
        yield f'"furniture": {furniture},'
    changed = {difference.url for difference in found if difference.field == "body"}
    if profile.story and len(changed) >= _OFTEN * len(documents):
        yield f'"body": css({profile.story!r}),'


def _furniture(documents: Sequence[Document], profile: HostProfile) -> str:
    """Return a finder of the boilerplate that the rules alone take for story: by its lines, else by its places."""
    read_as_story = _taken(documents, profile)
    lines = [line for line in profile.furniture if fold(line) in read_as_story][:_MOST]
    places = [*profile.places, *profile.teasers]
    if lines:
        return f"line({', '.join(repr(re.escape(line)) for line in lines)})"
    return f"css({', '.join(places)!r})" if places else ""


def _taken(documents: Sequence[Document], profile: HostProfile) -> set[str]:
    """Return the folded lines that are boilerplate by the profile, but story by the rules alone."""
    taken: set[str] = set()
    for document in documents:
        give_hints(document, {})
        told = story(document)
        kept = {fold(paragraph.text) for paragraph in told.paragraphs} if told else set()
        give_hints(document, {}, profile=profile)
        page = walk(document)
        taken |= kept & {fold(page.lines[number].text) for number in host_furniture(document)}
    return taken
