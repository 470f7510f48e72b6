"""Learn a host's profile from many of its pages: boilerplate, the site's name in `<title>`, the place of stories.

Everything is counted by articles, not by pages: an article, its reprint, its revision and its further pages count
once, so that text repeated in these is not taken for boilerplate.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newscrawl.extract.language.byline import is_byline, is_credit
from newscrawl.extract.page.guidance import HostProfile
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.headline import headline, headline_lines
from newscrawl.extract.zones.host import FEWEST_PAGES, is_teaser
from newscrawl.extract.zones.nearby import nearby
from newscrawl.extract.zones.places import JOINT, places_of
from newscrawl.extract.zones.story import story
from newscrawl.profiles.site import site_names
from newscrawl.text import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line, Walk
    from newscrawl.extract.zones.places import Places

_LONG, _SHORT = 12, 4  # fewest characters outside links of a long line (a sentence) and a short one (a caption)
_FEWEST = 5  # fewest articles that must have a line, whatever their share
_MANY, _NEARLY_ALL = 0.25, 0.8  # share of articles with a long line, or a short line, that makes it boilerplate
_FEWEST_TEASERS = 3  # in all, and on a page of a dense feed: fewer may be a menu, or links that a story has
_REPEATED = 0.6  # the share of its lines that stand on several articles, in a place of furniture
_MAIN = 0.2  # the share of articles whose story is in a place, in one that is none
_MOST = 0.5  # the share of articles that settles where stories and bylines stand
_TITLED = 0.2  # the share of pages with the same headline above which it tells no articles apart
_OPENS = 0.3  # the share of its articles that a line opens which is their own, as 本报讯 is


@dataclass(slots=True)
class SeenLine:
    """A line of a page that may be text: its folded text and its place."""

    text: str
    key: str
    place: str
    own: int  # characters outside links
    above: tuple[str, str] | None  # the line before it, folded, and its place, if it is a link as long as a headline
    captions: bool  # right below a picture
    opens: bool  # between the headline and the story, or its first paragraph
    closes: bool  # its last
    told: bool  # in the story


@dataclass(slots=True)
class SeenPage:
    """The facts of one page from which its host's profile is learnt."""

    url: str
    article: str  # what tells it from other articles: its headline
    title: str  # the `<title>`
    lines: list[SeenLine] = field(default_factory=list)
    story: str = ""  # the place of the element around the story
    byline: str = ""
    pictures: list[str] = field(default_factory=list)


def look(document: Document) -> SeenPage:
    """Return the facts of a page, extracted by the rules alone."""
    page, told, places = walk(document), story(document), places_of(document)
    title = next((tidy(element.text or "") for element in page.noted["title"]), "")
    seen = SeenPage(document.url, fold(headline(document) or "") or document.url, title)
    paragraphs = {fold(paragraph.text): place for place, paragraph in enumerate(told.paragraphs)} if told else {}
    last = len(told.paragraphs) - 1 if told else 0
    inside, shown = told.lines if told else range(0), headline_lines(document)
    opening = range(shown.stop if shown else inside.start, inside.start + bool(inside))
    pictured = {before for _, before in page.pictures}
    for number, line in enumerate(page.lines):
        if not line.hidden and _may_be_text(line):
            key = fold(line.text)
            place = paragraphs.get(key) if number in inside else None
            seen.lines.append(
                SeenLine(
                    line.text,
                    key,
                    places.of_line(number),
                    len(line.text) - line.linked,
                    _link_above(page, number, places),
                    number in pictured,
                    number in opening,
                    place == last,
                    place is not None,
                )
            )
    seen.story = _container(seen, len({page.lines[number].block for number in inside}))
    seen.byline = _byline(document, places)
    seen.pictures = list(told.images) if told else []
    return seen


def _may_be_text(line: Line) -> bool:
    """Whether a line is no link, and nothing that the rules leave out of any story."""
    own = len(line.text) - line.linked
    return own >= _SHORT and 2 * own >= len(line.text) and not is_byline(line.text) and not is_credit(line.text)


def _link_above(page: Walk, number: int, places: Places) -> tuple[str, str] | None:
    line = page.lines[number - 1] if number else None
    return (fold(line.text), places.of_line(number - 1)) if line and is_teaser(line) else None


def _container(seen: SeenPage, blocks: int) -> str:
    """The place of the element around nearly all of the story; of one around its paragraphs where each has its own."""
    sizes: Counter[str] = Counter()
    for line in seen.lines:
        if line.told:
            steps = line.place.split(JOINT)
            for count in range(1, len(steps) + 1):
                sizes[JOINT.join(steps[:count])] += len(line.text)
    most = 0.9 * max(sizes.values(), default=0)
    inner = max((place for place, size in sizes.items() if size >= most), key=len, default="")
    single = any(line.told and line.place == inner for line in seen.lines) and blocks > 1
    return inner.rpartition(JOINT)[0] if single else inner


def _byline(document: Document, places: Places) -> str:
    """The place of the line with the date under the headline."""
    near = nearby(document)
    for line in (*near.below, *reversed(near.above[-4:])):
        if near.is_byline(line) and any(token.kind in {"date", "published"} for token in near.tokens(line)):
            return places.of(line.block)
    return ""


def learn(host: str, documents: Iterable[Document]) -> HostProfile | None:
    """Learn a host's profile from its pages, in any order; None if there are too few pages."""
    return learn_from(host, map(look, documents))


