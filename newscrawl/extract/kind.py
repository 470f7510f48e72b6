"""Is it an article?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawl.extract.document import Document


def refusal(document: Document) -> str | None:
    """The named reason the page is no article, or None where it is one."""
    return None
