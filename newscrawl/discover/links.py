"""Choose the links of a page to follow, and rank them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newscrawl.discover.anchors import anchors
from newscrawl.discover.data.hidden import FRAME, MOVED, OPTION, hidden_links, moves_of, templates_of
from newscrawl.discover.lead import FROM_ARTICLE, FROM_LIST, LINK, NEXT_LIST, PAGER, PART, Lead
from newscrawl.discover.link_kind import headline_voice, kind_of
from newscrawl.discover.not_news import HEADLINE, edition_of, refusal_of
from newscrawl.discover.paging.lists import is_list, next_leads, other_pages
from newscrawl.discover.paging.parts import parts_of
from newscrawl.discover.scope import EVERYTHING, WECHAT, Scope, is_wechat_article
from newscrawl.discover.shapes import ARTICLE, CERTAIN, is_numbered, shape
from newscrawl.extract.kind import refusal
from newscrawl.urls import registered_domain

if TYPE_CHECKING:
    import re

    from newscrawl.discover.lead import Kind
    from newscrawl.extract.page.document import Document

FEWEST_LINKS = 5  # a page with fewer links may be an entry page that redirects by script
_DATA_ENDS = (".json", ".xml", ".js", ".jsp", ".do", ".php", ".aspx", ".ashx", "/list", "/page", "/query")


@dataclass(slots=True)
class Findings:
    """The leads of a page or data response, and counts of links that are not followed.

    Attributes:
        leads: in page order, each once.
        refused: number of refused links, by reason (see `not_news.REASONS`).
        outside: number of headlines out of the crawl's scope, by registered domain; WeChat articles by their host.
    """

    leads: list[Lead] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    outside: Counter[str] = field(default_factory=Counter)


def links_of(document: Document, scope: Scope, *, article_url: re.Pattern[str] | None = None) -> list[Lead]:
    """Return the links of a page worth fetching: see `read_links`."""
    return read_links(document, scope, article_url=article_url).leads


def read_links(document: Document, scope: Scope, *, article_url: re.Pattern[str] | None = None) -> Findings:
    """Read the links of a page: in page order, each once, ranked by kind and position.

    Args:
        document: the page.
        scope: hosts to stay on.
        article_url: the portal's or family's pattern; an address with a match is certainly an article.
    """
    # an article's page whose story a script loads looks like a list, but its links must not rank like a list's
    on_list = is_list(document) and shape(document.url) < CERTAIN
    bare = not on_list and refusal(document) not in (None, "redirect") and shape(document.url) < ARTICLE
    ranks = FROM_LIST if on_list or bare else FROM_ARTICLE
    following = next_leads(document)
    certain = {_key(lead.url): lead for lead in (*_parts(document), *following) if lead.method == "GET"}
    others = set(map(_key, other_pages(document)))
    edition = edition_of(document.url)
    found = Findings([lead for lead in following if lead.method != "GET" and scope.allows(lead.url)])
    for key, (url, text, why) in _merged(document, certain, hidden=on_list or bare).items():
        if key in certain:
            if scope.allows(url):
                found.leads.append(replace(certain[key], url=url, title=text or None))
            continue
        kind, sure = kind_of(url, text, article_url=article_url)
        if not scope.allows(url):
            if is_wechat_article(url):
                found.outside[WECHAT] += 1
            elif kind == "article" and (on_list or bare) and headline_voice(text) > 0:
                found.outside[registered_domain(url)] += 1
            continue
        voice = HEADLINE if sure == CERTAIN + 1 else headline_voice(text)
        if (reason := refusal_of(url, text, voice, edition)) and not (reason == "data" and why != LINK):
            found.refused[reason] += 1
        elif kind != "article" and key in others:
            found.leads.append(Lead(url, "list", text or None, NEXT_LIST, PAGER))
        else:
            found.leads.append(_lead(document, url, text, why, kind, ranks[kind] + sure))
    found.leads = _told_apart(found.leads, ranks)
    return found


def _told_apart(leads: list[Lead], ranks: dict[Kind, int]) -> list[Lead]:
    """Lower the rank of leads without a number in their address, if the page's other articles have one.

    Rankings, tools and programme pages can have texts as long as a headline, but no number in their address.
    """
    articles = [lead for lead in leads if lead.kind == "article"]
    numbered = [lead for lead in articles if is_numbered(lead.url) or shape(lead.url) >= ARTICLE]
    if len(numbered) < max(FEWEST_LINKS, len(articles) // 3):
        return leads
    doubted = {lead.url for lead in articles if shape(lead.url) < ARTICLE and not is_numbered(lead.url)}
    return [
        replace(lead, kind="unknown", priority=ranks["unknown"] + HEADLINE)
        if lead.url in doubted and lead.why == LINK
        else lead
        for lead in leads
    ]


def _lead(document: Document, url: str, text: str, why: str, kind: Kind, priority: int) -> Lead:
    """Return the lead of a link; if it is no anchor, with the context to read data, which it may load."""
    if why == LINK or kind == "article":
        return Lead(url, kind, text or None, priority, why)
    if why in {FRAME, OPTION, MOVED} and kind == "unknown":
        kind, priority = "list", FROM_LIST["list"]
    asks = why in {FRAME, MOVED} or url.partition("?")[0].endswith(_DATA_ENDS)
    context = {"origin": document.url, "templates": templates_of(document)} if asks else {}
    return Lead(url, kind, text or None, priority, why, context=context)


def article_links(document: Document) -> list[Lead]:
    """Return the links of a page to articles, on whatever host."""
    return [lead for lead in links_of(document, Scope(frozenset({EVERYTHING}))) if lead.kind == "article"]


def _merged(document: Document, certain: dict[str, Lead], *, hidden: bool) -> dict[str, tuple[str, str, str]]:
    """Return the links of a page, duplicates merged: address, longest text, and where they were found."""
    merged: dict[str, tuple[str, str, str]] = {}
    links = [(anchor.url, anchor.text, LINK) for anchor in anchors(document)]
    for url, text, why in [*links, *(hidden_links(document) if hidden else ())]:
        key = _key(url)
        known = merged.get(key)
        if known is None:
            merged[key] = (url, text, why)
        elif len(text) > len(known[1]):
            merged[key] = (known[0], text, known[2])
    if len(merged) < FEWEST_LINKS and refusal(document) is not None:  # a page with a story is read, wherever it moves
        for url in moves_of(document):
            merged.setdefault(_key(url), (url, "", MOVED))
    for key, lead in certain.items():
        merged.setdefault(key, (lead.url, "", lead.why))
    merged.pop(_key(document.url), None)
    return merged


def _parts(document: Document) -> list[Lead]:
    """Return the other parts of the story that the page is a part of."""
    parts = parts_of(document)
    return [
        Lead(url, "part", None, PART)
        for number, url in enumerate(parts.urls if parts else (), 1)
        if parts and number != parts.number
    ]


def _key(url: str) -> str:
    """Return the key by which links of one page are duplicates; the frontier has finer rules."""
    return url.partition("://")[2].rstrip("?")
