"""Read a script without running it: texts, calls, assignments, objects, and concatenated strings.

Where a string is put together with what only a run would know, the gap is kept as a hole with the expression's name:
`'list_' + page + '.html'` is `list_⟨page⟩.html`, which a pager fills with a number and a row of data with its id.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN, CLOSE = "\ue000", "\ue001"  # around a hole's name
LONGEST_SCRIPT = 400_000  # characters that are read; what is longer is a library or a database
MOST_TOKENS = 150_000
_TOKEN = re.compile(
    r"""\s+|//[^\n]*|/\*.*?(?:\*/|\Z)"""
    r"""|(?P<string>"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|`[^`\\]*(?:\\.[^`\\]*)*`)"""
    r"""|(?P<number>\d[\w.]*)|(?P<name>[A-Za-z_$\u0080-\uffff][\w$]*(?:\.[A-Za-z_$][\w$]*)*)"""
    r"""|(?P<mark>=>|[=!<>]=+|\+=|[-+|&]{2}|.)""",
    re.DOTALL,
)
_CHARACTER = re.compile("(?P<mark>.)", re.DOTALL)
_INSIDE = {
    quote: re.compile(rf"[^{quote}\\{end}]*(?:\\.[^{quote}\\{end}]*)*", re.DOTALL)
    for quote, end in (('"', r"\n"), ("'", r"\n"), ("`", ""))
}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\n|.))", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_HOLE = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_INTERPOLATED = re.compile(r"\$\{([^{}]*)\}")
_BREAKS = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": " ", "v": " ", "\n": ""}
_KEYWORDS = frozenset(
    [
        "var",
        "let",
        "const",
        "return",
        "new",
        "typeof",
        "else",
        "case",
        "if",
        "for",
        "while",
        "do",
        "in",
        "of",
        "throw",
        "delete",
        "void",
        "await",
        "yield",
        "default",
        "export",
    ]
)
# Calls that give back what they are given, as far as addresses go.
_TRANSPARENT = frozenset({"", "String", "Number", "parseInt", "encodeURI", "encodeURIComponent", "escape", "decodeURI"})
_MOVES = frozenset({"href", "location"})
_SHIFTED = re.compile(r"[\w$.\[\]()]*?\s*([-+])\s*(\d{1,3})")


class Number(str):
    """A number as a script writes it; a text of digits is none."""

    __slots__ = ()


@dataclass(slots=True)
class Group:
    """An object, an array or the arguments of a call.

    Attributes:
        kind: `{`, `[` or `(`.
        call: the name before the bracket: of the function called, or of what the object is assigned to.
        fields: the values with a key.
        values: the values without.
        function: the function it stands in.
    """

    kind: str
    call: str = ""
    fields: dict[str, str | Group] = field(default_factory=dict)
    values: list[str | Group] = field(default_factory=list)
    function: str = ""
    key: str | None = None  # of the value being read
    parts: list[tuple[str, str]] = field(default_factory=list)  # its operands: (s)tring, (n)umber or (h)ole
    joined: bool = False  # an operator stands behind the last of them
    target: str = ""  # what it is assigned to
    nested: Group | None = None  # the bracket it ends with


@dataclass(slots=True)
class Script:
    """The result of reading a script.

    Attributes:
        texts: each string or sum of strings, with the function it stands in.
        assigned: the first text or number given to each name; keys of objects are names too.
        groups: all objects, arrays and calls, inner ones first.
        functions: the parameters of each named function.
        moves: what is assigned to a page's address (`location.href = …`), with the function it stands in.
    """

    texts: list[tuple[str, str]] = field(default_factory=list)
    assigned: dict[str, str] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    functions: dict[str, list[str]] = field(default_factory=dict)
    moves: list[tuple[str, str]] = field(default_factory=list)

    def templates(self, name: str) -> list[str]:
        """The texts of a function that its parameters are put into."""
        holding = {f"{OPEN}{parameter}" for parameter in self.functions.get(name, ())}
        own = [text for text, function in (*self.moves, *self.texts) if function == name]
        return [text for text in own if any(hole in text for hole in holding)]

    def resolved(self, text: str) -> str:
        """A text with the holes filled that name a variable of the script."""
        return fill(text, self.assigned) if OPEN in text else text

    def calls(self, *names: str) -> list[Group]:
        """The calls of a function by the last part of its name, in order: `$.ajax` by `ajax`."""
        return [group for group in self.groups if group.kind == "(" and group.call.rpartition(".")[2] in names]


