"""Find the story: the lines and pictures of the page that belong to the article."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newscrawl.extract.language.furniture import line_kind
from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.embedded import Embedded, embedded
from newscrawl.extract.page.lines import Walk, walk
from newscrawl.extract.page.parse import parse
from newscrawl.extract.page.pictures import addresses, is_design
from newscrawl.extract.page.table import joined_rows
from newscrawl.extract.zones.edges import around, begin_with_lead, bridged, end_with_closing_lines, lines_below_byline
from newscrawl.extract.zones.features import hidden_lines, is_behind_picture, line_features
from newscrawl.extract.zones.groups import LISTS, line_groups
from newscrawl.extract.zones.headline import headline, headline_lines, headline_number
from newscrawl.extract.zones.hints import apart, told_images, told_story, told_text, unwanted_pictures
from newscrawl.extract.zones.host import profile_of
from newscrawl.extract.zones.prose import is_furniture
from newscrawl.extract.zones.sequence import CERTAIN, Role, Run, story_run
from newscrawl.extract.zones.trim import closing_credit, correct, trim
from newscrawl.text import han

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from newscrawl.extract.page.document import Document

# A story shown with fewer Chinese characters may be the beginning of one that a script holds whole.
_SHORT = 300
_LEAST_SCORE = 2.0  # of a run of lines: below it is furniture
_ADVERTISED = Cues("advertised")
_DETAILS, _SCAN = Cues("details"), Cues("scan")
_LONGEST_CAPTION = 50
_SHORT_NAME = 7  # characters of a file's name that many pictures have: 01.jpg
_CLOSING = 2  # lines behind the story, of notices, that its last pictures may stand below
_LIKELY = 8.0  # of a run of lines: below it plain lines under a byline are the story
_OVER_HEADLINE = 4  # lines over the headline that the story's first picture may stand above
_PAGE_NUMBER = re.compile(r"(?:[_-]\d{1,3})?\.\w+$")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp)(?:$|[?#!@&])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the story, or one dropped from it: its text, and the element it stands in."""

    text: str
    element: HtmlElement
    why: str | None = None  # for a dropped line: byline, credit, headline, related, copyright, promo, share, …


@dataclass(slots=True)
class Story:
    """A page's story.

    Attributes:
        containers: the elements that hold it, in page order; the root for a story that only a script holds.
        number: of the first container in the page's walk.
        paragraphs: its lines in reading order.
        dropped: lines inside the containers that are no part of it, with why.
        images: absolute addresses of its pictures in order.
        lines: from the first to behind the last of its lines in the page's walk; empty when only a script holds it.
        in_script: it comes from a script; its paragraphs' element is the container.
    """

    containers: list[HtmlElement]
    number: int = 0
    paragraphs: list[Paragraph] = field(default_factory=list)
    dropped: list[Paragraph] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    lines: range = range(0)
    in_script: bool = False

    @property
    def text(self) -> str:
        """The story, a paragraph a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def add(self, text: str, element: HtmlElement, why: str | None) -> None:
        """Add a line to `paragraphs`, or with a reason to `dropped`."""
        if ">" in text or "＞" in text or "»" in text:
            text = _DETAILS.without(text)
        if text:
            (self.paragraphs if why is None else self.dropped).append(Paragraph(text, element, why))


@analysis
def story(document: Document) -> Story | None:
    """The page's story, or None."""
    found = _as_told(document, told) if (told := told_text(document)) else _read(document)
    if images := told_images(document):
        found = found or Story([document.root])
        found.images = images
    return found


def _as_told(document: Document, texts: list[str]) -> Story:
    """The story as an override gives its text, and the lines of the page that show this text."""
    page, printed = walk(document), sorted(told_story(document))
    number = around(page, printed)
    found = Story([page.elements[number]], number)
    for text in texts:
        found.add(text, page.elements[number], None)
    if printed:
        found.lines = range(printed[0], printed[-1] + 1)
        found.images = _pictures(document, page, found, printed)
    return found


def _read(document: Document) -> Story | None:
    """The story as the page shows it; a script's story where the page shows only the beginning."""
    shown = _shown(document)
    if told_story(document):
        return shown
    length = len(shown.text) if shown else 0
    if length < 2 * _SHORT and (length := han(shown.text) if shown else 0) < _SHORT:
        told = embedded(document)
        if told and told.length > 1.5 * length:
            return _scripted(document, told, shown)
    return shown


