"""A finder gives its field's type. `of` names a function by its place, so no type checker can compare the two."""

from __future__ import annotations

import ast
import inspect
import re
from importlib import import_module

from newscrawl.extract import article
from newscrawl.extract.finders import css, jsonld, of
from newscrawl.extract.loader import FIELDS
from tests.extract.pages import page


def test_the_functions_of_the_fields_give_what_their_finders_say():
    calls = [node for node in ast.walk(ast.parse(inspect.getsource(article))) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "of"]
    assert len(named) >= len(FIELDS)
    for call in named:
        module, _, name = ast.literal_eval(call.args[0]).partition(":")
        given = inspect.signature(getattr(import_module(f"newscrawl.extract.{module}"), name)).return_annotation
        said = next((ast.unparse(keyword.value) for keyword in call.keywords if keyword.arg == "gives"), "str")
        assert re.fullmatch(rf"{said}(?: \| None)?|(?:list|Iterator)\[{said}\]", given), f"{name} gives {given}"


def test_a_finder_says_what_it_gives():
    assert css("p").gives is str
    assert of("links.blocks:link_list", gives=article.Link).gives is article.Link


def test_jsonld_gives_texts():
    head = '<script type="application/ld+json">{"position": 3, "name": ["甲", null, {"a": 1}]}</script>'
    assert jsonld("position")(page(head=head)) == ["3"]
    assert jsonld("name")(page(head=head)) == ["甲"]
