"""All that an answer leads to: the one way from a response to its leads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newscrawl.discover.answer import read_data
from newscrawl.discover.data.endpoints import endpoints_of, loaded_scripts
from newscrawl.discover.data.feeds import named_feeds
from newscrawl.discover.lead import FROM_ARTICLE, SITEMAP, Lead
from newscrawl.discover.links import read_links
from newscrawl.discover.shapes import ARTICLE, shape
from newscrawl.extract.zones.kind import refusal
from newscrawl.urls import host_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newscrawl.discover.answer import Answer
    from newscrawl.discover.links import Findings
    from newscrawl.discover.scope import Scope
    from newscrawl.extract.page.document import Document

MOST_SITEMAPS = 10  # that one robots.txt names
_XML = re.compile(r"<(?:\?xml|rss|feed|urlset|sitemapindex|recordset|datastore)\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)


def read_answer(
    answer: Answer, document: Document | None, scope: Scope, *, article_url: re.Pattern[str] | None = None
) -> Findings:
    """Read what an answer leads to.

    Args:
        answer: the response.
        document: its page, None for what is none.
        scope: hosts to stay on.
        article_url: searched in addresses; what it finds is an article for certain (a portal's or a family's pattern).
    """
    if document is None or is_data(document):
        return read_data(answer, scope)
    found = read_links(document, scope, article_url=article_url)
    if refusal(document) is not None and shape(document.url) < ARTICLE:
        found.leads.extend(endpoints_of(document, scope))
        found.leads.extend(loaded_scripts(document, scope))
        found.leads.extend(named_feeds(document, scope))
    return found


def sitemaps_of(url: str, named: Iterable[str], scope: Scope, *, guess: bool) -> list[Lead]:
    """The sitemaps of an address's host: those its robots.txt names, else the usual one where `guess` allows it."""
    parts = urlsplit(url)
    urls = [sitemap for sitemap in named if scope.allows(sitemap)][:MOST_SITEMAPS]
    if not urls and guess and host_of(url):
        urls = [f"{parts.scheme}://{parts.netloc}/sitemap.xml"]
    return [Lead(sitemap, "list", None, FROM_ARTICLE["list"], SITEMAP) for sitemap in urls]


def is_data(document: Document) -> bool:
    """Whether what was sent as a page is a feed, JSON, a script or records."""
    start = document.decoded.text[:2_000].lstrip("\ufeff \t\r\n")
    if _PAGE.search(start):
        return False
    return refusal(document) == "not-html" or not start.startswith("<") or _XML.match(start) is not None
