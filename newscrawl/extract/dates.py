"""When the article was first published, at the precision the page gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawl.extract.document import Document


def published_at(document: Document) -> str | None:
    """First publication, ISO 8601 at the precision known."""
    return None


def precision_of(document: Document) -> str | None:
    """day, minute or second."""
    return None


def published_text(document: Document) -> str | None:
    """The time as printed."""
    return None