def holes(text: str) -> list[str]:
    """The names of a text's holes."""
    return _HOLE.findall(text)


def fill(text: str, values: dict[str, str]) -> str:
    """Fill the holes whose names are known; `i-1` and `page+1` are computed where `i` and `page` are numbers."""
    return _HOLE.sub(lambda hole: _value(hole[1], values) or hole[0], text)


def fill_all(text: str, value: str) -> str:
    """Fill every hole with one value, numbers shifted as the expression says."""
    return _HOLE.sub(lambda hole: _shifted(hole[1], value), text)


def _value(name: str, values: dict[str, str]) -> str | None:
    if name in values:
        return values[name]
    base = re.split(r"[-+]", name, maxsplit=1)[0].strip()
    return _shifted(name, values[base]) if base in values and base != name else None


def _shifted(name: str, value: str) -> str:
    match = _SHIFTED.fullmatch(name)
    if match is None or not value.isdigit():
        return value
    return str(int(value) + (int(match[2]) if match[1] == "+" else -int(match[2])))


@lru_cache(maxsize=16)
def read_script(source: str) -> Script:
    """Read a script, as far as `LONGEST_SCRIPT`. It is no full parser: unknown syntax is skipped."""
    return _Reader(source[:LONGEST_SCRIPT]).read()


