"""One spelling for all spellings: what search and fingerprints compare instead of the text as printed.

Folding is for comparing only and loses detail on purpose (traditional variants that mean different words become one
character); nothing folded is ever shown. Search and fingerprints must fold alike for ever: a changed rule here needs
the search index and the sketches rebuilt.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from unicodedata import normalize

from newscrawl.text import simplified

_BETWEEN = re.compile(r"[\W_]+")
# Full-width punctuation goes first: nothing is left for NFKC to do on nearly every text, which halves the cost.
_PUNCTUATION = re.compile("[，。、：；？！（）“”‘’《》【】…—·\\s]+")


def fold(text: str) -> str:
    """Return text in NFKC, caseless, simplified, letters and digits only; what stood between them is one space.

    The result neither begins nor ends with a space. A search finds `q` in `text` when `fold(q) in fold(text)`.
    """
    return _BETWEEN.sub(" ", _one_spelling(_PUNCTUATION.sub(" ", text))).strip()


def letters(text: str) -> str:
    """Return the folded letters and digits alone: two prints of the same words are equal whatever their punctuation."""
    text = _one_spelling(_PUNCTUATION.sub("", text))
    return text if text.isalnum() else _BETWEEN.sub("", text)


def _one_spelling(text: str) -> str:
    """Return text in NFKC, caseless and simplified; what stands between the words may still be there."""
    text = normalize("NFKC", normalize("NFKC", text).casefold())
    return text if _traditional().isdisjoint(text) else text.translate(simplified())


def tokens(folded: str) -> list[str]:
    """Return what the search index holds of a folded text: its `pairs`, then each of its characters once."""
    return pairs(folded) + sorted(set(folded) - {" "})


def pairs(folded: str) -> list[str]:
    """Return each two neighbours of a folded text, a space as a middle dot, which no folded text has: 5 4 → 5· ·4."""
    dotted = folded.replace(" ", "·")
    return [one + other for one, other in pairwise(dotted)]


@cache
def _traditional() -> frozenset[str]:
    """Return all characters of the table: asking for them is four times quicker than translating in vain."""
    return frozenset(map(chr, simplified()))
