"""Normalising of white space, width and invisible characters."""

from __future__ import annotations

import re
import unicodedata

# Zero-width and bidi marks, soft hyphen, BOM: pages carry them, readers never see them.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\u0000-\u0008\u000b\u000c\u000e-\u001f]"
)
_SPACES = re.compile(r"\s+")


def tidy(text: str) -> str:
    """Remove invisible characters, fold every run of white space (ideographic included) to one space, and strip."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def fold(text: str) -> str:
    """Reduce text to what tells two apart: NFKC, lower case, letters and digits only."""
    text = unicodedata.normalize("NFKC", text).lower()
    return "".join(character for character in text if character.isalnum())
