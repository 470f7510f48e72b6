"""The pictures of a story: where the real picture is, and which `<img>` are none."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newscrawl.extract.page.joining import join

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

# Where lazy loaders keep the real address, most certain first; the second kind may hold other things as well.
_LAZY = ("data-original", "data-src", "data-lazy-src", "data-lazyload", "data-actualsrc", "data-echo", "zoomfile")
_PERHAPS_NAMES = "file data-lazy data-url data-img original lazy-src lazysrc data-backsrc alt_src srcset data-srcset"
_PERHAPS = tuple(_PERHAPS_NAMES.split())
_ICON = re.compile(
    r"(?:^|[/_.-])(?:icons?|logo|ewm|erweima|qr_?code|weixin|wechat|share|blank|spacer|grey|gray|loading|pixel"
    r"|transparent|avatar|arrow|dot|line|btn|button|play|bg|space|1x1|nopic|default\w*(?:-\w+)?)[\d_]*\.(?:gif|png|jpe?g|svg|webp)"
    r"|/(?:icons?|emoji|face|smil\w+|avatar)/",
    re.IGNORECASE,
)
_PLACEHOLDER = 3  # pictures with the same address
_SHAPED = re.compile(r"^\s*(?:https?:)?[^\s:]*/[^\s:]+\.(?:jpe?g|png|webp|gif)\b", re.IGNORECASE)
_SIZE = re.compile(r"\s*(\d{1,9})")


def picture_address(element: HtmlElement, base: str) -> str | None:
    """The absolute address of the picture an `<img>` shows; None for icons, pixels, QR codes and the like."""
    if _is_small(element):
        return None
    address = _first_address(element, _LAZY) or _first_address(element, ("src",))
    if not address or _ICON.search(address):
        address = _first_address(element, _PERHAPS)
        if not address or _ICON.search(address):
            return None
    return _absolute(base, address)


def _absolute(base: str, address: str) -> str | None:
    try:
        return join(base, address)
    except ValueError:  # `http://[` and the like
        return None


def _first_address(element: HtmlElement, names: Iterable[str]) -> str | None:
    for name in names:
        words = (element.get(name) or "").split()  # a srcset begins with an address
        if words and _is_address(words[0].rstrip(",")):
            return " ".join(words) if "srcset" not in name else words[0].rstrip(",")
    return None


def _is_address(value: str) -> bool:
    return (
        len(value) > 4
        and not value.startswith(("data:", "about:", "javascript:", "#"))
        and ("/" in value or "." in value)
    )


def _is_small(element: HtmlElement) -> bool:
    """A picture declared smaller than any a story shows (40 pixels)."""
    for name in ("width", "height"):
        match = _SIZE.match(element.get(name) or "")
        if match and not (element.get(name) or "").strip().endswith("%") and int(match[1]) < 40:
            return True
    return "display:none" in (element.get("style") or "").replace(" ", "")


def addresses(pictures: Iterable[HtmlElement | str], base: str) -> list[str]:
    """The absolute addresses of pictures, given as `<img>` or as address, each once.

    An address that several of them show is a placeholder: the pictures' own stand in some other attribute.
    """
    elements = list(pictures)
    shown = Counter(picture.get("src") for picture in elements if not isinstance(picture, str))
    found: dict[str, None] = {}
    for picture in elements:
        if isinstance(picture, str):
            address = _absolute(base, picture)
        elif shown[picture.get("src")] >= _PLACEHOLDER and not _first_address(picture, _LAZY):
            hidden = next((value for name, value in picture.items() if name != "src" and _SHAPED.search(value)), None)
            address = _absolute(base, hidden.strip()) if hidden else None
        else:
            address = picture_address(picture, base)
        if address:
            found.setdefault(address)
    return list(found)
