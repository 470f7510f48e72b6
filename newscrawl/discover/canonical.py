"""The canonical URL that a page claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.discover.shapes import is_article_address, is_list_address
from newscrawl.extract.page.analysis import analysis
from newscrawl.urls import absolute, canonical, host_of, registered_domain

if TYPE_CHECKING:
    from newscrawl.extract.page.document import Document


@analysis
def canonical_of(document: Document) -> str | None:
    """Return the canonical URL of a page, by `rel=canonical` or `og:url`; None if there is none or it is not credible.

    Templates often claim one address for all pages, so a claim counts only within the same registered domain, and not
    if an article's page claims a home page or list. A claim of the page's own address is returned too.
    """
    for claim in _claims(document):
        url = absolute(claim, document.base_url)
        if not url or registered_domain(host_of(url)) != registered_domain(host_of(document.url)):
            continue
        if canonical(url) == canonical(document.url):
            return url
        if not is_list_address(url) and (is_article_address(url) or not is_article_address(document.url)):
            return url
    return None


def _claims(document: Document) -> list[str]:
    links = [
        link.get("href") or ""
        for link in document.root.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    return links + document.metas.get("og:url", [])
