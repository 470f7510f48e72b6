"""Trim the edges of a story: take off headline and byline above it, credits and lists of links below it.

What stands between them is corrected after that: headings of a digest stay, repeats and an invitation go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newscrawl.extract.language import signing
from newscrawl.extract.language.byline import is_byline, is_credit, tells_event
from newscrawl.extract.language.furniture import line_kind
from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.zones.wording import are_annexes
from newscrawl.text import fold, han

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newscrawl.extract.page.lines import Line, Walk

_HEAD_LINES = 8  # how far below the top of the element headline and byline are looked for
# Kinds of lines that end a story, and how much text may follow them, as a share of the text above.
_TERMINATORS = {
    "copyright": 0.4,
    "comment": 0.4,
    "imprint": 0.4,
    "related": 0.2,
    "share": 0.2,
    "credit": 0.2,
    "pager": 0.2,
}
_MOST_COMMENTS = 2.0  # the same for a line that counts or names the comments below it
_LONGEST_LABEL = 12  # characters
_LONGEST_CLOSING = 80  # characters at the end of a story that may be its editor's credit
_SENTENCE_ENDS = ("。", "！", "？", "”", "；")
_MAY_BE_TEXT = frozenset(("copyright", "promo", "share", "comment"))
_MAY_BE_CREDIT = re.compile("[编編来來审審校記记作撰文图圖监監统統签簽选選]")
_ORIGINAL, _TOWN, _CLOSING_CREDIT = Cues("original_title"), Cues("town"), Cues("closing_credit")
_COMMENTS, _LEAD, _INVITES = Cues("comments", "comment_rules"), Cues("lead"), Cues("invitation")
_LINKED, _FEWEST_HEADS = frozenset(("link", "gap")), 3  # why a link is no text; links over paragraphs in a digest
_SHORTEST_SUMMARY, _LONGEST_HEADING = 12, 40
_MOST_COUNTERS, _PARAGRAPHS = 2, 6  # between a summary and the paragraphs that it repeats the beginning of


def trim(
    lines: Sequence[Line],
    kinds: Sequence[str | None],
    values: Sequence[float],
    title: str | None,
    title_line: int = -1,
    *,
    ends: bool = True,
) -> list[str | None]:
    """Give for each line the reason why it is not part of the story; None for a line that is.

    Args:
        lines: the lines of the element that holds the story.
        kinds: what kind of furniture each is, None for text.
        values: how many characters of text each line adds to the story, 0 for furniture.
        title: the page's headline.
        title_line: where among the lines the headline's element ends, negative when it is not among them.
        ends: drop what follows the end of the story; False where an override names the story's lines.
    """
    reasons = _read_singly(lines, kinds)
    kept_length = sum(len(lines[number].text) for number in _kept(reasons))
    if title_line >= 0 and sum(len(lines[n].text) for n in _kept(reasons[:title_line])) <= 0.5 * kept_length:
        reasons[: title_line + 1] = [why or "headline" for why in reasons[: title_line + 1]]
    _trim_head(lines, reasons, fold(title or ""))
    _mark_credits(lines, reasons)
    _restore(lines, reasons, values)
    if ends:
        _trim_tail(lines, reasons, values)
        _trim_label(lines, reasons)
    return reasons


def closing_credit(text: str) -> tuple[str, str]:
    """Split the editor's credit, or a link back to the home page, from the end of the last paragraph."""
    start = max(0, len(text) - _LONGEST_CLOSING)
    match = _CLOSING_CREDIT(text[start:])
    start += match.start() if match else 0
    if match and start and text[start - 1] in "。！？”）)…":
        return text[:start], text[start:]
    return text, ""


def _read_singly(lines: Sequence[Line], kinds: Sequence[str | None]) -> list[str | None]:
    """The reason why each line alone is not text. Annexes (附件) are text, although they are links."""
    reasons = []
    for line, kind, annex in zip(lines, kinds, are_annexes(line.text for line in lines), strict=True):
        why = kind or ("comment" if _COMMENTS(line.text) else _not_text(line))
        reasons.append(None if annex and why == "link" else why)
    return reasons


