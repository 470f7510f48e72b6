"""Regular expressions that are searched in every line, written so that `re` can skip to where they may begin.

`re` looks only at characters that can begin a match where each alternative begins with a literal of one case; with a
class, a group or a look-behind in front of one of them it tries all alternatives at every character, some twenty times
slower. Alternatives are therefore multiplied out: `[网網]站` becomes `网站|網站`. What matches stays the same.
"""

from __future__ import annotations

import re

_CLASS = re.compile(r"\[([^\]\\^-]+)\]([?*+{]?)")
_LITERAL = re.compile(r"(\\[^\w\s]|[^\\.^$*+?{}\[\]|()])([?*+{]?)")
_NOT_AFTER = re.compile(r"(\(\?<!\[[^\]]+\])\)")


def searched(*alternatives: str) -> re.Pattern[str]:
    """Compile an alternation whose alternatives begin with literals, as far as that can be had."""
    return re.compile("|".join(led_by_literals(*alternatives)))


def led_by_literals(*alternatives: str) -> list[str]:
    """The alternatives of some patterns, each beginning with a literal, as far as that can be had."""
    led = (lead for alternative in alternatives for part in parts(alternative) for lead in _leads(part))
    return list(dict.fromkeys(led))


def firsts(pattern: str) -> frozenset[str] | None:
    """The characters a match can begin with; None where they are not plain."""
    found = set()
    for lead in led_by_literals(pattern):
        literal = _LITERAL.match(lead)
        if literal is not None and literal[2] not in {"?", "*", "{"}:
            found.add(literal[1][-1])
        elif re.match(r"\\d(?![?*{])", lead):
            found.update("0123456789")
        else:
            return None
    return frozenset(found)


def parts(pattern: str) -> list[str]:
    """Split at the bars outside brackets."""
    parts, depth, start, position = [], 0, 0, 0
    while position < len(pattern):
        character = pattern[position]
        if character == "\\":
            position += 1
        elif character == "[":
            position = _class_end(pattern, position)
        elif character in "()":
            depth += 1 if character == "(" else -1
        elif character == "|" and depth == 0:
            parts.append(pattern[start:position])
            start = position + 1
        position += 1
    return [*parts, pattern[start:]]


def _class_end(pattern: str, start: int) -> int:
    """The position of the bracket that closes a class."""
    position = start + 1 + pattern.startswith("^", start + 1)
    position += pattern.startswith("]", position)
    while pattern[position] != "]":
        position += 1 + (pattern[position] == "\\")
    return position


def _group_end(pattern: str) -> int:
    """The position of the bracket that closes the group a pattern begins with."""
    depth = position = 0
    while True:
        character = pattern[position]
        if character == "\\":
            position += 1
        elif character == "[":
            position = _class_end(pattern, position)
        elif character in "()":
            depth += 1 if character == "(" else -1
            if depth == 0:
                return position
        position += 1


def _leads(part: str) -> list[str]:
    """Expand the beginning of an alternative; return it unchanged if that is impossible."""
    if found := _CLASS.match(part):
        firsts, quantifier = [re.escape(character) for character in found[1]], found[2]
        rest = part[found.end() :]
    elif part.startswith("(?:"):
        end = _group_end(part)
        firsts, quantifier = parts(part[3:end]), part[end + 1 : end + 2]
        quantifier = quantifier if quantifier and quantifier in "?*+{" else ""
        rest = part[end + 1 + len(quantifier) :]
    elif (found := _LITERAL.match(part)) and found[2] == "?":
        firsts, quantifier, rest = [found[1]], "?", part[found.end() :]
    elif behind := _NOT_AFTER.match(part):  # looked for one character later
        return [_looked_behind(behind[1], lead) for lead in _leads(part[behind.end() :])]
    else:
        return [part]
    if quantifier not in {"", "?"} or (quantifier and rest[:1] in {"?", "+"}):
        return [part]
    led = [lead for first in firsts for lead in _leads(first + rest)]
    return led + (_leads(rest) if quantifier else [])


def _looked_behind(behind: str, lead: str) -> str:
    found = _LITERAL.match(lead)
    if found is None or found[2]:
        return f"{behind}){lead}"
    return f"{found[1]}{behind}{found[1]}){lead[found.end() :]}"
