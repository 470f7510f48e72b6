"""Link blocks: the lists of other articles beside, below and inside the story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newscrawl.extract.links.groups import groups
from newscrawl.extract.links.headings import is_foreign, kind_of
from newscrawl.extract.page.lines import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.extract.links.anchors import Anchor
    from newscrawl.extract.links.groups import Group
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Walk


# What a heading adds to the weight of its links (anchors.Anchor), by its kind; 1.5 for those not named.
_KIND_WEIGHT = {"other": 0.3, "neighbour": 5.0}
_WEAK = 2.0  # among links whose addresses are articles', one of another kind needs at least this weight
_WEAK_ALONE = 2.5  # and one that no heading speaks for
_SNIPPET = 20  # characters: a shorter line is a label
_SENTENCE = re.compile(r"[，。！？；]")
_LEAST = 3.0  # the weight of a block's links, on average, its heading's included


@dataclass(slots=True)
class Link:
    """A link to another article, in one of the blocks around the story."""

    url: str  # absolute
    title: str
    section: str | None = None  # the block's heading as printed
    kind: str = "other"  # related, hot, latest, recommended, neighbour (previous/next) or other
    position: int = 0  # within its block, from 0
    snippet: str | None = None


def link_list(document: Document) -> list[Link]:
    """Links to other articles, block by block in page order; an address once a block."""
    page = document.once(walk)
    links: list[Link] = []
    known: set[str] = set()
    for block in _blocks(page, document.once(groups)):
        if not _is_block(block):
            continue
        found = _links(page, block)
        addresses = {link.url for link in found}
        if block[0].heading is None and addresses <= known:
            continue  # the same list once more, for another screen
        known |= addresses
        links += found
    return links


def _blocks(page: Walk, found: list[Group]) -> Iterator[list[Group]]:
    """Groups that follow each other under one heading, or side by side without any."""
    block: list[Group] = []
    for group in found:
        if block and not _continues(page, block[-1], group):
            yield block
            block = []
        block.append(group)
    if block:
        yield block


def _continues(page: Walk, before: Group, group: Group) -> bool:
    if group.heading != before.heading:
        return False
    if group.heading is not None:
        return group.scope == before.scope
    return (
        page.parents[group.parent] == page.parents[before.parent]
        and page.tags[group.parent] == page.tags[before.parent]
    )


def _is_block(block: list[Group]) -> bool:
    """Whether a block's links are articles: by their words and addresses on the whole, its heading, their number."""
    heading = block[0].heading
    if is_foreign(heading):
        return False
    best: dict[str, float] = {}
    for group in block:
        for anchor in group.anchors:
            if anchor.weight > best.setdefault(anchor.url, 0.0):
                best[anchor.url] = anchor.weight
    score = sum(best.values()) / len(best)
    if heading is not None:
        score += _KIND_WEIGHT.get(kind_of(heading), 1.5)
    elif len({anchor.line for group in block for anchor in group.anchors}) == 1:
        score -= 1.0  # a row of words in one line
    if len(best) == 1:
        score -= 1.5
    return score >= _LEAST


def _links(page: Walk, block: list[Group]) -> list[Link]:
    """A block's links; a picture and a title with the same address are one."""
    heading = block[0].heading
    kind = kind_of(heading)
    links: dict[str, Link] = {}
    pictures: set[str] = set()
    identified = [anchor.identified for group in block for anchor in group.anchors]
    strict = sum(identified) > 0.7 * len(identified)
    for group in block:
        for anchor in group.anchors:
            if (strict and not anchor.identified and anchor.weight < _WEAK) or (
                heading is None and anchor.weight < _WEAK_ALONE and not anchor.picture
            ):
                continue
            link = links.get(anchor.url)
            if link is None:
                link = links[anchor.url] = Link(anchor.url, anchor.title, heading, kind, len(links))
                if anchor.picture:
                    pictures.add(anchor.url)
            elif anchor.url in pictures and not anchor.picture:
                link.title = anchor.title
                pictures.discard(anchor.url)
            elif len(anchor.title) >= _SNIPPET and not anchor.title.startswith(link.title[:8]):
                link.snippet = link.snippet or anchor.title
            if link.snippet is None:
                link.snippet = _snippet(page, group, anchor)
    return list(links.values())


def _snippet(page: Walk, group: Group, anchor: Anchor) -> str | None:
    """The sentence or two a block shows below a title: inside the link, or in the lines before the next one."""
    last = page.last[anchor.number]
    if not anchor.rest and (last >= len(page.lines) or page.lines[last].links):
        return None
    texts = list(anchor.rest)
    for line in page.lines[last : min(page.last[group.parent], last + 3)]:
        if line.links or (group.heading is None and len(group.anchors) == 1):
            break
        texts.append(line.text)
    start = anchor.title[:8]
    for text in texts:
        if len(text) >= _SNIPPET and _SENTENCE.search(text) and not text.startswith(start):
            return text
    return None
