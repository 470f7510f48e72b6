"""One spelling for all spellings: what search and fingerprints compare instead of the text as printed.

Folding is for comparing only and loses detail on purpose (traditional variants that mean different words become one
character); nothing folded is ever shown. Search and fingerprints must fold alike for ever: a changed rule here needs
the search index and the sketches rebuilt.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from unicodedata import normalize

import opencc

# OpenCC's converter takes 30 ms for an article, its character tables through str.translate 0.1 ms; phrases (乾 in 乾隆)
# are given up for it. Regional variants (裡, 爲) come first, so that the main table finds its standard forms.
_VARIANTS = ("HKVariantsRev.txt", "TWVariantsRev.txt")
_CHARACTERS = "TSCharacters.txt"
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
    return text if _traditional().isdisjoint(text) else text.translate(_table())


def tokens(folded: str) -> list[str]:
    """Return what the search index holds of a folded text: its `pairs`, then each of its characters once."""
    return pairs(folded) + sorted(set(folded) - {" "})


def pairs(folded: str) -> list[str]:
    """Return each two neighbours of a folded text, a space as a middle dot, which no folded text has: 5 4 → 5· ·4."""
    dotted = folded.replace(" ", "·")
    return [one + other for one, other in pairwise(dotted)]


@cache
def _table() -> dict[int, str]:
    """Return the table for `str.translate`: code point of a traditional or variant form → simplified character."""
    variants: dict[str, str] = {}
    for name in _VARIANTS:
        variants |= _dictionary(name)
    simplified = _dictionary(_CHARACTERS)
    table = {form: simplified.get(standard, standard) for form, standard in variants.items()}
    for form, character in simplified.items():
        table.setdefault(form, simplified.get(character, character))
    # A second look-up ends the one chain there is: 麼 → 么 → 幺.
    return {ord(form): table.get(character, character) for form, character in table.items() if form != character}


@cache
def _traditional() -> frozenset[str]:
    """Return all characters of the table: asking for them is four times quicker than translating in vain."""
    return frozenset(map(chr, _table()))


def _dictionary(name: str) -> dict[str, str]:
    """Read one of OpenCC's dictionaries (`form TAB choices`), taking the first choice that changes the form."""
    path = Path(opencc.__file__).with_name("dictionary") / name
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {form: next((c for c in choices.split(" ") if c != form), form) for form, choices in pairs}
