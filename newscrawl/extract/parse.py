"""Text to tree: one lenient parse that loses no text, whatever the markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import lxml.etree
import lxml.html

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# libxml2 (2.14) opens a second root element after this tag, and lxml sees the first root alone.
_END_OF_HTML = re.compile(r"</html\s*>", re.IGNORECASE)
_CONTROL = bytes([*range(9), 11, 12, *range(14, 32)])  # never part of a longer UTF-8 sequence
# libxml2 stops at a depth of 2048, dropping the rest of the page, even with XML_PARSE_HUGE.
_NESTING = re.compile(r"</?(?!(?:a|p|br|img|h[1-6]|script|style|title|meta|link|head)\b)[a-z][^<>]*>", re.IGNORECASE)
# One class for all elements: lxml.html's own look-up by tag calls Python for every element.
_ELEMENTS = lxml.etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)
_WHOLE_BLOCK = "founder-content"


def parse(text: str) -> HtmlElement:
    """Parse a page; comments and processing instructions are left out, the text around them is kept.

    Returns:
        The root: `<html>`, without children for an empty page.
    """
    text = _clean(text)
    root, stopped = _parse(text)
    if stopped:  # too deep: the nesting says nothing, so the page is read without it
        root, _ = _parse(_NESTING.sub("<br>", text))
    return root


def _clean(text: str) -> str:
    end = max(text.rfind("</html"), text.rfind("</HTML"))
    if end != -1 and (text.find("</html") != end or text[end + 7 :].strip()):
        text = _END_OF_HTML.sub("", text)
    # The content marks of Founder's CMS stand in comments; its newer versions use an element of this name.
    return text.replace("<!--enpcontent-->", f"<{_WHOLE_BLOCK}>").replace("<!--/enpcontent-->", f"</{_WHOLE_BLOCK}>")


def _parse(text: str) -> tuple[HtmlElement, bool]:
    parser = lxml.etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ELEMENTS)
    content = text.encode("utf-8", "replace").translate(None, _CONTROL)
    root = lxml.etree.fromstring(content, parser) if content.strip() else None
    error = parser.error_log.last_error
    stopped = error is not None and error.type_name == "ERR_RESOURCE_LIMIT"
    if root is None:
        root = lxml.html.Element("html")
    return cast("HtmlElement", root), stopped
