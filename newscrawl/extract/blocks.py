"""Link blocks: the lists of other articles beside, below and inside the story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawl.extract.document import Document


@dataclass(slots=True)
class Link:
    """A link to another article, in one of the blocks around the story."""

    url: str  # absolute
    title: str
    section: str | None = None  # the block's heading as printed
    kind: str = "other"  # related, hot, latest, recommended, neighbour (previous/next) or other
    position: int = 0  # within its block, from 0
    snippet: str | None = None


def link_list(document: Document) -> list[Link]:
    """Links to other articles, block by block."""
    return []
