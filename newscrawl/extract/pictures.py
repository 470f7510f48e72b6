"""The pictures of a story: where the real picture is, and which `<img>` are none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

# Where lazy loaders keep the real address, most certain first.
_LAZY = (
    "data-original", "data-src", "data-lazy-src", "data-lazyload", "data-lazy", "data-actualsrc", "data-url", "data-img",
    "data-echo", "original", "lazy-src", "lazysrc", "file", "zoomfile", "data-backsrc", "alt_src",
)  # fmt: skip
_ICON = re.compile(
    r"(?:^|[/_.-])(?:icons?|logo|ewm|erweima|qr_?code|weixin|wechat|share|blank|spacer|grey|gray|loading|pixel|transparent"
    r"|avatar|arrow|dot|line|btn|button|play|bg|space|space1|1x1|nopic|default)(?:[\d_]*)?\.(?:gif|png|jpe?g|svg|webp)|/(?:icons?|emoji|face|smil\w+|avatar)/",
    re.IGNORECASE,
)
_SIZE = re.compile(r"\s*(\d+)")


def picture_address(element: HtmlElement, base: str) -> str | None:
    """The absolute address of the picture an `<img>` shows; None for icons, pixels, QR codes and the like."""
    if _is_small(element):
        return None
    address = next((value for name in _LAZY if _is_address(value := (element.get(name) or "").strip())), None)
    address = address or (element.get("src") or "").strip()
    if not _is_address(address) or _ICON.search(address):
        return None
    return urljoin(base, address)


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
    """The absolute addresses of pictures, given as `<img>` or as address, each once."""
    found: dict[str, None] = {}
    for picture in pictures:
        address = urljoin(base, picture) if isinstance(picture, str) else picture_address(picture, base)
        if address:
            found.setdefault(address)
    return list(found)