def _not_text(line: Line) -> str | None:
    """A line that is mostly link text is not part of the story, unless it is a sentence."""
    if line.linked * 2 <= len(line.text):
        return None
    ends = ("。", "！", "？", "”", "）") if line.linked < len(line.text) else ("。",)  # headlines end in ？ as well
    if line.links <= 2 and line.text.endswith(ends):
        return None
    return (line_kind(line.text) if len(line.text) < 20 else None) or "link"


def _kept(reasons: list[str | None]) -> list[int]:
    return [number for number, why in enumerate(reasons) if why is None]


def _trim_head(lines: Sequence[Line], reasons: list[str | None], title: str) -> None:
    """Drop the headline (one or more lines), the byline, and every line above them."""
    kept = _kept(reasons)
    limit = 0.15 * sum(len(lines[number].text) for number in kept)
    above = taken = lead = 0
    for position, number in enumerate(kept[:_HEAD_LINES]):
        text, below = lines[number].text, lines[number + 1].text if number + 1 < len(lines) else ""
        why = "headline" if taken else None
        if not taken and (taken := _headline_lines([lines[n].text for n in kept[position : position + 4]], title)):
            why = "headline"
        elif not taken and not _goes_on(text) and (is_byline(text) or _is_signed(text, above)):
            why = None if tells_event(text, below) else "byline"
        taken = max(taken - 1, 0)
        if why is None:
            above += len(text)
            lead = len(text) if not position and _is_lead(lines, reasons, number) else lead
        elif above - lead <= limit and number != kept[-1]:  # a line with nothing below it ends the story
            for before in range(number + 1):
                if before == number or not _is_lead(lines, reasons, before):
                    reasons[before] = reasons[before] or why


def _goes_on(text: str) -> bool:
    """Whether a line goes on in the next one, and does not end with a counter: `来源：云溪日报 点击：`."""
    return text.endswith(("，", "、")) or (text.endswith("：") and text.count("：") == 1)


def _is_lead(lines: Sequence[Line], reasons: list[str | None], number: int) -> bool:
    """Whether a line above the byline is a lead: a sentence directly below the headline, or the first line."""
    return (not number or reasons[number - 1] == "headline") and lines[number].text.endswith("。")


def _is_signed(text: str, above: int) -> bool:
    """Whether the first line of the story only names its reporters. With a town (／嘉義報導) it is a dateline."""
    return not above and bool(signing.in_line(text)) and not _TOWN(text)


def _headline_lines(texts: Sequence[str], title: str) -> int:
    """How many of the lines, from the first on, make up the headline."""
    if not title:
        return 0
    read = ""
    for count, text in enumerate(texts, 1):
        part = text if read else _ORIGINAL.without(text)
        read += fold(part) if len(part) < 100 else ""
        if not read or not (title.startswith(read) or read.startswith(title)):
            return 0
        if read.startswith(title):
            return count if len(read) <= len(title) + 4 else 0
    return 0


