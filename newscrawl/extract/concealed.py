"""What a page's own `<style>` takes out of sight by class or id: noise against copying, text for search engines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawl.extract.walk import Walk

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LONGEST = 200  # characters of a rule's selectors
_NONE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SIMPLE = re.compile(r"[a-z0-9]*([.#])([\w-]+)", re.IGNORECASE)


def conceal(page: Walk) -> None:
    """Mark as hidden the lines inside elements whose class or id a simple rule of the page's styles hides.

    A name that the styles or scripts mention once more is one they show again (tabs, menus): it hides nothing. Rules
    for some media alone (`@media`) are left out.
    """
    if "style" not in page.tags:
        return
    elements = page.elements
    styles = "\n".join(elements[number].text or "" for number, tag in enumerate(page.tags) if tag == "style")
    if "none" not in styles or "@media" in styles:
        return
    names = _hidden_names(_COMMENT.sub("", styles))
    if not names:
        return
    scripts = (elements[number].text or "" for number, tag in enumerate(page.tags) if tag == "script")
    everything = "\n".join((styles, *scripts))
    names = {(kind, name) for kind, name in names if everything.count(name) == 1}
    if not names:
        return
    for number, element in enumerate(elements):
        classes, id_ = element.get("class"), element.get("id")
        hidden = bool(id_) and ("#", id_) in names
        if hidden or (classes and any((".", name) in names for name in classes.split())):
            for line in page.inside(number):
                line.hidden = line.hidden or number <= line.start < page.ends[number]


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
