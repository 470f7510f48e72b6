"""Find links that are no anchors: in attributes, frames, pieces of markup, scripts and data."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.discover.anchors import anchors
from newscrawl.discover.data.rows import filled, is_address, load, markup_of_data, rows_of_data, rows_of_groups
from newscrawl.discover.shapes import CERTAIN, shape
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.decode import Decoded
from newscrawl.extract.page.document import Document
from newscrawl.extract.page.script import CLOSE, LONGEST_SCRIPT, OPEN, Script, fill, fill_all, holes, read_script
from newscrawl.urls import absolute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from newscrawl.discover.data.rows import Row

MOST_HIDDEN = 5_000  # most links of one page
MOST_ATTRIBUTES = 30_000  # most attributes of one page that are read
LONGEST_DATA = 16_000_000  # most characters of JSON in a page that are read
_SHORTEST_ID = 3  # fewest characters of an id by which an anchor's address is matched to a row
_MOST_PIECES = 200  # most pieces of text in one element that are read
_LONGEST_TEXT = 120  # most characters of an element's text that may be a headline
# Why a hidden link leads on, as `Lead.why`.
ATTRIBUTE, OPTION, FRAME, MARKUP, SCRIPT, DATA, MOVED = (
    "attribute",
    "option",
    "frame",
    "markup",
    "script",
    "data",
    "moved",
)

_PLAIN_ATTRIBUTES = frozenset(
    [
        "class",
        "style",
        "id",
        "src",
        "srcset",
        "alt",
        "title",
        "content",
        "type",
        "rel",
        "action",
        "name",
        "d",
        "viewbox",
        "xmlns",
        "lang",
        "charset",
        "media",
        "integrity",
        "for",
        "width",
        "height",
        "sizes",
        "points",
        "transform",
        "fill",
        "cite",
        "background",
        "pubdate",
        "datetime",
        "itemtype",
        "itemprop",
        "property",
        "poster",
        "longdesc",
    ]
)
_HANDLER = re.compile(r"on|@|v-on:|ng-click|bindtap")  # attributes of event handlers
_NO_LINK_TAGS = frozenset(
    [
        "script",
        "link",
        "base",
        "meta",
        "iframe",
        "frame",
        "img",
        "object",
        "embed",
        "source",
        "video",
        "audio",
        "form",
        "input",
    ]
)
_NO_LINK = re.compile(r"img|image|pic|src|cover|thumb|video|audio|share|original|lazy|logo|icon|bg|poster|qr|api|ajax")
_MARKUP_TYPES = re.compile(r"html|template|tmpl|x-handlebars|mustache|xml", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
# Reading a page's scripts takes milliseconds: only those that may move the page are read for it.
_MOVE = re.compile(r"(?:location|href)\s*=(?!=)|location\s*\.\s*(?:replace|assign)\s*\(")
_ASSIGNED_DATA = re.compile(r"^\s*(?:(?:var|let|const)\s+)?[\w$.\[\]'\"]{1,80}\s*[=(]\s*[\[{]|^\s*[\[{]")


class Hidden(NamedTuple):
    """A link that is no anchor.

    Args:
        url: absolute, http or https, without fragment.
        text: the text shown with it, "" if none.
        why: where it was found, as in `Lead.why`.
    """

    url: str
    text: str
    why: str


@analysis
def hidden_links(document: Document) -> list[Hidden]:
    """Return the links of a page that are no anchors, in no meaningful order; at most `MOST_HIDDEN`."""
    found: dict[tuple[str, str], Hidden] = {}
    for href, text, why in _all(document):
        url = absolute(href, document.base_url, document.decoded.charset)
        known = found.get((url, why))
        if url and (known is None or len(text) > len(known.text)):
            found[url, why] = Hidden(url, text, why)
        if len(found) >= MOST_HIDDEN:
            break
    return list(found.values())


@analysis
def page_script(document: Document) -> Script:
    """Return the parsed inline scripts of a page."""
    sources = []
    left = LONGEST_SCRIPT
    for element in document.root.iter("script"):
        source = (element.text or "")[:left]
        if source and not _is_data(element):
            sources.append(source)
            left -= len(source)
    return read_script("\n;".join(sources))


@analysis
def page_rows(document: Document) -> list[Row]:
    """Return the list rows in a page's scripts."""
    rows = rows_of_groups(page_script(document).groups)
    for element in document.root.iter("script"):
        source = element.text or ""
        if (_is_data(element) or _ASSIGNED_DATA.match(source)) and len(source) <= LONGEST_DATA:
            rows.extend(rows_of_data(load(source)))
    return rows


