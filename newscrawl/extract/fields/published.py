"""When the article was first published: the page's evidence, weighed.

What the reader sees near the headline leads; metas, JSON-LD, attributes and scripts that agree with it add what it
leaves out (the time of day, seconds, the year). Times of update and page generation only ever complete a date, they
never are one.
"""

from __future__ import annotations

import re
from itertools import chain, dropwhile, takewhile
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.extract.fields.byline import is_byline, is_credit
from newscrawl.extract.fields.headline import headline_lines
from newscrawl.extract.language.dates import Moment, Yearless, parse, parse_yearless
from newscrawl.extract.language.labels import labelled, run_together
from newscrawl.extract.page.lines import walk
from newscrawl.extract.page.scripts import values_after
from newscrawl.extract.zones.nearby import nearby, pieces
from newscrawl.extract.zones.story import story
from newscrawl.urls import date_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line

_FINENESS = {"day": 0, "minute": 1, "second": 2}
# Names of metas, attributes and script values that hold the first publication, the most explicit first.
_METAS = (
    *("firstpublishedtime", "article:published_time", "datepublished", "pubdate", "publishdate", "publish_date"),
    *("publishtime", "publish_time", "publish-date", "published_time", "article:published", "og:published_time"),
    *("og:release_date", "bytedance:published_time", "releasedate", "release_date", "weibo:article:create_at"),
    *("weibo: article:create_at", "article:create_at", "datecreated", "dcterms.issued", "dcterms.created"),
    *("dc.date.issued", "dc.date.created", "dc.date", "parsely-pub-date", "sailthru.date", "date", "og:time"),
)
_UPDATE_METAS = (
    *("dateupdate", "datemodified", "article:modified_time", "article:modified", "og:updated_time", "lastmodifiedtime"),
    *("lastmod", "last-modified", "article:update_at", "weibo:article:update_at", "updatetime"),
    *("bytedance:updated_time", "bytedance:lrdate_time", "maketime"),
)
_JSONLD = ("datePublished", "pubDate", "dateCreated", "uploadDate")
# `data-ptime`, `data-pub-time`, `data-publish_date`, `data-newstime`
_ATTRIBUTES, _MOST_ATTRIBUTES = ("data-p", "data-news"), 10_000
_ATTRIBUTE = re.compile(r"""(?:ub(?:lish)?)?[-_]?(?:time|date)\s*=\s*["']([^"'<>]{8,30})["']""")
# The comment in which a CMS of newspapers leaves an article's properties
_PROPERTY = re.compile(r"\s*(?:<articleid>\d*</articleid>\s*)?<date>\s*([12]\d{3}-\d\d?-\d\d? \d\d?:\d\d:\d\d)")
# `publishTime: '…'`, `var __$pubtime='…'`, `"ptime":1715265007`, and WeChat's `var ct = "…"`
_SCRIPT_VALUE = re.compile(
    r"(?:ed)?_?(?:[tT]ime|[dD]ate|At|_at)?(?:_?[sS]tr|_?[sS]tamp)?"  # how the name ends
    r"""\\?["']?\s*(?:=|:|\\?u003d)\s*(?:new Date\()?\\?["']?"""
    r"((?:19|20)\d\d[-/.年]\d\d?[-/.月]\d\d?[\dT :日时分秒.Z+-]{0,22}|1\d{9}(?:\d{3})?(?!\d))"
)
_SCRIPT_NAMES = (
    *("pubtime", "pubTime", "ptime", "publish", "Publish", "pubDate", "pubdate", "pub_date", "releaseTime", "newstime"),
    *("svrDate", "newsTime"),
)
_WECHAT_TIME = re.compile(r"""\s*=\s*["'](\d{10})["']""")
_WECHAT_NAMES = ("var ct", "var create_time", "var oriCreateTime")
_INPUT = re.compile("pub|time|date", re.IGNORECASE)
_MAY_DATE = re.compile(r"[\d〇今昨前刚]")
_DATED = re.compile(r"\d|〇|[今昨前]天|刚刚")
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,3}(?:/\S*)?")
_TODAY = re.compile(r"星期|周[一二三四五六日]|今天是")
_PART = re.compile(r"(?:19|20)\d\d|\d\d?[/.-]\d\d?|\d\d?:\d\d(?::\d\d)?")
_LONGEST_BYLINE = 200
_DATE_ABOVE = 6  # lines over the headline that may hold the byline
_RUNS_ON = tuple("浏点阅访人摄图校审字")  # a counter's or a helper's label: what stands behind may be the date
_LABELLED, _PLAIN, _SHORT = 3, 2, 1
_LONGEST_DATE_LINE = 60


