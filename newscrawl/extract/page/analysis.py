"""An analysis of a page: a function over its `Document` that is computed once, wherever it is called."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement


class Parsed(Protocol):
    """The part of a `Document` that an analysis needs: its tree, and the results so far."""

    analyses: dict[object, Any]  # by function, each with a type of its own

    @property
    def root(self) -> HtmlElement:
        """The page's tree."""


D = TypeVar("D", bound=Parsed)
T = TypeVar("T")


def analysis(compute: Callable[[D], T]) -> Callable[[D], T]:
    """Store a function's result with the page; the next call for the same page returns it.

    A decorator: `@analysis def story(document): …`, then `story(document)` in every room that needs it.
    """

    @wraps(compute)
    def once(document: D) -> T:
        known = document.analyses
        if once not in known:
            known[once] = compute(document)
        result: T = known[once]
        return result

    return once
