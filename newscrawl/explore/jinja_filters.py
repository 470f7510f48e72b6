"""Jinja filters by which the templates format values of the archive, in the page's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from jinja2 import pass_context
from markupsafe import Markup, escape

from newscrawl.explore import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.runtime import Context

_CHANGE = re.compile(r"\[-(?P<out>.*?)-\]|\{\+(?P<put>.*?)\+\}", re.DOTALL)
_MARKED = re.compile("«([^«»]*)»")


def marked(snippet: str) -> Markup:
    """Turn a snippet's «marks» into HTML's."""
    return Markup(_MARKED.sub(r"<mark>\1</mark>", str(escape(snippet))))  # noqa: S704  # escaped before


def changed(paragraph: str) -> Markup:
    """Turn the marks of `archive.diff` inside a changed paragraph into <del> and <ins>."""

    def element(found: re.Match[str]) -> str:
        if found["out"] is not None:
            return f"<del>{found['out']}</del>"
        return f"<ins>{found['put']}</ins>"

    return Markup(_CHANGE.sub(element, str(escape(paragraph))))  # noqa: S704  # escaped before


def web(address: str | None) -> str | None:
    """Return an address that is safe to link to: only http and https, never javascript."""
    try:
        return address if address and urlsplit(address).scheme.lower() in {"http", "https"} else None
    except ValueError:
        return None


def host(address: str | None) -> str:
    """Return an address's host, for showing where a link leads."""
    try:
        return urlsplit(address or "").hostname or ""
    except ValueError:
        return ""


def _told(method: str) -> Callable[[Context, object], str]:
    """Make a filter from a method of `Words`, in the page's language."""

    @pass_context
    def told(context: Context, value: object) -> str:
        return str(getattr(context["t"], method)(value))

    return told


def _named(kind: dict[str, str]) -> Callable[[Context, object], str]:
    """Make a filter that returns the name of a value, in the page's language."""

    @pass_context
    def named(context: Context, value: object) -> str:
        return str(context["t"].name(kind, value))

    return named


FILTERS: dict[str, Callable[..., object]] = {
    "marked": marked,
    "changed": changed,
    "web": web,
    "host": host,
    **{method: _told(method) for method in ("published", "moment", "number", "evidence")},
    "step": _named(words.STEPS),
    "relation": _named(words.RELATIONS),
    "field": _named(words.FIELDS),
    "verdict": _named(words.VERDICTS),
    "outcome": _named(words.OUTCOMES),
}
