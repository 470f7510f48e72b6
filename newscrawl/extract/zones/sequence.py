"""The story as a run of lines: the best run by weights added up over its lines, its gaps, its beginning and its end.

The weights are data (`weights.json`, written by `make learn`): for each bucket of each family of features what it says
for a line of the story, for a line in a gap of it, for the story's first line, and for the first line behind it. Lines
outside the story have no weight, so a page with much furniture costs no more than one with little.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import IntEnum
from importlib.resources import files
from typing import TYPE_CHECKING

from newscrawl.extract.language.lexicon import Cues
from newscrawl.extract.page.analysis import analysis
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.features import FAMILIES, Features, hidden_lines, line_features, other_article
from newscrawl.extract.zones.headline import headline_lines
from newscrawl.extract.zones.hints import furniture, told_story
from newscrawl.extract.zones.host import story_place
from newscrawl.extract.zones.wording import CONTACT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newscrawl.extract.page.document import Document

Scores = tuple[float, float, float, float]  # a line's score as each `Part`
_NEVER = -1e9
# Of a hidden line: the story goes on behind it as if it were not there; so it may behind furniture, or ends before it.
_UNSEEN: Scores = (0.0, 0.0, _NEVER, 0.0)
_FURNITURE: Scores = (0.0, 0.0, _NEVER, 1.5)
CERTAIN = 1e6  # what speaks for a run of lines that an override names
# For a line where the host's stories stand, and for the first of them: a short first or last line weighs less by that.
IN_PLACE = 2.0
_CUE = FAMILIES.index("cue")
_COMMENTS = Cues("comments", "comment_rules")
# What speaks for a run over the comments, if it is the story, and for one over another article.
_LIKELY, _LEAST = 8.0, 2.0
_MOST_KNOWN = 20_000  # sets of features whose scores are kept: pages of a site share most of theirs


class Role(IntEnum):
    """The role of a line: before, in, in a gap of, or after the story. Roles only ever advance."""

    BEFORE = 0
    STORY = 1
    GAP = 2  # between lines of the story, and no part of it
    AFTER = 3


class Part(IntEnum):
    """The four cases that have weights: line of the story, line in a gap, first line, first line after the story."""

    STORY = 0
    GAP = 1
    START = 2
    END = 3


@dataclass(slots=True)
class Weights:
    """The weights of the story's run.

    Attributes:
        of: by family, by bucket: one weight for each `Part`; a bucket never seen in learning has none.
        to_gap, to_story: what entering and leaving a gap costs.
        known: the scores of sets of features seen before.
    """

    of: list[list[Scores]]
    to_gap: float
    to_story: float
    known: dict[Features, Scores] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Weights:
        """The weights the package ships."""
        data = json.loads(files(__package__).joinpath("weights.json").read_text("utf-8"))
        table = [[tuple(weights) for weights in data["families"].get(family, ())] for family in FAMILIES]
        return cls(table, *data["gap"])

    def scores(self, features: Features) -> Scores:
        """Add up the weights of a line's features."""
        found = self.known.get(features)
        if found is None:
            story = gap = start = end = 0.0
            for table, bucket in zip(self.of, features, strict=True):
                if bucket < len(table):
                    one, two, three, four = table[bucket]
                    story, gap, start, end = story + one, gap + two, start + three, end + four
            if features[_CUE] == CONTACT:  # a page's foot, where the story is a few words; it may end a notice
                start = _NEVER
            if len(self.known) > _MOST_KNOWN:
                self.known.clear()
            found = self.known[features] = story, gap, start, end
        return found


def best_roles(scores: Sequence[Scores], to_gap: float, to_story: float) -> list[Role]:
    """The sequence of roles with the highest sum of scores (Viterbi). At least one line is story."""
    before, in_it, in_gap, behind = Role.BEFORE, Role.STORY, Role.GAP, Role.AFTER
    story, gap, after = _NEVER, _NEVER, _NEVER
    came_from = []
    for of_story, of_gap, start, end in scores:
        ended, opened, back = story + end, story + to_gap, gap + to_story
        if start > story and start > back:
            into_story, story = before, start + of_story
        elif story >= back:
            into_story, story = in_it, story + of_story
        else:
            into_story, story = in_gap, back + of_story
        into_gap, gap = (in_it, opened + of_gap) if opened > gap else (in_gap, gap + of_gap)
        into_after, after = (in_it, ended) if ended > after else (behind, after)
        came_from.append((before, into_story, into_gap, into_after))
    role = Role.STORY if story >= after else Role.AFTER
    roles = []
    for ways in reversed(came_from):
        roles.append(role)
        role = ways[role]
    return roles[::-1]


