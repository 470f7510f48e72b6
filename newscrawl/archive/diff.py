"""A readable diff of two texts: by paragraph, with the changed characters marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Below this likeness two paragraphs are shown one after the other: marks on every other character help nobody.
_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an article's history: what is "first seen", "revised", "suspected", "gone" or "returned"."""

    at: str  # UTC
    what: str
    detail: str  # the title at first, the evidence of an event, the changes of a revision as plain text
    changes: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # of a revision: `diff` by field


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
    """Write a diff as plain text, tag first; of the same paragraphs only those within `context` of a change."""
    changed = [index for index, (tag, _) in enumerate(changes) if tag != " "]
    near = {index + shift for index in changed for shift in range(-context, context + 1)}
    return "\n".join(f"{tag} {line}" for index, (tag, line) in enumerate(changes) if index in near)


def steps(versions: Sequence[dict[str, Any]], events: Sequence[dict[str, Any]]) -> list[Step]:
    """Put an article's versions (oldest first) and events in one order, each version against the one before."""
    result = [Step(version["seen_at"], "first seen", version["title"] or "") for version in versions[:1]]
    for before, after in pairwise(versions):
        changes = {
            name: diff(before[name] or "", after[name] or "")
            for name in ("title", "published", "source", "body")
            if before[name] != after[name]
        }
        detail = "\n".join(f"{name}:\n{render(change)}" for name, change in changes.items())
        result.append(Step(after["seen_at"], "revised", detail, changes))
    result += [Step(event["at"], event["kind"], event["evidence"]) for event in events]
    return sorted(result, key=lambda step: step.at)


def _replaced(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Pair the paragraphs of a changed stretch in order; pairs too unlike are one gone and one added."""
    for index in range(max(len(before), len(after))):
        if index >= len(after):
            yield "-", before[index]
        elif index >= len(before):
            yield "+", after[index]
        else:
            yield from _changed(before[index], after[index])


def _changed(old: str, new: str) -> Iterator[tuple[str, str]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
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
