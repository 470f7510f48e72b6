"""Anchors that may lead to another article: judged by their words, their address and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from newscrawl.extract.language.patterns import searched
from newscrawl.extract.links.elsewhere import LONG, is_elsewhere
from newscrawl.extract.links.headings import NEIGHBOUR_FIRST, heading_of, kind_of, neighbour_label
from newscrawl.extract.page.joining import join
from newscrawl.extract.page.lines import walk, words_inside
from newscrawl.extract.zones.regions import LinkRegions
from newscrawl.extract.zones.story import story
from newscrawl.text import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line, Walk

_NO_TITLE = re.compile(
    r"^(?:[\W\d_]*|更多.*|.*(?:更多|详细|详情|全文|more)[\s>》»\].…]*|.{0,8}(?:客户端|下载|备案|许可证.*|投稿|举报.*|声明|协议|公网安备.*|ICP备.*)"
    r"|.*(?:安备\s*\d|ICP备|许可证).*|(?:\d+\s*)?(?:跟[贴帖]|评论|阅读|回复|赞|播放)\s*\d*|\d+\s*(?:条)?(?:评论|跟帖|回复)|\S+@\S+|返回.*|https?:.*|www\..*|.?点击.*|我来说两句|我要评论|(?:没有|沒有|已经?是|已經是|暂无).*|.{0,12}(?:微博|微信|公众号)|(?:评论|評論|留言).{0,8})$",
    re.IGNORECASE,
)
# What any of these holds: one look spares most titles the other.
_NOT_TITLE = searched(
    "[更详全赞播@返没沒暂微跟评評回協举]|more|客户|下载|备案|安备|ICP|许可|投稿|声明|公网|阅读|http|www|点击|两句|已经?是|已經是|公众|留言",
    ignore_case=True,
)
_LETTER = re.compile(r"[^\W\d_]")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BULLETS = "．・·•■●◆▪◇□※*-> "
_NEIGHBOUR_WORD = re.compile("[篇则則条條]")
_DIGIT = re.compile("[0-9]")
_LONG_ID = re.compile("[0-9](?:[0-9]{4}|[0-9A-Za-z]{9})")
_DATE = re.compile(r"/(?:19|20)\d\d[-_/]?[01]\d")
_ID = re.compile(r"(?:[iI][dD]|[?&][ap])=\d")
_PAGE = re.compile(r"\.(?:s?html?|jsp|aspx?|php)(?:$|[?#])|/(?:a|article|news|p|detail|content)/?\d", re.IGNORECASE)
_NUMBER = re.compile("[0-9]+")
_SHAPED = re.compile("[0-9]{2}[^0-9]*$")
# What a title of so many characters says for an anchor; a longer one adds 3.
_SIZES = (-1.5,) * 5 + (0.0,) * 2 + (1.0,) * 2 + (2.0,) * 4
_ALIKE = 2.5  # what an address like the page's own adds to an anchor's weight
LEAST = 0.5  # an anchor's weight: below, it is no item of a list of articles
_RULED_OUT = -1e9  # no anchor's weight is below, but there
_NO_LINES: list[str] = []
_MOST_LINES = 8  # of a link whose words are told from its neighbours'
_TOLD_LAST = frozenset("0123456789前")  # how a time or a counter ends
_COUNTED = frozenset("0123456789月日年时点分号个名人岁万亿条成大天次家位倍届种项部·.%-:：～~")  # 3月, set in red
_RANK = re.compile(r"0?[1-9]|[1-4]\d")
_MEASURED = re.compile(
    r"\d{1,2}:\d\d(?::\d\d)?|\d{1,2}\s?(?:分钟|小时|天)前|(?:(?:19|20)\d\d-)?\d\d-\d\d(?:\s\d\d:\d\d(?::\d\d)?)?"
    r"|(?:\S{2,12}\s)?(?:阅读|播放|浏览)量?\s?\d+"
)
_PAGES = (".html", ".htm", ".shtml")
_MARKS = re.compile(r"[，。！？：；、“”‘’《》「」,!?:｜|—…]")


@dataclass(slots=True)
class Anchor:
    """A link with words of its own.

    Attributes:
        number: of the element in the walk.
        line: number of the first line inside it.
        url: absolute, as printed.
        title: its words, or its title attribute where the words are cut short.
        weight: how much it looks like an article's headline; from about 2 on it may be one.
        rest: the other lines inside it, the longest of which may be a snippet.
        picture: no words of its own, only a picture.
        identified: its address carries a date or an id, as articles' addresses do.
    """

    number: int
    line: int
    url: str
    title: str
    weight: float
    rest: list[str]
    picture: bool = False
    identified: bool = False


def anchors(document: Document) -> list[Anchor]:
    """The anchors of a page that may be links to articles, in page order; navigation, sharing and the like left out."""
    page = document.once(walk)
    regions = LinkRegions(page, document.once(story))
    base, own, shape = document.base_url, _key(document.url), _shape(document.url)
    found: list[Anchor] = []
    for number, href, title, rest in _worth_a_look(page, regions):
        size = len(title)
        # As nearly all do, a title that begins with another letter says no 上一篇.
        label = None if title[:1].isalpha() and title[0] not in NEIGHBOUR_FIRST else neighbour_label(title)
        neighbour = len(fold(title)) > len(label) if label else size < 7 and _says_neighbour(page, number, size)
        if size < (2 if neighbour else 4) or (label and not neighbour):
            continue
        identified, weight = _judge(href) if len(href) < LONG else _judge.__wrapped__(href)
        weight += _SIZES[size] if size < len(_SIZES) else 3.0
        if weight >= 0.0 and _MARKS.search(title):
            weight += 0.5
        if not identified and shape and _is_alike(href, shape):  # /post/871 on the page /post/880
            identified, weight = True, weight + _ALIKE
        if not neighbour and (weight < LEAST or (weight < 2.0 and kind_of(heading_of(title)) != "other")):
            continue  # navigation, or a heading that leads to the list in full
        if (size < 24 and _is_none(title)) or title.startswith("http"):
            continue
        weight -= regions.penalty(number)
        if weight < (_RULED_OUT if neighbour else LEAST):
            continue
        url = _absolute(base, href)
        if not is_elsewhere(url) and (own not in url or _key(url) != own):
            line = page.first[number]
            found.append(Anchor(number, line, url, title, weight, rest, line == page.last[number], identified))
    return found


def _worth_a_look(page: Walk, regions: LinkRegions) -> Iterator[tuple[int, str, str, list[str]]]:
    """Links whose words are not too few, with address, title, further lines; most end here, at little cost."""
    lines, first, last, ends, elements = page.lines, page.first, page.last, page.ends, page.elements
    for number in page.links:
        if number < regions.skip:
            continue
        start = first[number]
        count = last[number] - start
        line = lines[start] if count == 1 else None  # it holds the link's words, and maybe more
        if line is not None and len(line.text) < 4:
            continue
        element, leaf, own = elements[number], ends[number] == number + 1, None
        if line is not None and line.links == 1 and line.linked >= len(line.text):
            own = line.text
        elif line is not None and leaf:
            own = element.text or ""
            own = own if own.isalnum() else tidy(own)  # letters alone are tidy
            if len(own) < 4 and not (
                _NEIGHBOUR_WORD.search(line.text, 0, 12) or _NEIGHBOUR_WORD.search(own) or element.get("title")
            ):
                continue
        href = element.get("href")
        if not href or href[0] == "#":
            continue
        if (own is None or len(own) < 7) and not _DIGIT.search(href):
            shown = element.text if leaf else line and line.text
            if count == 0 or (shown and len(shown) < 7 and not _NEIGHBOUR_WORD.search(shown)):
                continue
        attribute, rest = element.get("title"), _NO_LINES
        if own is None or attribute:
            own, rest = _words(page, number, own, attribute)
        if not leaf and own and (own[0].isdigit() or own[-1] in _TOLD_LAST):
            own = _without_ends(element, own)
        yield number, href.strip(), own.lstrip(_BULLETS), rest


def _without_ends(element: HtmlElement, title: str) -> str:
    """A title without its place in a ranking, or a time or counter, in an element of their own around it."""
    first, last = (element[0].text or "").strip(), (element[-1].text or "").strip()
    if len(first) <= 2 and _RANK.fullmatch(first) and title.startswith(first) and not (element.text or "").strip():
        rest = title[len(first) :].strip()
        title = rest if rest and rest[0] not in _COUNTED else title
    if last[-1:] in _TOLD_LAST and _MEASURED.fullmatch(last) and title.endswith(last):
        title = title[: -len(last)].strip() or title
    return title


def _is_none(title: str) -> bool:
    """Whether a short title is none: 更多, 12条评论, numbers."""
    worth = _NOT_TITLE.search(title) is not None or not _LETTER.search(title)
    return worth and _NO_TITLE.match(title) is not None


def _says_neighbour(page: Walk, number: int, size: int) -> bool:
    """Whether a link stands in a line that begins with 上一篇: its title may be short then."""
    line = page.first[number]
    if line == page.last[number]:
        return False
    text = page.lines[line].text
    return len(text) > size and neighbour_label(text[:12]) is not None


def _absolute(base: str, href: str) -> str:
    """An address in full; empty where it cannot be read."""
    try:
        return join(base, href)
    except ValueError:
        return ""


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
        if len(cut) < len(text) or len(attribute) > len(text):
            attribute = tidy(attribute)
            text = attribute if attribute.startswith(cut[:-1]) else text
    return text, rest


def _picture_words(page: Walk, number: int) -> str:
    """What the first picture inside an element says it shows."""
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
    title = headed or next((text for text in texts if len(text) > 6 and not _NO_TITLE.match(text)), texts[0])
    return title, [text for text in texts if text != title]


@lru_cache(maxsize=4096)  # the pages of a site share their navigation, and pictures their titles' addresses
def _judge(href: str) -> tuple[bool, float]:
    """Whether an address is an article's by its looks, and what it adds to an anchor's weight."""
    path = f"/{href}"
    if (host := href.find("//")) >= 0:
        end = href.find("/", host + 2)
        path = href[end:] if end > 0 else ""
    if len(path) < 3:
        return False, -3.0
    identified = bool(_LONG_ID.search(path) or _DATE.search(path) or ("=" in path and _ID.search(path)))
    page = path.endswith(_PAGES) or _PAGE.search(path) is not None
    return identified, (2.0 if page else 1.5) if identified else 0.3 if page else -1.0
