"""Fold text to one spelling (NFKC, lower case, simplified characters), for search and fingerprints.

Folding is only for comparing and loses detail on purpose (traditional characters of different meanings become one
simplified character); folded text is never shown. After a change of these rules, the search index and the sketches
must be rebuilt.
"""

from __future__ import annotations

import re
from operator import add
from unicodedata import normalize

from newscrawl.text import simplify

_BETWEEN = re.compile(r"[\W_]+")
# Full-width punctuation is removed first: then nearly every text is in NFKC already, which halves the cost.
_PUNCTUATION = re.compile("[，。、：；？！（）“”‘’《》【】…—·\\s]+")


def fold(text: str) -> str:
    """Return text in NFKC, caseless, simplified, only letters and digits; other characters between them become a space.

    The result neither begins nor ends with a space. A search finds `q` in `text` when `fold(q) in fold(text)`.
    """
    return _BETWEEN.sub(" ", _one_spelling(_PUNCTUATION.sub(" ", text))).strip()


def letters(text: str) -> str:
    """Return the folded letters and digits alone, so that texts that differ only in punctuation are equal."""
    text = _one_spelling(_PUNCTUATION.sub("", text))
    return text if text.isalnum() else _BETWEEN.sub("", text)


def _one_spelling(text: str) -> str:
    """Return text in NFKC, caseless and simplified; punctuation may remain."""
    return simplify(normalize("NFKC", normalize("NFKC", text).casefold()))


def tokens(folded: str) -> list[str]:
    """Return the tokens that are indexed of a folded text: its `pairs`, then each distinct character once."""
    return pairs(folded) + sorted(set(folded) - {" "})


def count_tokens(folded: str) -> int:
    """Return the number of `tokens`, in half the time that making them takes."""
    return max(0, len(folded) - 1) + len(set(folded) - {" "})


def pairs(folded: str) -> list[str]:
    """Return the bigrams of a folded text, a space as a middle dot, which no folded text contains: 5 4 → 5· ·4."""
    dotted = folded.replace(" ", "·")
    return list(map(add, dotted, dotted[1:]))
