"""Anchors that may lead to another article: judged by their words, their address and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newscrawl.extract.language.headings import MAY_BE_NEIGHBOUR, NEIGHBOUR_FIRST, heading_of, kind_of, neighbour_label
from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import walk, words_inside
from newscrawl.extract.zones.regions import LinkRegions
from newscrawl.extract.zones.story import story
from newscrawl.text import tidy
from newscrawl.urls import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line, Walk

_NO_TITLE, _SERVICE, _MEASURED = Cues("no_title"), Cues("service"), Cues("measured")
_ADDRESS = re.compile(r"(?:https?:)?//[\w-]+\.|/[\w-]+/")
_LETTER = re.compile(r"[^\W\d_]")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BULLETS = "．・·•■●◆▪◇□※*-> "
# Buttons and counters contain one of these; most titles do not.
_MAY_BE_BUTTON = re.compile("[月更详詳全返没沒已暂暫页頁张張帖贴貼论論读讀复復回赞贊讚放mM]")
_DIGIT = re.compile("[0-9]")
_LONG_ID = re.compile("[0-9](?:[0-9]{4}|[0-9A-Za-z]{9})")
_DATE = re.compile(r"/(?:19|20)\d\d[-_/]?[01]\d")
_ID = re.compile(r"(?:[iI][dD]|[?&][ap])=\d")
_COLUMN = re.compile(r"/node_\d+\.s?html?$")  # a list by its number; articles of such sites are content_7.htm
_NUMBER = re.compile("[0-9]+")
_SHAPED = re.compile("[0-9]{2}[^0-9]*$")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp)$", re.IGNORECASE)  # a link to a larger copy
_LONG = 500  # characters of an address (`data:`) that is not looked through
_MOST = 3000  # links of a page that are looked at; no article has so many around it
_LEAST_TITLE = 7  # characters of a title whose address is no article's by its looks: the names of channels are shorter
_NO_LINES: list[str] = []
_MOST_LINES = 8  # of a link whose words are told from its neighbours'
_TOLD_LAST = frozenset("0123456789前")  # how a time or a counter ends
_COUNTED = frozenset("0123456789月日年时点分号个名人岁万亿条成大天次家位倍届种项部·.%-:：～~")  # 3月, set in red
_RANK = re.compile(r"0?[1-9]|[1-4]\d")


@dataclass(slots=True)
class Anchor:
    """A link with words of its own.

    Attributes:
        number: of the element in the walk.
        line: number of the first line inside it.
        url: absolute, as printed.
        title: its words, or its title attribute where the words are cut short.
        rest: the other lines inside it, the longest of which may be a snippet.
        picture: no words of its own, only a picture.
        identified: its address carries a date or an id, as articles' addresses do.
        region: the kind of region it stands in, `out`, `doubtful` or none.
        service: its words speak of a service: 下载客户端.
    """

    number: int
    line: int
    url: str
    title: str
    rest: list[str]
    picture: bool = False
    identified: bool = False
    region: str = ""
    service: bool = False


@dataclass(slots=True)
class Group:
    """Links that stand side by side.

    Attributes:
        parent: number of the element whose children are the items.
        anchors: in page order.
        items: the number of the item each anchor stands in.
        heading: as printed.
        scope: number of the element that holds heading and list.
    """

    parent: int
    anchors: list[Anchor] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    heading: str | None = None
    scope: int | None = None


@analysis
def anchors(document: Document) -> list[Anchor]:
    """The anchors of a page that may be links to articles, in page order; navigation, sharing and the like left out."""
    page = walk(document)
    regions = LinkRegions(page, story(document))
    base, own, shape = document.base_url, _key(document.url), _shape(document.url)
    found: list[Anchor] = []
    for number, href, title, rest in _worth_a_look(page):
        if len(found) == _MOST:
            break
        # Fast path: most titles cannot begin with 上一篇.
        label = None if title[:1].isalpha() and title[0] not in NEIGHBOUR_FIRST else neighbour_label(title)
        identified = (len(href) < _LONG and _is_identified(href)) or (
            shape != "" and _is_alike(href, shape)
        )  # /post/871 on the page /post/880
        size = len(title)
        if label is None and size < _LEAST_TITLE and not identified:
            continue
        labelled = label is not None and size > len(label) + 1  # 上一篇：… with the title it leads to
        if not identified and not labelled and (size < 2 or kind_of(heading_of(title)) != "other"):
            continue  # a heading that leads to the list in full
        if not _says_something(title) or title.startswith("http"):
            continue
        url = join(base, href)
        if not url.startswith("http") or (own in url and _key(url) == own) or _PICTURE.search(url):
            continue
        line = page.first[number]
        picture = line == page.last[number]
        service = _SERVICE(title) is not None
        found.append(Anchor(number, line, url, title, rest, picture, identified, regions.of(number), service))
    return found


def _worth_a_look(page: Walk) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield links with enough words, with address, title and further lines; most links fail this cheap test."""
    lines, first, last, ends, elements = page.lines, page.first, page.last, page.ends, page.elements
    for number in page.links:
        start = first[number]
        count = last[number] - start
        line = lines[start] if count == 1 else None  # it holds the link's words, and maybe more
        element, leaf, own = elements[number], ends[number] == number + 1, None
        if line is not None and line.links == 1 and line.linked >= len(line.text):
            own = line.text
        elif line is not None and leaf:
            own = element.text or ""
            own = own if own.isalnum() else tidy(own)  # letters alone are tidy
        href = element.get("href")
        if href and href[0] in "jJ#" and (href[0] == "#" or ":" in href):
            href = _kept_for_script(element)
        if not href:
            continue
        if (own is None or len(own) < _LEAST_TITLE) and not _DIGIT.search(href):
            shown = element.text if leaf else line and line.text
            if count == 0 or (shown and len(shown) < _LEAST_TITLE and not MAY_BE_NEIGHBOUR.search(shown)):
                continue
        attribute, rest = element.get("title"), _NO_LINES
        if own is None or attribute:
            own, rest = _words(page, number, own, attribute)
        if not leaf and own and (own[0].isdigit() or own[-1] in _TOLD_LAST):
            own = _without_ends(element, own)
        yield number, href.strip(), own.lstrip(_BULLETS), rest


