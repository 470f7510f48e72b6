"""来源, authors and editors: from bylines, datelines, signatures and credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawl.extract.document import Document


def source_name(document: Document) -> str | None:
    """The outlet the page credits."""
    return None


def author_names(document: Document) -> list[str]:
    """Persons credited with the text."""
    return []


def editor_names(document: Document) -> list[str]:
    """Editors."""
    return []
