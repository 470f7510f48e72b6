"""The page templates and the small forms they are filled with, read once from templates/."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any


@cache
def forms() -> dict[str, Any]:  # strings by name, but for `layout`, which has lists of them
    """The tables of forms.toml: byline, trailer, head, block, item (string templates by name), and layout."""
    return tomllib.loads(_read("forms.toml"))


def fill(table: str, name: str, values: dict[str, str]) -> str:
    """Fill the form of this table and name; a `KeyError` names the value a form asks for and the story lacks."""
    return Template(forms()[table][name]).substitute(values)


def fill_page(name: str, values: dict[str, str]) -> str:
    """Fill a page template; raises as `fill` does."""
    return _page(name).substitute(values)


@cache
def _page(name: str) -> Template:
    return Template(_read(f"{name}.html"))


def _read(name: str) -> str:
    return files("newscrawl.sample").joinpath("templates", name).read_text("utf-8")
