"""Label each line of a page with its role, by finding the gold body among the lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.sequence import Role

if TYPE_CHECKING:
    from newscrawl.extract.page.document import Document

_SPACE = re.compile(r"\s+")
_SHORT = 6  # characters: a shorter line must be a paragraph of its own
_GRAM = 4


def gold_roles(document: Document, body: list[str]) -> list[Role] | None:
    """The role of each line; None where the page's lines hold too little of the gold body.

    The lines that are in the gold are the heaviest chain of lines whose texts follow each other in it.
    """
    lines = walk(document).lines
    paragraphs = [_SPACE.sub("", text) for text in body]
    gold = "".join(paragraphs)
    chain = _heaviest_chain(_places([_SPACE.sub("", line.text) for line in lines], paragraphs, gold))
    if sum(len(lines[number].text) for number in chain) < 0.5 * len(gold):
        return None
    story, first, last = set(chain), chain[0], chain[-1]
    return [
        Role.STORY if number in story else Role.BEFORE if number < first else Role.AFTER if number > last else Role.GAP
        for number in range(len(lines))
    ]


def _places(texts: list[str], paragraphs: list[str], gold: str) -> list[tuple[int, int, int]]:
    """For each line that is in the gold text: its number, its place there, its length; a line may be there twice."""
    whole = {}
    position = 0
    for paragraph in paragraphs:
        whole.setdefault(paragraph, []).append(position)
        position += len(paragraph)
    grams = {gold[at : at + _GRAM] for at in range(len(gold) - _GRAM + 1)}
    found = []
    for number, text in enumerate(texts):
        if len(text) < _SHORT:
            found += [(number, at, len(text)) for at in whole.get(text, ())]
            continue
        at, before = gold.find(text), len(found)
        while at >= 0:
            found.append((number, at, len(text)))
            at = gold.find(text, at + 1)
        if len(found) == before and len(text) >= 15:
            inside = [text[at : at + _GRAM] in grams for at in range(len(text) - _GRAM + 1)]
            if sum(inside) > 0.6 * len(inside):
                start = inside.index(True)
                found.append((number, max(0, gold.find(text[start : start + _GRAM]) - start), len(text)))
    return found


def _heaviest_chain(places: list[tuple[int, int, int]]) -> list[int]:
    """The numbers of lines with rising places that have the most characters together."""
    best: list[tuple[float, int]] = []
    for here, (number, at, size) in enumerate(places):
        score, before = float(size), -1
        for earlier in range(here):
            other, other_at, other_size = places[earlier]
            if other < number and other_at + other_size <= at + 2:
                distance = 0.05 * min(number - other - 1, 40)
                if best[earlier][0] + size - distance > score:
                    score, before = best[earlier][0] + size - distance, earlier
        best.append((score, before))
    chain = []
    here = max(range(len(best)), key=lambda at: best[at][0], default=-1)
    while here >= 0:
        chain.append(places[here][0])
        here = best[here][1]
    return chain[::-1]
