"""Differences of texts in a terminal: what went in red, what came in green; the archive's plain marks in a pipe."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

import click

from newscrawl.text import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARKED = re.compile(r"\[-(?P<out>.*?)-\]|\{\+(?P<put>.*?)\+\}", re.DOTALL)
_WHOLE = {"-": "red", "+": "green"}


def differences(changes: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Give the changed paragraphs of an `archive.diff`, each with its tag and its marks in colour.

    The marks stay in the text: colour alone tells nothing to some readers, and click takes it out in a pipe.
    """
    for tag, run in groupby(changes, lambda change: change[0]):
        if tag == " ":
            yield click.style(f"  ({sum(1 for _ in run)} unchanged)", dim=True)
            continue
        for _, text in run:
            paragraph = harmless(text)
            shown = click.style(paragraph, fg=_WHOLE[tag]) if tag in _WHOLE else _MARKED.sub(_coloured, paragraph)
            yield f"{tag} {shown}"


def _coloured(match: re.Match[str]) -> str:
    return click.style(match[0], fg="red" if match["out"] is not None else "green")
