"""Is it an article? If not, the page has a named reason.

A reason is stable: it is counted, stored with the capture, and read by the frontier (a `blocked` page is no withdrawn
one). What decides is what the page shows: its prose, its links, its headings; the address only tips the scales.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.extract.fields.form import is_told_without_words
from newscrawl.extract.language.furniture import LONGEST_NOTICE, is_challenge, meaning
from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.edges import lines_below_byline
from newscrawl.extract.zones.headline import has_byline_after, headline_lines
from newscrawl.extract.zones.hints import told_story, told_text
from newscrawl.extract.zones.prose import Prose, is_furniture, is_running, prose
from newscrawl.extract.zones.sequence import story_run
from newscrawl.extract.zones.story import story
from newscrawl.urls import join

if TYPE_CHECKING:
    from collections.abc import Callable

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line

_TITLE_TAIL = re.compile(r"\s*(?:[-_|丨–—»>].*)$")
_BINARY = ("%PDF", "PK\x03\x04", "\ufffdPNG", "GIF8", "{\\rtf")
_DATA = re.compile(r"[{\[]|\w{1,40}\(\s*[{\[]")  # JSON, or JSON in a call
_XML = re.compile(
    r"(?:<(?:\?[^>]*>|!--(?:[^-]|-(?!->))*-->)\s*)*<(?:rss|feed|urlset|sitemapindex|rdf:RDF|recordset)[\s>]"
)
_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0)))  # Latin-1 characters that no text contains
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|a|script|meta)\b", re.IGNORECASE)
_REFRESH = re.compile(r"""\s*(\d{0,9})[\d.]{0,9}\s*[;,]?\s*url\s*=\s*["']?\s*([^"'\s>]+)""", re.IGNORECASE)
_LOCATION = re.compile(
    r"(?:^|[\s;{(.])location(?:\s*\.\s*href)?\s*(?:=\s*|\.\s*(?:replace|assign)\(\s*)[\"']([^\"'\s]+)[\"']"
)
_LIST_PATH = re.compile(
    r"(?:.*/)?(?:(?:index|default|list|node|channel|column|main|home|more|roll|nbs\.\w+)(?:-?\w)*(?:\.\w+)?)?"
    r"|(?:.*/)?\w*list\.\w+\?.*",
    re.IGNORECASE,
)
_LONG_ID = re.compile(r"\d{6,}[^/]*/?$|/[0-9a-f]{32}/c?[^/]*$|/\d{6,}/index\.\w+$", re.IGNORECASE)
_ID_FOLDER = re.compile(r"/[a-z]{0,3}(?!(?:19|20)\d{6}/)\d{7,}/(?:$|\?)", re.IGNORECASE)  # /a7310000000000000001/
_NUMBERED_FOLDER = re.compile(r"/(?!(?:19|20)\d\d/)\d{3,}/$")  # /archives/331/, unlike /2024/ and /page/2/
_ARTICLE_METAS = ("article:published_time", "articletitle", "pubdate", "publishdate", "og:release_date")
_APP_ROOTS = frozenset(
    {"app", "root", "app-root", "__next", "__nuxt", "application", "react-root", "main-app", "vue-app"}
)
_LOADS = re.compile(
    r"\$\.(?:ajax|get|post|getJSON)\(|\bfetch\(|axios|XMLHttpRequest|__INITIAL_STATE__|__NUXT__|__NEXT_DATA__"
)
_ADDRESS_ALONE = re.compile(r"\s*(?:https?://\S+)?\s*")  # text copied with a page's title: only an address
_STANDING = Cues("standing")
CONVINCING_RUN = 21.0  # a run of lines with this score is a story, whatever is around it
LIKELY_RUN = 4.0  # ... and with this score, if it is right below headline and byline and no boilerplate
MOST_BETWEEN = 6  # lines between headline and story, of its byline
ENOUGH_WORDS = 250  # characters of prose: a page with more is judged by them, whatever film it shows
SHORTEST_STORY = 30  # characters: a notice of two sentences is longer, a slogan or a caption is not
SHORTEST_HEADLINE = 7  # characters: a channel's name is shorter
SHORTEST_FLASH = 15  # characters of a story that has a headline and a date above it
FEWEST_PICTURES = 3  # that make a gallery without captions
SHORTEST_EMBEDDED = 100  # characters of a story in a script: shorter ones may belong to anything
LONGEST_ASIDE = 200  # characters that may stand beside a notice which the title repeats
LONGEST_CHALLENGE = 200_000  # characters of script that are searched for one
MOST_CONTROLS = 0.05  # the share of control characters above which a page is no text
LONGEST_REFRESH = 10  # seconds: a page that waits longer is read first


@analysis
def refusal(document: Document) -> str | None:
    """Give the named reason (one of `newscrawl.outcomes`) a page is no article, or None where it is one.

    The page's status is not known here.
    """
    if _is_no_page(document.decoded.text):
        return "not-html"
    found = prose(document)
    if found.story < ENOUGH_WORDS and not _is_list_address(document.url) and is_told_without_words(document):
        return None
    for judge in _judges(document):
        if reason := judge(document, found):
            return reason
    return None


def _judges(document: Document) -> tuple[Callable[[Document, Prose], str | None], ...]:
    """The checks that may refuse a page. Where an override finds the story, none that asks whether there is one."""
    if told_story(document):
        return _sent_away, _told
    if sum(map(len, told_text(document))) >= SHORTEST_FLASH:  # on any page of the portal, as from a meta: lists too
        return _sent_away, _told, _listed
    return _sent_away, _told, _nothing, _listed, _storyless


@analysis
def refresh_target(document: Document) -> str | None:
    """The absolute address a page sends its reader to by meta refresh, or by a script on a page that shows nothing.

    None where it stays: a refresh of its own address only keeps the page fresh, a page with a story is read, and a
    page that says it is missing does not lead to what was asked for.
    """
    found = prose(document)
    if found.visible >= 400 or found.listed >= 5 or _told(document, found):
        return None
    target = None
    for content in document.metas.get("refresh", ()):
        match = _REFRESH.match(content)
        if match and int(match[1] or 0) <= LONGEST_REFRESH:
            target = match[2]
    if target is None and found.visible < 120 and len(document.script_text) < 2000:
        moved = _LOCATION.search(document.script_text)
        target = moved[1] if moved else None
    if not target:
        return None
    url = join(document.base_url, target).partition("#")[0]
    return url if url.startswith(("http://", "https://")) and url != document.url.partition("#")[0] else None


def _is_no_page(text: str) -> bool:
    """Tell JSON, feeds and downloads from pages by how they begin."""
    start = text[:4000].lstrip("\ufeff \t\r\n")
    if start.startswith(_BINARY) or "\0\0\0" in start or _XML.match(start):
        return True
    latin = start.encode("latin-1", "replace")
    if len(start) - len(latin.translate(None, _CONTROLS)) > MOST_CONTROLS * len(start):
        return True
    return bool(_DATA.match(start)) and not _MARKUP.search(start)


def _sent_away(document: Document, found: Prose) -> str | None:
    """`blocked` for the script of a firewall, `redirect` for a page that only forwards its reader."""
    bare = found.story < 60 and found.visible < 400 and found.listed < 3 and not found.headed
    if bare and is_challenge(document.script_text[:LONGEST_CHALLENGE]):
        return "blocked"
    return "redirect" if refresh_target(document) is not None else None


def _told(document: Document, found: Prose) -> str | None:
    """The reason that a notice on the page gives (not found, log in first), where the page has no story."""
    if found.story >= LONGEST_ASIDE + LONGEST_NOTICE:
        return None
    bare = _TITLE_TAIL.sub("", found.title).strip()
    titled = meaning(bare) if len(bare) <= 14 else None
    if titled is None and found.listed >= 10 and _is_list_address(document.url):
        return None  # 您还未登录 stands in the corner of many a home page
    for line in (bare, *found.notices) if titled else found.notices:
        reason = meaning(line)
        if reason is None or (reason in {"login", "blocked"} and reason != titled and found.listed >= 10):
            continue
        rest = found.story - (len(line) if is_running(line) else 0)
        if reason == titled or (found.password and reason == "login"):
            enough = LONGEST_ASIDE
        elif reason == "login" or found.headed:
            enough = SHORTEST_STORY
        else:
            enough = 60
        if rest < enough:
            return reason
    asks = found.password and not (found.headed and found.dated)  # an article's comments ask for one as well
    return "login" if asks and found.story < 60 and found.visible < 600 else None


def _nothing(document: Document, found: Prose) -> str | None:
    """`script` or `empty` for a page without text or links."""
    if found.story >= SHORTEST_STORY or found.visible >= 300 or found.listed:
        return None
    if _is_drawn(document):
        return None if _holds_story(document, found) else "script"
    return None if found.visible or found.pictures else "empty"


def _holds_story(document: Document, found: Prose) -> bool:
    """Whether a script holds the story of a page that shows none."""
    if not _headline_long(found.title) or _is_list_address(document.url):
        return False
    told = story(document)
    return told is not None and told.in_script and len(told.text) >= SHORTEST_EMBEDDED


def _headline_long(title: str) -> bool:
    return len(_TITLE_TAIL.sub("", title)) >= 6


def _is_drawn(document: Document) -> bool:
    """Whether a script draws the page: the HTML holds only an empty frame."""
    page = walk(document)
    if any(
        (element.get("id") or element.tag) in _APP_ROOTS for element in document.root.iter("div", "app-root", "main")
    ):
        return bool(page.noted["script"])
    return any("javascript" in (element.text_content() or "").lower() for element in page.noted["noscript"])


def _listed(document: Document, found: Prose) -> str | None:
    """`list`, if links, headings and address look more like a list than like an article."""
    score = story_run(document).score
    if score >= CONVINCING_RUN or (lines_below_byline(document) and not _is_list_address(document.url)):
        return None
    points = sum(found.story >= size for size in (40, 100, 250, 600))
    headed = _is_headed(document, found)
    points += 2 * headed + found.dated
    points += any(name in document.metas for name in _ARTICLE_METAS)
    if _LONG_ID.search(_path(document.url)):
        points += 1
    elif _is_list_address(document.url):
        points -= 2
    if found.story < 40 and found.listed >= 3 and not (headed and found.dated):
        points -= 2
    if found.snippets >= 3:
        points -= 2
    points -= found.story * 20 < found.linked
    points -= found.items >= 8 and found.story < 250
    points += 2 * (_opens_below_headline(document, score) and not _is_list_address(document.url))
    return "list" if points < 2 and (found.listed or points < 0) else None


def _opens_below_headline(document: Document, score: float) -> bool:
    """Whether headline, byline with a date and story follow each other; that outweighs many links."""
    page, shown, run = walk(document), headline_lines(document), story_run(document).lines
    if score < LIKELY_RUN or not shown or not run or _leads_away(document, page.lines[shown.start]):
        return False
    return 0 <= run[0] - shown.stop <= MOST_BETWEEN and has_byline_after(page, shown.stop)


def _is_headed(document: Document, found: Prose) -> bool:
    """Whether the page shows its headline: what its `<title>` begins with, or what stands over a byline."""
    if found.headed or (_is_list_address(document.url) and not _NUMBERED_FOLDER.search(_path(document.url))):
        return found.headed
    page, shown = walk(document), headline_lines(document)
    first = page.lines[shown.start] if shown else None
    if first is None or len(first.text) < SHORTEST_HEADLINE or _leads_away(document, first):
        return False
    return has_byline_after(page, shown.stop)


def _leads_away(document: Document, line: Line) -> bool:
    """Whether a line is a link to another page; blogs link a headline to its own page."""
    if not line.linked:
        return False
    page = walk(document)
    links = [number for number in page.links if line.block <= number < page.ends[line.block]]
    links.append(page.parents[line.block])
    own = document.url.partition("#")[0]
    return all(join(document.base_url, page.elements[number].get("href") or "?") != own for number in links)


def _path(url: str) -> str:
    """The path of an address, `?` before its query where it has one."""
    rest = url.partition("#")[0].partition("://")[2]
    return "/" + rest.partition("/")[2] if "/" in rest else "/"


def _is_list_address(url: str) -> bool:
    path = _path(url)
    return _LIST_PATH.fullmatch(path) is not None and not _ID_FOLDER.search(path)


def _storyless(document: Document, found: Prose) -> str | None:
    """`no-story`, or `script` where a script may load the story."""
    if _STANDING(_TITLE_TAIL.sub("", found.title).strip()):
        return "no-story"
    if _tells(document, found):
        return None
    return "script" if _LOADS.search(document.script_text[:LONGEST_CHALLENGE]) else "no-story"


def _tells(document: Document, found: Prose) -> bool:
    """Whether the page has a story: enough prose by its sums, and more than furniture when it is read."""
    possible = (
        bool(lines_below_byline(document))
        or found.story >= SHORTEST_STORY
        or (found.dated and found.story >= SHORTEST_FLASH and _is_headed(document, found))
    )
    if not possible:
        return _holds_story(document, found)
    told = story(document)
    if told is None:
        return False
    told_size = 0
    for paragraph in told.paragraphs:
        own = paragraph.text.removeprefix(found.title) if found.title else paragraph.text
        says = not is_furniture(paragraph.text) and not _ADDRESS_ALONE.fullmatch(own)
        told_size += len(paragraph.text) if says else 0
        if told_size >= SHORTEST_FLASH:
            return True
    return len(told.images) >= FEWEST_PICTURES
