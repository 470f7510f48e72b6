"""The headline as the reader sees it, and where it stands.

`<title>`, metas and JSON-LD claim what the headline is, with site and channel names around it, sometimes cut off; the
page shows it somewhere. What is shown and claimed alike is the headline: its lines are scored by that agreement, by
their mark-up, and by the byline that follows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from newscrawl.extract.language import signing
from newscrawl.extract.language.byline import is_byline, reads_as_byline, tokens
from newscrawl.extract.language.furniture import line_kind
from newscrawl.extract.language.headings import heading_of, kind_of
from newscrawl.extract.language.labels import run_together
from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import INLINE, pieces, walk
from newscrawl.extract.zones.channel_names import ENOUGH, mentions_of_channel
from newscrawl.extract.zones.hints import told_headline
from newscrawl.extract.zones.host import without_known_site
from newscrawl.text import fold, han, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from newscrawl.extract.page.document import Document
    from newscrawl.extract.page.lines import Line, Walk

_TITLE_METAS = ("articletitle", "og:title", "twitter:title", "title", "headline")
# The separators of headline, channel and site in <title>: a run of bars, or a single bar with white space.
_SEAM = re.compile(
    r"(?=[\s_|｜»«>丨─﹣－—–―-])"  # what any begins with: spares most characters the rest
    r"(?:\s*(?:[-_－﹣|｜丨—–―─>»«]{2,}|[_|｜»])\s*|\s+[-－—–―/:·丨]\s*|\s*[-－—–―]\s+|(?<=[^\sA-Za-z])[-－](?=\D))"
)
_ELLIPSIS = re.compile(r"(?:…+|\.{3,})$")
_TITLE_NAME, _BADGE, _BUTTON = Cues("title_name"), Cues("badge"), Cues("badge_alone")
_SITE, _SITE_NAME, _OUTLET = Cues("site"), Cues("site_name"), Cues("outlet")
_NO_HEADLINE, _UNTITLED = Cues("turning", "document_number"), Cues("untitled")
# A breadcrumb in a heading, or a part of one: 首页 - 新闻动态
_PATH = re.compile(r"[>＞»›→/]|(?:网站|網站)?[首主][页頁]\s*[-－–—>＞»›→/|｜·]")
_SUBTITLE = ("——", "──", "--", "―")  # how a line below the headline begins
_HEADING_WEIGHT = {"h1": 0.3, "h2": 0.2, "h3": 0.15, "h4": 0.1}
_BOLD_WEIGHT = {"strong": 0.05, "b": 0.05}
_UNCLAIMED = 10  # how much more a heading's mark-up says where nothing claims to be the headline
_BYLINE_WEIGHT = 3.0
_CHANNEL_WEIGHT = 1.5  # a channel's name in <h1> over a byline is still found where nothing else is
_LONGEST_BYLINE = 60
_BYLINE_WITHIN, _BYLINE_CLOSE = 12, 3  # lines
_EXACT = 5.0  # a shown text that is a claim, as printed or without the site's name
_CONVINCING = 4.0  # agreement alone, or a heading with a byline behind it
_MARKED = 2.0  # a name that says title, on a page whose <title> names only the site
_SHOWN = 3.0  # a part of a claim far down the page, not in a link
_SHORTEST, _LONGEST = 2, 160
_LONGEST_CLAIM = 400
_SHORTEST_FIRST = 4  # characters of a claim's first word that is searched for
_FEW_BYLINES = 3
_LAST_LINES = 30  # of which one is the copyright notice
_FIRST_LINES = 800  # in which a headline is looked for by its mark-up or its byline alone
_LONGEST_LABEL = 6  # characters of a list's heading: 相关阅读, 热门文章
_LONGEST_NAME = 16  # of a site or channel
_LONGEST_CHANNEL = 8  # of a link to the channel behind a headline, in the same heading
_GENERATOR = re.compile("powered by ", re.IGNORECASE)  # what a CMS adds to the site's name
_fold = lru_cache(maxsize=128)(fold)  # a page's claims and candidates are compared again and again


class Headline(NamedTuple):
    """The headline, the lines of the walk it takes up (none where the page does not show it), and what was weighed."""

    text: str
    lines: range
    weighed: tuple[tuple[float, str], ...] = ()  # every candidate looked at, with its weight


def headline(document: Document) -> str | None:
    """The headline as a reader sees it; None where the page has none."""
    found = find_headline(document)
    return found.text if found else None


@analysis
def headline_lines(document: Document) -> range:
    """Which lines of the walk the headline takes up; empty where the page shows none."""
    found = find_headline(document)
    return found.lines if found else range(0)


@analysis
def headline_number(document: Document) -> int | None:
    """Number of the largest element that holds the headline alone, or of the one it begins in; None where none does."""
    lines, page = headline_lines(document), walk(document)
    if not lines:
        return None
    number = page.lines[lines[0]].start
    while (above := page.parents[number]) and lines[0] <= page.first[above] and page.last[above] <= lines[-1] + 1:
        number = above
    return number


def claims(document: Document) -> list[str]:
    """What `<title>`, metas and JSON-LD say the headline is, the likeliest first, without what the host adds to all."""
    titles = (without_known_site(document, title) for title in _printed_claims(document))
    return list(dict.fromkeys(title for title in titles if len(title) >= _SHORTEST))


def _printed_claims(document: Document) -> list[str]:
    titles = [tidy(text) for element in walk(document).noted["title"][:2] if (text := element.text)]
    for name in _TITLE_METAS:
        titles += map(tidy, document.metas.get(name, ()))
    titles += [tidy(value) for value in document.jsonld_values("headline") if isinstance(value, str)]
    return list(
        dict.fromkeys(title[:_LONGEST_CLAIM] for title in titles if len(title) >= _SHORTEST and not _UNTITLED(title))
    )


@analysis
def find_headline(document: Document) -> Headline | None:
    """Find the headline that the portal's override names, else weigh what the page claims against what it shows."""
    if (told := told_headline(document)) is None:
        claimed = claims(document)
        # A title from which the host's name was cut is a headline, even if it looks like a name: 市政务服务中心搬新址
        whole = set(claimed) - set(_printed_claims(document))
        found = _weighed(document, claimed, nothing=all(_is_site(claim) and claim not in whole for claim in claimed))
        # The <title> of all pages of a site: 新闻内容, short and shown nowhere, or the owner's name
        unshown = found is None or (not found.lines and len(found.text) <= _LONGEST_LABEL)
        shared = (unshown or _owns(walk(document), found)) and not whole
        if found and not shared:
            shared = mentions_of_channel(document, found.text, found.lines) >= ENOUGH
        shown = _weighed(document, claimed, nothing=True) if shared else None
        return shown if shown and shown.lines else found
    text, lines = told
    found = None if lines else _weighed(document, [text], nothing=False)
    return found._replace(text=text) if found else Headline(text, lines)


