"""Anchors that may lead to another article: judged by their words, their address and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from newscrawl.extract.body import story
from newscrawl.extract.elsewhere import is_elsewhere
from newscrawl.extract.headings import heading_of, kind_of, neighbour_label
from newscrawl.extract.joining import join
from newscrawl.extract.patterns import searched
from newscrawl.extract.walk import walk
from newscrawl.text import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from newscrawl.extract.document import Document
    from newscrawl.extract.walk import Line, Walk

# Regions whose links are no articles whatever they look like, by whole words of class and id.
_OUTSIDE = searched(
    r"foot(?:er)?(?![a-z])|copy_?right|cmnt|cmt(?![a-z])|(?<![a-z])tie-|reply|login|passport|friend|yqlj"
    r"|(?<![a-z])tags?(?![a-z])|key_?word|(?<![a-z])ads?(?![a-z])|adver|guanggao|site-?map|toolbar"
    r"|(?<![a-z])pag(?:er|ination|es)(?![a-z])",
    ignore_case=True,
)
# Regions of navigation and comments, where a list of headlines may stand all the same.
_DOUBTFUL = searched(r"(?<![a-z])nav(?![a-z])|navig|navbar|menu|crumb|comment|pinglun|share", ignore_case=True)
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
_NAVIGATION = ("nav", "footer")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BULLETS = "．・·•■●◆▪◇□※*-> "
_NEIGHBOUR_WORD = re.compile("[篇则則条條]")
_DIGIT = re.compile("[0-9]")
_LONG_ID = re.compile("[0-9](?:[0-9]{4}|[0-9A-Za-z]{9})")
_DATE_OR_ID = re.compile(r"/(?:19|20)\d\d[-_/]?[01]\d|(?:[iI][dD]|[?&][ap])=\d")
_PAGE = re.compile(r"\.(?:s?html?|jsp|aspx?|php)(?:$|[?#])|/(?:a|article|news|p|detail|content)/?\d", re.IGNORECASE)
_NUMBER = re.compile("[0-9]+")
_SHAPED = re.compile("[0-9]{2}[^0-9]*$")
_ALIKE = 2.5  # what an address like the page's own adds to an anchor's weight
LEAST = 0.5  # an anchor's weight: below, it is no item of a list of articles
_DOUBT = 1.0  # what an anchor's weight loses there
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
    regions = _Regions(page, document)
    base, own, shape = document.base_url, _key(document.url), _shape(document.url)
    found: list[Anchor] = []
    for number, element, href in _worth_a_look(page):
        title, rest, picture = _words(page, number, element)
        title = title.lstrip(_BULLETS)
        size = len(title)
        label = neighbour_label(title)
        neighbour = len(fold(title)) > len(label) if label else size < 7 and _says_neighbour(page, number, size)
        if size < (2 if neighbour else 4) or (label and not neighbour):
            continue
        identified, weight = _judge(title, href)
        if not identified and shape and _is_alike(href, shape):  # /post/871 on the page /post/880
            identified, weight = True, weight + _ALIKE
        if not neighbour and (weight < LEAST or (weight < 2.0 and kind_of(heading_of(title)) != "other")):
            continue  # navigation, or a heading that leads to the list in full
        if title.startswith("http") or (size < 24 and _may_be_none(title) and _NO_TITLE.match(title)):
            continue
        penalty = regions.penalty(number)
        if penalty is None or (weight - penalty < LEAST and not neighbour):
            continue
        url = _absolute(base, href)
        if not is_elsewhere(url) and (own not in url or _key(url) != own):
            found.append(Anchor(number, page.first[number], url, title, weight - penalty, rest, picture, identified))
    return found


def _worth_a_look(page: Walk) -> Iterator[tuple[int, HtmlElement, str]]:
    """The links whose words are not too few: most of a page's links are navigation, and end here at little cost."""
    lines, first, last, elements = page.lines, page.first, page.last, page.elements
    for number in page.links:
        line = first[number]
        text = lines[line].text if last[number] - line == 1 else None  # of the line; the link's own is no longer
        if text is not None and len(text) < 4:
            continue
        element = elements[number]
        href = element.get("href")
        if not href or href[0] == "#":
            continue
        if not _DIGIT.search(href):
            if text is None and last[number] == line:
                continue  # a picture
            own = element.text if not len(element) else text
            if own and len(own) < 7 and not _NEIGHBOUR_WORD.search(own):
                continue
        yield number, element, href.strip()


