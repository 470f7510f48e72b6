"""When the article was first published: the page's evidence, weighed.

What the reader sees near the headline leads; metas, JSON-LD, attributes and scripts that agree with it add what it
leaves out (the time of day, seconds, the year, the zone). Times of update and page generation only ever complete a
date, they never are one.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta
from itertools import chain, dropwhile, takewhile
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.extract.fields.stated import EVIDENCE, in_the_afternoon, to_the_second, updated
from newscrawl.extract.language.byline import is_credit, left_over, tells_event
from newscrawl.extract.language.dates import BEIJING, Moment, Yearless, parse, parse_yearless
from newscrawl.extract.language.labels import may_label
from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.headline import headline_lines
from newscrawl.extract.zones.hints import told
from newscrawl.extract.zones.nearby import nearby
from newscrawl.urls import date_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line

_FINENESS = {"day": 0, "minute": 1, "second": 2}
_MAY_DATE = re.compile(r"\d|[〇零一二三四五六七八九]{2}年|[今昨前][天日晚]|[刚剛][刚剛才]")
_NOW, _TODAY = Cues("now"), Cues("now", "week_day")
_PART = re.compile(r"(?:19|20)\d\d(?:[-/.年]\d\d?月?)?|\d\d?日?|\d\d?[/.-]\d\d?|\d\d?:\d\d(?::\d\d)?")
_CLOCK_ALONE = re.compile(r"\d\d?[:：]\d\d(?:[:：]\d\d)?")
_DATE_ABOVE = 6  # lines over the headline that may hold the byline
_LABEL = 6  # characters of a label without its colon, in a table's cell
_COLONS = (":", "：")
_LONGEST_MASTHEAD = 60
_COUNTED_FROM = 2  # of the kinds of evidence: metas and attributes, not scripts
_RENDERED = frozenset(("__next", "__nuxt"))
_BARE = 20  # letters beside a date, in a line that is no byline
# Weights of dates on the page: after a label, in a byline, after a signature, after the story.
_LABELLED, _PLAIN, _WRITTEN, _SHORT = 3, 2, 1.5, 1


class Sighting(NamedTuple):
    """A date the reader sees: how sure it is the publication's, whole or without its year."""

    weight: float
    moment: Moment | None
    yearless: Yearless | None


def published_at(document: Document) -> str | None:
    """First publication, ISO 8601 at the precision known; None where the page does not say."""
    found = publication(document)
    return found.isoformat() if found else None


def precision_of(document: Document) -> str | None:
    """How exactly the publication is known: day, minute or second."""
    found = publication(document)
    return found.precision if found else None


def published_text(document: Document) -> str | None:
    """The time as the page prints it."""
    found = publication(document)
    return found.raw if found else None


@analysis
def publication(document: Document) -> Moment | None:
    """Take what the portal's override gives; else weigh what is shown, what metas and scripts say, and the address."""
    before = list(_shown_before(document))
    named = [sighting for value in told(document, "published").values for sighting in _read(value, _LABELLED, document)]
    for shown in (named, before, [*_shown_behind(document)]):  # the most that a date after the story can weigh
        for sighting in sorted(shown, key=lambda sighting: -sighting.weight):
            if sighting.moment:
                counted = parse(sighting.moment.raw) is None and _stated(document)
                return counted or _refined(sighting.moment, document, before)
            if sighting.yearless and (moment := _completed(sighting.yearless, document, before)):
                return moment
    if (moment := _confirmed(document)) is not None:
        return moment
    for source in EVIDENCE:
        if source is not updated and (moments := source(document)):
            return _refined(_first_of(moments), document, ())
    return None


def _stated(document: Document) -> Moment | None:
    """The times in metas and attributes, needed to resolve relative dates (`3天前`)."""
    for source in EVIDENCE[:_COUNTED_FROM]:
        if moments := source(document):
            return _refined(moments[0], document, ())
    return None


def _first_of(moments: Sequence[Moment]) -> Moment:
    """The first that is stated, or an earlier one of that day: other statements may be of a later version."""
    first = moments[0]
    same = (moment for moment in moments if moment.precision == "second" and moment.when.date() == first.when.date())
    return min(same, key=lambda moment: moment.when) if first.precision == "second" else first


