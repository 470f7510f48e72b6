"""Normalise text: white space, width, invisible characters, traditional forms; make text safe to print."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TypeAlias

# What JSON of a page or a server may hold, once it is read.
Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

# Characters that act instead of being shown: control characters (C0 except tab and line ends, DEL, C1), which control
# a terminal, and characters that change the direction of text or annotate it.
_ACTING = (
    "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
    "\ufff9-\ufffb\U000e0000-\U000e007f"
)
_HARMFUL = re.compile(f"[{_ACTING}]")
# These, zero-width marks, soft hyphen and byte order marks: pages carry them, readers never see them. Nor do they see
# signs of private use as such: icons of a site's own font. Those that GB 18030 gave to rare Han characters stay.
_ICONS = "\ue600-\ue765\ue865-\uf8ff"
_INVISIBLE = re.compile(f"[{_ACTING}\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff\ufffe{_ICONS}]")
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # Excel takes the full-width signs too


# A character the page itself has lost: 虚缺号, as Chinese print marks an illegible one (GB/T 15834). The measure of
# wrong decoding is taken before, on the page's text.
_LOST, _GAP = "\ufffd", "□"
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_HAN = re.compile("[\u4e00-\u9fff]+")
_BASIC_PLANE, _BEYOND = 0xFFFF, re.compile("[\U00010000-\U0010ffff]")
# OpenCC's converter takes 30 ms for an article, its character tables 0.1 ms; phrases (乾 in 乾隆) are given up for it.
# Regional variants (裡, 爲) come first, so that the main table finds its standard forms.
_VARIANTS = ("HKVariantsRev.txt", "TWVariantsRev.txt")
_CHARACTERS = "TSCharacters.txt"


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


@cache
def simplified() -> dict[int, str]:
    """Return the table for `str.translate`: code point of a traditional or variant form → simplified character."""
    variants: dict[str, str] = {}
    for name in _VARIANTS:
        variants |= _dictionary(name)
    characters = _dictionary(_CHARACTERS)
    table = {form: characters.get(standard, standard) for form, standard in variants.items()}
    for form, character in characters.items():
        table.setdefault(form, characters.get(character, character))
    # A second look-up ends the one chain there is: 麼 → 么 → 幺.
    return {ord(form): table.get(character, character) for form, character in table.items() if form != character}


def simplify(text: str) -> str:
    """Write every traditional or variant form as its simplified character; a text without one takes microseconds."""
    # A set of characters beyond the basic plane is searched one by one; they are rare.
    return text.translate(simplified()) if _BEYOND.search(text) else _forms().sub(_simple, text)


@cache
def _forms() -> re.Pattern[str]:
    return re.compile(f"[{''.join(chr(form) for form in simplified() if form <= _BASIC_PLANE)}]")


def _simple(form: re.Match[str]) -> str:
    return simplified()[ord(form[0])]


def _dictionary(name: str) -> dict[str, str]:
    """Read one of OpenCC's dictionaries (`form TAB choices`), taking the first choice that changes the form."""
    path = files("opencc") / "dictionary" / name
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line)
    return {form: next((c for c in choices.split(" ") if c != form), form) for form, choices in pairs}


def harmless(text: str) -> str:
    """Return text that can be printed anywhere: without control and bidirectional characters but tabs and line ends."""
    return text if text.isprintable() else _HARMFUL.sub("", text)


def spreadsheet_cell(value: object) -> object:
    """Return a cell that people can read and a spreadsheet does not compute; lists and objects as JSON."""
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    return spreadsheet_text(harmless(value)) if isinstance(value, str) else value


def spreadsheet_text(text: str) -> str:
    """Return a cell's text marked so that a spreadsheet shows it and does not compute it (OWASP: CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
