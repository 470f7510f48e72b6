"""A readable diff of two texts: by paragraph, with the changed characters marked."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Paragraphs less alike than this are shown one after the other: marks on every second character are unreadable.
_ALIKE = 0.4
_MOST_PAIRS = 6400  # most pairs of paragraphs compared to match old with new ones: some seconds at the worst
_MOST_MATCHES = (
    250_000  # pairs of equal characters: 3,000 characters of prose have some 50,000, a repeated character 9 million
)


def diff(old: str, new: str) -> list[tuple[str, str]]:
    """Compare two texts by paragraph.

    Returns:
        Pairs of a tag and a paragraph: " " the same, "-" gone, "+" added, "~" changed, where `[-…-]` marks the
        characters taken out and `{+…+}` those put in.
    """
    before, after = old.splitlines(), new.splitlines()
    result: list[tuple[str, str]] = []
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            result += [(" ", line) for line in before[old_start:old_end]]
        else:
            result += _replaced(before[old_start:old_end], after[new_start:new_end])
    return result


def render(changes: Sequence[tuple[str, str]], context: int = 0) -> str:
    """Write a diff as plain text, tag first; unchanged paragraphs are shown only within `context` of a change."""
    changed = [index for index, (tag, _) in enumerate(changes) if tag != " "]
    near = {index + shift for index in changed for shift in range(-context, context + 1)}
    return "\n".join(f"{tag} {line}" for index, (tag, line) in enumerate(changes) if index in near)


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Compare a changed stretch: pair similar paragraphs in order; the others are removed or added."""
    place, other = 0, 0
    for old, new in [*_paired(before, after), (len(before), len(after))]:
        yield from (("-", paragraph) for paragraph in before[place:old])
        yield from (("+", paragraph) for paragraph in after[other:new])
        if old < len(before):
            yield from _changed(before[old], after[new])
        place, other = old + 1, new + 1


def _paired(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Pair paragraphs so that the total similarity of all pairs is greatest; in long stretches simply by order."""
    if len(before) * len(after) > _MOST_PAIRS:
        return [(place, place) for place in range(min(len(before), len(after)))]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]  # best total from each pair of places on
    alike = [[0.0] * len(after) for _ in before]
    for new in reversed(range(len(after))):
        matcher = SequenceMatcher(None, "", after[new], autojunk=False)
        for old in reversed(range(len(before))):
            if not _is_monotonous(before[old], after[new]):
                matcher.set_seq1(before[old])
                alike[old][new] = _likeness(matcher)
    for old in reversed(range(len(before))):
        for new in reversed(range(len(after))):
            together = best[old + 1][new + 1] + alike[old][new] if alike[old][new] else 0.0
            best[old][new] = max(best[old + 1][new], best[old][new + 1], together)
    pairs, old, new = [], 0, 0
    while old < len(before) and new < len(after):
        if alike[old][new] and best[old][new] == best[old + 1][new + 1] + alike[old][new]:
            pairs.append((old, new))
            old, new = old + 1, new + 1
        elif best[old][new] == best[old + 1][new]:
            old += 1
        else:
            new += 1
    return pairs


def _is_monotonous(old: str, new: str) -> bool:
    """Return whether so many characters are equal that comparing the paragraphs would take seconds."""
    if len(old) * len(new) <= _MOST_MATCHES:
        return False
    after = Counter(new)
    return sum(count * after[character] for character, count in Counter(old).items()) > _MOST_MATCHES


def _likeness(matcher: SequenceMatcher[str]) -> float:
    """Return the similarity of two paragraphs, 0 below _ALIKE; cheap upper bounds avoid most of the work."""
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= _ALIKE else 0.0


def _changed(old: str, new: str) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if _is_monotonous(old, new) or matcher.ratio() < _ALIKE:
        yield "-", old
        yield "+", new
        return
    pieces = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(old[old_start:old_end])
            continue
        pieces.append(f"[-{old[old_start:old_end]}-]" if old_end > old_start else "")
        pieces.append(f"{{+{new[new_start:new_end]}+}}" if new_end > new_start else "")
    yield "~", "".join(pieces)
