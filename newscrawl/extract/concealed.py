"""What a page's own `<style>` takes out of sight by class or id: noise against copying, text for search engines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawl.extract.walk import Walk

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,200})\{([^{}]{0,1000})\}")
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
    inline = [
        (element.tag, element.text) for element in elements if element.tag in {"style", "script"} and element.text
    ]
    styles = "\n".join(text for tag, text in inline if tag == "style")
    if not _NONE.search(styles) or "@media" in styles:
        return
    names = _hidden_names(_COMMENT.sub("", styles))
    everything = "\n".join(text for _, text in inline)
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
    for selectors, declarations in _RULE.findall(styles):
        if _NONE.search(declarations):
            simple = (_SIMPLE.fullmatch(selector.strip()) for selector in selectors.split(","))
            names |= {(match[1], match[2]) for match in simple if match}
    return names