def _shown(document: Document) -> Story | None:
    """The story on the page: the best run of lines by learnt weights, with its edges trimmed by cues."""
    page = walk(document)
    found_run = _chosen_run(document, page)
    if found_run is None:
        return _wordless(document, page)
    named, run = found_run.score >= CERTAIN, found_run.lines
    first, last = run[0], run[-1] + 1
    if not named:
        first, last = begin_with_lead(document, page, first), end_with_closing_lines(document, page, last)
    lines = page.lines[first:last]
    kinds = _kinds(document, found_run, range(first, last))
    sizes = [float(len(line.text)) if kind is None else 0.0 for line, kind in zip(lines, kinds, strict=True)]
    title = headline_number(document)
    title_line = -1 if title is None else page.last[title] - 1
    title_line = title_line - first if title_line < last else -1
    reasons = trim(lines, kinds, sizes, headline(document), title_line, ends=not named)
    if named and None not in reasons:  # whatever its lines look like, they are the story
        reasons = kinds
    correct(page, lines, reasons)
    kept = [number for number, why in enumerate(reasons, first) if why is None]
    if not kept:
        return _wordless(document, page)
    number = around(page, kept)
    found = Story([page.elements[number]], number)
    for text, start, why in joined_rows(page, lines, reasons):
        found.add(text, page.elements[start], why)
    _split_closing_credit(found)
    found.lines = range(kept[0], kept[-1] + 1)
    found.images = _pictures(document, page, found, kept)
    return found


def _chosen_run(document: Document, page: Walk) -> Run | None:
    """The best run of lines, or plain lines under the byline where little speaks for it; None for furniture."""
    found = story_run(document)
    likely = found.score >= _LIKELY and not all(is_furniture(page.lines[number].text) for number in found.lines)
    if not likely and (verse := lines_below_byline(document)):
        found = Run([Role.STORY if number in verse else Role.AFTER for number in range(len(page.lines))], _LIKELY)
    if not found.lines or found.score < _LEAST_SCORE:
        return None
    return found if found.score >= CERTAIN else bridged(document, page, found)


def _kinds(document: Document, found: Run, numbers: range) -> list[str | None]:
    """The reason why each line between the story's first and last is not text: its kind of furniture, or `gap`."""
    run, lines = range(found.lines[0], found.lines[-1] + 1), walk(document).lines
    unseen, other = hidden_lines(document), apart(document)
    return [
        "hidden"
        if unseen[number]
        else other.get(number)
        or line_kind(lines[number].text)
        or ("gap" if number in run and found.roles[number] is Role.GAP else None)
        for number in numbers
    ]


def _wordless(document: Document, page: Walk) -> Story | None:
    """The story of a page that shows only pictures below its headline."""
    shown, groups = headline_lines(document), line_groups(document)
    if not shown:
        return None
    until = next((number for number in range(shown.stop, len(groups)) if groups[number] in LISTS), len(groups))
    below = [
        page.elements[n] for n, before in page.pictures if shown.stop <= before <= until and not _link_around(page, n)
    ]
    images = addresses(below, document.base_url)
    return Story([document.root], images=images) if images else None


def _pictures(document: Document, page: Walk, found: Story, kept: list[int]) -> list[str]:
    """Addresses of the pictures inside the story, and between headline and story."""
    shown, first, stop = headline_lines(document), found.lines.start, found.lines.stop
    top = shown.stop if shown and shown.stop <= first else first
    groups, story_lines = line_groups(document), set(kept)
    box = found.number
    while (outer := page.parents[box]) and page.first[outer] >= top and page.last[outer] <= stop + 1:
        box = outer
    inside, shared = [], _shared(document)
    unwanted = unwanted_pictures(document) | _codes(page, stop)
    for picture, before in page.pictures:
        if picture in unwanted:
            continue
        link = _link_around(page, picture)
        near = box < picture < page.ends[box] and top <= before <= stop + _CLOSING
        near = near or (
            bool(shown)
            and shown.start - _OVER_HEADLINE <= before <= first
            and (
                _in_figure(page, picture)
                or (before == first and _is_caption(document, first))
                or (shown.stop <= before == first - 1 and page.lines[before].text == page.lines[shown.start].text)
                or (page.elements[picture].get("src") or "").endswith(shared)
                or (link is not None and _is_another_part(link, document.url))
            )
        )
        if not near:
            continue
        if _is_advertised(page, before) or _is_share_button(page, picture, before):
            continue
        at_edge = not first < before < stop
        if at_edge and not _in_figure(page, picture) and is_design(page.elements[picture], document.base_url):
            continue
        listed = before < len(groups) and groups[before] in LISTS and before not in story_lines
        if not listed and (link is None or _shows_more(link, document.url)):
            inside.append(page.elements[picture])
    profile = profile_of(document)
    return [url for url in addresses(inside, document.base_url) if profile is None or url not in profile.pictures]