@analysis
def templates_of(document: Document) -> list[str]:
    """Return addresses that scripts build from a row's id (`'/detail?id=' + item.id`), with a placeholder for it."""
    script = page_script(document)
    texts = [script.resolved(text) for text, _ in (*script.moves, *script.texts)]
    pieces = [piece for text in texts if OPEN in text for piece in _pieces(text)]
    return [piece for piece in pieces if holes(piece) and is_address(fill_all(piece, "1"))]


def _learnt(document: Document, rows: list[Row]) -> list[str]:
    """Return templates learnt from the page: anchors' addresses that contain a row's id, replaced by a placeholder."""
    ids = {row.fields["id"] for row in rows[:200] if not row.address and len(row.fields.get("id", "")) >= _SHORTEST_ID}
    for anchor in anchors(document) if ids else ():
        for piece in re.split(r"[/._?=&-]", anchor.url):
            if piece in ids:
                return [anchor.url.replace(piece, f"{OPEN}id{CLOSE}")]
    return []


def links_of_markup(markup: str, document: Document) -> Iterator[tuple[str, str]]:
    """Return address and text of the anchors in a piece of markup, without addresses that have placeholders."""
    piece = Document(markup, document.base_url)
    piece.decoded = Decoded(piece.decoded.text, document.decoded.charset, piece.decoded.utf8)
    for anchor in anchors(piece):
        if OPEN not in anchor.url:
            yield anchor.url, anchor.text


def _all(document: Document) -> Iterator[tuple[str, str, str]]:
    yield from _frames(document)
    yield from _attributes(document)
    for markup in _markup(document):
        for url, text in links_of_markup(markup, document):
            yield url, text, MARKUP
    rows = page_rows(document)
    templates = [*templates_of(document), *_learnt(document, rows)]
    for row in rows:
        if address := filled(row, templates):
            yield address, row.title, DATA
    script = page_script(document)
    for text, _ in script.texts:
        address = script.resolved(text).strip()
        if is_address(address) and shape(absolute(address, document.base_url)) >= CERTAIN:
            yield address, "", SCRIPT


def moves_of(document: Document) -> list[str]:
    """Return the redirects that a page's scripts make by themselves: `location.href = …`, also within `setTimeout`."""
    handlers = [element.get("onload") or "" for element in document.root.iter("body", "frameset")]
    if not any(handlers) and not _MOVE.search(document.script_text):
        return []
    script = page_script(document)
    timed = [text for text, _ in script.texts if "location" in text]
    found: list[str] = []
    for source in (script, *map(read_script, (*timed, *filter(None, handlers)))):
        calls = [group for group in source.calls("replace", "assign") if "location" in group.call]
        called = [value for group in calls for value in group.values[:1]]
        moved = [
            script.resolved(text) for text in (*(text for text, _ in source.moves), *called) if isinstance(text, str)
        ]
        found.extend(absolute(to, document.base_url, document.decoded.charset) for to in moved if is_address(to))
    return [url for url in dict.fromkeys(found) if url]


def _frames(document: Document) -> Iterator[tuple[str, str, str]]:
    for frame in document.root.iter("frame", "iframe"):
        src = (frame.get("src") or frame.get("data-src") or "").strip()
        if src and not src.lower().startswith(("about:", "javascript:")):
            yield src, frame.get("title") or "", FRAME