def learn_from(host: str, seen: Iterable[SeenPage]) -> HostProfile | None:
    """Learn a host's profile from the facts of its pages, as `learn` does."""
    pages = _told_apart(sorted(seen, key=lambda page: page.url))
    total = len({page.article for page in pages})
    if total < FEWEST_PAGES:
        return None
    found = _Furniture(pages, total)
    return HostProfile(
        host,
        total,
        site=site_names([(page.title, page.article) for page in pages]),
        story=_settled((page.story for page in pages), len(pages)),
        byline=_settled((page.byline for page in pages), len(pages)),
        furniture=tuple(sorted(found.lines())),
        places=tuple(sorted(found.places)),
        teasers=tuple(sorted(found.teasers)),
        pictures=tuple(sorted(found.pictures())),
    )


def _told_apart(pages: list[SeenPage]) -> list[SeenPage]:
    """Replace a headline that many pages share: the rules have extracted it wrongly, as it identifies no article."""
    times = Counter(page.article for page in pages)
    for page in pages:
        if times[page.article] > max(2, _TITLED * len(pages)):
            page.article = page.url
    return pages


def _settled(places: Iterable[str], total: int) -> str:
    """The place that most pages agree on; "" if there is none, or if it fits any element."""
    place, count = Counter(places).most_common(1)[0]
    return place if count >= _MOST * total and place.count(JOINT) > 1 else ""


class _Furniture:
    """Finds the boilerplate of a host: lines and pictures on many articles."""

    def __init__(self, pages: list[SeenPage], total: int) -> None:
        self._total, self._least = total, max(_FEWEST, _MANY * total)
        self.teasers = _teasers(pages, self._least)
        self._pages = [replace(page, lines=[*self._untaught(page)]) for page in pages]
        self._sights: defaultdict[str, list[tuple[str, SeenLine]]] = defaultdict(list)
        for page in self._pages:
            for line in page.lines:
                self._sights[line.key].append((page.article, line))
        for page in self._pages:
            self._extend_opening(page)
        self.places = set(self._find_places())

    def _untaught(self, page: SeenPage) -> Iterator[SeenLine]:
        """The lines but for those below a teaser's headline, which may be the text of another article."""
        return (line for line in page.lines if not (line.above and line.above[1] in self.teasers))

    def _extend_opening(self, page: SeenPage) -> None:
        """Lines after a constant first line belong to the opening too, up to the first words that differ."""
        for line in page.lines:
            if line.told and not line.captions:
                line.opens = True
                if line.own >= _LONG and len({article for article, _ in self._sights[line.key]}) < self._least:
                    return

    def lines(self) -> Iterator[str]:
        """The lines, as printed, that stand elsewhere than in places of furniture."""
        for key, sights in self._sights.items():
            outside = any(line.place not in self.places for _, line in sights)
            if key and outside and self._is_furniture(sights):
                yield min(line.text for _, line in sights)

    def _is_furniture(self, sights: list[tuple[str, SeenLine]]) -> bool:
        on = {article for article, _ in sights}
        if len(on) < self._least:
            return False
        captions = sum(line.captions for _, line in sights) >= _NEARLY_ALL * len(sights)
        if captions:
            return True
        opened = {article for article, line in sights if line.opens}
        if len(opened) >= _OPENS * len(on):
            return False  # 本报讯, a series' first line
        if sights[0][1].own >= _LONG:
            return True
        closed = {article for article, line in sights if line.closes}  # 特此公告。
        return len(on) >= _NEARLY_ALL * self._total and len(closed) < _OPENS * len(on)

    def _find_places(self) -> Iterator[str]:
        """The places nearly all of whose lines stand on several articles."""
        found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        opened: Counter[str] = Counter()
        for page in self._pages:
            for line in page.lines:
                if line.own >= _LONG:
                    found[line.place][line.key].add(page.article)
                    opened[line.place] += line.opens
        main = Counter(_main_place(page) for page in self._pages)
        for place, lines in found.items():
            on = set[str]().union(*lines.values())
            own = main[place] >= _MAIN * len(self._pages) or opened[place] >= _OPENS * len(on)
            if len(lines) > 2 and len(on) >= self._least and _repeated(lines.values()) >= _REPEATED and not own:
                yield place

    def pictures(self) -> Iterator[str]:
        """The addresses of pictures in many stories."""
        shown: defaultdict[str, set[str]] = defaultdict(set)
        for page in self._pages:
            for address in page.pictures:
                shown[address].add(page.article)
        return (address for address, on in shown.items() if len(on) >= self._least)


def _teasers(pages: list[SeenPage], least: float) -> set[str]:
    """The places of links over the beginnings of other articles: the same on several pages, or many on most of them."""
    found: defaultdict[str, defaultdict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    dense: Counter[str] = Counter()
    for page in pages:
        below = [(line.key, *line.above) for line in page.lines if line.above and line.own >= _LONG]
        for key, above, place in below:
            found[place][above, key].add(page.article)
        times = Counter(place for _, _, place in below)
        dense.update(place for place, count in times.items() if count >= _FEWEST_TEASERS)
    return {
        place
        for place, pairs in found.items()
        if len(pairs) >= _FEWEST_TEASERS
        and len(set[str]().union(*pairs.values())) >= least
        and (_repeated(pairs.values()) >= _REPEATED or dense[place] >= _MOST * len(pages))
    }


def _repeated(sights: Iterable[set[str]]) -> float:
    """The share of sightings (given as sets of articles) of lines that occur on several articles."""
    counts = [len(articles) for articles in sights]
    return sum(count for count in counts if count > 1) / sum(counts)


def _main_place(page: SeenPage) -> str:
    """Where most of the story's text stands."""
    sizes: Counter[str] = Counter()
    for line in page.lines:
        if line.told:
            sizes[line.place] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else ""
