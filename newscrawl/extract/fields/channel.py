"""The breadcrumb: `当前位置：首页 > 科技 > 正文`, in links or bare text, with any of its separators."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from newscrawl.extract.fields.byline import is_byline
from newscrawl.extract.fields.headline import headline, headline_lines
from newscrawl.extract.language.patterns import searched
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.nearby import pieces
from newscrawl.text import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line, Walk

_ABOVE, _BELOW = 60, 8  # lines before and behind the headline in which it is looked for
_LONGEST = 120
_NEAR = 4  # lines over the headline
_LONGEST_HOME = 12  # characters of 某某网首页
_CLIMB, _MOST_LINES = 4, 12  # elements around a line of a breadcrumb, lines in them
_FEW_ITEMS, _MOST_ITEMS = 3, 6
_LABEL = re.compile(
    r"[^\w]*(?:[\u3400-\u9fff]{0,7}(?:位置|位於)(?:提示|是|为)?\s*(?:[:：》>＞]|\s|$)"
    r"|(?:您|你)?(?:现在|現在|当前|目前)(?:所在|的)?(?:位于|在|栏目|频道)\s*[:：]?)\s*[:：]?\s*"
)
_PAGING = re.compile(r"上一|下一|<<|«|播放")
_STRONG = re.compile(r"\s*(?:[>＞›»→≫⟩❯〉>》]|&gt;)+\s*")
_STRONG_HINT = re.compile("[>＞›»→≫⟩❯〉&》]")
_WEAK = re.compile(r"\s*(?:/|／|\||｜|\\|::)\s*|\s+[-–—·_]+\s*|\s*[-–—]+\s+|\s*(?:--+|－+)\s*|(?<=首页)[-–—·](?=\S)")
_WORD = re.compile(r"[^\W_]")
_SITE = re.compile(r"(?:网|網|在线|在線)$")
_HOME_DASH = re.compile(r"(?:首\s?页|主\s?页)\s*[-–—]")
_DASH = re.compile(r"\s*[-–—]+\s*")
_BAR = re.compile(r"[-–—－_·/|｜\\:]+")
_DRAWN = ("--", "/")  # a bar divides menus as well
_HOME = re.compile(r"首\s?页|主\s?页|[首主]\s?頁|(?i:home)")
_END = re.compile(
    r"[\[【(（]?\s*(?:(?:文章|新闻|新聞|内容|查看|阅读|浏览|信息)?(?:正\s*文|详情|詳情|详细|内容|全文|本页)(?:内容|页面|页)?"
    r"|(?:查看|阅读|浏览)(?:文章|新闻|信息)|[资图视][讯文频](?:正文|详情页?))\s*[\]】)）]?"
)
# What any breadcrumb without a label has: a separator, 首页, home, a site's 网 or 在线, the word for the page itself.
_TIME = re.compile(r"\s*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d\d?:\d\d(?::\d\d)?)?$")
_PATH_HINT = re.compile("[>＞›»→≫⟩❯〉&》页頁hH网網线線文情细容]")
_LABEL_HINT = re.compile("[位前在]")
_HINT = re.compile(f"{_LABEL_HINT.pattern}|{_PATH_HINT.pattern}")
_MARK = searched(
    r"crumb|cur[-_]?pos|current[-_]?(?:pos|loc)|location|position|weizhi|dqwz|wz_?nav|nav_?path|(?<![\w])(?:path|mbx)\b|lujing",
    ignore_case=True,
)
_SECTION = searched(r"catalog|column[-_]?name|channel[-_]?name|lanmu|section[-_]?name", ignore_case=True)


def breadcrumb(document: Document) -> list[str]:
    """The breadcrumb in order, without the title and the word 正文; empty where the page has none."""
    page = document.once(walk)
    shown = document.once(headline_lines)
    title = fold(headline(document) or "")
    # Where the page does not show its headline, the breadcrumb is looked for at the top.
    middle = shown.start if shown else min(len(page.lines), 2 * _ABOVE)
    numbers = [
        *range(middle - 1, max(-1, middle - 1 - _ABOVE), -1),
        *range(shown.stop, min(len(page.lines), shown.stop + _BELOW)),
    ]
    best: list[str] = []
    for number in numbers:
        items = _items(page, number, shown, title)
        if items is not None:
            best = _without_title(items, title)
            if best or len(items) > 1:
                return best
    return best or _structured(document, title) or _section(page, shown, title)


def _items(page: Walk, number: int, shown: range, title: str) -> list[str] | None:
    """The items of a line that is a breadcrumb; None where it is none."""
    line = page.lines[number]
    text = line.text
    near = bool(shown) and 0 < shown.start - number < _NEAR
    if line.hidden or len(text) > _LONGEST or not (near or _HINT.search(text)):
        return None
    if _PAGING.search(text) or (is_byline(text) and not (line.links and _STRONG.search(text))):
        return None
    if _LABEL_HINT.search(text) and (label := _LABEL.match(text)):
        rest = _cut(pieces(page, line), label.end(), text)
        stacked = not rest or _STRONG.match(page.lines[min(number + 1, len(page.lines) - 1)].text) is not None
        return _split(rest) + (_stacked(page, number + 1, shown) if stacked else [])
    return _unlabelled(page, number, title, near=near) if near or _PATH_HINT.search(text) else None


def _unlabelled(page: Walk, number: int, title: str, *, near: bool) -> list[str] | None:
    """The items of a line without a label; `near` tells that it stands just over the headline."""
    line = page.lines[number]
    if number and _STRONG.match(line.text):
        return _hanging(page, number)
    marked = _marked(page, line)
    hinted = _PATH_HINT.search(line.text) is not None
    if marked is None and line.links < 2 and not hinted:
        return None
    found = pieces(page, line)
    items = _by_place(page, line, found, marked) if near else None
    if items is None and line.links == len(found) == 2 and _HOME.fullmatch(found[0]) and _beside(page, number, title):
        items = found
    if items is not None or not hinted:
        return items
    following = page.lines[number + 1].text if number + 1 < len(page.lines) else ""
    items = _split(found)
    return items if _is_path(line, found, items, title, following, marked=marked is not None) else None


def _by_place(page: Walk, line: Line, found: list[str], marked: int | None) -> list[str] | None:
    """The items of a line just over the headline: in an element named as a breadcrumb, or drawn as one."""
    if marked is not None:
        inside = page.inside(marked)
        if len(inside) > 1 and all(page.tags[other.block] == "li" or _BAR.fullmatch(other.text) for other in inside):
            return [item for other in inside for item in _split(pieces(page, other))]
        if line.linked == len(line.text) and (line.links == 1 or _HOME.search(found[0])):
            return _split(found)
    return _split(found) if line.links > 1 and _drawn(page, line, found) else None


def _beside(page: Walk, number: int, title: str) -> bool:
    """Whether the headline stands in the line above or below."""
    around = [*page.lines[max(0, number - 1) : number], *page.lines[number + 1 : number + 2]]
    return any(fold(line.text) == title for line in around)


def _hanging(page: Walk, number: int) -> list[str] | None:
    """The items of lines that begin with a mark each, but for the first; None behind a label."""
    first = number
    while first and number - first < _MOST_ITEMS and _STRONG.match(page.lines[first].text):
        first -= 1
    lines = page.lines[first : number + 1]
    siblings = page.parents[lines[0].block] == page.parents[lines[-1].block] or lines[0].block == lines[-1].block
    if (
        len(lines) < _FEW_ITEMS
        or not siblings
        or _LABEL.match(lines[0].text)
        or max(len(line.text) for line in lines) > _LONGEST
    ):
        return None
    return [item for line in lines for item in _split(pieces(page, line))]


def _drawn(page: Walk, line: Line, found: list[str]) -> bool:
    """Links only, the home page first, with pictures, hyphens or slashes between them."""
    names = [piece for piece in found if not _BAR.fullmatch(piece)]
    if line.links != len(names) or len(names) > _MOST_ITEMS or line.linked < sum(map(len, names)):
        return False
    first = next(page.elements[line.block].iter("a")).get("href", "")
    home = _HOME.search(names[0]) is not None or first.partition("//")[2 * ("//" in first)].rstrip("/").find("/") < 0
    arrows = bisect_left(page.pictures, (page.ends[line.block], 0)) - bisect_left(page.pictures, (line.block, 0))
    return home and (arrows >= len(names) - 1 or max(map(found.count, _DRAWN)) == len(names) - 1)


def _is_path(line: Line, found: list[str], items: list[str], title: str, following: str, *, marked: bool) -> bool:
    """A line without a label is a breadcrumb, going by its separators, first and last item."""
    strong = _STRONG_HINT.search(line.text) is not None and _STRONG.search(line.text) is not None
    ends = any(_END.fullmatch(item) for item in items[-2:]) or (strong and len(items) > 1 and fold(items[-1]) == title)
    if strong and _STRONG.fullmatch(found[-1]):
        ends = ends or _END.fullmatch(following) is not None
    begins = bool(items) and _HOME.search(items[0]) is not None and len(items[0]) <= _LONGEST_HOME
    if strong:
        mostly_links = len(found) > 2 and line.linked > 0.4 * len(line.text) and len(items) <= _MOST_ITEMS
        return ends or begins or marked or mostly_links
    begun = begins or (len(items) >= _FEW_ITEMS and _SITE.search(items[0]) is not None)
    if begun and not line.links and len(items) > 1 and max(map(len, items)) <= _LONGEST_HOME:
        return True
    if ends:
        return len(found) > 1 and (len(items) <= _FEW_ITEMS or begins or line.links > 0)
    return marked and begins and len(items) > 1


def _cut(found: list[str], length: int, text: str) -> list[str]:
    """The text nodes behind a label of that length."""
    rest = text[length:].strip()
    position, kept = 0, []
    for piece in found:
        at = text.find(piece, position)
        position = at + len(piece)
        if position > length:
            kept.append(piece if at >= length else text[length:position])
    return [piece for piece in kept if piece.strip()] if rest else []


def _stacked(page: Walk, number: int, shown: range) -> list[str]:
    """Items that stand in a line each, behind the label."""
    items: list[str] = []
    stop = shown.start if shown and shown.start > number else number + 8
    for line in page.lines[number : min(stop, number + 8)]:
        if (
            len(line.text) > 30
            or is_byline(line.text)
            or not (line.links or _STRONG.search(line.text) or _END.fullmatch(line.text))
        ):
            break
        items += _split(pieces(page, line))
    return items


def _split(found: list[str]) -> list[str]:
    """Items between separators; weak separators count where there is no strong one, or in a text node of their own."""
    text = "\n".join(found)
    if _STRONG_HINT.search(text) and _STRONG.search(text):
        parts = _STRONG.split(text)
    elif _HOME_DASH.match(text):
        parts = _DASH.split(text)
    else:
        parts = [part for piece in found for part in ([""] if _BAR.fullmatch(piece) else _WEAK.split(piece))]
    items = []
    for part in parts:
        stripped = (_TIME.sub("", tidy(item)).strip(" >＞›»→/|-–—:：·") for item in part.split("\n"))
        items += [item for item in stripped if _WORD.search(item)]
    return items


def _without_title(items: list[str], title: str) -> list[str]:
    kept: list[str] = []
    for item in items:
        folded = fold(item.rstrip(".…"))
        if _END.fullmatch(item) or _same(folded, title):
            break
        if len(item) <= 30 and item not in kept:
            kept.append(item)
    return kept


def _same(item: str, title: str) -> bool:
    """Whether an item is the headline, either of the two cut short."""
    return item == title or (min(len(item), len(title)) > 5 and (title.startswith(item) or item.startswith(title)))


def _marked(page: Walk, line: Line) -> int | None:
    """The number of the line's block, or of one around it, that is named as a breadcrumb; of items the outermost."""
    number, found = line.block, None
    for _ in range(_CLIMB if page.tags[number] == "li" else 2):
        element = page.elements[number]
        if page.last[number] - page.first[number] > _MOST_LINES:
            break
        if _MARK.search(f"{element.get('class')} {element.get('id')}"):
            found = number
            if page.tags[line.block] != "li":
                break
        number = page.parents[number]
    return found


def _section(page: Walk, shown: range, title: str) -> list[str]:
    """The channel alone, where a link beside the date stands in an element named so."""
    for line in page.lines[shown.stop : shown.stop + 4] if shown else ():
        element = page.elements[page.parents[line.start]]
        if line.links and len(line.text) < 60 and _SECTION.search(f"{element.get('class')} {element.get('id')}"):
            return _without_title(_split([tidy(element.text_content())]), title)
    return []


def _structured(document: Document, title: str) -> list[str]:
    """The items of a JSON-LD BreadcrumbList."""
    for thing in document.jsonld:
        if thing.get("@type") == "BreadcrumbList" and isinstance(thing.get("itemListElement"), list):
            names = [tidy(name) for name in _item_names(thing["itemListElement"]) if name]
            return _without_title(names, title)
    return []


def _item_names(items: list[Any]) -> Iterator[str]:
    for item in items:
        if isinstance(item, dict):
            inner = item.get("item")
            name = item.get("name") or (inner.get("name") if isinstance(inner, dict) else None)
            if isinstance(name, str):
                yield name