def dates_found(document: Document) -> list[tuple[str, Moment | Yearless]]:
    """Every date that the page gives for the article, and its place, as `--explain` shows them."""
    seen = chain(_shown_before(document), _shown_behind(document))
    shown = [(f"shown, weight {found.weight}", found.moment or found.yearless) for found in seen]
    dates = [(place, date) for place, date in shown if date]
    places = ("meta, JSON-LD, field", "attribute, comment", "script", "record", "update")
    for place, source in zip(places, EVIDENCE, strict=True):
        dates += [(place, moment) for moment in source(document)]
    return dates


def _refined(moment: Moment, document: Document, shown: Sequence[Sighting]) -> Moment:
    """The most precise time that agrees with a moment."""
    best = moment
    for later in (sighting.moment for sighting in shown):
        late = later and later.when.replace(second=0) - best.when.replace(second=0) == timedelta(hours=12)
        if late and best.precision != "day":  # a clock of twelve hours that does not say which half of the day
            best = dataclasses.replace(best, when=best.when + timedelta(hours=12))
    for source in EVIDENCE:
        for other in source(document):
            if best.local is None and (abroad := _elsewhere(best, other, document)):
                return abroad
            # The time of an update the same day says nothing of the time of publication.
            of_day = source is not updated or best.precision == "minute"
            if of_day and _FINENESS[other.precision] > _FINENESS[best.precision] and _agree(best, other):
                best = other
    return to_the_second(best, document) if best.precision == "minute" else in_the_afternoon(best, document)


def _agree(coarse: Moment, fine: Moment) -> bool:
    """Whether two moments agree at the precision of the coarser one."""
    if coarse.precision == "day":
        return coarse.when.date() in {fine.when.date(), (fine.local or fine.when).date()}
    return coarse.when.replace(second=0) == fine.when.replace(second=0)


def _elsewhere(shown: Moment, other: Moment, document: Document) -> Moment | None:
    """The same clock time with a time zone, where the page shows a time without one.

    Where it names Greenwich, its zone is but what a CMS fills in, and its clock Beijing's as well, unless a program
    of the browser's language has drawn the page on a server, whose own zone is Greenwich.
    """
    if shown.precision == "day" or other.local is None:
        return None
    clock = other.local.replace(tzinfo=BEIJING)
    if clock.replace(second=0) != shown.when.replace(second=0):
        return None
    return other if other.local.utcoffset() or _is_rendered(document) else Moment(clock, other.precision, other.raw)


def _is_rendered(document: Document) -> bool:
    """Whether the page is a program's first state, drawn by Next or Nuxt."""
    return any(element.get("id") in _RENDERED for element in document.root.iter("div"))


def _completed(yearless: Yearless, document: Document, shown: Sequence[Sighting]) -> Moment | None:
    """Find the year of a date printed without it, in other evidence for the same month and day."""
    for source in EVIDENCE:
        for moment in source(document):
            if yearless.fits(moment):
                return _refined(yearless.in_year_of(moment), document, ())
    day = date_in(document.url)
    told = parse(day.isoformat()) if day else None
    for known in (told, *(sighting.moment for sighting in shown)):
        if known and (known.when.month, known.when.day) == (yearless.month, yearless.day):
            midnight = parse(known.when.date().isoformat())
            return _refined(yearless.in_year_of(midnight), document, ()) if midnight else None
    return None


def _shown_before(document: Document) -> Iterator[Sighting]:
    """Give the dates the reader sees near the headline, and the labelled ones of a table over it."""
    near = nearby(document)
    yield from _in_lines(document, _without_events(near.below, near.opening), plain=True)
    above = [line for line in near.above[-_DATE_ABOVE:] if not _is_today(line.text, document.url)]
    yield from reversed([*_in_lines(document, above, plain=True)])
    yield from _in_lines(document, _without_events(near.opening[:4])[:3], plain=True)
    yield from _in_lines(document, near.above, plain=False)


