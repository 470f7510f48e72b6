"""Parse the search language (words, phrases, AND, OR, NOT, parentheses, fields) into FTS5 expressions.

Any text is a valid query: misplaced operators and brackets are ignored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newscrawl.archive.text.folding import fold, pairs
from newscrawl.errors import ArchiveError

_FIELDS = {"标题": "title", "標題": "title", "title": "title", "正文": "body", "body": "body"}
_FIELDS |= {"作者": "authors", "author": "authors", "authors": "authors"}
_TOKEN = re.compile(
    rf"(?P<field>{'|'.join(sorted(_FIELDS, key=len, reverse=True))})\s*[:：]|(?P<bracket>[()（）])"
    r'|["“”＂](?P<phrase>[^"“”＂]*)["“”＂]?|(?P<word>[^\s()（）"“”＂]+)',
    re.IGNORECASE,
)
_OPERATORS = frozenset({"AND", "OR", "NOT"})


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, and the field to search (title, body or authors; None: all)."""

    folded: str
    field: str | None = None

    def match(self) -> str:
        """Return the phrase of bigrams that matches the term; see `index.bigram`."""
        tokens = pairs(self.folded) or [self.folded]
        column = f"{self.field} : " if self.field else ""
        return f'{column}"{" ".join(tokens)}"'


@dataclass(frozen=True, slots=True)
class Group:
    """Parts joined by AND or OR, and excluded parts in `without`. A group without parts finds nothing."""

    operator: str
    parts: tuple[Term | Group, ...] = ()
    without: tuple[Term | Group, ...] = ()

    def match(self) -> str:
        """Return the group as an FTS5 expression.

        Raises:
            ArchiveError: there are excluded parts only.
        """
        if not self.parts:
            if self.without:
                raise ArchiveError("NOT needs a word to search for beside it: 财政 NOT 昆明")
            return ""
        joined = f" {self.operator} ".join(part.match() for part in self.parts)
        if len(self.parts) > 1 or self.without:
            joined = f"({joined})"
        for part in self.without:
            joined = f"({joined} NOT {part.match()})"
        return joined


def parse(text: str) -> Group:
    """Read a query."""
    return _Reader(text).alternatives(None)


def plain_words(text: str) -> list[str]:
    """Return the folded words and phrases of a query, for marking them in snippets; words after NOT are left out."""
    found: list[str] = []
    groups: list[Term | Group] = [parse(text)]
    while groups:
        part = groups.pop(0)
        if isinstance(part, Term):
            found.append(part.folded)
        else:
            groups += part.parts
    return found


class _Reader:
    """Reads a query from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_TOKEN.finditer(text))
        self._place = 0

    def alternatives(self, field: str | None) -> Group:
        """Read parts joined by OR, up to a closing bracket or the end."""
        parts = [self._all_of(field)]
        while (token := self._next()) and _operator(token) == "OR":
            self._place += 1
            parts.append(self._all_of(field))
        parts = [part for part in parts if part.parts or part.without]
        if len(parts) == 1:
            return parts[0]
        return Group("OR", tuple(parts))

    def _all_of(self, field: str | None) -> Group:
        """Read parts joined by AND or a space, up to OR, a closing bracket or the end."""
        parts: list[Term | Group] = []
        without: list[Term | Group] = []
        negative = False
        while token := self._next():
            operator = _operator(token)
            if operator == "OR" or (token["bracket"] or "") in (*")）",):
                break
            self._place += 1
            if operator:
                negative = negative or operator == "NOT"
                continue
            part = self._part(token, field)
            if isinstance(part, Term) or part.parts or part.without:
                (without if negative else parts).append(part)
            negative = False
        return Group("AND", tuple(parts), tuple(without))

    def _part(self, token: re.Match[str], field: str | None) -> Term | Group:
        """Read a word, a phrase or a group in brackets, with or without a field's name before it."""
        while token["field"]:
            field = _FIELDS[token["field"].lower()]
            following = self._next()
            if following is None or _operator(following):
                return Group("AND")
            self._place += 1
            token = following
        if token["bracket"]:
            if token["bracket"] in ")）":
                return Group("AND")
            group = self.alternatives(field)
            self._place += 1  # the closing bracket, if there is one
            return group
        folded = fold(token["phrase"] or token["word"] or "")
        return Term(folded, field) if folded else Group("AND")

    def _next(self) -> re.Match[str] | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None


def _operator(token: re.Match[str]) -> str | None:
    return token["word"] if token["word"] in _OPERATORS else None