def _owns(page: Walk, found: Headline | None) -> bool:
    """Whether what was found is the name of the site's owner, as its copyright notice prints it.

    A notice on reprints may name the article instead: `未经允许不得转载：云溪网 » 集市开张`.
    """
    return found is not None and any(
        found.text in line.text and line_kind(line.text) == "copyright" and "转载" not in line.text
        for line in page.lines[-_LAST_LINES:]
    )


def _weighed(document: Document, claimed: list[str], *, nothing: bool) -> Headline | None:
    """Score the lines of the page by the claims; `nothing`: the claims name only the site."""
    page = walk(document)
    folded = list(
        dict.fromkeys((_fold(claim), _fold(without_site(claim)), _fold(_longest(claim))) for claim in claimed)
    )
    named = {claim for claim, _, _ in folded}
    best, best_score = None, 0.0
    weighed: list[tuple[float, str]] = []
    for stage in (_claimed(page, [] if nothing else claimed), _headings(page), _marked(page), _before_byline(page)):
        for place, lines in enumerate(stage):
            # More lines are longer than any headline; a heading left open may hold thousands.
            text = _joined(page.lines[lines.start : min(lines.stop, lines.start + _LONGEST)])
            if len(lines) == 1:
                text = _without_buttons(page, page.lines[lines.start], channel=nothing)
            mentions = mentions_of_channel(document, text, lines) if nothing else 0
            score = _score(page, lines, text, folded, mentions, nothing=nothing)
            score -= min(place, 20) * 0.05 if score > 1 else 0
            # The site's name in a heading over everything has its byline far below, behind the real headline.
            within = _BYLINE_CLOSE if nothing and _fold(text) in named else _BYLINE_WITHIN
            if score >= max(best_score, _CONVINCING) - _BYLINE_WEIGHT and has_byline_after(page, lines.stop, within):
                score += _BYLINE_WEIGHT
            score -= _CHANNEL_WEIGHT * (mentions >= ENOUGH)
            weighed.append((score, text))
            if score > best_score:
                best, best_score = Headline(text, lines), score
        beside = None if nothing or (best and _fold(best.text) in named) else _before_its_byline(page, claimed)
        if best is not None and best_score >= _CONVINCING and (beside is None or beside.lines != best.lines):
            return Headline(_completed(best.text, claimed), best.lines, tuple(weighed))
        if beside:
            return beside._replace(weighed=tuple(weighed))
    if best is not None and best_score >= (_MARKED if nothing else _SHOWN):
        return Headline(best.text, best.lines, tuple(weighed))
    unshown = next(filter(None, map(without_site, sorted(claimed, key=_is_site))), None)
    return Headline(unshown, range(0), tuple(weighed)) if unshown else None


