"""The one place where an `Article` is made."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from itemloaders import ItemLoader
from itemloaders.processors import Identity, TakeFirst

from newscrawl.extract import kind
from newscrawl.extract.article import Article
from newscrawl.extract.finders import ZONES, Finder, of
from newscrawl.extract.page.guidance import Hints, Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.guidance import HostProfile

logger = logging.getLogger(__name__)

Value = TypeVar("Value")
Processor = Callable[[Sequence[object]], object]
OnError = Callable[[str], None]
"""Told the name of a field (or `kind`, for the question whether the page is an article) whose finder raised."""


@dataclasses.dataclass(frozen=True, slots=True)
class NoArticle:
    """Why a page became no article: a short name that is counted (`list`, `soft-404`, `blocked`, …)."""

    reason: str


class ArticleLoader(ItemLoader):
    """An item loader for the values of an `Article`, whose processors stand in the fields' metadata."""

    default_output_processor = TakeFirst()

    # Asking the item for its metadata, as the base class does field by field, takes as long as finding the breadcrumb.
    def get_input_processor(self, field_name: str) -> Processor:  # noqa: ARG002  # the base class's signature
        """Values come clean from the finders."""
        return _AS_FOUND

    def get_output_processor(self, field_name: str) -> Processor:
        """The field's own: the first value, or all of them."""
        return _PROCESSORS.get(field_name, _FIRST)

    def get_output_value(self, field_name: str) -> object:
        """A field's value; no processor here asks for the loader's context, so none is wrapped to have it."""
        return self.get_output_processor(field_name)(self.get_collected_values(field_name))


def finders_of(name: str, overrides: Mapping[str, Finder[object]] | None = None) -> tuple[Finder[object], ...]:
    """The finders of a field in the order in which they are tried, the portal's override first."""
    override = (overrides or {}).get(name)
    generic: tuple[Finder[object], ...] = FIELDS[name].metadata["finders"]
    return (override, *generic) if override else generic


def proposals(document: Document, name: str, finder: Finder[Value]) -> list[Value]:
    """The values a finder finds for a field, cleaned, whatever another finder has found."""
    values, clean = finder(document), FIELDS[name].metadata["clean"]
    return values if clean is None else [kept for value in values if (kept := clean(value)) is not None]


def candidates(
    document: Document, name: str, overrides: Mapping[str, Finder[object]] | None = None
) -> Iterator[tuple[str, list[object]]]:
    """Give each finder of a field, the portal's override first, with the clean values it finds."""
    for finder in finders_of(name, overrides):
        yield finder.name, proposals(document, name, finder)


def give_hints(
    document: Document,
    overrides: Mapping[str, Finder[object]],
    on_error: OnError | None = None,
    profile: HostProfile | None = None,
) -> None:
    """Let a portal's overrides fix the zones they name, and its host's profile speak, once for the same two.

    That is before a field reads the page, and before it is refused.
    """
    origin = (overrides, profile)
    if document.hints is not None and document.hints.origin == origin:
        return
    failed: list[str] = []
    zones = {}
    for name in ZONES:
        if finder := overrides.get(name):
            for said in _try(document, name, _zone_finder(finder), on_error and failed.append):
                zones[name] = said
    document.hint(Hints(zones, profile, origin, tuple(failed)))


def _zone_finder(finder: Finder[object]) -> Finder[Told]:
    """Make a finder of an override's values for a zone, and the elements that contain them."""

    def find(document: Document) -> Told | None:
        values = tuple(value for value in finder(document) if isinstance(value, str))
        elements = tuple(finder.elements(document)) if finder.elements else ()
        return Told(values, elements) if values or elements else None

    return Finder(finder.name, find, gives=Told)


def read(
    document: Document,
    overrides: Mapping[str, Finder[object]] | None = None,
    on_error: OnError | None = None,
    profile: HostProfile | None = None,
) -> Article | NoArticle:
    """Read a page: its `Article`, or the reason it is none.

    Args:
        document: the page.
        overrides: the portal's own finders by field or zone: those of zones fix them for all fields, the others are
            tried before the generic ones.
        on_error: given, a finder that raises is logged with its field and page, `on_error` told, and the next finder
            tried, so that it costs no more than its field. Without it the exception passes, as tests want it.
        profile: what other pages of the page's host say of it.
    """
    give_hints(document, overrides or {}, on_error, profile)
    if document.hints and on_error:
        for name in document.hints.failed:
            on_error(name)
    reasons = _try(document, "kind", _REFUSAL, on_error)
    if reasons:
        return NoArticle(reasons[0])
    tried = {name: finder for name, finder in (overrides or {}).items() if name not in ZONES}
    loader = ArticleLoader()
    for name in FIELDS:
        for finder in finders_of(name, tried):
            if values := _try(document, name, finder, on_error):
                loader.add_value(name, values)
                break
    return Article(url=document.url, **loader.load_item())


def _try(document: Document, name: str, finder: Finder[Value], on_error: OnError | None) -> list[Value]:
    """Return a finder's values; none if it raises, and `on_error` is given."""
    try:
        return proposals(document, name, finder) if name in FIELDS else finder(document)
    except Exception:  # the one broad one: no fault of a rule may cost the page
        if on_error is None:
            raise
        logger.exception("%s: finder %r of field %s failed", document.url, finder.name, name)
        on_error(name)
        return []


_AS_FOUND, _FIRST = Identity(), TakeFirst()
_REFUSAL = of(kind.refusal)
FIELDS: dict[str, dataclasses.Field[object]] = {
    field.name: field for field in dataclasses.fields(Article) if "finders" in field.metadata
}
_PROCESSORS: dict[str, Processor] = {
    name: _AS_FOUND if field.metadata["many"] else _FIRST for name, field in FIELDS.items()
}
