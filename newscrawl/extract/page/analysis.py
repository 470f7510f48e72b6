"""An analysis of a page: a function over its `Document` that is computed once, wherever it is called."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from newscrawl.extract.page.document import Document

T = TypeVar("T")


def analysis(compute: Callable[[Document], T]) -> Callable[[Document], T]:
    """Keep what a function finds out about a page with the page; the next call with the same page returns it.

    A decorator: `@analysis def story(document): …`, then `story(document)` in every room that needs it.
    """

    @wraps(compute)
    def once(document: Document) -> T:
        known = document.analyses
        if once not in known:
            known[once] = compute(document)
        result: T = known[once]
        return result

    return once
