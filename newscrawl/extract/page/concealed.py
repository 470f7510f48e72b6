"""What a page's own `<style>` takes out of sight by class or id: noise against copying, text for search engines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawl.extract.page.lines import Walk

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LONGEST = 200  # characters of a rule's selectors
# `display: none`, from its colon on: `re` skips to a character that has but one case.
_NONE, _DISPLAY = re.compile(r":\s*(?i:none)"), re.compile("display", re.IGNORECASE)
_SIMPLE = re.compile(r"[a-z0-9]*([.#])([\w-]+)", re.IGNORECASE)


def conceal(page: Walk) -> None:
    """Mark as hidden the lines inside elements whose class or id a simple rule of the page's styles hides.

    A name that the styles or scripts mention once more is one they show again (tabs, menus): it hides nothing. Rules
    for some media alone (`@media`) are left out.
    """
    texts: list[str] = []
    for style in page.noted["style"]:
        texts.append(style.text or "")
        if "@media" in texts[-1]:
            return
    styles = "\n".join(texts)
    if "none" not in styles:
        return
    names = {(kind, name) for kind, name in _hidden_names(_COMMENT.sub("", styles)) if styles.count(name) == 1}
    if not names:
        return
    for script in page.noted["script"]:
        text = script.text or ""
        names = {(kind, name) for kind, name in names if name not in text}
    for number in _bearers(page, names):
        for line in page.inside(number):
            line.hidden = line.hidden or number <= line.start < page.ends[number]


def _bearers(page: Walk, names: set[tuple[str, str]]) -> list[int]:
    """The numbers of the elements with text in them that bear one of the classes and ids."""
    classes = {name for kind, name in names if kind == "."}
    ids = {name for kind, name in names if kind == "#"}
    bearers: list[int] = []
    for number in _around_lines(page) if names else ():
        element = page.elements[number]
        if (classes and (found := element.get("class")) and not classes.isdisjoint(found.split())) or (
            ids and element.get("id") in ids
        ):
            bearers.append(number)
    return bearers


def _around_lines(page: Walk) -> set[int]:
    """The numbers of the elements in which a line begins: two thirds of all; to ask each for its class is dear."""
    parents = page.parents
    around: set[int] = set()
    for line in page.lines:
        number = line.start
        while number not in around:
            around.add(number)
            number = parents[number]
    return around


def _hidden_names(styles: str) -> set[tuple[str, str]]:
    """`.name` and `#name` of the rules that hide what has them, without more conditions."""
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
    """Where the word begins that stands before a colon, if it is `display`."""
    while colon and styles[colon - 1].isspace():
        colon -= 1
    word = _DISPLAY.fullmatch(styles, max(colon - len("display"), 0), colon)
    return word and word.start()
