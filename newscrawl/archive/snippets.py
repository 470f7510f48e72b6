"""A few words around what a search found, from the text as printed."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.archive.folding import letters

MARKS = ("«", "»")  # rare in Chinese text, harmless in HTML and in a terminal
_WIDTH = 80  # characters of a snippet, about two lines
_LEAD = 24  # of them before the first hit


def snippet(text: str, words: list[str]) -> str:
    """Return about 80 characters around the first hit in a text, every hit in them between MARKS.

    `words` are folded. Without a hit it is the beginning of the text.
    """
    text = text.replace("\n", " ")
    hits = _hits(text, words)
    begin = max(0, hits[0][0] - _LEAD) if hits else 0
    end = min(len(text), begin + _WIDTH)
    pieces, place = ["…" if begin else ""], begin
    for start, stop in hits:
        if start >= end:
            break
        pieces += [text[place:start], MARKS[0], text[start:stop], MARKS[1]]
        place = stop
    pieces += [text[place : max(end, place)], "…" if max(end, place) < len(text) else ""]
    return "".join(pieces).strip()


def _hits(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Return where the words stand in the text as printed: (start, end), in order, none within another."""
    folded, places = _folded(text)
    plain = sorted({word.replace(" ", "") for word in words}, key=len, reverse=True)
    if not plain:
        return []
    pattern = re.compile("|".join(map(re.escape, plain)))
    return [(places[match.start()], places[match.end() - 1] + 1) for match in pattern.finditer(folded)]


def _folded(text: str) -> tuple[str, list[int]]:
    """Fold a text character by character; return it with the place of each folded character in the text."""
    pieces = [_letter(character) for character in text]
    return "".join(pieces), [place for place, piece in enumerate(pieces) for _ in piece]


@lru_cache(maxsize=8192)
def _letter(character: str) -> str:
    return letters(character)