class _Reader:
    """One pass over the tokens with a stack of open brackets."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.script = Script()
        self.stack = [Group("{")]
        self.name = ""  # the operand just read, where it is a name that may be called
        self.declared: str | None = None  # the function whose parameters or body come next
        self.awaits = ""

    def read(self) -> Script:
        for token in islice(self._tokens(), MOST_TOKENS):
            kind = token.lastgroup
            if kind == "string":
                self._string(token[0])
            elif kind == "number":
                self._operand("n", token[0])
            elif kind == "name":
                self._word(token[0])
            elif kind == "mark":
                self._mark(token[0])
        while len(self.stack) > 1:
            self._close()
        self._finish(self.stack[0])
        return self.script

    def _tokens(self) -> Iterator[re.Match[str]]:
        """Give the tokens in order; behind a quote that is never closed, no other like it is tried up to its end."""
        at, source, unclosed = 0, self.source, dict.fromkeys(_INSIDE, 0)
        while at < len(source):
            first = source[at]
            token = (_CHARACTER if at < unclosed.get(first, 0) else _TOKEN).match(source, at)
            if token is None:
                return
            if token[0] in unclosed and at >= unclosed[first] and (inside := _INSIDE[first].match(source, at + 1)):
                unclosed[first] = inside.end()
            at = token.end()
            yield token

    def _string(self, token: str) -> None:
        text = unescaped(token[1:-1])
        if token[0] == "`":
            text = _INTERPOLATED.sub(lambda match: f"{OPEN}{match[1].strip()}{CLOSE}", text)
        self._operand("s", text)

    def _word(self, word: str) -> None:
        self.name = ""  # what stands before a keyword is not what the next bracket calls
        if word == "function":
            if self.stack[-1].parts:
                self._finish(self.stack[-1])
            self.declared, self.awaits = None, "name"
        elif word in _KEYWORDS:
            self._finish(self.stack[-1])
        elif self.awaits == "name":
            self.declared, self.awaits = word, "parameters"
        else:
            self._operand("h", word)
            self.name = word

    def _operand(self, kind: str, text: str) -> None:
        group = self.stack[-1]
        if group.parts and not group.joined:
            self._finish(group)
        if group.joined and group.parts and group.parts[-1][0] == "-":
            sign = group.parts.pop()[1]
            before = group.parts.pop()[1] if group.parts else ""
            kind, text = "h", f"{before}{sign}{text}"
        group.parts.append((kind, text))
        group.joined = False
        self.name = ""

    def _mark(self, mark: str) -> None:
        group = self.stack[-1]
        if mark in "({[":
            self._open(mark)
        elif mark in ")}]":
            self._close()
        elif mark == "+":
            group.joined = bool(group.parts)
        elif mark in "-*/%" and group.parts and group.parts[-1][0] in "hn":
            group.parts.append(("-", mark))
            group.joined = True
        elif mark == ":" and len(group.parts) == 1 and group.kind == "{":
            group.key = group.parts.pop()[1]
            group.joined = False
        elif mark in {"=", "+="} and group.parts:
            target = group.parts[-1][1]
            group.parts.clear()
            group.target, group.joined = target, False
        elif mark == "." and group.parts:  # a member of the result of a call or an index
            group.joined = True
            group.parts.append(("-", "."))
        else:
            self._finish(group)
        self.name = ""

    def _open(self, mark: str) -> None:
        group = self.stack[-1]
        call = self.name if mark == "(" else group.target or group.key or ""
        if mark == "{" and group.parts:
            self._finish(group)  # `if (…) {`, `) {`
        inner = Group(mark, call, function=group.function)
        if self.awaits in {"name", "parameters"} and mark == "(":
            inner.call, self.awaits = f"function {self.declared or group.target or group.key or ''}", "body"
            self.declared = None
        elif self.awaits.startswith("body") and mark == "{":
            inner.function, self.awaits = self.awaits.partition(" ")[2] or group.function, ""
        elif mark == "(" and self.name:
            group.parts.pop()
            group.joined = bool(group.parts)
        elif mark == "[" and group.parts and not group.joined:
            inner.call = "index " + group.parts.pop()[1]
            group.joined = bool(group.parts)
        self.stack.append(inner)
        self.name = ""

    def _close(self) -> None:
        if len(self.stack) == 1:
            self._finish(self.stack[0])
            return
        group = self.stack.pop()
        self._finish(group)
        outer = self.stack[-1]
        if group.call.startswith("function ") and group.kind == "(":
            name = group.call.removeprefix("function ").rpartition(".")[2]
            self.script.functions[name] = [str(value).strip(OPEN + CLOSE) for value in group.values]
            self.awaits = f"body {name}"
            return
        self.script.groups.append(group)
        self._give(outer, group)

    def _give(self, outer: Group, group: Group) -> None:
        """Hand a closed bracket to the expression it is part of."""
        only = group.values[0] if len(group.values) == 1 and not group.fields else None
        if group.kind == "(" and group.call in _TRANSPARENT and isinstance(only, str):
            hole = _HOLE.fullmatch(only)
            self._operand("h" if hole else "n" if isinstance(only, Number) else "s", hole[1] if hole else only)
        elif group.kind == "(" and group.call == "JSON.stringify" and isinstance(only, Group):
            only.call, outer.nested = "JSON", only
        elif group.kind == "(":
            self._operand("h", f"{group.call}()")
        elif group.call.startswith("index "):
            self._operand("h", f"{group.call.removeprefix('index ')}[]")
        elif not outer.parts or outer.joined:
            outer.nested = group

    def _finish(self, group: Group) -> None:
        """End the expression being read in a bracket, and file what it was."""
        text = _joined(group.parts)
        value: str | Group | None = text if text is not None else group.nested
        if value is not None:
            if group.key is not None:
                group.fields.setdefault(group.key, value)
            else:
                group.values.append(value)
            name = group.target or group.key
            if isinstance(value, str):
                if any(kind == "s" for kind, _ in group.parts):
                    self.script.texts.append((value, group.function))
                if group.target.rpartition(".")[2] in _MOVES:
                    self.script.moves.append((value, group.function))
                elif name and not holes(value):
                    self.script.assigned.setdefault(name.rpartition(".")[2], value)
        group.parts.clear()
        group.key, group.target, group.nested, group.joined = None, "", None, False


def _joined(parts: list[tuple[str, str]]) -> str | None:
    """The text a sum of operands gives; None for none."""
    parts = [part for part in parts if part[0] != "-"]
    if not parts:
        return None
    if len(parts) > 1 and all(kind != "s" for kind, _ in parts):
        return f"{OPEN}{'+'.join(text for _, text in parts)}{CLOSE}"
    if len(parts) == 1 and parts[0][0] == "n":
        return Number(parts[0][1])
    return "".join(f"{OPEN}{text}{CLOSE}" if kind == "h" else text for kind, text in parts)


def unescaped(text: str) -> str:
    """A string literal's text."""
    if "\\" not in text:
        return text

    def character(match: re.Match[str]) -> str:
        if match[1] or match[2]:
            return chr(int(match[1] or match[2], 16))
        return _BREAKS.get(match[3], match[3])

    text = _ESCAPE.sub(character, text)
    # A pair of surrogates stands for one character.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _SURROGATE.search(text) else text
