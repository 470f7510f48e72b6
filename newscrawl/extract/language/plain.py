"""Text as the word lists write it: half-width, simplified, lower case, each character in its place."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from newscrawl.text import simplified

BARS = "∣│┃︱❘￨"  # printed as bars, and no compatibility forms of one


class _Plain(dict[int, str]):
    """The replacement of each character, found when first needed: one character each, so that positions stay valid."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = "|" if character in BARS else normalize("NFKC", character)
        folded = folded.lower() if len(folded) == 1 else character
        folded = simplified().get(ord(folded[0]), folded) if len(folded) == 1 else character
        self[code] = folded = folded if len(folded) == 1 else character
        return folded


_TABLE = _Plain()


@lru_cache(maxsize=8192)  # several analyses read the same few lines, and all lines the same words
def plain(text: str) -> str:
    """The text half-width, simplified and lower case, as long as it was: `發佈於 ＡＢＣ` → `发布于 abc`."""
    return text.translate(_TABLE)
