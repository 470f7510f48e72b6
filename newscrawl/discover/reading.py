"""Find all leads of a response; the other modules of `discover` are called from here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newscrawl.discover.data.counting import next_request
from newscrawl.discover.data.endpoints import endpoints_of, loaded_scripts
from newscrawl.discover.data.feeds import feed_leads, name_of, named_feeds, parse_xml
from newscrawl.discover.data.hidden import DATA, MARKUP, SCRIPT, links_of_markup
from newscrawl.discover.data.rows import (
    Row,
    filled,
    is_address,
    load,
    markup_of_data,
    row_of,
    rows_of_data,
    rows_of_groups,
)
from newscrawl.discover.lead import FROM_ARTICLE, FROM_LIST, SITEMAP, Lead
from newscrawl.discover.link_kind import headline_voice, kind_of
from newscrawl.discover.links import Findings, read_links
from newscrawl.discover.not_news import refusal_of
from newscrawl.discover.shapes import ARTICLE, CERTAIN, shape
from newscrawl.extract.kind import refusal
from newscrawl.extract.page.document import Document
from newscrawl.extract.page.script import read_script
from newscrawl.urls import absolute, host_of, registered_domain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

    from newscrawl.discover.answer import Answer
    from newscrawl.discover.scope import Scope
    from newscrawl.text import Json

MOST_SITEMAPS = 10  # most sitemaps from one robots.txt
_XML = re.compile(r"<(?:\?xml|rss|feed|urlset|sitemapindex|recordset|datastore)\b", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_FEWEST_ROWS = 3  # so many entries with headlines are a list of articles, whatever their addresses
_SHORTEST_TITLE = 5
_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)


def read_answer(
    answer: Answer, document: Document | None, scope: Scope, *, article_url: re.Pattern[str] | None = None
) -> Findings:
    """Find the leads of a response.

    Args:
        answer: the response.
        document: its page, None if it is no page.
        scope: hosts to stay on.
        article_url: the portal's or family's pattern; an address with a match is certainly an article.
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
    """Return the sitemaps of an address's host: as its robots.txt names them, else, with `guess`, the usual one."""
    parts = urlsplit(url)
    urls = [sitemap for sitemap in named if scope.allows(sitemap)][:MOST_SITEMAPS]
    if not urls and guess and host_of(url):
        urls = [f"{parts.scheme}://{parts.netloc}/sitemap.xml"]
    return [Lead(sitemap, "list", None, FROM_ARTICLE["list"], SITEMAP) for sitemap in urls]


def is_data(document: Document) -> bool:
    """Return whether a response sent as a page is in fact a feed, JSON, a script or records."""
    start = document.decoded.text[:2_000].lstrip("\ufeff \t\r\n")
    if _PAGE.search(start):
        return False
    return refusal(document) == "not-html" or not start.startswith("<") or _XML.match(start) is not None


def read_data(answer: Answer, scope: Scope) -> Findings:
    """Find the leads of a response that is no page: a feed, sitemap, JSON, XML, script or piece of markup."""
    text = answer.text.lstrip("\ufeff \t\r\n")
    data = load(text) if text[:1] in "{[(" or re.match(r"[\w$.;/*\s]{1,90}[=(]\s*[\[{]", text) else None
    if data is not None:
        return _findings(answer, scope, rows_of_data(data), list(markup_of_data(data)), data)
    if text.startswith("<"):
        root = parse_xml(text)
        if root is not None and (leads := feed_leads(root, answer, scope)):
            return Findings(leads)
        markup = [match[1] for match in _CDATA.finditer(text) if "<a" in match[1].lower()]
        rows = [] if markup or root is None else list(_rows_of_xml(root))
        return _findings(answer, scope, rows, markup or ([] if rows else [text]), text)
    if re.match(r"https?://\S+\s", text):  # a sitemap with one address in each line
        return _findings(answer, scope, [Row(line.strip(), "", {}) for line in text.splitlines()[:50_000]], [], None)
    script = read_script(text)
    markup = [script.resolved(written) for written, _ in script.texts if "<a" in written.lower()]
    rows = rows_of_groups(script.groups)
    if not markup and not rows:
        rows = [Row(item, "", {}) for item, _ in script.texts if is_address(item) and _is_certain(item, answer)]
    return _findings(answer, scope, rows, markup, None)


def _is_certain(address: str, answer: Answer) -> bool:
    return shape(absolute(address, answer.origin or answer.url)) >= CERTAIN


def _findings(answer: Answer, scope: Scope, rows: list[Row], markup: list[str], data: Json) -> Findings:
    """Return the leads of rows and pieces of markup, and the list's next page."""
    base = answer.origin or answer.url
    page = Document("", base)
    links = [(absolute(filled(row, answer.templates), base), row.title, DATA) for row in rows]
    for piece in markup:
        links.extend((url, text, MARKUP) for url, text in links_of_markup(piece, page))
    found = Findings()
    known: set[str] = set()
    titled = sum(len(text) >= _SHORTEST_TITLE for url, text, _ in links if url) >= _FEWEST_ROWS
    for url, text, why in links:
        if not url or url in known or url in {answer.url, answer.origin}:
            continue
        known.add(url)
        kind, sure = kind_of(url, text)
        if titled and kind == "unknown" and len(text) >= _SHORTEST_TITLE:
            kind = "article"
        if not scope.allows(url):
            found.outside[registered_domain(url)] += kind == "article"
        elif reason := refusal_of(url, text, headline_voice(text)):
            found.refused[reason] += 1
        else:
            found.leads.append(Lead(url, kind, text or None, FROM_LIST[kind] + sure, why or SCRIPT))
    if found.leads and data is not None and (following := next_request(answer, data, len(known))):
        found.leads.append(following)
    return found


def _rows_of_xml(root: etree._Element) -> Iterator[Row]:
    for element in root.iter():
        fields = {name_of(child): (child.text or "").strip() for child in element if len(child) == 0}
        fields |= {str(name).lower(): str(value) for name, value in element.attrib.items()}
        if row := row_of(fields):
            yield row
