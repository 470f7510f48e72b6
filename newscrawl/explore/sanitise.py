"""Sanitise a page of another site: keep its text and structure, remove everything active.

nh3 (ammonia) removes all elements and attributes that are not listed here. As a second defence, the response's
`POLICY` forbids scripts, loading and forms to the browser, and gives the page an origin of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
import nh3

from newscrawl.extract.page.parse import parse
from newscrawl.text import harmless

if TYPE_CHECKING:
    from lxml.html import HtmlElement

POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'"

# Elements without text: dropped with everything inside.
_DROPPED = {
    "script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "template", "audio", "video",
    "canvas", "svg", "math", "map", "portal", "dialog", "noframes", "select", "textarea", "datalist", "title",
}  # fmt: skip
_KEPT = {
    "address", "article", "aside", "footer", "header", "h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "main", "nav",
    "section", "search", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "hr", "li", "menu", "ol", "p",
    "pre", "ul", "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "center", "cite", "code", "data", "dfn", "em",
    "font", "i", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr", "caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "del", "ins", "details", "summary", "fieldset", "legend",
}  # fmt: skip
_ATTRIBUTES = {
    "class", "id", "style", "title", "lang", "dir", "align", "valign", "width", "height", "border", "bgcolor", "color",
    "face", "size", "cellpadding", "cellspacing", "colspan", "rowspan", "nowrap", "start", "type", "value", "datetime",
    "clear", "open",
}  # fmt: skip
_STYLES = {
    "background-color", "border", "border-collapse", "color", "font-family", "font-size", "font-style", "font-weight",
    "height", "line-height", "list-style-type", "margin", "padding", "text-align", "text-decoration", "text-indent",
    "vertical-align", "white-space", "width",
}  # fmt: skip


def sanitised(text: str) -> str:
    """Return a page as HTML without scripts and loading; pictures become their alternative text, links their text.

    Args:
        text: the page, decoded.
    """
    root = parse(text)
    for element in root.iter("a", "img"):
        _tell(element)
    cleaned = nh3.clean(
        lxml.html.tostring(root, encoding="unicode"),
        tags=_KEPT,
        clean_content_tags=_DROPPED,
        attributes={"*": _ATTRIBUTES},
        filter_style_properties=_STYLES,
        link_rel=None,
        url_schemes=set(),
    )
    return f"<!DOCTYPE html>\n<html><body>{harmless(cleaned)}</body></html>"


def _tell(element: HtmlElement) -> None:
    """Show a link's target in its tooltip, and a picture's alternative text in its place."""
    target = element.get("href") if element.tag == "a" else element.get("src")
    if target and "title" not in element.attrib:
        element.set("title", target)
    if element.tag == "img":
        words = element.get("alt", "").strip()
        element.tag, element.text = "span", f"〔图：{words}〕" if words else "〔图〕"
