"""`Family`: the description of a family of content management systems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from newscrawl.discover import Answer, Lead
    from newscrawl.extract.page.document import Document


@dataclass(frozen=True, slots=True)
class Family:
    """What a crawl knows of a content management system.

    Args:
        name: short and stable.
        title: its usual name.
        article_url: a pattern found in the absolute addresses of articles; None if each site chooses its own.
        marks: strings in a page's source that only this system writes.
        leads: finds further leads of a list page besides its links: requests for rows, archive pages.
        follows: finds further leads of a data response besides its rows.
    """

    name: str
    title: str
    article_url: re.Pattern[str] | None = None
    marks: tuple[str, ...] = ()
    leads: Callable[[Document], list[Lead]] | None = None
    follows: Callable[[Answer], list[Lead]] | None = None
