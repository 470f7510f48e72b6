"""Normalising of white space, width and invisible characters."""

from __future__ import annotations

import re
import unicodedata

# Zero-width and bidi marks, soft hyphen, BOM: pages carry them, readers never see them.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"
)


# A character the page itself has lost: 虚缺号, as Chinese print marks an illegible one (GB/T 15834). The measure of
# wrong decoding is taken before, on the page's text.
_LOST, _GAP = "\ufffd", "□"
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_HAN = re.compile("[\u4e00-\u9fff]+")


def tidy(text: str) -> str:
    """Remove invisible characters, fold every run of white space (ideographic included) to one space, and strip.

    A replacement character that stands in the page becomes □.
    """
    # Printable text holds no white space but plain spaces, and nothing invisible.
    plain = text.isprintable()
    text = text.strip() if plain and "  " not in text else " ".join(text.split())
    if _LOST in text:
        text = text.replace(_LOST, _GAP)
    # What is left of white space is plain spaces, so nearly every text is "printable" and needs no second look.
    return text if plain or text.isprintable() else " ".join(_INVISIBLE.sub("", text).split())


def fold(text: str) -> str:
    """Reduce text to what tells two apart: NFKC, lower case, letters and digits only."""
    text = unicodedata.normalize("NFKC", text).lower()
    return text if text.isalnum() else _NOT_ALPHANUMERIC.sub("", text)


def han(text: str) -> int:
    """Count the Chinese characters of the basic block, simplified and traditional."""
    return sum(map(len, _HAN.findall(text)))
