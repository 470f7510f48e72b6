"""Is it an article? If not, the page has a named reason.

A reason is stable: it is counted, stored with the capture, and read by the frontier (a `blocked` page is no withdrawn
one). What decides is what the page shows: its prose, its links, its headings; the address only tips the scales.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from newscrawl.extract.notices import is_challenge, meaning
from newscrawl.extract.prose import Prose, prose

if TYPE_CHECKING:
    from newscrawl.extract.document import Document

REASONS: dict[str, str] = {
    "not-html": "The body is no web page: JSON, a feed, a picture, a download.",
    "empty": "The page shows nothing and loads nothing.",
    "redirect": "The page only sends the reader to another address.",
    "blocked": "A captcha, a firewall or a script challenge stands in front of the page.",
    "withdrawn": "The page says that its publisher or the platform took the text down.",
    "soft-404": "The page says that there is no such page, with status 200.",
    "login": "The text is shown only to readers who are logged in.",
    "script": "The text is loaded by a script; the HTML holds an empty frame.",
    "list": "A list of links: a home page, a channel, an index, a search, the pages of a newspaper.",
    "no-story": "None of these, and yet no headline with a story.",
}

_TITLE_TAIL = re.compile(r"\s*(?:[-_|丨–—»>].*)$")
_BINARY = ("%PDF", "PK\x03\x04", "\ufffdPNG", "GIF8", "{\\rtf")
_DATA = re.compile(r"[{\[]|\w{1,40}\(\s*[{\[]")  # JSON, or JSON in a call
_XML = re.compile(r"(?:<(?:\?[^>]*>|!--(?:[^-]|-(?!->))*-->)\s*)*<(?:rss|feed|urlset|sitemapindex|rdf:RDF|recordset)[\s>]")
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|a|script|meta)\b", re.IGNORECASE)
_REFRESH = re.compile(r"""\s*(\d*)[\d.]*\s*[;,]?\s*url\s*=\s*["']?\s*([^"'\s>]+)""", re.IGNORECASE)
_LOCATION = re.compile(
    r"(?:^|[\s;{(.])location(?:\s*\.\s*href)?\s*(?:=\s*|\.\s*(?:replace|assign)\(\s*)[\"']([^\"'\s]+)[\"']"
)
_LIST_PATH = re.compile(
    r"(?:.*/)?(?:(?:index|default|list|node|channel|column|main|home|more|roll|nbs\.\w+)(?:[-_]?\w{1,12})*(?:\.\w+)?)?",
    re.IGNORECASE,
)
_LONG_ID = re.compile(r"\d{6,}[^/]*/?$|/[0-9a-f]{32}/c?[^/]*$|/\d{6,}/index\.\w+$", re.IGNORECASE)
_ARTICLE_METAS = ("article:published_time", "articletitle", "pubdate", "publishdate", "og:release_date")
_APP_ROOTS = frozenset(
    {"app", "root", "app-root", "__next", "__nuxt", "application", "react-root", "main-app", "vue-app"}
)
_LOADS = re.compile(
    r"\$\.(?:ajax|get|post|getJSON)\(|\bfetch\(|axios|XMLHttpRequest|__INITIAL_STATE__|__NUXT__|__NEXT_DATA__"
)
SHORTEST_STORY = 30  # characters: a notice of two sentences is longer, a slogan or a caption is not
SHORTEST_TABLE = 120  # characters of text without sentences, where a headline stands above it: names, figures, verse
LONGEST_CHALLENGE = 200_000  # characters of script that are searched for one
LONGEST_REFRESH = 10  # seconds: a page that waits longer is read first


def refusal(document: Document) -> str | None:
    """Give the named reason (a key of `REASONS`) a page is no article, or None where it is one.

    Meant for `document.once(refusal)`; the page's status is not known here.
    """
    if _is_no_page(document.decoded.text):
        return "not-html"
    found = document.once(prose)
    for judge in (_sent_away, _told, _nothing, _listed, _storyless):
        if reason := judge(document, found):
            return reason
    return None


def refresh_target(document: Document) -> str | None:
    """The absolute address a page sends its reader to by meta refresh, or by a script on a page that shows nothing.

    None where it stays: a refresh of its own address only keeps the page fresh.
    """
    target = None
    for content in document.metas.get("refresh", ()):
        match = _REFRESH.match(content)
        if match and int(match[1] or 0) <= LONGEST_REFRESH:
            target = match[2]
    if target is None and document.once(prose).visible < 120 and len(document.script_text) < 2000:
        moved = _LOCATION.search(document.script_text)
        target = moved[1] if moved else None
    if not target:
        return None
    try:
        url = urljoin(document.base_url, target).partition("#")[0]
    except ValueError:  # an unclosed bracket in the authority
        return None
    return url if url.startswith(("http://", "https://")) and url != document.url.partition("#")[0] else None


def _is_no_page(text: str) -> bool:
    """Tell JSON, feeds and downloads from pages by how they begin."""
    start = text[:4000].lstrip("\ufeff \t\r\n")
    if start.startswith(_BINARY) or "\0\0\0" in start or _XML.match(start):
        return True
    return bool(_DATA.match(start)) and not _MARKUP.search(start)


def _sent_away(document: Document, found: Prose) -> str | None:
    """`blocked` for a firewall's program, `redirect` for a page that only leads elsewhere."""
    if found.story >= 200 or found.visible >= 1200:
        return None
    if found.story < 60 and is_challenge(document.script_text[:LONGEST_CHALLENGE]):
        return "blocked"
    if _is_bare(found) and refresh_target(document) is not None:
        return None if _told(document, found) else "redirect"
    return None


def _is_bare(found: Prose) -> bool:
    return found.visible < 400 and found.listed < 5


def _told(_: Document, found: Prose) -> str | None:
    """The reason the page's own words give, where no story stands beside them."""
    bare = _TITLE_TAIL.sub("", found.title).strip()
    titled = meaning(bare) if len(bare) <= 14 else None
    for line in (bare, *found.notices) if titled else found.notices:
        reason = meaning(line)
        if reason is None:
            continue
        rest = found.story - (len(line) if len(line) >= 15 else 0)
        if reason == titled or (found.password and reason == "login"):
            enough = 200
        elif reason == "login" or found.headed:
            enough = SHORTEST_STORY
        else:
            enough = 60
        if rest < enough:
            return reason
    return "login" if found.password and found.story < 60 and found.visible < 600 else None


def _nothing(document: Document, found: Prose) -> str | None:
    """`script` or `empty` for a page without text or links."""
    if found.story >= SHORTEST_STORY or found.visible >= 300 or found.listed:
        return None
    if _is_drawn(document):
        return "script"
    return None if found.visible or found.pictures else "empty"


def _is_drawn(document: Document) -> bool:
    """Tell whether a page is the frame of a program that draws it."""
    if any(
        (element.get("id") or element.tag) in _APP_ROOTS for element in document.root.iter("div", "app-root", "main")
    ):
        return next(document.root.iter("script"), None) is not None
    return any("javascript" in (element.text_content() or "").lower() for element in document.root.iter("noscript"))


def _listed(document: Document, found: Prose) -> str | None:
    """`list`, where more speaks for a list of links than for an article."""
    parts = urlsplit(document.url)
    points = sum(found.story >= size for size in (40, 100, 250, 600))
    points += 2 * found.headed + found.dated
    points += any(name in document.metas for name in _ARTICLE_METAS)
    if _LONG_ID.search(parts.path):
        points += 1
    elif _LIST_PATH.fullmatch(parts.path) and not parts.query:
        points -= 2
    if found.story < 40 and found.listed >= 3:
        points -= 2
    if found.snippets >= 3:
        points -= 2
    points -= found.story * 20 < found.linked
    points -= found.items >= 8 and found.story < 250
    return "list" if points < 2 and (found.listed or points < 0) else None


def _storyless(document: Document, found: Prose) -> str | None:
    """`no-story`, or `script` where a program may fetch what the headline promises."""
    if found.story >= SHORTEST_STORY or (found.headed and found.text >= SHORTEST_TABLE):
        return None
    if found.headed and found.dated and found.story >= SHORTEST_STORY // 2:
        return None
    return "script" if _LOADS.search(document.script_text[:LONGEST_CHALLENGE]) else "no-story"
