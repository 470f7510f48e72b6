"""The table of cues (`cues.toml`), compiled once: words that tell what a line of a page is.

Cues are written plain (simplified, half-width, lower case) and matched on the plain text of a line.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.extract.language.patterns import firsts, led_by_literals, parts
from newscrawl.extract.language.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BULLETS = "▲■◆●▼★☆◎○►▶▷◤◢◥◣➤➡↑↓⬆⬇👆👇👉📌📖📚🔗🔥⭐·•|※*"
CLOSING_MARKS = "★☆◆●▼◤◢◥◣※*"  # which stand behind a heading as well: ★延伸阅读★
# What may stand in front of a cue that begins a line: brackets, bullets, white space.
MARKS = f' \t\u3000【[〖《(「『<>»{BULLETS}“"—–-'
_FORMS = {
    "whole": r"\W*(?:{})\W*\Z",
    "start": "(?:{})",
    "label": r"(?:{})(?=\Z|[\s|/、:(\[【)\]】>])",
    "heading": rf"(?:{{}})(?:\s*[{CLOSING_MARKS}]+|\s*[:>︰】\]〗》»)].*|\s*\(\d*\))?\Z",
    "end": r"(?:{})\W*\Z",
    "inside": "{}",
}


LONGEST = 400  # characters of a line in which a cue counts, where its row does not say


class Cue(NamedTuple):
    """A row of the table: its words, the role they show, their place in the line, and the length of the line."""

    role: str
    where: str
    longest: int
    says: str
    example: str
    counter: str


class Cues:
    """The rows of some roles, compiled; called with a text, they give the first match or None.

    A match's `lastgroup` is the role; its places hold in the text as printed, which the plain text is as long as.
    """

    def __init__(self, *roles: str) -> None:
        self.roles = roles
        self.use(TABLE)

    def use(self, table: Iterable[Cue]) -> None:
        """Compile the rows of a table."""
        begun: dict[tuple[int, bool], dict[str, list[str]]] = {}
        within: dict[tuple[int, str], list[str]] = {}
        letters: dict[tuple[int, bool], set[str]] = {}
        for row in (row for role in self.roles for row in table if row.role == role):
            pattern = _FORMS[row.where].format(row.says)
            if row.where in {"inside", "end"}:
                within.setdefault((row.longest, row.role), []).append(pattern)
                continue
            first = firsts(row.says) if row.where != "whole" else None
            key = row.longest, first is not None
            begun.setdefault(key, {}).setdefault(row.role, []).append(pattern)
            letters.setdefault(key, set()).update(first or ())
        self._begun = [
            (longest, frozenset(letters[longest, known]) if known else None, _by_role(rows).match)
            for (longest, known), rows in begun.items()
        ]
        self._longest = max((row.longest for row in table if row.role in self.roles), default=0)
        self._within = [
            (longest, re.compile(f"(?P<{role}>{'|'.join(led_by_literals(*rows))})"))
            for (longest, role), rows in within.items()
        ]
        at_start = [all(part.startswith("^") for row in rows for part in parts(row)) for rows in within.values()]
        self._finders = [
            (longest, pattern.match if only else pattern.search)
            for only, (longest, pattern) in zip(at_start, self._within, strict=True)
        ]

    def __call__(self, text: str) -> re.Match[str] | None:
        """The first cue of a text: one that begins it before one inside it."""
        size = len(text)
        if size > self._longest:
            return None
        read = plain(text)
        if self._begun:
            start = size - len(read.lstrip(MARKS))
            first = read[start : start + 1]
            for longest, firsts, match in self._begun:
                if size <= longest and (firsts is None or first in firsts) and (found := match(read, start)):
                    return found
        for longest, find in self._finders:
            if size <= longest and (found := find(read)):
                return found
        return None

    def each(self, text: str) -> Iterator[re.Match[str]]:
        """Every cue inside a text, row by row."""
        for longest, pattern in self._within:
            yield from pattern.finditer(plain(text)) if len(text) <= longest else ()

    def without(self, text: str) -> str:
        """A text without the words of the cues."""
        found = [*self.each(text), self(text)]
        for start, end in sorted({match.span() for match in found if match}, reverse=True):
            text = text[:start] + text[end:]
        return text


def _by_role(rows: dict[str, list[str]]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{role}>{'|'.join(patterns)})" for role, patterns in rows.items()))


def _read() -> tuple[Cue, ...]:
    sections = tomllib.loads(files(__package__).joinpath("cues.toml").read_text("utf-8"))
    return tuple(
        Cue(
            role,
            row.get("where", section.get("where", "inside")),
            row.get("longest", section.get("longest", LONGEST)),
            row["says"],
            row["example"],
            row["counter"],
        )
        for role, section in sections.items()
        for row in section["rows"]
    )


TABLE = _read()
