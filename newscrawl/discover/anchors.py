"""Read the anchors of a page, once for all uses: absolute address, visible text and `rel`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newscrawl.extract.page.analysis import analysis
from newscrawl.urls import absolute

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from newscrawl.extract.page.document import Document


class Anchor(NamedTuple):
    """A link as the page gives it.

    Args:
        url: absolute, http or https, without fragment.
        text: the visible text, white space folded; the `title` or an image's `alt` if longer.
        shown: only the visible text.
        rel: the words of its `rel` attribute, lower case.
        element: its element in the page.
    """

    url: str
    text: str
    shown: str
    rel: str
    element: HtmlElement


@analysis
def anchors(document: Document) -> list[Anchor]:
    """Return every http(s) anchor of a page in page order."""
    base, charset = document.base_url, document.decoded.charset
    known: dict[str, str] = {}
    found = []
    for element in document.root.iter("a", "area"):
        href = element.get("href")
        if not href:
            continue
        url = known.get(href)
        if url is None:
            url = known[href] = absolute(href, base, charset)
        if url:
            found.append(_anchor(element, url))
    return found


def _anchor(element: HtmlElement, url: str) -> Anchor:
    shown = " ".join((element.text or "").split() if not len(element) else "".join(element.itertext()).split())
    title = element.get("title")
    text = " ".join(title.split()) if title and len(title) > len(shown) else shown
    return Anchor(url, text or _picture_text(element), shown, (element.get("rel") or "").lower(), element)


def _picture_text(element: HtmlElement) -> str:
    for image in element.iter("img"):
        if alt := image.get("alt"):
            return " ".join(str(alt).split())
    return ""