def _before_its_byline(page: Walk, claimed: list[str]) -> Headline | None:
    """The headline that shares its line with its byline: `集市开张时间：2024-05-20`."""
    for claim in map(without_site, claimed):
        for number in page.lines_with(claim) if len(claim) > _LONGEST_LABEL else ():
            line = page.lines[number]
            if not line.linked and line.text.startswith(claim) and is_byline(line.text[len(claim) :].strip()):
                return Headline(claim, range(number, number + 1))
    return None


def _without_buttons(page: Walk, line: Line, *, channel: bool) -> str:
    """What a line says without badges and buttons in text nodes of their own, and a link to the channel at its end."""
    text, parts = line.text, [*pieces(page, line)]
    if channel and line.links == 1 and 0 < line.linked <= _LONGEST_CHANNEL and 0 < len(parts[-1]) == line.linked:
        text = text.removesuffix(parts.pop()).strip()
    while len(parts) > 1 and text.endswith(parts[-1]) and (_BUTTON(parts[-1]) or line_kind(parts[-1]) == "share"):
        text = text.removesuffix(parts.pop()).strip()
    if len(parts) > 1 and _BUTTON(parts[0]):
        text = text.removeprefix(parts[0]).strip()
    return text or line.text


def _is_site(claim: str) -> bool:
    """A claim names the site or a channel, not the article."""
    parts = [part for part in _SEAM.split(claim) if part]
    return all(
        _GENERATOR.match(part) or (len(part) <= _LONGEST_NAME and _SITE_NAME(part) is not None) for part in parts
    )


def has_byline_after(page: Walk, line: int, within: int = _BYLINE_WITHIN) -> bool:
    """A byline stands in the few lines from a line on."""
    return any(_tells_who_and_when(page, following) for following in page.lines[line : line + within])


def _tells_who_and_when(page: Walk, line: Line) -> bool:
    """Whether a line is a byline, or names who wrote; its elements are told apart where it has a time."""
    if is_byline(line.text) or signing.in_line(line.text):
        return True
    if len(line.text) > _LONGEST_BYLINE or line.linked or ":" not in line.text:
        return False
    parts = run_together(pieces(page, line))
    return parts != line.text and reads_as_byline(line.text, tokens(parts))


def without_site(title: str) -> str:
    """Cut channel, key words and site after the headline in a `<title>`, or the site before it."""
    seams = list(_SEAM.finditer(title))
    head, tail = title[: seams[0].start()] if seams else "", title[seams[-1].end() :] if seams else ""
    if (_is_outlet(head) or not han(head)) and not _is_site(tail):
        return title[seams[0].end() :].strip()
    while seams:
        kept, cut = title[: seams[-1].start()], title[seams[-1].end() :]
        shortest = _SHORTEST if len(cut) < 2 * _SHORTEST or _SITE(cut) else _SHORTEST + 1  # 中国－东盟博览会
        if (len(cut) > _LONGEST_NAME and cut.count(",") < 2) or len(_fold(kept)) < shortest:
            break
        title = kept
        seams.pop()
    if seams:
        head = title[: seams[0].start()]
        if len(head) <= _LONGEST_NAME < len(title) - len(head) and _SITE_NAME(head):
            title = title[seams[0].end() :]
    return title.strip()