def _mark_credits(lines: Sequence[Line], reasons: list[str | None]) -> None:
    kept = _kept(reasons)
    for number in kept[len(kept) // 3 :]:
        text = lines[number].text
        if len(text) < 80 and _MAY_BE_CREDIT.search(text) and is_credit(text):
            reasons[number] = "credit"
            # An author line between two credits is a credit too; alone it is the story's signature.
            if number > 1 and reasons[number - 1] is None and reasons[number - 2] == "credit":
                reasons[number - 1] = "credit" if is_byline(lines[number - 1].text) else None


def _restore(lines: Sequence[Line], reasons: list[str | None], values: Sequence[float]) -> None:
    """Keep a full sentence in the middle of the story, although it reads like furniture."""
    kept = _kept(reasons)
    total = sum(values[number] for number in kept)
    before = 0.0
    for number, line in enumerate(lines):
        why = reasons[number]
        if why is None:
            before += values[number]
        elif why in _MAY_BE_TEXT and 0.1 * total < before < 0.7 * total:
            sentence = len(line.text) >= 30 and line.text.endswith(_SENTENCE_ENDS)
            reasons[number] = None if sentence else why


def _trim_tail(lines: Sequence[Line], reasons: list[str | None], values: Sequence[float]) -> None:
    """Find the line that ends the story (credit, notice, list) and drop everything after it, if little text follows."""
    total = sum(values[number] for number in _kept(reasons))
    before = 0.0
    for number in range(len(lines)):
        why = reasons[number]
        if why is None:
            before += values[number]
        elif total - before <= _share(lines[number], why) * before:
            for after in range(number, len(lines)):
                reasons[after] = reasons[after] or f"after {why}"
            return


def _trim_label(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """Drop a last line that is the label (股价资料：) of what follows the story."""
    last = max(_kept(reasons), default=0)
    if last and len(lines[last].text) <= _LONGEST_LABEL and lines[last].text.endswith(("：", ":")):
        reasons[last] = "related"


def _share(line: Line, why: str) -> float:
    """How much text may follow a line that ends the story, as a share of the text above; negative where it does not."""
    return _MOST_COMMENTS if why == "comment" and _COMMENTS(line.text) else _TERMINATORS.get(why, -1.0)


def correct(page: Walk, lines: Sequence[Line], reasons: list[str | None]) -> None:
    """Change the reasons why lines are not text, after the edges are trimmed."""
    _keep_headings(lines, reasons)
    _drop_repeats(lines, reasons)
    _drop_invitation(page, lines, reasons)


def _keep_headings(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """Keep the links of a digest: several of them, each alone over the paragraph that tells it."""
    links = (n for n in range(len(lines) - 1) if lines[n].links == 1 and reasons[n] in _LINKED)
    heads = [n for n in links if reasons[n + 1] is None and (n == 0 or reasons[n - 1] is None)]
    if len(heads) >= _FEWEST_HEADS:
        for number in heads:
            reasons[number] = None


def _drop_repeats(lines: Sequence[Line], reasons: list[str | None]) -> None:
    """Drop a summary that repeats the beginning of a paragraph, and the second copy of a story."""
    kept = [number for number, why in enumerate(reasons) if why is None]
    text = lines[kept[0]].text if kept else ""
    top = _LEAD.without(text).strip("…. ")
    # A label, or dots at its end, tell a summary from a heading, or a sentence that the story begins and ends with.
    least, fewest = (_SHORTEST_SUMMARY, 2) if len(top) < len(text) else (_LONGEST_HEADING, 4)
    again = [number for number in kept[1:] if lines[number].text.startswith(top)]
    whole = kept[1:2] == again[:1] and text.endswith("。")
    if again and (whole or (len(kept) >= fewest and len(top) > least)):
        reasons[kept[0]] = "repeat"
    elif len(top) > _LONGEST_HEADING and (below := _repeated_below(lines, kept)):
        for number in kept[:below]:
            reasons[number] = "repeat"
    kept = [number for number in kept if reasons[number] is None and len(lines[number].text) > 40]
    first: dict[str, int] = {}
    copies = [number for number in kept if first.setdefault(lines[number].text, number) != number]
    if len(copies) > 0.4 * len(kept):  # the whole story once more, for another screen
        for number in copies:
            reasons[number] = "repeat"


def _drop_invitation(page: Walk, lines: Sequence[Line], reasons: list[str | None]) -> None:
    """Drop a first line with a link in an element of its own that invites to something else."""
    kept = [number for number, why in enumerate(reasons) if why is None]
    line = lines[kept[0]] if len(kept) > 1 else None
    box = page.parents[line.block] if line else 0
    if line and line.links and page.last[box] - page.first[box] == 1 and _INVITES(line.text):
        reasons[kept[0]] = "promo"


def _repeated_below(lines: Sequence[Line], kept: list[int]) -> int:
    """How many lines, counters as well, stand over the paragraphs whose beginning the first line repeats as one."""
    top = "".join(lines[kept[0]].text.split()).rstrip("….")
    for below in range(1, min(len(kept), _MOST_COUNTERS + 2)):
        run = "".join("".join(lines[number].text.split()) for number in kept[below : below + _PARAGRAPHS])
        if run.startswith(top):
            return below
        if han(lines[kept[below]].text):
            break
    return 0
