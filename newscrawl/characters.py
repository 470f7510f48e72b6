"""OpenCC's tables of Chinese characters, for `str.translate`.

OpenCC's converter takes 30 ms for an article, its character tables 0.1 ms; phrases (乾 in 乾隆) are given up for it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import opencc

# Regional variants (裡, 爲) come first, so that the main table finds its standard forms.
_VARIANTS = ("HKVariantsRev.txt", "TWVariantsRev.txt")
_CHARACTERS = "TSCharacters.txt"


@cache
def simplified() -> dict[int, str]:
    """Return the table: code point of a traditional or variant form → simplified character."""
    variants: dict[str, str] = {}
    for name in _VARIANTS:
        variants |= _dictionary(name)
    characters = _dictionary(_CHARACTERS)
    table = {form: characters.get(standard, standard) for form, standard in variants.items()}
    for form, character in characters.items():
        table.setdefault(form, characters.get(character, character))
    # A second look-up ends the one chain there is: 麼 → 么 → 幺.
    return {ord(form): table.get(character, character) for form, character in table.items() if form != character}


def _dictionary(name: str) -> dict[str, str]:
    """Read one of OpenCC's dictionaries (`form TAB choices`), taking the first choice that changes the form."""
    path = Path(opencc.__file__).with_name("dictionary") / name
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {form: next((c for c in choices.split(" ") if c != form), form) for form, choices in pairs}
