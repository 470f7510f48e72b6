"""The one place where an `Article` is made."""

from __future__ import annotations

import dataclasses
import logging
from typing import TYPE_CHECKING, Any

from itemloaders import ItemLoader
from itemloaders.processors import TakeFirst

from newscrawl.extract import kind
from newscrawl.items import Article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from newscrawl.extract.document import Document
    from newscrawl.extract.finders import Finder

logger = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True, slots=True)
class NoArticle:
    """Why a page became no article: a short name that is counted (`list`, `soft-404`, `blocked`, …)."""

    reason: str


class ArticleLoader(ItemLoader):
    """An item loader over `Article`, whose processors stand in the fields' metadata."""

    default_item_class = Article
    default_output_processor = TakeFirst()


def candidates(
    document: Document, name: str, overrides: Mapping[str, Finder] | None = None
) -> Iterator[tuple[str, list[Any]]]:
    """Give each finder of a field, the portal's override first, with the clean values it finds."""
    metadata = FIELDS[name].metadata
    clean = metadata["clean"]
    override = (overrides or {}).get(name)
    for finder in ((override,) if override else ()) + metadata["finders"]:
        values = finder(document)
        if clean is not None:
            values = [kept for value in values if (kept := clean(value)) is not None]
        yield finder.name, values


def read(document: Document, overrides: Mapping[str, Finder] | None = None) -> Article | NoArticle:
    """Read a page: its `Article`, or the reason it is none. A finder that raises costs its field, and is logged."""
    reason = document.once(kind.refusal)
    if reason is not None:
        return NoArticle(reason)
    loader = ArticleLoader(item=Article(url=document.url))
    for name in FIELDS:
        loader.add_value(name, _first(document, name, overrides))
    return loader.load_item()  # type: ignore[no-any-return]


def _first(document: Document, name: str, overrides: Mapping[str, Finder] | None) -> list[Any]:
    return next((values for _, values in candidates(document, name, overrides) if values), [])


FIELDS: dict[str, dataclasses.Field[Any]] = {
    field.name: field for field in dataclasses.fields(Article) if "finders" in field.metadata
}
