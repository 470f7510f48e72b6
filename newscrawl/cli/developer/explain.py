"""Explain the extraction of a page: each finder's values, the candidates it scored, and the zones of the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newscrawl.extract.fields.published import dates_found
from newscrawl.extract.finders import ZONES
from newscrawl.extract.language.dates import Moment
from newscrawl.extract.loader import FIELDS, candidates
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.features import FAMILIES, hidden_lines, line_features
from newscrawl.extract.zones.headline import claims, find_headline, headline_lines
from newscrawl.extract.zones.hints import apart, told_lines
from newscrawl.extract.zones.nearby import nearby
from newscrawl.extract.zones.sequence import WEIGHTS, Part, Role, line_scores, story_run
from newscrawl.extract.zones.story import story
from newscrawl.items import Article, Link
from newscrawl.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from newscrawl.extract.finders import Finder
    from newscrawl.extract.loader import NoArticle
    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.guidance import HostProfile

_SHOWN = 5  # most values of a finder, and candidates, that are printed
_AROUND = 3  # lines printed before and after headline and story
_WIDTH = 100  # most characters printed of a value
_LINE = 60  # most characters printed of a line of the page
_TOLD, _LEAST = 4, 0.2  # most weights printed for a line, and the smallest weight printed


def explained(
    document: Document,
    result: Article | NoArticle,
    overrides: Mapping[str, Finder[object]],
    profile: HostProfile | None,
) -> Iterator[str]:
    """Yield the explanation of an extracted page, line by line.

    For each field: what each finder proposes (`=` marks the winner, `>` an override that fixed its zone before any
    field was read), and the candidates with their scores.
    """
    yield f"charset  {document.decoded.charset}, mojibake {document.decoded.mojibake:.3f}"
    yield "kind     " + ("article" if isinstance(result, Article) else f"no article: {result.reason}")
    for name in ZONES:
        if name in overrides:
            yield f"hint     {name}: {overrides[name].name}, {len(told_lines(document, name))} lines"
    if profile:
        yield f"profile  {profile.version} of {profile.host}, from {profile.articles} articles"
    for name in FIELDS:
        yield f"\n{name}"
        yield from _field(document, name, overrides)
        for line in _WEIGHED[name](document) if name in _WEIGHED else ():
            yield f"      {line}"


def _field(document: Document, name: str, overrides: Mapping[str, Finder[object]]) -> Iterator[str]:
    """Yield what each finder of a field proposes."""
    won = False
    for finder, values in candidates(document, name, overrides):
        hints = name in ZONES and name in overrides and finder == overrides[name].name
        mark = ">" if hints else "=" if values and not won else " "
        won = won or (bool(values) and not hints)
        more = f"; … {len(values)} in all" if len(values) > _SHOWN else ""
        yield f"  {mark} {finder}: {'; '.join(map(_short, values[:_SHOWN])) or '–'}{more}"


def _short(value: object, width: int = _WIDTH) -> str:
    text = f"[{value.section or '–'}] {value.title}" if isinstance(value, Link) else str(value)
    text = text.replace("\n", " ⏎ ")
    return text if len(text) <= width else f"{text[:width]}…"


def _headlines(document: Document) -> list[str]:
    """Yield the title by `<title>`, metas and JSON-LD, and the lines that were scored against it."""
    found = find_headline(document)
    best = sorted(dict.fromkeys(found.weighed if found else ()), reverse=True)[:_SHOWN]
    claimed = [f"claimed         {_short(claim)}" for claim in claims(document)]
    return claimed + [f"shown, {weight:5.2f}    {_short(text)}" for weight, text in best]


def _dates(document: Document) -> list[str]:
    """Yield every date that the page gives for the article, with its place."""
    return [
        f"{place}: {date.isoformat() if isinstance(date, Moment) else date}" for place, date in dates_found(document)
    ]


def _zones(document: Document) -> Iterator[str]:
    """Yield the lines from above the headline to below the story: zone, scores, text, and the largest weights.

    The four scores are for being a line of the story, a line in a gap of it, its first line, and the first after it.
    """
    lines, run, scores = walk(document).lines, story_run(document), line_scores(document)
    shown = [*headline_lines(document), *run.lines]
    if not shown:
        return
    zones = _named(document)
    for number in range(max(0, min(shown) - _AROUND), min(len(lines), max(shown) + 1 + _AROUND)):
        part = _decisive(run.roles, number)
        sums = "".join(f"{max(score, -99.9):7.1f}" for score in scores[number])
        why = (
            ""
            if zones[number] in {"furniture", "hidden"}
            else f"  · {part.name.lower()}{_weights(document, number, part)}"
        )
        yield f"{zones[number]:10}{sums}  {_short(lines[number].text, _LINE)}{why}"


def _named(document: Document) -> list[str]:
    """Return the role that each line of the page was given."""
    lines, told = walk(document).lines, story(document)
    zones = [role.name.lower() for role in story_run(document).roles]
    if told and not told.in_script:
        kept = {fold(paragraph.text) for paragraph in told.paragraphs}
        dropped = {paragraph.text: paragraph.why or "" for paragraph in told.dropped}
        for number in told.lines:
            zones[number] = "story" if fold(lines[number].text) in kept else zones[number]
        for number, line in enumerate(lines):
            if line.text in dropped and zones[number] != "before":
                zones[number] = dropped[line.text]
    near = nearby(document)
    bylines = {id(line) for line in (*near.above, *near.below) if near.is_byline(line)}
    for number, line in enumerate(lines):
        if id(line) in bylines:
            zones[number] = "byline"
    for number in headline_lines(document):
        zones[number] = "headline"
    for number, zone in apart(document).items():
        zones[number] = zone
    return ["hidden" if unseen else zone for zone, unseen in zip(zones, hidden_lines(document), strict=True)]


def _decisive(roles: list[Role], number: int) -> Part:
    """Return the score that decided on a line: as first line of the story, line of it, of a gap, or first after it."""
    before = roles[number - 1] if number else Role.BEFORE
    if roles[number] is Role.GAP:
        return Part.GAP
    if roles[number] is Role.STORY and before is Role.BEFORE:
        return Part.START
    return Part.END if roles[number] is Role.AFTER and before is Role.STORY else Part.STORY


def _weights(document: Document, number: int, part: Part) -> str:
    """Return the largest weights for or against a line."""
    features = line_features(document)[number]
    found = [
        (table[bucket][part], name)
        for name, table, bucket in zip(FAMILIES, WEIGHTS.of, features, strict=True)
        if bucket < len(table) and abs(table[bucket][part]) >= _LEAST
    ]
    found.sort(key=lambda item: -abs(item[0]))
    return "".join(f" {name} {weight:+.1f}" for weight, name in found[:_TOLD])


_WEIGHED: dict[str, Callable[[Document], list[str] | Iterator[str]]] = {
    "title": _headlines,
    "published": _dates,
    "body": _zones,
}
