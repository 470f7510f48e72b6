"""The vocabulary in which fields and portal overrides are written.

A finder takes a `Document` and gives the values it finds, best first; a field tries its finders in order, the
portal's override before the generic ones, and keeps the first value that survives cleaning.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.extract.page.document import Document

Find = Callable[["Document"], Any]


@dataclass(frozen=True, slots=True)
class Finder:
    """A named way to find a field's values; the name is what `--explain` prints."""

    name: str
    find: Find

    def __call__(self, document: Document) -> list[Any]:
        """Give the values found, best first; a lone value counts as a list of one, None and "" as nothing."""
        found = self.find(document)
        if found is None:
            return []
        if isinstance(found, str) or not isinstance(found, (list, Iterable)):
            found = [found]
        # `value` first: to compare a link block with "" takes longer than to look whether it is anything.
        return [value for value in found if value or value not in (None, "")]


def css(query: str) -> Finder:
    """Values of a CSS query, `::text` and `::attr()` included."""
    return Finder(f"css {query}", lambda document: document.selector.css(query).getall())


def xpath(query: str) -> Finder:
    """Values of an XPath query."""
    return Finder(f"xpath {query}", lambda document: document.selector.xpath(query).getall())


def meta(*names: str) -> Finder:
    """Contents of `<meta>` tags by name, property or itemprop, in the order of the names given."""
    keys = [name.lower() for name in names]
    return Finder(
        f"meta {' '.join(names)}", lambda document: [value for key in keys for value in document.metas.get(key, ())]
    )


def jsonld(key: str) -> Finder:
    """Values of a key of the page's JSON-LD objects, nested names (`author.name`) by dots."""
    return Finder(f"jsonld {key}", lambda document: document.jsonld_values(key))


def script(*names: str) -> Finder:
    """Values assigned to a variable or key in the page's inline scripts: `var pubtime = '…'`, `"pubtime": "…"`."""
    pattern = re.compile(rf"""(?<![\w$])["']?(?:{"|".join(map(re.escape, names))})["']?\s*[:=]\s*(["'])(.*?)\1""")
    return Finder(
        f"script {' '.join(names)}", lambda document: [match[2] for match in pattern.finditer(document.script_text)]
    )


def labelled(*names: str) -> Finder:
    """What stands behind a label in the page's lines of text: `labelled("供稿单位")`, `供稿单位：青石镇 编辑：张三`.

    The value ends before the next label or a closing bracket; behind a label that is a line of its own (a table's
    cell) it is the next line. Labels are tried in the order given.
    """
    any_of = "|".join(map(re.escape, names))
    pattern = re.compile(
        rf"(?<![\u4e00-\u9fff])({any_of})\s*[:：]\s*(.*?)\s*(?=[)）\]】]|[\s|｜][\u4e00-\u9fff]{{1,6}}[:：]|$)"
    )
    alone = re.compile(rf"({any_of})\s*[:：]?")

    def find(document: Document) -> list[str]:
        from newscrawl.extract.language import labels  # noqa: PLC0415  see `of`
        from newscrawl.extract.page.lines import walk  # noqa: PLC0415

        lines = [line.text for line in document.once(walk).lines]
        values: list[tuple[str, str]] = []
        for number, line in enumerate(lines):
            known = [(value.label, value.value) for value in labels.labelled(line) if value.label in names]
            if known or not (match := alone.fullmatch(line)):
                values += known or pattern.findall(line)
            else:
                values += [(match[1], following) for following in lines[number + 1 : number + 2]]
        return [value for name in names for label, value in values if label == name]

    return Finder(f"labelled {' '.join(names)}", find)


def of(find: Find | str, name: str | None = None) -> Finder:
    """A finder from a function over the `Document`; what it needs of other analyses it takes by `document.once`.

    Given by its place, `fields.headline:headline`, the function is imported when a page is first read: whoever only
    asks which fields there are does without extraction.
    """
    if isinstance(find, str):
        module, _, function = find.partition(":")
        return Finder(name or f"{module.rpartition('.')[2]}.{function}", at(find))
    module = (getattr(find, "__module__", "") or "").rpartition(".")[2]
    return Finder(name or f"{module}.{getattr(find, '__name__', 'find')}", find)


def at(place: str) -> Callable[[Any], Any]:
    """A function of this package by its place, `fields.source:clean_source`, imported at its first call."""
    module, _, name = place.partition(":")

    @cache
    def function() -> Callable[[Any], Any]:
        found: Callable[[Any], Any] = getattr(import_module(f"newscrawl.extract.{module}"), name)
        return found

    def called(value: Any) -> Any:
        return function()(value)

    return called


def found(doc: str, *finders: Finder, clean: Callable[[Any], Any] | None = None, many: bool = False) -> Any:
    """Declare a field of `Article`: what it means, how it is found, how a raw value is cleaned.

    Args:
        doc: one sentence; it becomes the column's and the field table's description.
        finders: tried in order.
        clean: takes one raw value and gives the clean one, or None to refuse it.
        many: the field holds a list: all surviving values of the first finder that has any.

    Returns:
        A dataclass field whose metadata `newscrawl.extract.loader` reads.
    """
    metadata = {"doc": doc, "finders": finders, "clean": clean, "many": many}
    if many:
        return dataclasses.field(default_factory=list, metadata=metadata)
    return dataclasses.field(default=None, metadata=metadata)
