"""The vocabulary in which fields and portal overrides are written.

A finder takes a `Document` and gives the values it finds, best first; a field tries its finders in order, the
portal's override before the generic ones, and keeps the first value that survives cleaning. `Finder[str]` gives texts,
which is what all fields but the links hold.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, overload

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from parsel import Selector, SelectorList

    from newscrawl.extract.page.document import Document

Value = TypeVar("Value")
Given_co = TypeVar("Given_co", covariant=True)

# Overrides that fix lines or pictures before any field reads them (see `zones.hints`); the last two are no fields.
ZONES = ("title", "published", "body", "images", "byline", "furniture")
NO_FIELDS = frozenset(ZONES[-2:])


@dataclass(frozen=True, slots=True)
class Finder(Generic[Given_co]):
    """A named way to find a field's values; the name is what `--explain` prints.

    `elements` returns the elements that contain the values; those of an override are hints.
    `gives` is the type of a value.
    """

    name: str
    find: Callable[[Document], Given_co | Iterable[Given_co] | None]
    elements: Callable[[Document], list[HtmlElement]] | None = None
    gives: type = str

    def __call__(self, document: Document) -> list[Given_co]:
        """Give the values found, best first; a lone value counts as a list of one, None and "" as nothing."""
        found: Any = self.find(document)  # of a union that a type checker cannot take apart
        if found is None:
            return []
        if isinstance(found, str) or not isinstance(found, (list, Iterable)):
            found = [found]
        # `value` first: to compare a link block with "" takes longer than to look whether it is anything.
        return [value for value in found if value or value not in (None, "")]


def css(query: str) -> Finder[str]:
    """Values of a CSS query, `::text` and `::attr()` included; of an element its text."""

    def elements(document: Document) -> list[HtmlElement]:
        from parsel.csstranslator import HTMLTranslator  # noqa: PLC0415  see `of`

        return _elements(document, HTMLTranslator().css_to_xpath(query))

    return Finder(f"css {query}", lambda document: _texts(document.selector.css(query)), elements)


def xpath(query: str) -> Finder[str]:
    """Values of an XPath query; of an element its text."""
    return Finder(
        f"xpath {query}",
        lambda document: _texts(document.selector.xpath(query)),
        lambda document: _elements(document, query),
    )


def _texts(found: SelectorList[Selector]) -> list[str]:
    from newscrawl.extract.page.lines import words_inside  # noqa: PLC0415  see `of`

    return [one.get() if isinstance(one.root, str) else words_inside(one.root) for one in found]


def _elements(document: Document, query: str) -> list[HtmlElement]:
    """The elements of an XPath query, and those around its texts and attributes."""
    try:
        found = document.selector.xpath(f"({query})[self::*] | ({query})[not(self::*)]/..")
    except ValueError:  # it computes a text or a number: no element holds that
        return []
    return [one.root for one in found]


def constant(*values: str) -> Finder[str]:
    """The same on every page of the portal: `constant("某某日报")`."""
    return Finder(f"always {' '.join(values)}", lambda _: list(values))


def line(*patterns: str) -> Finder[str]:
    """The page's lines that a regular expression matches from end to end: `line("关注某某网.*")`."""
    any_of = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))

    def find(document: Document) -> list[str]:
        from newscrawl.extract.page.lines import walk  # noqa: PLC0415  see `of`

        return [line.text for line in walk(document).lines if any_of.fullmatch(line.text)]

    return Finder(f"line {' '.join(patterns)}", find)


def meta(*names: str) -> Finder[str]:
    """Contents of `<meta>` tags by name, property or itemprop, in the order of the names given."""
    keys = [name.lower() for name in names]
    return Finder(
        f"meta {' '.join(names)}", lambda document: [value for key in keys for value in document.metas.get(key, ())]
    )


def jsonld(key: str) -> Finder[str]:
    """Texts and numbers under a key of the page's JSON-LD objects, nested names (`author.name`) by dots."""
    return Finder(
        f"jsonld {key}",
        lambda document: [str(value) for value in document.jsonld_values(key) if isinstance(value, str | int | float)],
    )


def script(*names: str) -> Finder[str]:
    """Values assigned to a variable or key in the page's inline scripts: `var pubtime = '…'`, `"pubtime": "…"`."""
    pattern = re.compile(rf"""(?<![\w$])["']?(?:{"|".join(map(re.escape, names))})["']?\s*[:=]\s*(["'])(.*?)\1""")
    return Finder(
        f"script {' '.join(names)}", lambda document: [match[2] for match in pattern.finditer(document.script_text)]
    )


def labelled(*names: str) -> Finder[str]:
    """The value after a label in the page's lines of text: `labelled("供稿单位")`, `供稿单位：青石镇 编辑：张三`.

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

        lines = [line.text for line in walk(document).lines]
        values: list[tuple[str, str]] = []
        for number, line in enumerate(lines):
            known = [(value.label, value.value) for value in labels.labelled(line) if value.label in names]
            if known or not (match := alone.fullmatch(line)):
                values += known or pattern.findall(line)
            else:
                values += [(match[1], following) for following in lines[number + 1 : number + 2]]
        return [value for name in names for label, value in values if label == name]

    return Finder(f"labelled {' '.join(names)}", find)


@overload
def of(find: Callable[[Document], str | Iterable[str] | None] | str, name: str | None = None) -> Finder[str]: ...
@overload
def of(
    find: Callable[[Document], Value | Iterable[Value] | None] | str, name: str | None = None, *, gives: type[Value]
) -> Finder[Value]: ...
def of(find: Callable[[Document], object] | str, name: str | None = None, *, gives: type = str) -> Finder[object]:
    """Make a finder from a function of the `Document` that returns texts, or values of the type `gives`.

    Given by its place, `zones.headline:headline`, the function is imported when a page is first read: whoever only
    asks which fields there are does without extraction.
    """
    if isinstance(find, str):
        module, _, function = find.partition(":")
        return Finder(name or f"{module.rpartition('.')[2]}.{function}", at(find), gives=gives)
    module = (getattr(find, "__module__", "") or "").rpartition(".")[2]
    return Finder(name or f"{module}.{getattr(find, '__name__', 'find')}", find, gives=gives)


def at(place: str) -> Callable[[Any], Any]:  # the function's own types are known once it is imported
    """A function of this package by its place, `fields.source:clean_source`, imported at its first call."""
    module, _, name = place.partition(":")

    @cache
    def function() -> Callable[[Any], Any]:
        found: Callable[[Any], Any] = getattr(import_module(f"newscrawl.extract.{module}"), name)
        return found

    def called(value: Any) -> Any:
        return function()(value)

    return called


@overload
def found(
    doc: str, *finders: Finder[Value], clean: Callable[[Value], Value | None] | None = None, many: Literal[True]
) -> list[Value]: ...
@overload
def found(doc: str, *finders: Finder[Value], clean: Callable[[Value], Value | None] | None = None) -> Value | None: ...
def found(doc: str, *finders: Finder[Any], clean: Callable[[Any], Any] | None = None, many: bool = False) -> object:
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
