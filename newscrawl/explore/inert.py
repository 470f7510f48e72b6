"""A page of another site made harmless: its words and their order, none of its doing.

Only listed elements and attributes are left, so that whatever HTML may come to know is out until it is listed here.
The answer's `POLICY` forbids the browser the rest a second time: no scripts, no loads, no forms, an origin of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import lxml.html

from newscrawl.extract.page.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'"

# What is not words: dropped with everything inside it.
_DROPPED = frozenset({
    "script", "iframe", "frame", "frameset", "object", "embed", "applet", "param", "base", "link", "meta", "template",
    "audio", "video", "source", "track", "canvas", "svg", "math", "map", "area", "portal", "dialog", "noframes",
    "input", "select", "textarea", "option", "optgroup", "datalist", "keygen", "title",
})  # fmt: skip
_KEPT = frozenset({
    "html", "head", "body", "style", "address", "article", "aside", "footer", "header", "h1", "h2", "h3", "h4", "h5",
    "h6", "hgroup", "main", "nav", "section", "search", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure",
    "hr", "li", "menu", "ol", "p", "pre", "ul", "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "center",
    "cite", "code", "data", "dfn", "em", "font", "i", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "caption", "col",
    "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "del", "ins", "details", "summary", "fieldset",
    "legend",
})  # fmt: skip
_ATTRIBUTES = frozenset({
    "class", "id", "style", "title", "alt", "lang", "dir", "align", "valign", "width", "height", "border", "bgcolor",
    "color", "face", "size", "cellpadding", "cellspacing", "colspan", "rowspan", "nowrap", "start", "type", "value",
    "datetime", "clear", "hspace", "vspace", "open",
})  # fmt: skip


def inert(text: str) -> str:
    """Return a page as HTML that does nothing and loads nothing; a picture is its alternative text, a link its words.

    Args:
        text: the page, decoded.
    """
    root = parse(text)
    for element in list(_doomed(root)):
        element.drop_tree()
    for element in list(root.iter()):
        if element is root:
            element.tag = "html"
        elif element.tag not in _KEPT:
            element.tag = "span"  # an element of the site's own, or of another vocabulary
        _strip(element)
    written: str = lxml.html.tostring(root, encoding="unicode")
    return "<!DOCTYPE html>\n" + written


def _doomed(root: Any) -> Iterator[Any]:
    """Give the elements to drop, the outermost of nested ones alone."""
    for element in root.iter():
        if element.tag in _DROPPED and not any(parent.tag in _DROPPED for parent in element.iterancestors()):
            yield element


def _strip(element: Any) -> None:
    """Take off every attribute that is not listed; tell where a link led and what a picture was in its tooltip."""
    target = element.get("href") if element.tag == "a" else element.get("src") if element.tag == "img" else None
    for name in list(element.attrib):
        if name not in _ATTRIBUTES:
            del element.attrib[name]
    if target and "title" not in element.attrib:
        element.set("title", target)
    if element.tag == "style" and element.text and "<" in element.text:
        element.text = ""
    if element.tag == "img":
        words = element.attrib.pop("alt", "").strip()
        element.tag, element.text = "span", f"〔图：{words}〕" if words else "〔图〕"
