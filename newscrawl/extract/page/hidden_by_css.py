"""Classes and ids that the page's own `<style>` hides: decoys against copying, text for search engines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LONGEST = 200  # characters of a rule's selectors
# `display: none`, from its colon on: `re` skips to a character that has but one case.
_NONE, _DISPLAY = re.compile(r":\s*(?i:none)"), re.compile("display", re.IGNORECASE)
_SIMPLE = re.compile(r"[a-z0-9]*([.#])([\w-]+)", re.IGNORECASE)


def hidden_names(root: HtmlElement) -> tuple[set[str], set[str]]:
    """The classes and ids that a simple rule of the page's styles hides.

    A name that the styles or scripts mention once more is one they show again (tabs, menus): it hides nothing. Rules
    for some media alone (`@media`) are left out.
    """
    styles = "\n".join(style.text or "" for style in root.iter("style"))
    if "@media" in styles or "none" not in styles:
        return set(), set()
    names = {(kind, name) for kind, name in _names_in(_COMMENT.sub("", styles)) if styles.count(name) == 1}
    for script in root.iter("script") if names else ():
        text = script.text or ""
        names = {(kind, name) for kind, name in names if name not in text}
    return {name for kind, name in names if kind == "."}, {name for kind, name in names if kind == "#"}


def _names_in(styles: str) -> set[tuple[str, str]]:
    """The classes and ids (with `.` and `#`) of unconditional rules with `display: none`."""
    names: set[tuple[str, str]] = set()
    for none in _NONE.finditer(styles):
        start = _display_before(styles, none.start())
        if start is None:
            continue
        brace = styles.rfind("{", 0, start)
        selectors = styles[max(brace - _LONGEST, 0) : max(brace, 0)].rpartition("}")[2]
        if "}" not in styles[brace:start]:
            simple = (_SIMPLE.fullmatch(selector.strip()) for selector in selectors.split(","))
            names |= {(match[1], match[2]) for match in simple if match}
    return names


def _display_before(styles: str, colon: int) -> int | None:
    """The position of the word before a colon, if it is `display`."""
    while colon and styles[colon - 1].isspace():
        colon -= 1
    word = _DISPLAY.fullmatch(styles, max(colon - len("display"), 0), colon)
    return word and word.start()
