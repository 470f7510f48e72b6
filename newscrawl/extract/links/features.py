"""The features of a link and of its block, by the names that have learnt weights."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache
from statistics import fmean, median
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.extract.language.headings import kind_of
from newscrawl.extract.links.anchors import anchors as anchors_of
from newscrawl.extract.links.non_article_urls import is_no_article
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.headline import headline_lines
from newscrawl.extract.zones.story import story
from newscrawl.urls import registered_domain

if TYPE_CHECKING:
    from newscrawl.extract.links.anchors import Anchor, Group
    from newscrawl.extract.page.document import Document

# Letters and digits by turns; a word with a number is none.
_ID = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z0-9]*[0-9][A-Za-z]+[A-Za-z0-9]*)[A-Za-z0-9]{8,}")
_DATE = re.compile(r"/(?:19|20)\d\d[-_/]?[01]\d")
_NUMBER = re.compile("[0-9]+")
_LATIN = re.compile("[A-Za-z0-9]+")
_MARKS = re.compile(r"[，。！？：；、“”‘’《》「」,!?:｜|—…]")
_LONGEST_SUFFIX = 6
# Where buckets begin.
_WIDTHS = (2, 4, 5, 6, 8, 10, 13, 17, 24, 32, 45)
_COUNTS = (1, 2, 3, 5, 9, 16, 31)
_LINES_BELOW = (4, 12, 40, 100, 250)


class Address(NamedTuple):
    """Features of an address alone.

    Attributes:
        host, domain: the host, and the registered domain.
        shape: the address below its host, numbers as 0 and ids as x: the articles of a site share theirs.
        kinds: names of features.
    """

    host: str
    domain: str
    shape: str
    kinds: tuple[str, ...]


@lru_cache(maxsize=4096)  # the pages of a site share their lists
def address_of(url: str) -> Address:
    """Read an address."""
    host, _, path = url.partition("://")[2].partition("#")[0].partition("/")
    host, (path, _, query) = host.lower(), path.partition("?")
    folder, slash, name = path.rpartition("/")
    stem, _, suffix = name.partition(".")
    above, longest = _above(folder + slash)
    kinds = [
        f"number {min(9, max(longest, _longest_number(name)))}",
        f"suffix {suffix.lower()[:_LONGEST_SUFFIX]}",
        "query" if query else "no query",
    ]
    if _DATE.search(url):
        kinds.append("dated")
    if stem in {"", "index", "default"}:
        kinds.append("front query" if query else "front")
    if is_no_article(url):
        kinds.append("elsewhere")
    return Address(host, _domain(host), f"{above}/{_shape(name, query)}", tuple(map(intern, kinds)))


@lru_cache(maxsize=1024)  # the links of a list share their folders
def _above(folder: str) -> tuple[str, int]:
    """The folders of an address, `0` for one that begins with a number or id, else `w`; their longest number."""
    folders = _told(folder).split("/")[:-1]
    return "".join(["0" if name[:1] in {"0", "x"} else "w" for name in folders]), _longest_number(folder)


def _longest_number(path: str) -> int:
    return max(map(len, _NUMBER.findall(path)), default=0)


def _shape(name: str, query: str) -> str:
    stem, dot, suffix = _told(name).partition(".")
    if stem.count("-") > 1 or "%" in stem or not stem.isascii():
        stem = "slug"
    elif stem and "0" not in stem and "x" not in stem:
        stem = "w"
    pairs = "&".join(sorted(map(_pair, query.split("&")))) if query else ""
    return f"{stem}{dot}{suffix}?{pairs}"


def _told(path: str) -> str:
    """A path with its ids as x and its numbers as 0."""
    return _NUMBER.sub("0", _ID.sub("x", path))


def _pair(part: str) -> str:
    """A parameter's name, and whether its value holds a number."""
    name, _, value = part.partition("=")
    return _told(name) + ("=0" if _NUMBER.search(value) else "=w" if value else "")


def width(text: str) -> int:
    """How long a text is in Chinese characters; a Latin word or a number counts as two."""
    return (len(text.encode(errors="replace")) - len(text)) // 2 + 2 * len(_LATIN.findall(text))


@lru_cache(maxsize=1024)
def _domain(host: str) -> str:
    return registered_domain(f"http://{host}/")


@analysis
def features_of(document: Document) -> Features:
    """The features of a page's links."""
    return Features(document)


