"""The pictures of a story: where the real picture is, and which `<img>` are none."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newscrawl.urls import join

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

# Where lazy loaders keep the real address, most certain first; the second kind may hold other things as well.
_LAZY = ("data-original", "data-src", "data-lazy-src", "data-lazyload", "data-actualsrc", "data-echo", "zoomfile")
_PERHAPS_NAMES = "file data-lazy data-url data-img original lazy-src lazysrc data-backsrc alt_src"
_WIDEST = ("data-srcset",)
_PERHAPS = (*_PERHAPS_NAMES.split(), "srcset")
_CANDIDATE = re.compile(r"([^\s,]\S*?)(?:\s+([\d.]+)[wx])?\s*(?:,(?=\s|//|https?:)|$)")
_SMALLEST, _PORTRAIT = 40, 80  # pixels: of any side, and of both
_ICON = re.compile(
    r"(?:^|[/_.-])(?:icons?(?:_[a-z]{2,7})?|logo|ewm|erweima|qr_?code|weixin|wechat|weibo|qzone|fb|facebook|twitter|share"
    r"|blank|spacer|grey|gray|loading|lazy\w*|background|pixel|transparent|avatar|arrow|dot|line|btn|button|play|bg|space|1x1|nopic|none"
    r"|(?:icon|btn|button)-|code|(?:next|prev)(?:_?page)?|(?:\w+_)?ad|default\w*(?:-\w+)?)[\d_]*\.(?:gif|png|jpe?g|svg|webp)"
    r"|/(?:icons?|emoji|face|smil\w+|avatar)/",
    re.IGNORECASE,
)
_FACE = re.compile(r"(?<![a-z])avatar(?![a-z])", re.IGNORECASE)  # the writer's, in an element of that name
# A QR code by its address, or by the few words it has instead of a caption.
_CODE = re.compile(r"(?<![a-z])qr(?:_?coo?de)?(?![a-z])", re.IGNORECASE)
_SCANNED = re.compile("二[维維][码碼]|扫一扫|掃一掃|扫码|公众号|公眾號|QR ?[Cc]ode")
_LONGEST_PROMPT = 16  # characters: 关注公众号：某某网财经; a caption that speaks of such codes is longer
# A banner by the sizes its name or its attributes give: more than four times as wide as high.
_NAMED_SIZE = re.compile(r"(?<!\d)(\d{3,4})[x×*](\d{2,4})(?!\d)")
_BANNER = 4
_LONGEST_ADDRESS = 4000  # characters
_ELSEWHERE = re.compile("#|(?:data|about|javascript|file|blob|[a-z]):", re.IGNORECASE)  # or on the editor's disk
_LARGE = 200  # pixels of a side that no icon has
_PLACEHOLDER = 3  # pictures with the same address
_SHAPED = re.compile(r"^\s*(?:https?:)?[^\s:/]*/[^\s:]+\.(?:jpe?g|png|webp|gif)\b", re.IGNORECASE)
_SIZE = re.compile(r"\s*(\d{1,9})")
_NUMBERED = re.compile(r"/(?=[^/?]*\d{3})[^/?]+(?<!\.gif)(?<!\.png)(?:\?|$)", re.IGNORECASE)
# A file named in words, as designers do (shareButton_21.png); what an editor puts up is named by date or number.
_DESIGN = re.compile(r"/(?:[A-Z]?[a-z]{2,}+[-_.]?)+(?:(?:[-_@]|v)?\d{1,2}(?!\d)x?)*\.(?:png|gif)(?:\?|$)")


def picture_address(element: HtmlElement, base: str) -> str | None:
    """The absolute address of the picture an `<img>` shows; None for icons, pixels, QR codes, banners and the like."""
    sides = [_pixels(element.get(name) or "") for name in ("width", "height")]
    if _is_small(element, sides) or any(_is_prompt(element.get(name) or "") for name in ("alt", "title")):
        return None
    large = _is_large(sides)
    for names in (_LAZY, _WIDEST, ("src",), _PERHAPS):
        address = _first_address(element, names)
        if address and (large or not _ICON.search(address)):
            return None if _CODE.search(address) or _is_banner(address, sides) else join(base, address) or None
    return join(base, hidden) or None if (hidden := _behind_placeholder(element)) else None


def is_design(element: HtmlElement, base: str) -> bool:
    """Whether a picture's file is named as the buttons and marks of a site's design are; no large picture is one."""
    sides = [_pixels(element.get(name) or "") for name in ("width", "height")]
    return not _is_large(sides) and _DESIGN.search(picture_address(element, base) or "") is not None


def _is_large(sides: list[int | None]) -> bool:
    return all(side is not None and side >= _LARGE for side in sides)


def _behind_placeholder(element: HtmlElement) -> str | None:
    """The address in any other attribute of a picture without `src` or with an icon, or in its other sources."""
    values = [value.strip() for name, value in element.items() if not name.startswith("on")]
    # The parser leaves a `<source>` open, so that the picture stands inside it.
    around = next((outer for outer in element.iterancestors() if outer.tag != "source"), None)
    if around is not None and around.tag == "picture":
        values += [_widest(source.get("srcset") or "") for source in around.iter("source")]
    return next(
        (value for value in values if _is_address(value) and _SHAPED.search(value) and not _ICON.search(value)), None
    )


def _is_prompt(text: str) -> bool:
    return len(text) <= _LONGEST_PROMPT and _SCANNED.search(text) is not None


def _is_banner(address: str, sides: list[int | None]) -> bool:
    named = _NAMED_SIZE.search(address.rpartition("/")[2])
    wide, high = (int(named[1]), int(named[2])) if named else (sides[0], sides[1])
    return wide is not None and high is not None and wide > _BANNER * high > 0


def _first_address(element: HtmlElement, names: Iterable[str]) -> str | None:
    for name in names:
        value = element.get(name) or ""
        address = _widest(value) if "srcset" in name else " ".join(value.split())
        if address and _is_address(address):
            return address
    return None


def _widest(srcset: str) -> str:
    """The address of the largest picture of a srcset: `a.jpg 270w, b.jpg 810w`."""
    found = [(float(size or 0), address) for address, size in _CANDIDATE.findall(srcset)]
    return max(found, key=lambda item: item[0])[1] if found else ""


def _is_address(value: str) -> bool:
    return 4 < len(value) <= _LONGEST_ADDRESS and not _ELSEWHERE.match(value) and ("/" in value or "." in value)


def _is_small(element: HtmlElement, sides: list[int | None]) -> bool:
    """A picture declared smaller than any a story shows (an icon, the writer's portrait), or shown nowhere."""
    if element.get("aria-hidden") == "true":  # a coarse copy that is shown until the picture is there
        return True
    small = _FACE.search(element.get("class") or "") is not None
    small = small or any(side is not None and side < _SMALLEST for side in sides)
    small = small or all(side is not None and side < _PORTRAIT for side in sides)
    return small or "display:none" in (element.get("style") or "").replace(" ", "")


def _pixels(value: str) -> int | None:
    match = _SIZE.match(value)
    return int(match[1]) if match and not value.strip().endswith("%") else None


def addresses(pictures: Iterable[HtmlElement | str], base: str) -> list[str]:
    """The absolute addresses of pictures, given as `<img>` or as address, each once.

    The same file with other parameters is the same picture. An address that several of them show is a placeholder where
    the pictures' own stand in some other attribute; without one it is a drawing, or an editor's picture shown again.
    """
    elements = list(pictures)
    shown = Counter(picture.get("src") for picture in elements if not isinstance(picture, str))
    found: dict[str, str] = {}
    for picture in elements:
        if isinstance(picture, str):
            address = join(base, picture) or None
        elif shown[picture.get("src")] >= _PLACEHOLDER and not _first_address(picture, _LAZY):
            hidden = next((value for name, value in picture.items() if name != "src" and _SHAPED.search(value)), None)
            address = join(base, hidden.strip()) if hidden else picture_address(picture, base)
            address = address if hidden or _NUMBERED.search(address or "") else None
        else:
            address = picture_address(picture, base)
        if address:
            shape = address.partition("?")[0]
            found.setdefault(shape if _SHAPED.search(shape) else address, address)
    return list(found.values())