def _is_outlet(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and _OUTLET(text) is not None


def _claimed(page: Walk, claimed: list[str]) -> Iterator[range]:
    """Give the lines in which a claim begins, with the lines of the same block that go on with it."""
    probes = _probes(claimed)
    folded = [_fold(claim) for claim in claimed]
    for number in sorted({number for probe in probes for number in page.lines_with(probe)}):
        line = page.lines[number]
        if len(line.text) > _LONGEST:
            continue
        stop, text = number + 1, _fold(line.text)
        while stop < len(page.lines) and page.lines[stop].block == line.block:
            text += _fold(page.lines[stop].text)
            if not any(text in claim for claim in folded):
                break
            stop += 1
        yield range(number, stop)


def _probes(claimed: list[str]) -> list[str]:
    """Choose the beginnings of claims to search for, without white space, which may differ on the page."""
    segments = [segment for claim in claimed[:4] for segment in (claim, *_SEAM.split(claim), *claim.split("：")[1:])]
    words = [max(segment.split(), key=len, default="") for segment in segments]
    first = [claim.split()[0] for claim in claimed[:4]]  # of a headline in two lines
    words += [word for word in first if len(word) >= _SHORTEST_FIRST]
    return list(dict.fromkeys(word[:6] for word in words if len(word) >= _SHORTEST))


def _headings(page: Walk) -> Iterator[range]:
    """Give the lines of the heading elements."""
    for number, tag in enumerate(page.tags):
        if tag in _HEADING_WEIGHT and page.first[number] < page.last[number]:
            yield range(page.first[number], page.last[number])


def _marked(page: Walk) -> Iterator[range]:
    """Give the lines whose element is named as a title, for pages whose `<title>` says nothing."""
    for number, line in enumerate(page.lines[:_FIRST_LINES]):
        if not line.linked and any(_names_title(page.elements[place]) for place in {line.block, line.start}):
            yield range(number, number + 1)


def _names_title(element: HtmlElement) -> bool:
    """Whether an element's class or id says title, or its name (`<founder-title>` in electronic newspapers)."""
    own = element.tag if "-" in element.tag else ""
    return _TITLE_NAME(f"{own} {element.get('class')} {element.get('id')}") is not None


def _before_byline(page: Walk) -> Iterator[range]:
    """Give the lines before the page's first bylines, the nearest first: a newspaper prints its own day over all."""
    lines = page.lines[:_FIRST_LINES]
    bylines = (number for number, line in enumerate(lines) if _tells_who_and_when(page, line))
    for first in islice(bylines, _FEW_BYLINES):
        for number in range(first - 1, max(-1, first - 6), -1):
            if not page.lines[number].links and len(page.lines[number].text) > 2 * _SHORTEST:
                yield range(number, number + 1)


def _joined(lines: list[Line]) -> str:
    return " ".join(line.text for line in lines)


def _score(
    page: Walk, lines: range, text: str, claimed: list[tuple[str, str, str]], mentions: int, *, nothing: bool
) -> float:
    """Score a candidate. `nothing`: no meta or `<title>` names a headline, so a byline below is enough.

    `mentions`: how often the page treats it as a channel.
    """
    if len(text) > _LONGEST or not (folded := _fold(text)) or text.endswith("。"):
        return 0
    agreement = 1.0 if nothing else max(_agreement(folded, *claim) for claim in claimed)
    heads_list = len(text) <= _LONGEST_LABEL and kind_of(heading_of(text)) != "other"
    heads_list = heads_list or _NO_HEADLINE(text) is not None
    if agreement < _EXACT and (len(text) < _SHORTEST or heads_list or _PATH.match(text)):
        return 0
    if agreement < _EXACT and (is_byline(text) or line_kind(text)):
        return 0
    line = page.lines[lines.start]
    above = [line.start]
    while above[-1] and len(above) < 7:
        above.append(page.parents[above[-1]])
    tags = [page.tags[number] for number in above]
    heading = max(_HEADING_WEIGHT.get(tag, 0) or _BOLD_WEIGHT.get(tag, 0) for tag in tags[:4])
    score = agreement + (_UNCLAIMED * heading if nothing else heading)
    marks = (page.elements[number] for number in above[: 2 + (tags[0] in INLINE)])
    score += any(map(_names_title, marks))
    score -= 3 * (text.startswith(_SUBTITLE) and score < _CONVINCING)
    score -= 3 * (mentions > 0)
    doubts = 3 * (line.linked > len(line.text) / 2) + 2 * ("li" in tags[:4]) + 3 * line.hidden
    # A claim shown whole outweighs one shown in part that a byline follows.
    return score + _BYLINE_WEIGHT if agreement >= _EXACT and not doubts else score - doubts


def _longest(claim: str) -> str:
    """The longest part of a claim between seams: the headline of `City News - …`, if it is no site's name."""
    return max(_SEAM.split(claim), key=han)


def _agreement(shown: str, claim: str, cut: str, longest: str) -> float:
    """How well a shown text agrees with a claim: as printed, without the site's name, its longest part; all folded."""
    if shown in {cut, claim}:
        return _EXACT
    if shown == longest and not _SITE_NAME(longest):
        return 4
    if len(shown) < _SHORTEST:  # 雪_示例新闻网: of a single character the site's name is not cut
        return _EXACT if claim.startswith(shown) else 0
    share = len(shown) / len(claim) if claim else 0
    if claim.startswith(shown):
        return 4 if share > 0.35 and len(shown) > _LONGEST_NAME / 3 else 1
    if shown in claim and (share > 0.5 or (shown in cut and len(shown) > 0.5 * len(cut))):
        return 4
    # A claim that was cut off, or leaves out a column's name in brackets.
    return 4 if cut and cut in shown and len(cut) > 0.5 * len(shown) else 0


def _completed(text: str, claimed: list[str]) -> str:
    """Complete a headline that is shown cut off (`…`) from the claims; take off a badge (原创, 图集) they leave out."""
    if badge := _BADGE(text):
        bare = text[: badge.start()] + text[badge.end() :]
        return (
            bare if any(_fold(bare) in _fold(claim) and _fold(text) not in _fold(claim) for claim in claimed) else text
        )
    if _ELLIPSIS.search(text):
        start = _fold(_ELLIPSIS.sub("", text))
        return next((cut for claim in claimed if _fold(cut := without_site(claim)).startswith(start)), text)
    return text
