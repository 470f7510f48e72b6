"""What a profile changes on pages of its host, and the overrides that would say the same in a portal's file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newscrawl.extract.loader import NoArticle, give_hints, read
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.host import host_furniture
from newscrawl.extract.zones.story import story
from newscrawl.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from newscrawl.extract.finders import Finder
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.zones.host import HostProfile

COMPARED = ("title", "published", "source", "authors", "editors", "channel", "body", "images", "form", "links")
_MOST = 8  # lines an override names: more, and the place or the profile says it better
_OFTEN = 0.1  # the share of pages whose text a profile changes, from which on the story's place is worth a line


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a page, read without a profile and with it; of a body the lines that went and came."""

    url: str
    field: str
    without: Any
    given: Any


def differences(
    documents: Iterable[Document], profile: HostProfile, overrides: Mapping[str, Finder]
) -> Iterator[Difference]:
    """Read pages twice, and give what differs; a page that only one reading takes for an article by its reason."""
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
    """What raises is in the log, and costs its field on both sides."""


def proposals(documents: Sequence[Document], profile: HostProfile, found: Sequence[Difference]) -> Iterator[str]:
    """Yield the overrides that mend the same in a portal's file, a line each."""
    if furniture := _furniture(documents, profile):
        yield f'"furniture": {furniture},'
    changed = {difference.url for difference in found if difference.field == "body"}
    if profile.story and len(changed) >= _OFTEN * len(documents):
        yield f'"body": css({profile.story!r}),'


def _furniture(documents: Sequence[Document], profile: HostProfile) -> str:
    """A finder of the furniture that the rules alone have read as story: its lines, else its places."""
    read_as_story = _taken(documents, profile)
    lines = [line for line in profile.furniture if fold(line) in read_as_story][:_MOST]
    places = [*profile.places, *profile.teasers]
    if lines:
        return f"line({', '.join(repr(re.escape(line)) for line in lines)})"
    return f"css({', '.join(places)!r})" if places else ""


def _taken(documents: Sequence[Document], profile: HostProfile) -> set[str]:
    """The lines, folded, that are furniture by the profile and story by the rules alone."""
    taken: set[str] = set()
    for document in documents:
        give_hints(document, {})
        told = story(document)
        kept = {fold(paragraph.text) for paragraph in told.paragraphs} if told else set()
        give_hints(document, {}, profile=profile)
        page = walk(document)
        taken |= kept & {fold(page.lines[number].text) for number in host_furniture(document)}
    return taken
