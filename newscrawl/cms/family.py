"""What a family of content management systems is."""

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
    """A content management system as a crawl sees it.

    Args:
        name: short and stable.
        title: as people call it.
        article_url: searched in an absolute address; tells an article. None where the system leaves it to the site.
        marks: words of the page's source that only this system writes.
        leads: what a list's page leads to beside its links: requests for rows, pages of an archive.
        follows: what an answer that is no page leads to beside its rows.
    """

    name: str
    title: str
    article_url: re.Pattern[str] | None = None
    marks: tuple[str, ...] = ()
    leads: Callable[[Document], list[Lead]] | None = None
    follows: Callable[[Answer], list[Lead]] | None = None
