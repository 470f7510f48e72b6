"""Parse HTML into a tree, leniently and without losing text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import lxml.etree
import lxml.html

from newscrawl.extract.page.bounds import MOST_STYLES, excess

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Where the page goes on behind this tag, libxml2 (2.14) opens a second root, and lxml shows the first alone.
_END_OF_HTML = re.compile(rb"</html\s*>", re.IGNORECASE)
# libxml2 stops at a depth of 2048, dropping the rest of the page, even with XML_PARSE_HUGE.
_NESTING = re.compile(
    rb"(?:</?(?!(?:a|p|br|img|h[1-6]|script|style|title|meta|link|head)\b)[a-z][^<>]*>\s*)+", re.IGNORECASE
)  # fmt: skip
# The content marks of Founder's CMS stand in comments; its newer versions use an element of this name.
_CONTENT_MARKS = {
    b"<!--enpcontent-->": b"<founder-content>",
    b"<!--/enpcontent-->": b"</founder-content>",
}
# One class for all elements: lxml.html's own look-up by tag calls Python for each of them.
_ELEMENTS = lxml.etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)


def parse(text: str | bytes, *, is_bounded: bool = False) -> HtmlElement:
    """Parse a page, given as text or in UTF-8; comments and processing instructions go, the text around them stays.

    Args:
        text: the page.
        is_bounded: it is known not to be too much work.

    Returns:
        The root: `<html>`, without children for an empty page and for one that is too much work (`bounds`).
    """
    content = text.encode("utf-8", "replace") if isinstance(text, str) else text
    if not is_bounded and excess(content):
        return cast("HtmlElement", lxml.html.Element("html"))
    if b"\0" in content:
        content = content.replace(b"\0", b"")
    if b"<!--enpcontent-->" in content:
        for mark, tag in _CONTENT_MARKS.items():
            content = content.replace(mark, tag)
    root, stopped = _parse(content)
    if stopped:  # too deep: the nesting says nothing, so the page is read without it
        content = _NESTING.sub(b"<br>", content)
        root, _ = _parse(content)
    if root.getnext() is not None:
        root, _ = _parse(_END_OF_HTML.sub(b"", content))
    if len(content) > MOST_STYLES:
        _bound_styles(root)
    return root


def _bound_styles(root: HtmlElement) -> None:
    """Empty the style sheets behind the first `MOST_STYLES` bytes: every name in them is looked for in all of them."""
    room = MOST_STYLES
    for style in root.iter("style"):
        room -= len(style.text or "")
        if room < 0:
            style.text = ""


def _parse(content: bytes) -> tuple[HtmlElement, bool]:
    """The tree, and whether the parser stopped before the end."""
    parser = lxml.etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    parser.set_element_class_lookup(_ELEMENTS)
    root = None if not content or content.isspace() else lxml.etree.fromstring(content, parser)
    error = parser.error_log.last_error
    stopped = error is not None and error.type_name == "ERR_RESOURCE_LIMIT"
    if root is None:
        root = lxml.html.Element("html")
    return cast("HtmlElement", root), stopped
