"""Leads from what is no page: RSS and Atom feeds, sitemaps and sitemap indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from newscrawl.discover.anchors import absolute
from newscrawl.discover.lead import FROM_LIST, Lead
from newscrawl.discover.links import kind_of

if TYPE_CHECKING:
    from newscrawl.discover.lead import Kind
    from newscrawl.discover.scope import Scope

MOST_ENTRIES = 50_000  # the sitemap protocol's own limit (sitemaps.org)
_ENTRIES = {"item", "entry", "url", "sitemap"}


def feed_leads(content: bytes, url: str, scope: Scope) -> list[Lead]:
    """Give the leads of a feed or sitemap in its order, each once; nothing for what is neither.

    Args:
        content: the body as received, decompressed. Malformed XML is read as far as it goes; entities are not expanded
            and nothing is loaded from outside.
        url: its address, which relative ones are resolved against.
        scope: hosts to stay on.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(content.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):  # ValueError: an unknown encoding is declared
        return []
    leads: dict[str, Lead] = {}
    for element in root.iter() if root is not None else ():
        name = _name(element)
        if name not in _ENTRIES or len(leads) >= MOST_ENTRIES:
            continue
        link = absolute(_link(element), url)
        if link and link not in leads and scope.allows(link):
            leads[link] = _lead(link, _text(element, "title"), name)
    return list(leads.values())


def _lead(url: str, title: str, entry: str) -> Lead:
    kind: Kind
    kind, sure = ("list", 0) if entry == "sitemap" else kind_of(url, title)
    if entry in {"item", "entry"}:  # a feed lists articles, whatever their addresses look like
        kind, sure = "article", max(1, sure) if kind == "article" else 1
    return Lead(url, kind, title or None, FROM_LIST[kind] + sure)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _text(entry: etree._Element, name: str) -> str:
    """The text of an entry's child of this name, tidied; "" where it has none."""
    for child in entry:
        if _name(child) == name:
            return " ".join(etree.tostring(child, encoding="unicode", method="text", with_tail=False).split())
    return ""


def _link(entry: etree._Element) -> str:
    """An entry's address: RSS's and sitemaps' text, Atom's `href` of its alternate link, RSS's permanent guid."""
    for child in entry:
        if _name(child) in {"link", "loc"} and child.get("rel", "alternate") == "alternate":
            address = child.get("href") or child.text
            if address and address.strip():
                return address.strip()
    guid = _text(entry, "guid")
    return guid if guid.startswith("http") else ""
