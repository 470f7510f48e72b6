"""Headings that name a channel, not the article: templates print them over all articles of the channel."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newscrawl.extract.page.lines import walk, words_inside
from newscrawl.urls import canonical, join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.extract.page.document import Document

_LONGEST = 8  # characters of a channel's name
_PATH_MARK = re.compile("[>＞»›→/]")
ENOUGH = 2  # mentions that tell a channel's name from a short headline


def mentions_of_channel(document: Document, text: str, lines: range) -> int:
    """How often a page treats a short heading as a channel: it ends a breadcrumb, or links to another page; 2 at most.

    A link in a breadcrumb is enough. A list of stories may link to this page by its headline: that is no other page.

    Args:
        document: the page.
        text: what the heading says.
        lines: the heading's own lines.
    """
    if len(text) > _LONGEST:
        return 0
    page, count = walk(document), 0
    own, path = canonical(document.url), urlsplit(document.url).path
    for number in page.lines_with(text):
        line = page.lines[number]
        if not line.linked:
            continue
        in_breadcrumb = number not in lines and _PATH_MARK.search(line.text) is not None
        links = [*_addresses(document, number, text)]
        if in_breadcrumb:
            count += line.text.endswith(text) and not links
            count += ENOUGH * any(url != own for url in links)
        else:
            count += sum(number in lines or urlsplit(url).path != path for url in links)
    return min(count, ENOUGH)


def _addresses(document: Document, line: int, text: str) -> Iterator[str]:
    """Give the addresses of a line's links that say just that."""
    page = walk(document)
    first, last = (side(page.links, line, key=page.first.__getitem__) for side in (bisect_left, bisect_right))
    for element in map(page.elements.__getitem__, page.links[first:last]):
        if words_inside(element) == text and (url := join(document.base_url, element.get("href") or "")):
            yield canonical(url)
