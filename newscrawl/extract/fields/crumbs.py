"""Candidates for the breadcrumb: lines and small elements near the headline, with their features."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from newscrawl.extract.language.byline import is_dated
from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.language.names import is_plain_name
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import pieces, walk
from newscrawl.extract.zones.groups import Group, line_groups
from newscrawl.extract.zones.headline import headline, headline_lines
from newscrawl.text import fold, tidy
from newscrawl.urls import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line, Walk

_ABOVE, _BELOW = 60, 8  # lines before (without teasers) and behind the headline in which it is looked for
_LONGEST = 120  # characters of its line
_LONGEST_ITEM = 30
_MOST_ITEMS = 7
_MOST_LINES = 12  # in an element that is one
_BESIDE = 4  # lines under the headline in which the date stands
_CLIMB = 4  # elements around a line
_AWAY = (0, 1, 3, 7, 15, 31)  # lines between it and the headline
_ITEM_LENGTHS = (2, 4, 6, 10, 16)
_CROWD = (7, 15, 30)  # links in the element around it: a menu has many
_LABEL, _PAGING, _NO_ITEM, _HOME, _END = (
    Cues(role) for role in ("crumb_label", "paging", "no_crumb", "home", "text_item")
)
_MARK, _SECTION = Cues("crumb_name"), Cues("section_name")
_MAY_LABEL = re.compile("[位在前导導年]")
_ANY_LABEL = re.compile(r"[\u3400-\u9fff]{2,8}\s?[:：]\s*(?=.*[>＞›»→]\s*[^\s>＞›»→])")
_ASIDE = re.compile(r"\S[:：]|\d{5}")  # in what follows a breadcrumb in its line: 热线：0512-123456
_STRONG = re.compile(r"\s*(?:[>＞﹥›»→≫⟩❯〉》▶►▸]|&gt;)+\s*")
_STRONG_HINT = re.compile("[>＞﹥›»→≫⟩❯〉&》▶►▸]")
_TITLED, _KEPT = re.compile("(《[^《》]*)》"), "\ue000"  # 》 that ends a title is no separator
_WEAK = re.compile(
    r"\s*(?:/|／|\||｜|│|\\|::)\s*|\s+[-–—·_]+\s*|\s*[-–—]+\s+|\s*(?:--+|－+)\s*|(?<=首[页頁])[-–—·](?=\S)"
)
_MAY_DATE = re.compile("[0-9０-９今昨前刚剛年:：来來源稿]")  # what a line with a date or an outlet has
_WORD = re.compile(r"[^\W_]")
_SITE = re.compile(r"(?:网|網|在线|在線)$")
_HOME_DASH = re.compile(r"[首主]\s?[页頁]\s*[-–—]")
_DASH = re.compile(r"\s*[-–—]+\s*")
_BAR = re.compile(r"[-–—－_·/|｜│\\:]+")
_BARRED = re.compile(rf"{_BAR.pattern}$|[/／]\s")  # a separator, alone or before its item: `/ 科技`
_TIME = re.compile(r"\s*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d\d?:\d\d(?::\d\d)?)?$")
_PATH_LIKE = {"joint strong", "label True", "ended mark", "ended title"}
# What holds for any row of links, a menu's as well.
_PLAIN = {"joint none", "label False", "marked False", "ended nothing"}


class Crumbs(NamedTuple):
    """A candidate: its items without the title and the word 正文, and what holds for it, by name."""

    items: tuple[str, ...]
    names: tuple[str, ...]


class _Place(NamedTuple):
    """Where a candidate stands: its lines, and the element around them (0 for a part of a line)."""

    first: int
    last: int
    element: int
    form: str


@analysis
def candidates(document: Document) -> list[Crumbs]:
    """Every candidate of a page, from the headline up, then down."""
    page, shown = walk(document), headline_lines(document)
    title = fold(headline(document) or "")
    # Where the page does not show its headline, the breadcrumb is looked for at the top.
    middle = shown.start if shown else min(len(page.lines), 2 * _ABOVE)
    behind = range(shown.stop, min(len(page.lines), shown.stop + _BELOW))
    groups = line_groups(document)
    above = (number for number in range(middle - 1, -1, -1) if groups[number] is not Group.FEED)
    numbers = [*islice(above, _ABOVE), *behind]
    # One that is announced may stand anywhere: some pages have their header behind the story.
    numbers += sorted({n for n, line in enumerate(page.lines) if _label(line.text)}.difference(numbers))
    found: list[Crumbs] = []
    read: set[tuple[int, int]] = set()
    for number in numbers:
        for place in _places(page, number, shown):
            if (place.first, place.last) in read:
                continue
            read.add((place.first, place.last))
            crumbs = _read(document, page, place, shown, title)
            if crumbs is not None:
                found.append(crumbs)
    return [*found, *_beside_date(page, shown, title)]


def _beside_date(page: Walk, shown: range, title: str) -> Iterator[Crumbs]:
    """Give the links under the headline that stand in an element named as a section."""
    for line in page.lines[shown.stop : shown.stop + _BESIDE] if shown else ():
        element = page.elements[page.parents[line.start]]
        if line.links and _SECTION(f"{element.get('class')} {element.get('id')}"):
            kept, _ = without_title(split([tidy(element.text_content())]), title)
            if 0 < len(kept) <= _MOST_ITEMS:
                yield Crumbs(tuple(kept), ("form section",))


def _places(page: Walk, number: int, shown: range) -> Iterator[_Place]:
    """A line, a label with the lines below it, and the small elements around the line."""
    line = page.lines[number]
    if line.hidden or len(line.text) > _LONGEST:
        return
    last = number + 1
    if label := _label(line.text):
        alone, most = label.end() == len(line.text), min(len(page.lines), number + _MOST_ITEMS + 2)
        while last < most and last not in shown and _is_item(page.lines[last], marked=not alone):
            last += 1
    yield _Place(number, last, line.block, "line" if last == number + 1 else "label")
    element = line.block
    for _ in range(_CLIMB + 1):
        first, last = page.first[element], page.last[element]
        if last - first > _MOST_LINES:
            return
        inside = page.lines[first:last]
        apart = last <= shown.start or first >= shown.stop
        if last - first > 1 and apart and all(map(_is_item, inside)):
            yield _Place(first, last, element, "element")
        element = page.parents[element]


def _label(text: str) -> re.Match[str] | None:
    """The words that announce a breadcrumb; most lines have none of their characters.

    Before a path, whatever ends with a colon does: `你在这里：首页 > 科技`.
    """
    found = _LABEL(text) if _MAY_LABEL.search(text) else None
    return found or (_ANY_LABEL.match(text) if ":" in text or "：" in text else None)


def _is_item(line: Line, *, marked: bool = False) -> bool:
    """A short line, that begins with a separator where it must be `marked`."""
    return len(line.text) <= _LONGEST_ITEM and not line.hidden and (not marked or _STRONG.match(line.text) is not None)


def _read(document: Document, page: Walk, place: _Place, shown: range, title: str) -> Crumbs | None:
    """The candidate at a place, or None where nothing there can be one."""
    lines = page.lines[place.first : place.last]
    text = lines[0].text
    label = _label(text)
    nodes = [*(_cut(pieces(page, lines[0]), label.end(), text) if label else pieces(page, lines[0]))]
    nodes += [node for line in lines[1:] for node in pieces(page, line)]
    if not (label or len(nodes) > 1 or _is_strong(text) or _HOME_DASH.match(text) or _marked(page, place.element)):
        return None
    if any(_PAGING(line.text) for line in lines):
        return None
    kept, ended = without_title(split(nodes), title)
    if not kept or len(kept) > _MOST_ITEMS or any(map(_NO_ITEM, kept)) or all(map(is_plain_name, kept)):
        return None
    if not (label or _is_strong("\n".join(nodes))) and any(map(_HOME, kept[1:])):
        return None  # 云溪手机 | 云溪科技 | 云溪首页: a menu of sites
    names = [
        *_form(place, nodes, kept, labelled=label is not None, ended=ended),
        *_standing(document, page, place, lines, shown),
    ]
    return None if _is_menu(names) else Crumbs(tuple(kept), (*names, *_together(names)))


def _is_strong(text: str) -> bool:
    """A separator that only paths have stands in it."""
    return _STRONG_HINT.search(text) is not None and _STRONG.search(_TITLED.sub("", text)) is not None


def _is_menu(names: list[str]) -> bool:
    """Whether a row of links is a menu: no separator, no label, no 正文, and no link deeper than the one before."""
    holds = set(names)
    if not holds.isdisjoint(_PATH_LIKE):
        return holds >= {"count 1", "joint strong", "ended nothing", "label False"}
    if holds >= {"nest beside", "count 5", "marked False"}:
        return True
    return holds >= {"joint none", "marked False"} and not holds.isdisjoint({"nest beside", "path elsewhere"})


def _form(place: _Place, nodes: list[str], kept: list[str], *, labelled: bool, ended: str) -> list[str]:
    """The features of its words."""
    text = "\n".join(nodes)
    bars = sum(_BARRED.match(node) is not None for node in nodes)
    joint = (
        "strong"
        if _is_strong(text)
        else "bars"
        if bars >= len(kept) - 1 > 0
        else "weak"
        if len(nodes) < len(kept)
        else "none"
    )
    first = "home" if _HOME(kept[0]) else "site" if _SITE.search(kept[0]) else "other"
    return [
        f"form {place.form}",
        f"label {labelled}",
        f"joint {joint}",
        f"first {first}",
        f"ended {ended}",
        f"count {min(len(kept), 5)}",
        f"longest {bisect_left(_ITEM_LENGTHS, max(map(len, kept)))}",
    ]


def _standing(document: Document, page: Walk, place: _Place, lines: list[Line], shown: range) -> list[str]:
    """The features of its position and its links."""
    element = place.element
    numbers = [page.links[place] for place in page.among(page.links, element)]
    addresses = [_address(document, page.elements[number].get("href")) for number in numbers[:_MOST_ITEMS]]
    own = urlsplit(document.url)
    folders = [_folder(path) for host, path in addresses if host == own.netloc]
    deep = [folder for folder in folders if folder != "/"]
    inside = any(own.path.startswith(folder) for folder in deep)
    root = bool(addresses) and addresses[0][1] in {"", "/"}
    around = page.parents[element]
    crowd = len(page.among(page.links, around))
    away = shown.start - place.last if place.last <= shown.start else place.first - shown.stop
    side = "none" if not shown else "above" if place.last <= shown.start else "below"
    linked = sum(line.linked for line in lines) / max(1, sum(len(line.text) for line in lines))
    dated = any(_MAY_DATE.search(line.text) and is_dated(line.text) for line in lines)
    return [
        f"away {side} {bisect_left(_AWAY, away)}",
        f"linked {'all' if linked > 0.9 else 'most' if linked > 0.4 else 'some' if linked else 'none'}",
        f"links {min(len(numbers), 6)}",
        f"nest {_nesting(deep)}",
        f"path {'inside' if inside else 'elsewhere' if deep else 'none'}",
        f"root {root}",
        f"crowd {bisect_left(_CROWD, crowd)}",
        f"marked {_marked(page, element)}",
        f"dated {dated}",
    ]


def _together(names: list[str]) -> Iterator[str]:
    """Pairs of features. Where a candidate is drawn like any menu, its links tell the difference."""
    of = {name.partition(" ")[0]: name for name in names}
    if set(names) >= _PLAIN:
        yield from ("plain", f"plain & {of['nest']}", f"plain & {of['away']}", f"plain & {of['count']}")
    for one, other in (
        ("joint", "first"),
        ("joint", "ended"),
        ("away", "first"),
        ("links", "count"),
        ("label", "joint"),
        ("root", "away"),
        ("path", "away"),
        ("marked", "joint"),
        ("crowd", "joint"),
        ("form", "joint"),
        ("linked", "joint"),
        ("count", "away"),
        ("nest", "joint"),
        ("nest", "first"),
    ):
        yield f"{of[one]} & {of[other]}"


def _folder(path: str) -> str:
    """The folder an address leads to: /news/ of /news, /news/ and /news/index.html."""
    above, _, last = path.rpartition("/")
    return f"{above}/" if not last or "." in last else f"{path}/"


def _nesting(folders: list[str]) -> str:
    """A breadcrumb leads deeper with each link (/news/, /news/local/), a menu beside (/news/, /sport/)."""
    if len(folders) < 2:
        return "unknown"
    return "deeper" if all(two.startswith(one) for one, two in pairwise(folders)) else "beside"


def _address(document: Document, href: str | None) -> tuple[str, str]:
    """Host and path of a link; two empty texts where it has no address that can be read."""
    try:
        parts = urlsplit(join(document.url, href.strip())) if href else None
    except ValueError:
        parts = None
    return (parts.netloc, parts.path) if parts and parts.scheme.startswith("http") else ("", "-")


def _marked(page: Walk, element: int) -> bool:
    """The element, or one around it, is named as a breadcrumb, or each of its items is, as microdata may have it."""
    items = [child for child in page.elements[element] if isinstance(child.tag, str)]
    if len(items) > 1 and all(map(_is_named, items)):
        return True
    for _ in range(_CLIMB):
        if page.last[element] - page.first[element] > _MOST_LINES:
            return False
        if _is_named(page.elements[element]):
            return True
        element = page.parents[element]
    return False


def _is_named(node: HtmlElement) -> bool:
    return _is_mark(node.get("class"), node.get("id"), node.get("aria-label"), node.get("itemtype"))


@lru_cache(maxsize=4096)  # the elements of a list are named alike
def _is_mark(*names: str | None) -> bool:
    return any(name and _MARK(name) for name in names)


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


def split(found: list[str]) -> list[str]:
    """Items between separators; weak separators count where there is no strong one, or in a text node of their own."""
    text = "\n".join(found)
    if _is_strong(text):
        text = "\n".join(_from_home(found))
        parts = [part.replace(_KEPT, "》") for part in _STRONG.split(_TITLED.sub(rf"\1{_KEPT}", text))]
    elif _HOME_DASH.match(text):
        parts = _DASH.split(text)
    else:
        parts = [part for piece in found for part in ([""] if _BAR.fullmatch(piece) else _WEAK.split(piece))]
    items = []
    for part in parts:
        stripped = (_TIME.sub("", tidy(item)).strip(" >＞›»→/|-–—:：·【】[]") for item in part.split("\n"))
        items += [item for item in stripped if _WORD.search(item) and not _ASIDE.search(item)]
    return items


def _from_home(found: list[str]) -> list[str]:
    """The text nodes from the home page on, if it is the last before a separator: `订阅RSS 首页 > 科技`."""
    first = next((number for number, piece in enumerate(found) if _STRONG_HINT.search(piece)), 0)
    return found[first - 1 :] if first > 1 and _HOME(tidy(found[first - 1])) else found


def without_title(items: list[str], title: str) -> tuple[list[str], str]:
    """The items up to the article's own, and what ended them: `mark` (正文), `title` or `nothing`."""
    kept: list[str] = []
    for item in items:
        folded = fold(item.rstrip(".…"))
        if _END(item):
            return kept, "mark"
        if folded == title or (
            min(len(folded), len(title)) > 5 and (title.startswith(folded) or folded.startswith(title))
        ):
            return kept, "title"
        if len(item) <= _LONGEST_ITEM and item not in kept:
            kept.append(item)
    return kept, "nothing"
