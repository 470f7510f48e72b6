"""`Answer`: a response as reading its links needs it; and what an answer that is no page leads to."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newscrawl.discover.data.feeds import feed_leads, name_of, parse_xml
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
from newscrawl.discover.lead import FROM_LIST, Lead
from newscrawl.discover.links import Findings, headline_voice, kind_of
from newscrawl.discover.not_news import refusal_of
from newscrawl.discover.paging.counting import next_request
from newscrawl.discover.shapes import CERTAIN, shape
from newscrawl.extract.page.decode import decode
from newscrawl.extract.page.document import Document
from newscrawl.extract.page.script import read_script
from newscrawl.urls import absolute, registered_domain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.discover.scope import Scope

LONGEST_UNZIPPED = 32 * 1024 * 1024  # bytes; the sitemap protocol allows 50 MB, no portal has such
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_FEWEST_ROWS = 3  # entries with headlines that make a list of articles, whatever their addresses look like
_SHORTEST_TITLE = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for a request.

    Args:
        url: the address that answered.
        body: as received, decompressed.
        content_type: the header.
        method: of the request.
        sent: what a POST sent.
        origin: the page that named it: what relative addresses in data are relative to.
        templates: addresses with holes that the page puts together with a row's id.
        level: how many sitemap indexes lead to it.
    """

    url: str
    body: bytes
    content_type: str = ""
    method: str = "GET"
    sent: str = ""
    origin: str = ""
    templates: tuple[str, ...] = ()
    level: int = 0
    _texts: list[str] = field(default_factory=list, repr=False)

    @property
    def text(self) -> str:
        """The body decoded; a gzip file is read as far as `LONGEST_UNZIPPED`."""
        if not self._texts:
            self._texts.append(decode(_unzipped(self.body), self.content_type).text)
        return self._texts[0]


def read_data(answer: Answer, scope: Scope) -> Findings:
    """Read what is no page: a feed, a sitemap, JSON, XML, a script, a piece of markup."""
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
    if re.match(r"https?://\S+\s", text):  # a sitemap of one address a line
        return _findings(answer, scope, [Row(line.strip(), "", {}) for line in text.splitlines()[:50_000]], [], None)
    script = read_script(text)
    markup = [script.resolved(written) for written, _ in script.texts if "<a" in written.lower()]
    rows = rows_of_groups(script.groups)
    if not markup and not rows:
        rows = [Row(item, "", {}) for item, _ in script.texts if is_address(item) and _is_certain(item, answer)]
    return _findings(answer, scope, rows, markup, None)


def _is_certain(address: str, answer: Answer) -> bool:
    return shape(absolute(address, answer.origin or answer.url)) >= CERTAIN


def _findings(answer: Answer, scope: Scope, rows: list[Row], markup: list[str], data: Any) -> Findings:
    """The leads of rows and pieces of markup, and of the list's next page."""
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


def _rows_of_xml(root: Any) -> Iterator[Row]:
    for element in root.iter():
        fields = {name_of(child): (child.text or "").strip() for child in element if len(child) == 0}
        fields |= {name.lower(): value for name, value in element.attrib.items()}
        if row := row_of(fields):
            yield row


def _unzipped(body: bytes) -> bytes:
    """The contents of a gzip file; the bytes themselves where they are none, or broken from the start."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, LONGEST_UNZIPPED)
    except zlib.error:
        return body