WEIGHTS = Weights.load()


@dataclass(frozen=True, slots=True)
class Run:
    """A page's story as a run of lines: the role of each line of the page, and what speaks for the run in all."""

    roles: list[Role]
    score: float

    @property
    def lines(self) -> list[int]:
        """The numbers of the story's lines."""
        return [number for number, role in enumerate(self.roles) if role is Role.STORY]


@analysis
def line_scores(document: Document) -> list[Scores]:
    """The scores of each line: its weights, and a bonus where the host's stories stand; fixed scores for furniture."""
    features, hidden, out = line_features(document), hidden_lines(document), furniture(document)
    scores = [
        _FURNITURE if number in out else _UNSEEN if unseen else WEIGHTS.scores(line)
        for number, (line, unseen) in enumerate(zip(features, hidden, strict=True))
    ]
    inside = sorted(number for number in story_place(document) - out if not hidden[number])
    for number in inside:
        story, gap, start, end = scores[number]
        scores[number] = story + IN_PLACE, gap, start + IN_PLACE * (number == inside[0]), end
    return scores


@analysis
def story_run(document: Document) -> Run:
    """The lines an override names, else the best run of a page's lines."""
    if named := told_story(document):
        return _named(named, len(walk(document).lines))
    scores = line_scores(document)
    found = _best_run(document, scores)
    first = found.roles.index(Role.STORY) if Role.STORY in found.roles else 0
    # Readers' comments and their rules are no story; but 网友评论 may be a heading inside a story.
    for number, (line, role) in enumerate(zip(walk(document).lines, found.roles, strict=True)):
        if role is Role.AFTER:
            break
        cue = _COMMENTS(line.text)
        if cue and (number <= first or cue.lastgroup == "comment_rules"):
            return _run_above(document, scores, number, _LIKELY) or found
    return found


def _run_above(document: Document, scores: Sequence[Scores], number: int, least: float) -> Run | None:
    """The best run above a line, if that much speaks for it."""
    above = _best_run(document, scores[:number])
    roles = above.roles + [Role.AFTER] * (len(scores) - number)
    return Run(roles, above.score) if above.score >= least else None


def _best_run(document: Document, scores: Sequence[Scores]) -> Run:
    """The best run of the first lines of a page, up to where another article begins."""
    roles = best_roles(scores, WEIGHTS.to_gap, WEIGHTS.to_story)
    other = other_article(document)
    if other is not None and other < len(roles) and Role.STORY not in roles[:other]:
        lines, shown = walk(document).lines[:other], headline_lines(document)
        titles = {line.text for line in lines[shown.start : shown.stop]}
        top = max((number for number, line in enumerate(lines) if line.text in titles), default=-1)  # shown again, too
        under = [(*score[:2], _NEVER, score[3]) if number <= top else score for number, score in enumerate(scores)]
        if above := _run_above(document, under, other, _LEAST):
            return above
    elif other is not None and other < len(roles):
        roles[other:] = [Role.AFTER] * (len(roles) - other)
        while roles[other - 1] is Role.GAP:
            other -= 1
            roles[other] = Role.AFTER
    counted = {Role.STORY, Role.GAP}
    inside = [scores[number][role - 1] for number, role in enumerate(roles) if role in counted]
    start = next((scores[number][Part.START] for number, role in enumerate(roles) if role is Role.STORY), 0.0)
    return Run(roles, sum(inside) + start)


def _named(named: frozenset[int], size: int) -> Run:
    """The run of the lines that an override names; no weight can change it."""
    first, last = min(named), max(named)
    outside = [Role.BEFORE if number < first else Role.GAP if number < last else Role.AFTER for number in range(size)]
    return Run([Role.STORY if number in named else role for number, role in enumerate(outside)], CERTAIN)
