"""The story: which elements hold it, and its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawl.extract.document import Document


def body_text(document: Document) -> str | None:
    """The story, a paragraph a line; None where the page holds none."""
    return None


def image_urls(document: Document) -> list[str]:
    """Absolute addresses of the pictures inside the story, in order."""
    return []
