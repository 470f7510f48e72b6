"""Hints for extracting a page: the zones that a portal's overrides find, and the profile of its host."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newscrawl.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class HostProfile:
    """What the pages of a host have in common; places are those of `Places`, lines as printed.

    Attributes:
        host: whose pages; no other's are read by it.
        articles: how many articles it was learnt from.
        site: what `<title>` adds to the headline, the longest first.
        story: the place of the element around the stories; "" where they have none in common.
        byline: the place of the line with the date.
        furniture: lines that stand on many articles.
        places: places whose lines are all furniture.
        teasers: places of the links over other articles' beginnings.
        pictures: addresses of pictures that are no story's.
    """

    host: str
    articles: int
    site: tuple[str, ...] = ()
    story: str = ""
    byline: str = ""
    furniture: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    teasers: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    keys: frozenset[str] = field(init=False, compare=False)
    version: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Fold the lines, and take the hash of all that is read by; the number of articles changes no reading."""
        object.__setattr__(self, "keys", frozenset(key for line in self.furniture if (key := fold(line))))
        told = json.dumps([self.host, *(list(values) for _, values in self.facts())], ensure_ascii=False)
        object.__setattr__(
            self, "version", hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        )

    def facts(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Give what is known by kind, in a set order."""
        yield "site", self.site
        yield "story", (self.story,) if self.story else ()
        yield "byline", (self.byline,) if self.byline else ()
        yield "furniture", tuple(sorted(self.furniture))
        yield "place", tuple(sorted(self.places))
        yield "teaser", tuple(sorted(self.teasers))
        yield "picture", tuple(sorted(self.pictures))

    def pairs(self) -> list[tuple[str, str]]:
        """Return the facts one by one, each with its kind."""
        return [(kind, value) for kind, values in self.facts() for value in values]


@dataclass(frozen=True, slots=True)
class Told:
    """An override's result for a zone: its values, and the elements that contain them."""

    values: tuple[str, ...] = ()
    elements: tuple[HtmlElement, ...] = ()


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a page: zones by name, as its portal's overrides find them, and the profile of its host.

    `origin` is what they were made of, so that a page is not given the same hints twice; `failed` names the overrides
    that raised.
    """

    zones: Mapping[str, Told] = field(default_factory=dict)
    profile: HostProfile | None = None
    origin: object = None
    failed: tuple[str, ...] = ()


NOTHING = Told()
