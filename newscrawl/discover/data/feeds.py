"""Read feeds (RSS, Atom), sitemaps and sitemap indexes leniently, and find the feeds that a page names."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from newscrawl.discover.lead import FEED, FROM_ARTICLE, FROM_LIST, NEXT_DATA, SITEMAP, Lead
from newscrawl.discover.link_kind import kind_of
from newscrawl.discover.not_news import refusal_of
from newscrawl.urls import absolute

if TYPE_CHECKING:
    from newscrawl.discover.answer import Answer
    from newscrawl.discover.lead import Kind
    from newscrawl.discover.scope import Scope
    from newscrawl.extract.page.document import Document

MOST_ENTRIES = 50_000  # the sitemap protocol's own limit (sitemaps.org)
MOST_SITEMAPS = 500  # that one index names
DEEPEST_INDEX = 2  # an index within an index is read, one within that is not
MOST_FEEDS = 5  # that one page names
_ENTRIES = {"item", "entry", "url", "sitemap"}
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|\w{1,10});)")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_OF_COMMENTS = re.compile(r"/comments?/|[?&/]comments", re.IGNORECASE)
_OF_ARTICLES = re.compile(r"post|article|news|content|story|info", re.IGNORECASE)
_OF_OTHERS = re.compile(r"page-|taxonom|categor|tag|user|author|image|video|product", re.IGNORECASE)
_DAY = re.compile(r"\s*((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?")


def parse_xml(text: str) -> etree._Element | None:
    """Parse decoded XML, even if malformed; loads nothing from outside and expands no entities."""
    text = _BARE_AMPERSAND.sub("&amp;", _NO_XML.sub("", _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)))
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False,
        remove_comments=True, encoding="utf-8",
    )  # fmt: skip
    try:
        root: etree._Element | None = etree.fromstring(text.encode("utf-8", "replace").lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def name_of(element: etree._Element | None) -> str:
    """Return an element's name in lower case, without its namespace prefix, declared or not."""
    if element is None or not isinstance(element.tag, str):
        return ""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower()


def feed_leads(root: etree._Element, answer: Answer, scope: Scope) -> list[Lead]:
    """Return the leads of a feed or sitemap, each once, the last changed first; [] for anything else."""
    leads: dict[str, Lead] = {}
    sitemaps = 0
    for element in root.iter():
        name = name_of(element)
        if name == "link" and element.get("rel") == "next" and name_of(element.getparent()) == "feed":
            url = absolute(element.get("href") or "", answer.url)
            if url and scope.allows(url):
                leads[url] = Lead(url, "list", None, FROM_ARTICLE["list"], NEXT_DATA)
        if name not in _ENTRIES or (name == "url" and name_of(element.getparent()) != "urlset"):
            continue
        sitemaps += name == "sitemap"
        url = absolute(_link(element), answer.url)
        if not url or url in leads or not scope.allows(url) or sitemaps > MOST_SITEMAPS:
            continue
        if lead := _lead(url, element, name, answer):
            leads[url] = lead
        if len(leads) >= MOST_ENTRIES:
            break
    return sorted(leads.values(), key=lambda lead: lead.modified or date.min, reverse=True)


def named_feeds(document: Document, scope: Scope) -> list[Lead]:
    """Return the feeds that a home page names by `<link rel=alternate>`, without feeds of comments."""
    if len(urlsplit(document.url).path.strip("/").split("/")) > 1:
        return []
    found = {}
    for link in document.root.iter("link"):
        if "alternate" in (link.get("rel") or "").lower() and (link.get("type") or "").lower() in _FEED_TYPES:
            url = absolute(link.get("href") or "", document.base_url)
            if url and scope.allows(url) and not _OF_COMMENTS.search(url):
                found[url] = Lead(url, "list", link.get("title"), FROM_ARTICLE["list"], FEED)
    return list(found.values())[:MOST_FEEDS]


def _lead(url: str, element: etree._Element, entry: str, answer: Answer) -> Lead | None:
    title, modified = _text(element, "title"), _day(element)
    if entry == "sitemap":
        level = answer.level + 1
        if level > DEEPEST_INDEX:
            return None
        return Lead(url, "list", None, FROM_ARTICLE["list"], SITEMAP, modified=modified, context={"level": level})
    if refusal_of(url, title, 2):
        return None
    kind: Kind
    kind, sure = kind_of(url, title)
    if entry in {"item", "entry"}:  # a feed lists articles, whatever their addresses look like
        return Lead(url, "article", title or None, FROM_LIST["article"] + sure, FEED, modified=modified)
    name = urlsplit(answer.url).path.rpartition("/")[2]
    if _OF_ARTICLES.search(name) and not _OF_OTHERS.search(name) and (urlsplit(url).path.strip("/") or "?" in url):
        kind = "article"
    if kind == "article":
        # ranked with the lists: their links go first
        return Lead(url, kind, title or None, FROM_ARTICLE[kind] + sure, SITEMAP, modified=modified)
    return Lead(url, kind, title or None, 0, SITEMAP, modified=modified)


def _day(entry: etree._Element) -> date | None:
    for name in ("lastmod", "updated", "published", "date", "publication_date"):
        if match := _DAY.match(_text(entry, name)):
            try:
                return date(int(match[1]), int(match[2]), int(match[3] or 1))
            except ValueError:
                continue
    return None


def _text(entry: etree._Element, name: str) -> str:
    """Return the text of an entry's child of this name, tidied; "" if it has none."""
    for child in entry:
        if name_of(child) == name:
            text: str = etree.tostring(child, encoding="unicode", method="text", with_tail=False)
            return " ".join(text.split())
    return ""


def _link(entry: etree._Element) -> str:
    """Return an entry's address: the text (RSS, sitemaps), the alternate link's `href` (Atom), or a permanent guid."""
    for child in entry:
        if name_of(child) in {"link", "loc"} and child.get("rel", "alternate") == "alternate":
            address = child.get("href") or child.text
            if address and address.strip():
                return address.strip()
    guid = _text(entry, "guid")
    return guid if guid.startswith("http") else ""
