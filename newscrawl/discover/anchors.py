"""The anchors of a page, read once: absolute address, what a reader sees, and the relation it states."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from newscrawl.extract.page.document import Document

LONGEST_ADDRESS = 500  # characters; what is longer carries a session or a text, and is no article
_PLAIN_BASE = re.compile(r"(https?://[\w.:-]+)(/(?:[^?#/]*/)*)?(?=[^/?#]*(?:[?#]|$))")
_BREAKS = re.compile(r"[\r\n\t]")  # a browser drops them
_HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+\.?(?::\d{1,5})?|\[[0-9a-fA-F:.]+\](?::\d{1,5})?")
_OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class Anchor(NamedTuple):
    """A link as the page gives it.

    Args:
        url: absolute, http or https, without fragment.
        text: what it shows, white space folded; the `title` or an image's `alt` where that says more.
        shown: only what it shows.
        rel: the words of its `rel` attribute, lower case.
        element: where it stands.
    """

    url: str
    text: str
    shown: str
    rel: str
    element: HtmlElement


def anchors(document: Document) -> list[Anchor]:
    """Give every http(s) anchor of a page in page order; meant for `document.once(anchors)`."""
    base = document.base_url
    known: dict[str, str] = {}
    found = []
    for element in document.root.iter("a", "area"):
        href = element.get("href")
        if not href:
            continue
        url = known.get(href)
        if url is None:
            url = known[href] = absolute(href, base)
        if url:
            found.append(_anchor(element, url))
    return found


def _anchor(element: HtmlElement, url: str) -> Anchor:
    shown = " ".join((element.text or "").split() if not len(element) else "".join(element.itertext()).split())
    title = element.get("title")
    text = " ".join(title.split()) if title and len(title) > len(shown) else shown
    return Anchor(url, text or _picture_text(element), shown, (element.get("rel") or "").lower(), element)


def absolute(href: str, base: str) -> str:
    """Make an address absolute and cut its fragment; "" for what leads nowhere by http(s)."""
    href = href.partition("#")[0].strip()
    if not href or len(href) > LONGEST_ADDRESS:
        return ""
    if not href.startswith(("http://", "https://")):
        if _OTHER_SCHEME.match(href):
            return ""
        href = _joined(href, base)
    return _sound(href)


def _joined(href: str, base: str) -> str:
    """`urljoin`, at a tenth of its time for the two forms that most links have: `/folder/name` and `name`."""
    origin, folder = _base(base)
    if origin and "./" not in href and not href.startswith(("//", "?", ".")):
        return (origin if href[0] == "/" else folder) + href
    try:
        return urljoin(base, href)
    except ValueError:  # an unclosed bracket in the authority
        return ""


@lru_cache(maxsize=1024)
def _base(base: str) -> tuple[str, str]:
    """The origin of a base address and the folder its names are relative to; "" where it is no plain http address."""
    match = _PLAIN_BASE.match(base)
    return (match[1], f"{match[1]}{match[2] or '/'}") if match and "/." not in base else ("", "")


@lru_cache(maxsize=16_384)
def _sound(url: str) -> str:
    """The address as a browser would ask for it; "" where its host is a slip of the pen (`http://http://…`, `http://关于`)."""
    url = _BREAKS.sub("", url)
    scheme, _, rest = url.partition("://")
    authority = rest.partition("/")[0].partition("?")[0].rpartition("@")[2]
    if scheme.lower() not in {"http", "https"} or len(url) > LONGEST_ADDRESS or not _HOST.fullmatch(authority):
        return ""
    return url.replace(" ", "%20")


def _picture_text(element: HtmlElement) -> str:
    for image in element.iter("img"):
        if alt := image.get("alt"):
            return " ".join(str(alt).split())
    return ""
