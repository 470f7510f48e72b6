"""Make a snippet of a search hit: the printed text around the words found."""

from __future__ import annotations

import re

from newscrawl.archive.text.folding import letters

MARKS = ("«", "»")  # rare in Chinese text, harmless in HTML and in a terminal
_WIDTH = 80  # characters of a snippet, about two lines
_LEAD = 24  # of them before the first hit
_NOTHING = "\x00"


class _OneForOne(dict[int, str]):
    """A table for `str.translate` that folds each character to exactly one, so that places stay the same.

    A character that folds to no letter, or to several (℃, ㎡), becomes a null; a hit on it is found but not marked.
    """

    def __missing__(self, code: int) -> str:
        folded = letters(chr(code))
        self[code] = folded if len(folded) == 1 else _NOTHING
        return self[code]


_FOLDED = _OneForOne()


def snippet(text: str, words: list[str]) -> str:
    """Return about 80 characters around the first hit in a text, every hit in them between MARKS.

    `words` are folded. Without a hit, the snippet is the beginning of the text.
    """
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
    return "".join(pieces).replace("\n", " ").strip()


def _hits(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Return the places of the words in the printed text: (start, end), in order, without places inside others."""
    plain = sorted({word.replace(" ", "") for word in words}, key=len, reverse=True)
    if not plain:
        return []
    between = f"{_NOTHING}*"  # the word's characters may have punctuation between them: 5.4
    pattern = re.compile("|".join(between.join(map(re.escape, word)) for word in plain))
    return [match.span() for match in pattern.finditer(text.translate(_FOLDED))]
