"""The address of the original, as the page gives it: 原文链接, 阅读原文, a linked 来源, metas and scripts."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.page.lines import walk
from newscrawl.extract.page.scripts import values_after
from newscrawl.urls import canonical, host_of, join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Walk

_METAS = ("original-source", "syndication-source")  # Google News' tags for the first to publish
_VARIABLES = ("msg_source_url",)  # where WeChat's 阅读原文 leads
_ASSIGNED = re.compile(r"""\s*=\s*["'](https?:[^"'\s]+)["']""")
_LABEL, _BUTTON = Cues("original_link"), Cues("original_button")
# Every label or button contains one of these; they are searched one by one, as `re` is fast for a literal beginning.
_HINTS = re.compile("原[文始稿链网]"), re.compile("转载[链地网出]")
_CREDIT = re.compile(r"(?:^|[\s|｜(（])(?:文章|稿件|信息|新闻)?来源\s*[:：]")
_ADDRESS = re.compile(r"https?://[\x21-\x7e]+")
_PAGE = re.compile(r"/[^?]*\d|[?&]\w+=\w*\d")  # the address of one article has a number somewhere behind its host

_STORY = re.compile(r"(?:19|20)\d\d[-_/]?[01]\d|\d{6}")
_ACCOUNT = re.compile("/(?:media|user|author|space|account)/")


def original_url(document: Document) -> str | None:
    """The address a page gives as its text's original; None when it gives none, several, or its own."""
    for claims in (_told(document), _linked(document)):
        urls = {canonical(url): url for claim in claims if (url := _sound(document, claim))}
        if len(urls) == 1:
            return next(iter(urls.values()))
    return None


def _told(document: Document) -> list[str]:
    """The addresses in metas, JSON-LD and scripts."""
    told = [value for name in _METAS for value in document.metas.get(name, ())]
    told += [value for value in document.jsonld_values("isBasedOn") if isinstance(value, str)]
    return told + [_plain(value) for value in values_after(document.script_text, _VARIABLES, _ASSIGNED)]


def _linked(document: Document) -> Iterator[str]:
    """Addresses printed or linked behind a label or on a button; else those that a 来源 is linked to."""
    page = walk(document)
    lines = [line.text for line in page.lines]
    told = any(hint.search(page.text) for hint in _HINTS)
    labelled = sorted({*page.lines_with("原"), *page.lines_with("转载")}) if told else []
    wanted = [number for number in labelled if _LABEL(lines[number]) or _BUTTON(lines[number])]
    # A label may stand on a line of its own, the address on the next.
    wanted += [number + 1 for number in wanted if _is_label(lines[number]) and number + 1 < len(lines)]
    for number in wanted:
        yield from _ADDRESS.findall(lines[number])
    credits_ = [number for number in page.lines_with("来源") if _CREDIT.search(lines[number])] if not wanted else []
    yield from _anchors(page, set(wanted) or set(credits_), elsewhere=None if wanted else host_of(document.url))


def _is_label(text: str) -> bool:
    found = _LABEL(text)
    return found is not None and found.span() == (0, len(text))


def _anchors(page: Walk, lines: set[int], elsewhere: str | None) -> Iterator[str]:
    """Addresses of the links in some lines; with a host (`elsewhere`) of those to stories on others alone."""
    if not lines:
        return
    low, first, last = min(lines), page.first, page.last
    # In page order no link begins before the one in front of it.
    for number in page.links[: bisect_right(page.links, max(lines), key=first.__getitem__)]:
        if last[number] > low and not lines.isdisjoint(range(first[number], last[number])):
            href = (page.elements[number].get("href") or "").strip()
            if elsewhere is None or _is_story(href, elsewhere):
                yield href


def _is_story(href: str, elsewhere: str) -> bool:
    """Tell whether an address looks like a story's on another host: outlets are linked to their front pages as well."""
    return host_of(href) not in {"", elsewhere} and bool(_STORY.search(href)) and not _ACCOUNT.search(href)


def _sound(document: Document, claim: str) -> str | None:
    """Make an address absolute; None if it is no address of an article on another site."""
    try:
        url = join(document.base_url, claim.strip())
        parts = urlsplit(url)
    except ValueError:  # `http://[` and the like
        return None
    behind = parts.path + (f"?{parts.query}" if parts.query else "")
    if parts.scheme not in {"http", "https"} or not _PAGE.search(behind) or canonical(url) == canonical(document.url):
        return None
    return url


def _plain(value: str) -> str:
    r"""Undo the escapes of an address in a script: `\x26amp;`, `\/`, `&amp;`."""
    return unescape(re.sub(r"\\x([0-9a-fA-F]{2})", lambda found: chr(int(found[1], 16)), value).replace("\\/", "/"))
