"""The headline and the breadcrumb."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawl.extract.document import Document


def headline(document: Document) -> str | None:
    """The headline as a reader sees it."""
    return None


def breadcrumb(document: Document) -> list[str]:
    """The breadcrumb in order, without the title and the word 正文."""
    return []
