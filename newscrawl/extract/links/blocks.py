"""Link blocks: the lists of other articles beside, below and inside the story."""

from __future__ import annotations

import re
from itertools import chain
from statistics import median
from typing import TYPE_CHECKING

from newscrawl.extract.article import Link
from newscrawl.extract.language.headings import is_foreign, kind_of
from newscrawl.extract.links.features import address_of, features_of
from newscrawl.extract.links.groups import groups
from newscrawl.extract.links.weights import IN_BLOCK, added, score
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.headline import headline_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.extract.links.anchors import Anchor, Group
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Walk


_FEWEST_MENUS, _LONGEST_NAME = 3, 8  # menus side by side over the headline, and characters of most of their names
_NEIGHBOURS_APART = 3  # lines between 上一篇 and 下一篇, one block
_SNIPPET = 20  # characters: a shorter line is a label
_SENTENCE = re.compile(r"[，。！？；]")


def link_list(document: Document) -> list[Link]:
    """Links to other articles, block by block in page order; an address once a block."""
    page = walk(document)
    links: list[Link] = []
    known: set[str] = set()
    for block, shared, anchors in described(document):
        needed = -score(IN_BLOCK, shared)
        kept = {anchor.number for anchor, names in anchors if added(IN_BLOCK, names) > needed}
        if kind_of(block[0].heading) not in {"other", "neighbour"}:  # all that is printed like them under such words
            shapes = {address_of(anchor.url)[:3] for anchor, _ in anchors if anchor.number in kept}
            kept |= {anchor.number for anchor, _ in anchors if address_of(anchor.url)[:3] in shapes}
        found = _links(page, block, kept)
        addresses = {link.url for link in found}
        if block[0].heading is None and addresses <= known:
            continue  # the same list once more, for another screen
        known |= addresses
        links += found
    return links


def described(document: Document) -> Iterator[tuple[list[Group], list[str], list[tuple[Anchor, tuple[str, ...]]]]]:
    """The page's blocks: what holds for each as a whole, and for its links one by one."""
    features, page = features_of(document), walk(document)
    top = headline_lines(document).start
    blocks = [block for block in _blocks(page, groups(document)) if not _is_furniture(block)]
    menus = _menus(page, blocks, top)
    unfold = [_may_unfold(block, top) for block in blocks]
    several = sum(unfold) >= _FEWEST_MENUS
    for block, unfolds in zip(blocks, unfold, strict=True):
        if not (several and unfolds) and _holder(page, block) not in menus:
            anchors = [(anchor, features.of_anchor(anchor)) for group in block for anchor in group.anchors]
            yield block, features.of_block(block), anchors


def _is_furniture(block: list[Group]) -> bool:
    """Whether a block's heading announces other things, or it stands in a footer or the like without any."""
    heading = block[0].heading
    if heading is None:
        return all(anchor.region == "out" for group in block for anchor in group.anchors)
    return is_foreign(heading)


def _may_unfold(block: list[Group], top: int) -> bool:
    """Whether a block without a heading stands in the page's header or a menu over the headline, the line `top`."""
    anchors = [anchor for group in block for anchor in group.anchors]
    return block[0].heading is None and anchors[-1].line < top and all(anchor.region for anchor in anchors)


def _holder(page: Walk, block: list[Group]) -> int:
    """The smallest element that holds a block under a heading and other links; 0 for a block without a heading."""
    inner = block[0].scope if block[0].heading is not None else None
    while inner and page.among(page.links, inner) == page.among(page.links, page.parents[inner]):
        inner = page.parents[inner]
    return page.parents[inner] if inner else 0


def _menus(page: Walk, blocks: list[list[Group]], top: int) -> set[int]:
    """The elements above the headline that hold several blocks of short names, each under one: menus that unfold."""
    titles: dict[int, list[list[str]]] = {}
    for block in blocks:
        if block[-1].anchors[-1].line < top and kind_of(block[0].heading) == "other":
            titles.setdefault(_holder(page, block), []).append([a.title for group in block for a in group.anchors])
    return {
        holder
        for holder, parts in titles.items()
        if holder and len(parts) >= _FEWEST_MENUS and median(map(len, chain.from_iterable(parts))) <= _LONGEST_NAME
    }


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
    if kind_of(group.heading) == kind_of(before.heading) == "neighbour":
        return group.anchors[0].line - before.anchors[-1].line <= _NEIGHBOURS_APART
    if group.heading != before.heading:
        return False
    if group.heading is not None:
        return group.scope == before.scope
    return (
        page.parents[group.parent] == page.parents[before.parent]
        and page.tags[group.parent] == page.tags[before.parent]
    )


def _links(page: Walk, block: list[Group], kept: set[int]) -> list[Link]:
    """A block's links; a picture and a title with the same address are one."""
    heading = block[0].heading
    kind = kind_of(heading)
    links: dict[str, Link] = {}
    pictures: set[str] = set()
    for group in block:
        for anchor in group.anchors:
            if anchor.number not in kept:
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
