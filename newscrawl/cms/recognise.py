"""Recognise the CMS family of a page, and find a response's leads with its help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.cms.catalogue import FAMILIES
from newscrawl.discover import read_answer
from newscrawl.discover.anchors import anchors
from newscrawl.discover.lead import NEXT_TRIED
from newscrawl.discover.reading import is_data
from newscrawl.discover.shapes import ARTICLE, shape
from newscrawl.extract.kind import refusal
from newscrawl.extract.page.analysis import analysis

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from newscrawl.cms.family import Family
    from newscrawl.discover import Answer, Findings, Scope
    from newscrawl.extract.page.document import Document

FEWEST_LINKS = 5  # article links with a family's URL pattern that show the family


@analysis
def marked_families(document: Document) -> list[Family]:
    """Return the families whose marks are in a page's address or source."""
    return [family for family in FAMILIES if _is_marked(document, family)]


def _is_marked(document: Document, family: Family) -> bool:
    return any(mark in document.decoded.text or mark in document.url for mark in family.marks)


def _article_url(document: Document) -> re.Pattern[str] | None:
    """Return the URL pattern of the family that marks a page, if one of its links has that form."""
    links = {anchor.url for anchor in anchors(document)}
    for family in FAMILIES:
        if family.article_url and any(map(family.article_url.search, links)) and _is_marked(document, family):
            return family.article_url
    return None


def family_of(document: Document, families: Iterable[Family] = FAMILIES) -> Family | None:
    """Return a page's family, by a mark in its source, its address, or the URL pattern of most of its article links."""
    known = tuple(families)
    marked = [family for family in marked_families(document) if family in known]
    addressed = [family for family in known if family.article_url and family.article_url.search(document.url)]
    if len(marked) == 1:
        return marked[0]
    if len(addressed) == 1 and (not marked or addressed[0] in marked):
        return addressed[0]
    links = {anchor.url for anchor in anchors(document)}
    counts = {
        family.name: sum(bool(family.article_url.search(url)) for url in links)
        for family in marked or known
        if family.article_url
    }
    best = max(marked or known, key=lambda family: counts.get(family.name, 0), default=None)
    return best if best is not None and counts.get(best.name, 0) >= FEWEST_LINKS else None


def read_with_family(
    answer: Answer,
    document: Document | None,
    scope: Scope,
    *,
    family: str = "",
    article_url: re.Pattern[str] | None = None,
) -> Findings:
    """Find a response's leads by the general rules and by the rules of its CMS.

    Args:
        answer: the response.
        document: its page, None if it is no page.
        scope: hosts to stay on.
        family: the family that the portal declares, if any; else the page's marks decide.
        article_url: the portal's URL pattern of articles, which overrides its family's.
    """
    declared = next((one for one in FAMILIES if one.name == family), None)
    page = None if document is None or is_data(document) else document
    listed = page if page is not None and refusal(page) is not None and shape(page.url) < ARTICLE else None
    marked = [] if listed is None else marked_families(listed)
    if article_url is None and declared is not None:
        article_url = declared.article_url
    if article_url is None and page is not None:
        article_url = next((one.article_url for one in marked if one.article_url), None) or _article_url(page)
    found = read_answer(answer, document, scope, article_url=article_url)
    known = {(lead.url, lead.body) for lead in found.leads}
    more = []
    if listed is not None:
        acting = dict.fromkeys((*marked, *([declared] if declared else ())))
        more = [lead for one in acting if one.leads for lead in one.leads(listed)]
    elif page is None:
        more = [lead for one in FAMILIES if one.follows for lead in one.follows(answer)]
    if more:  # the family knows where the rows are, so no guessed pages are tried
        found.leads = [lead for lead in found.leads if lead.why != NEXT_TRIED]
    found.leads.extend(lead for lead in more if scope.allows(lead.url) and (lead.url, lead.body) not in known)
    return found