def _without_events(lines: Sequence[Line], following: Sequence[Line] = ()) -> list[Line]:
    """Lines but those that tell when something takes place."""
    below = [line.text for line in (*lines[1:], *following[:1])] + [""]
    return [line for line, text in zip(lines, below, strict=False) if not tells_event(line.text, text)]


def _shown_behind(document: Document) -> Iterator[Sighting]:
    """Give dates with a label of publication after the story, then a date printed over several lines."""
    near = nearby(document)
    yield from _in_lines(document, (*near.closing, *near.after), plain=False)
    if split := _split_date([*near.above[-_DATE_ABOVE:], *near.below]):
        yield from _read(split, _SHORT, document)


def _confirmed(document: Document) -> Moment | None:
    """A date anywhere over the headline that the address confirms: a newspaper prints it at the page's top."""
    day, shown = date_in(document.url), headline_lines(document)
    for line in walk(document).lines[: shown.start] if day else ():
        moment = parse(line.text) if len(line.text) <= _LONGEST_MASTHEAD and "20" in line.text else None
        if moment and moment.when.date() == day:
            return _refined(moment, document, ())
    return None


def _in_lines(document: Document, lines: Iterable[Line], *, plain: bool) -> Iterator[Sighting]:
    """Give the dates of lines: labelled ones, in the byline's zone (`plain`) all those of bylines."""
    near = nearby(document)
    label = ""  # of the line before, if it is nothing but a label, as in a table
    lines = list(lines)
    for number, line in enumerate(lines):
        text = line.text
        told = "。" not in text and (_MAY_DATE.search(text) or text.endswith(_COLONS) or len(text) <= _LABEL)
        if told and _NOW(text):
            continue
        # Only a label, one on the line before, or in the byline's zone a date, can make this line tell the day.
        may_tell = told and (label or may_label(text) or (_MAY_DATE.search(text) if plain else is_credit(text)))
        read = near.tokens(line) if may_tell else ()
        dated = label if len(read) == 1 and read[0].kind == "date" else ""
        label = read[0].kind if len(read) == 1 and read[0].label and not read[0].text else ""
        kinds = {token.kind for token in read}
        if not kinds & {"date", "published", "written"}:
            continue
        linked = line.linked > 0.95 * len(line.text) or (line.linked > len(line.text) / 2 and not near.is_byline(line))
        linked = linked and not (plain and line.links == 1 and len(read) == 1 and near.is_byline(line))  # of a blog
        byline = not linked and (is_credit(line.text) or (plain and (near.is_byline(line) or left_over(read) <= _BARE)))
        for token in read:
            kind = dated or token.kind
            if kind == "published" and not (linked and not plain):
                yield from _read(token.text, _LABELLED if plain else _SHORT, document)
            elif kind == "written":
                yield from _read(token.text, _WRITTEN if plain else _SHORT / 2, document)
            elif kind == "date" and byline:
                beside = (
                    [*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2]] if len(read) == 1 else []
                )
                clock = next((other.text for other in beside if _CLOCK_ALONE.fullmatch(other.text)), "")
                yield from _read(f"{token.text} {clock}", _PLAIN if plain else _SHORT, document)


def _split_date(lines: Sequence[Line]) -> str:
    """A date whose parts stand in a line each: `2024`, `05/20`, `16:25`."""
    parts = list(
        takewhile(_PART.fullmatch, dropwhile(lambda text: not _PART.fullmatch(text), (line.text for line in lines)))
    )
    return " ".join(parts) if len(parts) > 1 else ""


def _is_today(text: str, url: str) -> bool:
    """A date over the headline with its week day is today's, unless the address confirms it (newspapers' pages)."""
    moment = parse(text) if _TODAY(text) else None
    return moment is not None and moment.when.date() != date_in(url)


def _read(text: str, weight: float, document: Document) -> Iterator[Sighting]:
    moment = parse(text, document.fetched_at)
    if moment:
        yield Sighting(weight, moment, None)
    elif yearless := parse_yearless(text):
        yield Sighting(weight, None, yearless)
