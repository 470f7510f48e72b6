"""Limits on the size and complexity of a page, checked before libxml2 parses it.

Size alone is no limit: two megabytes of attributes take libxml2 a minute, sixteen megabytes of small elements four
gigabytes of memory. The bounds are ten times what the largest pages of news sites have.
"""

from __future__ import annotations

import re

TOO_COMPLEX = "too-complex"

MOST_BYTES = 5 << 20  # of the page in UTF-8: a megabyte of text takes forty of memory
MOST_TAGS = 150_000  # opening tags of a page: each costs about a kilobyte
MOST_LINKS = 15_000  # of them links: each may become an address of the frontier
MOST_ATTRIBUTES = 256  # of one tag: libxml2 compares each with all before it
MOST_STYLES = 256 * 1024  # bytes of style sheets within the page
# Below this no page can hold so many attributes that comparing them takes two seconds.
_HARMLESS = 256 * 1024
_LINK = re.compile(rb"<a[\s/>]", re.IGNORECASE)
# As libxml2 reads it: comments and raw text are no markup, and `>` within a quoted value ends no tag.
_MARKUP = re.compile(
    rb"<(?:!--(?:-?>|[^-]*+(?:-(?!-!?>)[^-]*+)*+(?:--!?>|\Z))"
    rb"|(script|style|textarea|title|xmp|iframe|noembed|noframes)\b[^>]*+>[^<]*+(?:<(?!/\1[\s/>])[^<]*+)*+"
    rb"""|[a-z][^\s/>]*+((?:[\s/]++(?:[^\s=/>]++(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+))?+)?+)*+))""",
    re.IGNORECASE,
)
# An attribute takes two bytes at the least, its separator and its name.
_SHORTEST = 2 * MOST_ATTRIBUTES
_ATTRIBUTE = re.compile(rb"""(?<=[\s/"'])[^\s=/>"']+(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s>]*))?""")


def excess(content: bytes) -> str | None:
    """Return why a page (in UTF-8) is too complex to parse; None where it is not."""
    if len(content) <= _HARMLESS:  # too short for so many tags as well
        return None
    if len(content) > MOST_BYTES:
        return TOO_COMPLEX
    if (marks := content.count(b"<")) > MOST_LINKS and (
        marks - content.count(b"</") > MOST_TAGS or len(_LINK.findall(content)) > MOST_LINKS
    ):
        return TOO_COMPLEX
    for tag in _MARKUP.finditer(content):
        attributes = tag[2]
        if attributes is not None and len(attributes) > _SHORTEST:
            count = sum(1 for _ in _ATTRIBUTE.finditer(attributes))
            if count > MOST_ATTRIBUTES:
                return TOO_COMPLEX
    return None