def _may_be_none(title: str) -> bool:
    """Whether a look at `_NO_TITLE` is worth its time."""
    return _NOT_TITLE.search(title) is not None or not _LETTER.search(title)


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
    if not _SHAPED.search(path):
        return False
    path = _NUMBER.sub("0", path.rstrip("/"))
    return path == shape or (not path.startswith("/") and "/" not in path and shape.endswith(f"/{path}"))


def _key(url: str) -> str:
    return url.partition("#")[0].partition("://")[2].rstrip("/")


def _words(page: Walk, number: int, element: HtmlElement) -> tuple[str, list[str], bool]:
    """An anchor's title, its further lines, and whether a picture is all it shows."""
    first, last = page.first[number], page.last[number]
    attribute = element.get("title")
    if first == last:
        return tidy(attribute or _picture_words(page, number)), [], True
    rest: list[str] = []
    line = page.lines[first]
    if last - first > 1:
        text, rest = _headline(page, page.lines[first:last])
    elif line.links == 1 and line.linked >= len(line.text):
        text = line.text
    else:
        text = tidy("".join(element.itertext()) if len(element) else element.text or "")
    if attribute and text:
        cut = text.rstrip(".… ")
        if len(cut) < len(text) or len(attribute) > len(text):
            attribute = tidy(attribute)
            text = attribute if attribute.startswith(cut[:-1]) else text
    return text, rest, False


def _picture_words(page: Walk, number: int) -> str:
    """What the first picture inside an element says it shows."""
    for inner in range(number + 1, page.ends[number]):
        if page.tags[inner] == "img":
            picture = page.elements[inner]
            return picture.get("alt") or picture.get("title") or ""
    return ""


def _headline(page: Walk, lines: list[Line]) -> tuple[str, list[str]]:
    """The line of a link that is its title, a heading element's first, and the others."""
    texts = [line.text for line in lines]
    headed = next((line.text for line in lines if page.tags[line.block] in _HEADINGS), None)
    title = headed or next((text for text in texts if len(text) > 6 and not _NO_TITLE.match(text)), texts[0])
    return title, [text for text in texts if text != title]


def _judge(title: str, href: str) -> tuple[bool, float]:
    """Whether an address is an article's by its looks, and an anchor's weight by address and words."""
    size = len(title)
    weight = 3.0 if size >= 13 else 2.0 if size >= 9 else 1.0 if size >= 7 else 0.0 if size >= 5 else -1.5
    _, scheme, path = href.partition("//")
    path = path.partition("/")[2] if scheme else href
    path = f"/{path}"
    identified = (_LONG_ID.search(path) or _DATE_OR_ID.search(path)) is not None
    page = path.endswith(_PAGES) or _PAGE.search(path) is not None
    weight += 2.0 if identified and page else 1.5 if identified else 0.3 if page else -1.0
    if len(path) < 3:
        weight -= 2.0
    if weight >= 0.0 and _MARKS.search(title):
        weight += 0.5
    return identified, weight


class _Regions:
    """Which elements stand in a region of navigation, comments, footer and the like; looked at once each."""

    def __init__(self, page: Walk, document: Document) -> None:
        self._page = page
        self._known: dict[int, float | None] = {0: 0.0}
        found = document.once(story)
        number = found.number if found else 0
        while number:  # what holds the story is no such region
            self._known[number] = 0.0
            number = page.parents[number]

    def penalty(self, number: int) -> float | None:
        """What an anchor loses by where it stands; None where it is out of the question."""
        path = []
        while number not in self._known:
            path.append(number)
            number = self._page.parents[number]
        answer = self._known[number]
        for inner in reversed(path):
            if answer is not None:
                answer = self._look(inner, answer)
            self._known[inner] = answer
        return answer

    def _look(self, number: int, answer: float) -> float | None:
        element, tag = self._page.elements[number], self._page.tags[number]
        classes, name = element.get("class"), element.get("id")
        if not classes and not name and tag not in _NAVIGATION:  # as most
            return answer
        own = _region(tag, (classes or "")[:200], (name or "")[:200])
        return None if own is None else max(own, answer)


@lru_cache(maxsize=4096)
def _region(tag: str, classes: str, name: str) -> float | None:
    """What an element's names say against the links in it; None where they rule them out."""
    names = f"{classes} {name}"
    if tag == "footer" or _OUTSIDE.search(names):
        return None
    return _DOUBT if tag == "nav" or _DOUBTFUL.search(names) else 0.0
