"""Times in a page's code: metas, JSON-LD, attributes, scripts, comments.

They complete the date that the page shows, or replace it where none is shown.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from newscrawl.extract.language.dates import Moment, parse
from newscrawl.extract.language.patterns import led_by_literals
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import walk
from newscrawl.extract.page.scripts import values_after
from newscrawl.extract.zones.headline import headline
from newscrawl.extract.zones.nearby import nearby
from newscrawl.extract.zones.story import story
from newscrawl.urls import date_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from newscrawl.extract.page.document import Document

# Names of metas, attributes and script values that hold the first publication, the most explicit first.
_METAS = (
    *("firstpublishedtime", "article:published_time", "datepublished", "pubdate", "publishdate", "publish_date"),
    *("publishtime", "publish_time", "publish-date", "published_time", "article:published", "og:published_time"),
    *("og:release_date", "bytedance:published_time", "releasedate", "release_date", "weibo:article:create_at"),
    *("weibo: article:create_at", "article:create_at", "datecreated", "dcterms.issued", "dcterms.created"),
    *("dc.date.issued", "dc.date.created", "dc.date", "parsely-pub-date", "sailthru.date", "date", "og:time"),
    *("apub:time", "og:article:published_time", "cxenseparse:recs:publishtime"),
)
_UPDATE_METAS = (
    *("dateupdate", "datemodified", "article:modified_time", "article:modified", "og:updated_time", "lastmodifiedtime"),
    *("lastmod", "last-modified", "article:update_at", "weibo:article:update_at", "updatetime"),
    *("bytedance:updated_time", "bytedance:lrdate_time", "maketime"),
)
_JSONLD = ("datePublished", "pubDate", "dateCreated", "uploadDate")
# The comment in which a CMS of newspapers leaves an article's properties
_PROPERTY = re.compile(r"\s*(?:<articleid>\d*</articleid>\s*)?<date>\s*([12]\d{3}-\d\d?-\d\d? \d\d?:\d\d:\d\d)")
# `data-ptime`, `data-pub-time`, `data-publish_date`, `data-newstime`
_ATTRIBUTES, _MOST_ATTRIBUTES = ("data-p", "data-news"), 10_000
_ATTRIBUTE = re.compile(r"""(?:ub(?:lish)?)?[-_]?(?:time|date)\s*=\s*["']([^"'<>]{8,30})["']""")
# `publishTime: '…'`, `var __$pubtime='…'`, `"ptime":1715265007`, and WeChat's `var ct = "…"`
_SCRIPT_VALUE = re.compile(
    r"(?:ed)?[-_]?(?:[tT]ime|[dD]ate|At|_at)?(?:_?[sS]tr|_?[sS]tamp)?"  # how the name ends
    r"""\\?["']?\s*(?:=|:|\\?u003d)\s*(?:new Date\()?\\?["']?"""
    r"((?:19|20)\d\d[-/.年]\d\d?[-/.月]\d\d?[\dT :日时分秒.Z+-]{0,22}|1\d{9}(?:\d{3})?(?!\d))"
)
_SCRIPT_NAMES = (
    *("pubtime", "pubTime", "ptime", "publish", "Publish", "pubDate", "pubdate", "pub_date", "releaseTime", "newstime"),
    *("svrDate", "newsTime"),
)
# The time in a record of the page's data; times of updates have other names.
_RECORDS = "[pP](?i:ub(?:lish)?)", "[aA](?i:dd)", "[cC](?i:reate)", "[iI](?i:ssue|nput)", "[rR](?i:elease)"
_RECORDED = re.compile(f"(?:{'|'.join(led_by_literals(*_RECORDS))})_?{_SCRIPT_VALUE.pattern}")
_SHORTEST_TITLE, _LONGEST_RECORD, _MOST_RECORDS = 6, 3000, 5
_WECHAT_TIME = re.compile(r"""\s*=\s*["'](\d{10})["']""")
_WECHAT_NAMES = ("var ct", "var create_time", "var oriCreateTime")
_FIELD = re.compile("pub|time|date", re.IGNORECASE)  # names of hidden inputs and text areas that hold a time
_TO_THE_SECOND = re.compile(
    r"((?:19|20)\d\d)[-/.年](\d\d?)[-/.月](\d\d?)日?[ T]{1,2}(\d\d?)[:时](\d\d)[:分]([0-5]\d)(?!\d)"
)
_LONGEST_DAY = 14  # characters before the hour: `2024年05月09日  0`
_STAMP = re.compile(r"(\d{10})(?:\d{3})?(?!\d)")
_GENERATED = re.compile(r"生成时间[^\d<>]{0,12}((?:19|20)\d\d-\d\d?-\d\d?(?:[ T]\d\d:\d\d(?::\d\d)?)?)")
_LITERAL = re.compile(r"""["'>(]\s*((?:19|20)\d\d[-/.年][^"'<>()]{4,24}|1\d{9}(?:\d{3})?)\s*["'<)]""")
_LITERAL_VALUE = re.compile(r"\s*(?:(?:19|20)\d\d[-/.年].{4,24}|1\d{9}(?:\d{3})?)\s*")
_ADDRESSES = frozenset(("href", "src", "style", "class", "content", "onclick", "action"))
_MOST_ELEMENTS, _LONGEST_SCRIPT = 400, 2_000
_LONGEST = 60