class Features:
    """Computes the features of a page's links, by name.

    Attributes:
        anchors: all its links that may be articles, those in the story's sentences left out.
    """

    def __init__(self, document: Document) -> None:
        self._known: dict[int, tuple[str, ...]] = {}
        self.anchors = anchors = _without_story(document, anchors_of(document))
        self._page, self._own = walk(document), address_of(document.url)
        self._shown, found = headline_lines(document), story(document)
        self._story = found.lines if found else range(0)
        self._widths = {anchor.number: width(anchor.title) for anchor in anchors}
        self._addresses = {anchor.url: address_of(anchor.url) for anchor in anchors}
        widths: dict[tuple[str, str], dict[str, int]] = {}  # of the titles of addresses of one shape
        for anchor in anchors:
            if not anchor.picture:
                address = self._addresses[anchor.url]
                widths.setdefault((address.domain, address.shape), {})[anchor.url] = self._widths[anchor.number]
        self._shapes = {shape: (len(known), median(known.values())) for shape, known in widths.items()}

    def of_block(self, block: list[Group]) -> list[str]:
        """Features of a block as a whole."""
        anchors = [anchor for group in block for anchor in group.anchors]
        heading = block[0].heading
        kind = kind_of(heading) if heading else "none"
        urls = {anchor.url for anchor in anchors}
        addresses = [self._addresses[url] for url in urls]
        shapes = Counter(address.shape for address in addresses)
        host = Counter(map(self._host, addresses)).most_common(1)[0][0]
        count, lines = len(urls), {anchor.line for anchor in anchors}
        span = self._page.lines[min(lines) : max(lines) + 1]
        unlinked = sum(len(line.text) - line.linked for line in span) / (sum(line.linked for line in span) or 1)
        return [
            f"heading {kind}, {host}",
            f"heading {kind}",
            f"links {bisect_right(_COUNTS, count)}",
            f"mean width {bisect_right(_WIDTHS, fmean(self._widths[anchor.number] for anchor in anchors))}",
            f"identified {_share(sum(anchor.identified for anchor in anchors) / len(anchors))}",
            f"one shape {_share(max(shapes.values()) / count) if count > 1 else 'alone'}",
            f"unlinked {bisect_right((0.05, 0.3, 1.0, 3.0), unlinked)}",
            f"place {self._place(min(lines))}",
            f"in one line {len(lines) == 1 and count > 1}",
            f"item {self._page.tags[block[0].items[0]]}",
        ]

    def of_anchor(self, anchor: Anchor) -> tuple[str, ...]:
        """Features of a single link."""
        known = self._known.get(anchor.number)
        if known is None:
            known = self._known[anchor.number] = self._of_anchor(anchor)
        return known

    def _of_anchor(self, anchor: Anchor) -> tuple[str, ...]:
        address, title = self._addresses[anchor.url], anchor.title
        many, wide = self._shapes.get((address.domain, address.shape), (0, 0))
        return _named(
            bisect_right(_WIDTHS, self._widths[anchor.number]),
            self._host(address),
            bisect_right(_COUNTS, many),
            bisect_right(_WIDTHS, wide),
            _share((len(title.encode(errors="replace")) - len(title)) / (2 * len(title) or 1)),
            anchor.region,
            address.kinds,
            identified=anchor.identified,
            alike=address.shape == self._own.shape,
            marks=_MARKS.search(title) is not None,
            service=anchor.service,
            target=self._page.elements[anchor.number].get("target") is not None,
        )

    def _host(self, address: Address) -> str:
        own = self._own
        return "host" if address.host == own.host else "site" if address.domain == own.domain else "elsewhere"

    def _place(self, line: int) -> str:
        if self._story and line in self._story:
            return "in story"
        if self._shown and line < self._shown.start:
            return "above"
        if not self._story or line < self._story.start:
            return "between"
        return f"below {bisect_right(_LINES_BELOW, line - self._story.stop)}"


@lru_cache(maxsize=4096)  # the links of a list have most in common
def _named(  # noqa: PLR0913  # all that holds for a link
    size: int,
    host: str,
    many: int,
    usual: int,
    han: int,
    region: str,
    kinds: tuple[str, ...],
    *,
    identified: bool,
    alike: bool,
    marks: bool,
    service: bool,
    target: bool,
) -> tuple[str, ...]:
    """The names that carry weights."""
    names = (
        f"width {size}",
        f"width {size} {'identified' if identified else 'plain'}",
        f"host {host}",
        f"alike {alike}",
        f"alike {alike} {host}",
        f"shape {many}",
        f"shape width {usual}",
        f"shape {many // 2} width {usual // 2}",
        f"marks {marks}",
        f"han {han}",
        f"service {service}",
        f"target {target}",
        f"region {region}",
        *kinds,
    )
    return tuple(map(intern, names))  # thousands of links share some hundred names


def _share(value: float) -> int:
    return bisect_right((0.01, 0.3, 0.7, 0.99), value)


def _without_story(document: Document, candidates: list[Anchor]) -> list[Anchor]:
    """Leave out the links in the story's own sentences."""
    page, found = walk(document), story(document)
    if found is None:
        return candidates
    told = {id(paragraph.element) for paragraph in found.paragraphs}
    return [
        anchor
        for anchor in candidates
        if anchor.line >= len(page.lines) or id(page.elements[page.lines[anchor.line].start]) not in told
    ]
