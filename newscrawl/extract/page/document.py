"""One parsed page: everything several finders need is computed once and kept here."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from parsel import Selector

from newscrawl.extract.page.bounds import excess
from newscrawl.extract.page.decode import Decoded, decode
from newscrawl.extract.page.drawn import draw
from newscrawl.extract.page.lines import walk
from newscrawl.extract.page.parse import parse
from newscrawl.urls import join

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from lxml.html import HtmlElement

    from newscrawl.extract.page.guidance import Hints
    from newscrawl.text import Json


class Document:
    """A page as bytes, text and tree, with its metas, JSON-LD and scripts.

    Args:
        content: the body as received (already decompressed), or text that is decoded already.
        url: the page's address, absolute.
        content_type: the HTTP header of that name, whose charset is one witness among several.
        fetched_at: when the page was fetched (aware); the base of relative dates. None when unknown.
    """

    def __init__(
        self,
        content: bytes | str,
        url: str,
        *,
        content_type: str | None = None,
        fetched_at: datetime | None = None,
    ) -> None:
        self.url = url
        self.fetched_at = fetched_at
        self.decoded: Decoded = (
            decode(content, content_type) if isinstance(content, bytes) else Decoded(content, "utf-8")
        )
        self.hints: Hints | None = None
        self.analyses: dict[object, Any] = {}  # what `@analysis` has found, by function: each has a type of its own

    def hint(self, hints: Hints) -> None:
        """Set hints that guide the analyses of the page; results computed without them are discarded."""
        self.hints = hints
        self.analyses = {walk: self.analyses[walk]} if walk in self.analyses else {}

    @cached_property
    def excess(self) -> str | None:
        """Why the page is more work than it is worth, None where it is not: see `bounds`."""
        return excess(self.utf8)

    @cached_property
    def utf8(self) -> bytes:
        """The page in UTF-8, as it is parsed."""
        return self.decoded.utf8 or self.decoded.text.encode("utf-8", "replace")

    @cached_property
    def root(self) -> HtmlElement:
        """The parsed tree, with the article its scripts would draw; `<html>` without children for an empty page."""
        root = parse(b"" if self.excess else self.utf8, is_bounded=True)
        draw(root, self.url)
        return root

    @cached_property
    def selector(self) -> Selector:
        """The same tree for CSS and XPath queries of portal overrides."""
        return Selector(root=self.root, type="html")

    @cached_property
    def base_url(self) -> str:
        """What relative addresses are resolved against: `<base href>` where there is one."""
        for element in walk(self).noted["base"]:
            if (href := element.get("href")) and (base := join(self.url, href.strip())):
                return base
        return self.url

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """Contents of the meta tags by lower-case name, property, itemprop or http-equiv, in page order."""
        metas: dict[str, list[str]] = {}
        for element in walk(self).noted["meta"]:
            content = (element.get("content") or "").strip()
            for attribute in ("name", "property", "itemprop", "http-equiv"):
                if content and (key := element.get(attribute)):
                    metas.setdefault(key.strip().lower(), []).append(content)
        return metas

    @cached_property
    def script_text(self) -> str:
        """All inline scripts, one after the other."""
        return "\n".join([text for element in walk(self).noted["script"] if (text := element.text)])

    @cached_property
    def jsonld(self) -> list[dict[str, Json]]:
        """The page's JSON-LD objects, `@graph` unrolled; malformed ones are left out."""
        objects: list[dict[str, Json]] = []
        for element in walk(self).noted["script"]:
            if "ld+json" in (element.get("type") or "").lower() and element.text:
                try:
                    objects.extend(_objects(json.loads(re.sub(r"[\x00-\x1f]", " ", element.text))))
                except (ValueError, RecursionError):
                    continue
        return objects

    def jsonld_values(self, key: str) -> list[Json]:
        """Values of a JSON-LD key over all objects; dots go into nested objects (`author.name`)."""
        values: list[Json] = list(self.jsonld)
        for name in key.split("."):
            values = [value[name] for value in values if isinstance(value, dict) and name in value]
            values = [item for value in values for item in (value if isinstance(value, list) else [value])]
        return [value for value in values if not isinstance(value, dict)]


def _objects(data: Json) -> Iterator[dict[str, Json]]:
    """Give the objects of a JSON-LD document, those of lists and `@graph` included."""
    if isinstance(data, list):
        for item in data:
            yield from _objects(item)
    elif isinstance(data, dict):
        yield data
        yield from _objects(data.get("@graph", []))