def _kept_for_script(element: HtmlElement) -> str | None:
    """The address that an entry of a script (`javascript:`, `#`) keeps in a data- attribute."""
    values = (value for name, value in element.attrib.items() if str(name).startswith("data-"))
    return next((str(value) for value in values if _ADDRESS.match(str(value))), None)


def _without_ends(element: HtmlElement, title: str) -> str:
    """A title without its place in a ranking, or a time or counter, in an element of their own around it."""
    first, last = (element[0].text or "").strip(), (element[-1].text or "").strip()
    if len(first) <= 2 and _RANK.fullmatch(first) and title.startswith(first) and not (element.text or "").strip():
        rest = title[len(first) :].strip()
        title = rest if rest and rest[0] not in _COUNTED else title
    if last[-1:] in _TOLD_LAST and _MEASURED(last) and title.endswith(last):
        title = title[: -len(last)].strip() or title
    return title


def _says_something(text: str) -> bool:
    """Whether words may be a title: letters are among them, and they are not 更多 or 12条评论."""
    return _LETTER.search(text) is not None and not (_MAY_BE_BUTTON.search(text) and _NO_TITLE(text))


def _shape(url: str) -> str:
    """The address below its host with `0` for its numbers, where its last number has two digits or more; else empty."""
    path = "/" + _key(url).partition("/")[2]
    numbers = _NUMBER.findall(path)
    return _NUMBER.sub("0", path) if numbers and len(numbers[-1]) > 1 else ""


def _is_alike(href: str, shape: str) -> bool:
    """Whether an address, absolute or relative, is the page's own but for its numbers."""
    _, scheme, path = href.partition("//")
    path = f"/{path.partition('/')[2]}" if scheme else href
    path = path.rstrip("/")
    if (path[-1:] != shape[-1] and shape[-1] != "0") or not _SHAPED.search(path):
        return False
    path = _NUMBER.sub("0", path)
    return path == shape or (not path.startswith("/") and "/" not in path and shape.endswith(f"/{path}"))


def _key(url: str) -> str:
    return url.partition("#")[0].partition("://")[2].rstrip("/")


def _words(page: Walk, number: int, own: str | None, attribute: str | None) -> tuple[str, list[str]]:
    """A link's title and further lines; `own` are its words where they are known to stand in one line."""
    first, last = page.first[number], page.last[number]
    rest = _NO_LINES
    if first == last:
        return tidy(attribute or _picture_words(page, number)), rest
    if last - first > 1:
        text, rest = _headline(page, number, page.lines[first:last])
    else:
        text = words_inside(page.elements[number]) if own is None else own
    if attribute and text and attribute != text:
        cut = text.rstrip(".… ")
        if neighbour_label(text) == text:
            text, rest = tidy(attribute), [text]
        elif (len(cut) < len(text) or len(attribute) > len(text)) and tidy(attribute).startswith(cut[:-1]):
            text = tidy(attribute)
    return text, rest


def _picture_words(page: Walk, number: int) -> str:
    """The alternative text of the first picture inside an element."""
    for inner in range(number + 1, page.ends[number]):
        if page.tags[inner] == "img":
            picture = page.elements[inner]
            return picture.get("alt") or picture.get("title") or ""
    return ""


def _headline(page: Walk, number: int, lines: list[Line]) -> tuple[str, list[str]]:
    """The line of a link that is its title, a heading element's first, and the others."""
    texts = [line.text for line in lines]
    # A line break inside it: it shares a line with its neighbour. One of many lines is only a link left open.
    if len(lines) <= _MOST_LINES and (lines[0].links > 1 or lines[-1].links > 1):
        texts = [text for piece in page.elements[number].itertext() if (text := tidy(piece))] or texts
    headed = next((line.text for line in lines if page.tags[line.block] in _HEADINGS), None)
    title = headed or next(
        (text for text in texts if len(text) > 6 and _LETTER.search(text) and not _NO_TITLE(text)), texts[0]
    )
    return title, [text for text in texts if text != title]


def _is_identified(href: str) -> bool:
    """Whether an address carries a date or an id, as articles' addresses do."""
    if not _DIGIT.search(href):
        return False
    path = f"/{href}"
    if (host := href.find("//")) >= 0:
        end = href.find("/", host + 2)
        path = href[end:] if end > 0 else ""
    if "/node_" in path and _COLUMN.search(path):
        return False
    return bool(_LONG_ID.search(path) or _DATE.search(path) or ("=" in path and _ID.search(path)))
