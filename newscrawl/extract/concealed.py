"""What a page's own `<style>` takes out of sight by class or id: noise against copying, text for search engines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.extract.patterns import searched

if TYPE_CHECKING:
    from newscrawl.extract.walk import Walk

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LONGEST = 200  # characters of a rule's selectors
_NONE = searched(r"display\s*:\s*none", ignore_case=True)
_SIMPLE = re.compile(r"[a-z0-9]*([.#])([\w-]+)", re.IGNORECASE)


def conceal(page: Walk) -> None:
    """Mark as hidden the lines inside elements whose class or id a simple rule of the page's styles hides.

    A name that the styles or scripts mention once more is one they show again (tabs, menus): it hides nothing. Rules
    for some media alone (`@media`) are left out.
    """
    styles = "\n".join([element.text or "" for element in page.noted["style"]])
    if "none" not in styles or "@media" in styles:
        return
    names = {(kind, name) for kind, name in _hidden_names(_COMMENT.sub("", styles)) if styles.count(name) == 1}
    if not names:
        return
    scripts = "\n".join([element.text or "" for element in page.noted["script"]])
    names = {(kind, name) for kind, name in names if name not in scripts}
    for number in _bearers(page, names):
        for line in page.inside(number):
            line.hidden = line.hidden or number <= line.start < page.ends[number]


def _bearers(page: Walk, names: set[tuple[str, str]]) -> list[int]:
    """The numbers of the elements that bear one of the classes and ids."""
    classes = {name for kind, name in names if kind == "."}
    ids = {name for kind, name in names if kind == "#"}
    bearers: list[int] = []
    for number, element in enumerate(page.elements if names else ()):
        if (classes and (found := element.get("class")) and not classes.isdisjoint(found.split())) or (
            ids and element.get("id") in ids
        ):
            bearers.append(number)
    return bearers


def _hidden_names(styles: str) -> set[tuple[str, str]]:
    """`.name` and `#name` of the rules that hide what has them, without more conditions."""
    names: set[tuple[str, str]] = set()
    for none in _NONE.finditer(styles):
        brace = styles.rfind("{", 0, none.start())
        selectors = styles[max(brace - _LONGEST, 0) : max(brace, 0)].rpartition("}")[2]
        if "}" not in styles[brace : none.start()]:
            simple = (_SIMPLE.fullmatch(selector.strip()) for selector in selectors.split(","))
            names |= {(match[1], match[2]) for match in simple if match}
    return names