class Sighting(NamedTuple):
    """A date the reader sees: how sure it is the publication's, whole or without its year."""

    weight: int
    moment: Moment | None
    yearless: Yearless | None


def published_at(document: Document) -> str | None:
    """First publication, ISO 8601 at the precision known; None where the page does not say."""
    found = document.once(publication)
    return found.isoformat() if found else None


def precision_of(document: Document) -> str | None:
    """How exactly the publication is known: day, minute or second."""
    found = document.once(publication)
    return found.precision if found else None


def published_text(document: Document) -> str | None:
    """The time as the page prints it."""
    found = document.once(publication)
    return found.raw if found else None


def publication(document: Document) -> Moment | None:
    """Weigh what is shown, what metas and scripts say, and the address."""
    for place in (_shown_before, _shown_behind):  # what is shown behind the story never weighs more
        shown: list[Sighting] = []
        for sighting in place(document):
            shown.append(sighting)
            if sighting.weight == _LABELLED and sighting.moment:  # nothing that follows weighs more
                break
        for sighting in sorted(shown, key=lambda sighting: -sighting.weight):
            if sighting.moment:
                return _refined(sighting.moment, document)
            if sighting.yearless and (moment := _completed(sighting.yearless, document)):
                return moment
    if (moment := _confirmed(document)) is not None:
        return moment
    for source in _EVIDENCE[:-1]:
        if moments := document.once(source):
            return _refined(moments[0], document)
    return None


def dates_found(document: Document) -> list[tuple[str, Moment | Yearless]]:
    """Every date the page gives for the article, with the place it stands in: what `--explain` shows."""
    seen = chain(_shown_before(document), _shown_behind(document))
    shown = [(f"shown, weight {found.weight}", found.moment or found.yearless) for found in seen]
    dates = [(place, date) for place, date in shown if date]
    stated = "meta, JSON-LD, attribute"
    for place, source in zip((stated, stated, "script", "update"), _EVIDENCE, strict=True):
        dates += [(place, moment) for moment in document.once(source)]
    return dates


def _refined(moment: Moment, document: Document) -> Moment:
    """The most exact of the times that agree with a moment as far as that goes."""
    best = moment
    for source in _EVIDENCE:
        if best.precision == "second":
            break
        for other in document.once(source):
            # The time of an update the same day says nothing of the time of publication.
            of_day = source is not _updated or best.precision == "minute"
            if of_day and _FINENESS[other.precision] > _FINENESS[best.precision] and _agree(best, other):
                best = other
    return best


def _agree(coarse: Moment, fine: Moment) -> bool:
    """A moment is the same as a more exact one as far as the coarser goes."""
    if coarse.precision == "day":
        return coarse.when.date() == fine.when.date()
    return coarse.when.replace(second=0) == fine.when.replace(second=0)


def _completed(yearless: Yearless, document: Document) -> Moment | None:
    """Find the year of a date printed without it, in other evidence for the same month and day."""
    for source in _EVIDENCE:
        for moment in document.once(source):
            if yearless.fits(moment):
                return _refined(yearless.in_year_of(moment), document)
    day = date_in(document.url)
    if day and (day.month, day.day) == (yearless.month, yearless.day):
        midnight = parse(day.isoformat())
        return _refined(yearless.in_year_of(midnight), document) if midnight else None
    return None


def _shown_before(document: Document) -> Iterator[Sighting]:
    """Give the dates the reader sees near the headline."""
    near = document.once(nearby)
    above = [line for line in reversed(near.above[-_DATE_ABOVE:]) if not _is_today(line.text, document.url)]
    yield from _in_lines(document, (*near.below, *above, *near.opening[:3]), plain=True)


def _shown_behind(document: Document) -> Iterator[Sighting]:
    """Give the dates labelled as publication behind the story, then one in parts over several lines."""
    near = document.once(nearby)
    yield from _in_lines(document, (*near.closing, *near.after), plain=False)
    if split := _split_date([*near.above[-_DATE_ABOVE:], *near.below]):
        yield from _read(split, _SHORT, document.fetched_at)


def _in_lines(document: Document, lines: Iterable[Line], *, plain: bool) -> Iterator[Sighting]:
    base, page = document.fetched_at, document.once(walk)
    for line in lines:
        if len(line.text) > _LONGEST_BYLINE or not (_MAY_DATE.search(line.text) and _DATED.search(line.text)):
            continue
        linked = line.linked > 0.95 * len(line.text) or (line.linked > len(line.text) / 2 and not is_byline(line.text))
        if not linked:
            yield from _sightings(run_together(pieces(page, line)), base, plain=plain)