@analysis
def stated(document: Document) -> list[Moment]:
    """The times of publication that metas, JSON-LD, hidden fields and `<time>` state; not the page's generation."""
    metas = document.metas
    values: list[object] = [value for name in _METAS for value in metas.get(name, ())]
    if document.jsonld:
        values += [value for key in _JSONLD for value in document.jsonld_values(key) if isinstance(value, str | int)]
    page = walk(document)
    for element in page.noted["input"] + page.noted["textarea"]:
        if _FIELD.search(f"{element.get('id')} {element.get('name')} {element.get('class')}"):
            hidden = element.get("type") == "hidden" or element.tag == "textarea"
            values.append((element.get("value") or element.text or "") if hidden else "")
    values += [element.get("datetime") or "" for element in page.noted["time"]]
    generated = {match[1] for match in _GENERATED.finditer(document.decoded.text)} if values else set()
    return _moments([value for value in values if value not in generated], document)


@analysis
def placed(document: Document) -> list[Moment]:
    """The times in attributes and scripts between headline and story, and an article's properties in a comment."""
    page, near = walk(document), nearby(document)
    values: list[str] = []
    for number in near.elements[:_MOST_ELEMENTS]:
        element = page.elements[number]
        values += [v for k, v in element.items() if k not in _ADDRESSES and _LITERAL_VALUE.fullmatch(v)]
        if page.tags[number] == "script" and (script := element.text) and len(script) < _LONGEST_SCRIPT:
            values += [match[1] for match in _LITERAL.finditer(script)]
    values += values_after(document.decoded.text, ("enpproperty",), _PROPERTY, limit=1)
    return _moments(values, document)


@analysis
def scripted(document: Document) -> list[Moment]:
    """The times of publication in scripts and attributes; of several days only those the address confirms."""
    script = document.script_text
    values = [*values_after(document.decoded.text, _ATTRIBUTES, _ATTRIBUTE, limit=_MOST_ATTRIBUTES)]
    values += [*values_after(script, _WECHAT_NAMES, _WECHAT_TIME), *values_after(script, _SCRIPT_NAMES, _SCRIPT_VALUE)]
    moments = _moments(values, document)
    if not moments and (told := story(document)) and told.in_script:  # the page is its script
        moments = _moments([*values_after(script, ("time",), _SCRIPT_VALUE)], document)
        return moments if len(moments) == 1 else []
    if len({moment.when.date() for moment in moments}) > 1:
        return [moment for moment in moments if moment.when.date() == date_in(document.url)]
    return moments


@analysis
def beside_headline(document: Document) -> list[Moment]:
    """The times of the record in the page's data whose title is the headline: the first behind it each time."""
    script, title = document.script_text, headline(document) or ""
    found: list[str] = []
    at = script.find(title) if len(title) >= _SHORTEST_TITLE else -1
    while at >= 0 and len(found) < _MOST_RECORDS:
        at += len(title)
        if time := _RECORDED.search(script, at, at + _LONGEST_RECORD):
            found.append(time[1])
        at = script.find(title, at)
    return _moments(found, document)


@analysis
def updated(document: Document) -> list[Moment]:
    """The times of update that metas and JSON-LD state."""
    values: list[object] = [value for name in _UPDATE_METAS for value in document.metas.get(name, ())]
    values += [value for key in ("dateModified", "upDate") for value in document.jsonld_values(key)]
    return _moments(values, document)


# Times that complete the date shown, or replace a missing one; explicit publication times first.
EVIDENCE: tuple[Callable[[Document], list[Moment]], ...] = (stated, placed, scripted, beside_headline, updated)


def to_the_second(moment: Moment, document: Document) -> Moment:
    """Add the seconds, where the page's code holds the same minute with seconds."""
    text, when = document.decoded.text, moment.when
    numbers = (when.year, when.month, when.day, when.hour, when.minute)
    for clock in (f"{when.hour}:{when.minute:02}:", f"{when.hour}时{when.minute:02}分"):
        for at in _found(text, clock):
            said = _TO_THE_SECOND.search(text[max(0, at - _LONGEST_DAY) : at + len(clock) + 3])
            if said and tuple(map(int, said.groups()[:5])) == numbers:
                return _with_second(moment, int(said[6]))
    first = int(when.timestamp())
    for lead in {str(first)[:8], str(first + 59)[:8]}:
        for at in _found(text, lead):
            stamp = _STAMP.match(text, at)
            if stamp and first <= int(stamp[1]) < first + 60 and not text[at - 1].isdigit():
                return _with_second(moment, int(stamp[1]) - first)
    return moment


def _found(text: str, words: str) -> Iterator[int]:
    """Give the places of some words in a text."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def in_the_afternoon(moment: Moment, document: Document) -> Moment:
    """Move a 12-hour time to the afternoon, where the page's code holds that time to the second."""
    when = moment.when + timedelta(hours=12)
    if moment.precision != "second" or when.hour < 13 or f"{when:%Y-%m-%d %H:%M:%S}" not in document.decoded.text:
        return moment
    return dataclasses.replace(moment, when=when)


def _with_second(moment: Moment, second: int) -> Moment:
    return Moment(moment.when + timedelta(seconds=second), "second", moment.raw)


def _moments(values: Sequence[object], document: Document) -> list[Moment]:
    texts = dict.fromkeys(str(value)[:_LONGEST] for value in values)
    return [moment for text in texts if (moment := parse(text, document.fetched_at))]