def _codes(page: Walk, stop: int) -> set[int]:
    """The codes to scan below the story: the picture under a line that asks for it, or else the one over it."""
    found: set[int] = set()
    for number, line in enumerate(page.lines[stop : stop + _CLOSING], stop):
        if _SCAN(line.text) and line_kind(line.text):
            below = [picture for picture, before in page.pictures if before == number + 1]
            above = [picture for picture, before in page.pictures if before == number]
            found.update(below[:1] or above[-1:])
    return found


def _shared(document: Document) -> tuple[str, ...]:
    """File names of the page's `og:image`; short names like 01.jpg are left out, because many pictures have them."""
    images = (url.partition("?")[0].rpartition("/")[2] for url in document.metas.get("og:image", ()))
    return tuple(f"/{name}" for name in images if len(name) > _SHORT_NAME)


def _is_advertised(page: Walk, before: int) -> bool:
    """Whether the line above a picture marks it as an advertisement."""
    return before > 0 and _ADVERTISED(page.lines[before - 1].text) is not None


def _is_share_button(page: Walk, picture: int, before: int) -> bool:
    """Whether a picture is a button, or stands in the one line of an element that asks to share the story."""
    for line in page.lines[max(0, before - 1) : before + 1]:
        alone = page.last[line.block] - page.first[line.block] == 1
        if alone and line.block < picture < page.ends[line.block] and line_kind(line.text) == "share":
            return True
    return page.tags[page.parents[picture]] == "button"


def _is_caption(document: Document, number: int) -> bool:
    """Whether a line is short and stands right behind a picture."""
    return len(walk(document).lines[number].text) <= _LONGEST_CAPTION and is_behind_picture(
        line_features(document)[number]
    )


def _in_figure(page: Walk, picture: int) -> bool:
    """Whether a picture stands in a `<figure>`."""
    one = page.parents[picture]
    two = page.parents[one]
    return "figure" in {page.tags[one], page.tags[two], page.tags[page.parents[two]]}


def _link_around(page: Walk, picture: int) -> str | None:
    """The address of the link around a picture; None where there is no link, or only an anchor or script."""
    number = picture
    for _ in range(4):
        number = page.parents[number]
        if page.tags[number] == "a":
            address = (page.elements[number].get("href") or "").strip()
            return None if not address or address.startswith(("#", "javascript:")) else address
    return None


def _shows_more(link: str, own: str) -> bool:
    """Whether a link leads to the picture itself, to a page that shows it, or to another page of this story."""
    return _PICTURE.search(link) is not None or _is_another_part(link, own)


def _is_another_part(link: str, own: str) -> bool:
    """Whether a link leads to another page of this story: the same address but for the number of the page."""
    name, other = (_PAGE_NUMBER.sub("", url.partition("?")[0].rpartition("/")[2]) for url in (own, link))
    return len(name) > 3 and name == other and re.search(r"\d", name) is not None


def _scripted(document: Document, told: Embedded, shown: Story | None) -> Story | None:
    """The story from a script, instead of the part that the page shows."""
    containers = shown.containers if shown else [document.root]
    found = Story(containers, shown.number if shown else 0, lines=shown.lines if shown else range(0), in_script=True)
    if told.markup is None:
        for text in told.lines:
            found.add(text, containers[0], line_kind(text))
        found.images = addresses(told.pictures, document.base_url)
    else:
        inner = Walk(parse(told.markup))
        sizes = [float(len(line.text)) for line in inner.lines]
        reasons = trim(inner.lines, [line_kind(line.text) for line in inner.lines], sizes, headline(document))
        for line, why in zip(inner.lines, reasons, strict=True):
            found.add(line.text, containers[0], why)
        found.images = addresses((inner.elements[picture] for picture, _ in inner.pictures), document.base_url)
    return found if found.paragraphs else shown


def _split_closing_credit(found: Story) -> None:
    last = found.paragraphs[-1]
    text, credit = closing_credit(last.text)
    if credit:
        found.paragraphs[-1] = Paragraph(text, last.element)
        found.dropped.append(Paragraph(credit.strip(), last.element, "credit"))


def body_text(document: Document) -> str | None:
    """The story, a paragraph a line; None where the page holds none."""
    found = story(document)
    return found.text if found else None


def image_urls(document: Document) -> list[str]:
    """Absolute addresses of the pictures inside the story, in order."""
    found = story(document)
    return found.images if found else []