def _confirmed(document: Document) -> Moment | None:
    """A date anywhere over the headline that the address confirms: a newspaper prints it at the page's top."""
    if (day := date_in(document.url)) is None:
        return None
    page, shown = document.once(walk), document.once(headline_lines)
    for line in page.lines[: shown.start]:
        moment = parse(line.text) if len(line.text) <= _LONGEST_DATE_LINE and "20" in line.text else None
        if moment and moment.when.date() == day:
            return _refined(moment, document)
    return None


def _split_date(lines: Sequence[Line]) -> str:
    """A date whose parts stand in a line each: `2024`, `05/20`, `16:25`."""
    parts = list(
        takewhile(_PART.fullmatch, dropwhile(lambda text: not _PART.fullmatch(text), (line.text for line in lines)))
    )
    return " ".join(parts) if len(parts) > 1 else ""


def _is_today(text: str, url: str) -> bool:
    """A date over the headline with its week day is today's, unless the address confirms it (newspapers' pages)."""
    moment = parse(text) if _TODAY.search(text) else None
    return moment is not None and moment.when.date() != date_in(url)


def _sightings(text: str, base: datetime | None, *, plain: bool) -> Iterator[Sighting]:
    """Give a line's dates; those of an update only complete others and are left out."""
    values = labelled(text)
    rest, position = [], 0
    for value in values:
        rest.append(text[position : value.start])
        position = value.end
        if value.kind == "published":
            yield from _read(value.value, _LABELLED if plain else _SHORT, base)
        elif value.kind in {"source", "author", "editor"} or value.label.startswith(_RUNS_ON):
            rest.append(value.value)
    rest.append(text[position:])
    outside = " ".join(rest)
    if is_credit(text):
        yield from _read(outside, _PLAIN if plain else _SHORT, base)
    elif plain and (is_byline(text) or (len(outside) <= _LONGEST_DATE_LINE and _is_bare(outside, base))):
        yield from _read(outside, _PLAIN, base)


def _is_bare(text: str, base: datetime | None) -> bool:
    moment = parse(text, base)
    return moment is not None and len(_ADDRESS.sub("", text)) - len(moment.raw) <= 20


def _read(text: str, weight: int, base: datetime | None) -> Iterator[Sighting]:
    moment = parse(text, base)
    if moment:
        yield Sighting(weight, moment, None)
    elif yearless := parse_yearless(text):
        yield Sighting(weight, None, yearless)


def _stated(document: Document) -> list[Moment]:
    """The times of publication that metas, JSON-LD, inputs and `<time>` state."""
    metas = document.metas
    values: list[object] = [value for name in _METAS for value in metas.get(name, ())]
    if document.jsonld:
        values += [value for key in _JSONLD for value in document.jsonld_values(key) if isinstance(value, str | int)]
    page = document.once(walk)
    for element in page.noted["input"]:
        if element.get("type") == "hidden" and _INPUT.search(f"{element.get('id')} {element.get('name')}"):
            values.append(element.get("value") or "")
    values += [element.get("datetime") or "" for element in page.noted["time"]]
    return _moments(values, document)


def _attributed(document: Document) -> list[Moment]:
    """The times of publication in attributes (`data-pubtime`, `data-publish-date`) and an article's properties."""
    text = document.decoded.text
    values = [*values_after(text, _ATTRIBUTES, _ATTRIBUTE, limit=_MOST_ATTRIBUTES)]
    return _moments([*values, *values_after(text, ("enpproperty",), _PROPERTY, limit=1)], document)


def _updated(document: Document) -> list[Moment]:
    """The times of update that metas and JSON-LD state."""
    values: list[object] = [value for name in _UPDATE_METAS for value in document.metas.get(name, ())]
    values += [value for key in ("dateModified", "upDate") for value in document.jsonld_values(key)]
    return _moments(values, document)


def _scripted(document: Document) -> list[Moment]:
    """The times of publication in scripts; where they are of several days, only those the address confirms."""
    script = document.script_text
    values = [*values_after(script, _WECHAT_NAMES, _WECHAT_TIME), *values_after(script, _SCRIPT_NAMES, _SCRIPT_VALUE)]
    moments = _moments(values, document)
    if not moments and (told := document.once(story)) and told.in_script:  # the page is its script
        moments = _moments([*values_after(script, ("time",), _SCRIPT_VALUE)], document)
        return moments if len(moments) == 1 else []
    if len({moment.when.date() for moment in moments}) > 1:
        return [moment for moment in moments if moment.when.date() == date_in(document.url)]
    return moments


def _moments(values: Sequence[object], document: Document) -> list[Moment]:
    texts = dict.fromkeys(str(value)[:_LONGEST_DATE_LINE] for value in values)
    return [moment for text in texts if (moment := parse(text, document.fetched_at))]


# What completes a date or stands in for one not shown, the nearest to a statement of publication first.
_EVIDENCE = (_stated, _attributed, _scripted, _updated)
