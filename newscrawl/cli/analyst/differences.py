"""Print diffs of texts: in a terminal removed text in red and added text in green, in a pipe only with marks."""

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
    """Yield the changed paragraphs of an `archive.diff`, each with its tag and its marks in colour.

    The marks are printed in a terminal too, as some readers cannot tell the colours apart.
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