def _attributes(document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield addresses in the attributes of elements, and in click handlers."""
    page = page_script(document)
    values = document.root.xpath("//@*[contains(., '/') or contains(., '.') or contains(., '(')]")
    for value in values[:MOST_ATTRIBUTES]:
        name, element = str(value.attrname).lower(), value.getparent()
        handles = _HANDLER.match(name) is not None
        if name in _PLAIN_ATTRIBUTES or (element.tag in _NO_LINK_TAGS and not (handles and element.tag == "img")):
            continue
        text = str(value).strip()
        if name == "href" and element.tag in {"a", "area"} and not text.lower().startswith("javascript:"):
            continue
        if handles or text.lower().startswith("javascript:"):
            for address in clicked(text.removeprefix("javascript:"), page):
                yield address, _shown(element), ATTRIBUTE
        elif element.tag == "option" and name == "value":
            if is_address(text):
                yield text, _shown(element), OPTION
        elif not _NO_LINK.search(name) and not _leads(element):
            if is_address(text):
                yield text, _shown(element), ATTRIBUTE
            elif text[:1] in "{[":
                for row in rows_of_data(load(text)):
                    yield row.address, row.title or _shown(element), ATTRIBUTE


def clicked(source: str, page: Script) -> Iterator[str]:
    """Return the addresses that a click handler opens: in its source, or built by a function of the page."""
    if len(source) > 2_000:
        return
    handler = read_script(source)
    for text, _ in (*handler.moves, *handler.texts):
        address = page.resolved(text).strip()
        if is_address(address):
            yield address
    for call in handler.groups:
        if call.kind != "(":
            continue
        parameters = page.functions.get(call.call.rpartition(".")[2], [])
        given = {name: value for name, value in zip(parameters, call.values, strict=False) if isinstance(value, str)}
        for template in page.templates(call.call.rpartition(".")[2]) if given else ():
            address = page.resolved(fill(template, given))
            if is_address(address) and not holes(address):
                yield address
                break


def _markup(document: Document) -> Iterator[str]:
    """Yield pieces of markup that a page contains as text."""
    for element in document.root.iter("textarea", "script", "xmp", "template", "noscript"):
        text = element.text or ""
        if "<a" in text.lower() and (element.tag != "script" or _MARKUP_TYPES.search(element.get("type") or "")):
            yield text
    if "<![CDATA[" in document.decoded.text:
        yield from (match[1] for match in _CDATA.finditer(document.decoded.text) if "<a" in match[1].lower())
    written = [text for text, _ in page_script(document).texts if "<a" in text.lower()]
    yield from map(page_script(document).resolved, written)
    for element in document.root.iter("script"):
        if _is_data(element):
            yield from markup_of_data(load(element.text or ""))


def _pieces(text: str) -> Iterable[str]:
    """Yield the addresses in a script's string: the string itself, or the `href`s if it is markup."""
    return re.findall(r"""href\s*=\s*["']?([^"'\s>]+)""", text) if "<" in text else (text,)


def _is_data(element: HtmlElement) -> bool:
    kind = (element.get("type") or "").lower()
    return "json" in kind and "ld+json" not in kind


def _leads(element: HtmlElement) -> bool:
    """Return whether an element is an anchor with an address of its own."""
    href = (element.get("href") or "").strip().lower() if element.tag in {"a", "area"} else ""
    return bool(href) and not href.startswith(("#", "javascript:"))


def first_words(element: HtmlElement, size: int) -> str:
    """Return an element's text, white space folded, cut at about `size` characters."""
    pieces = []
    for piece in islice(element.itertext(), _MOST_PIECES):
        pieces.append(piece)
        size -= len(piece.strip())
        if size < 0:
            break
    return " ".join("".join(pieces).split())


def _shown(element: HtmlElement) -> str:
    """Return an element's possible headline: its title, its heading, or its text if short."""
    if element.tag in {"body", "html"}:
        return ""
    if title := element.get("title"):
        return " ".join(title.split())
    heading = next(element.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    words = first_words(element if heading is None else heading, _LONGEST_TEXT + 1)
    if len(words) > _LONGEST_TEXT:
        lines = (" ".join(line.split()) for line in islice(element.itertext(), _MOST_PIECES))
        words = next((line for line in lines if len(line) >= 6), "")
    picture = next(element.iter("img"), None) if not words else None  # the element itself, or within it
    return words or (" ".join((picture.get("alt") or "").split()) if picture is not None else "")
