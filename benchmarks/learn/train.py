"""Learn the weights of the story's run from labelled pages, by an averaged structured perceptron with a margin.

Method: Taskar and others, "Max-margin Markov networks" (2003), by sub-gradient steps (AdaGrad); a wrong line costs its
share of the page's gold characters, since the body's score counts them. In each step some families are left out, so
that none is trusted alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from newscrawl.extract.zones.features import FAMILIES
from newscrawl.extract.zones.sequence import Part, Role, Weights, best_roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.learn.pages import Example

_SEEDS, _ROUNDS, _RATE, _DECAY, _DROPOUT = 3, 5, 0.2, 5e-4, 0.3
_OUTSIDE = (Role.BEFORE, Role.AFTER)


def learn(pages: Sequence[Example], *, rounds: int = _ROUNDS, seeds: int = _SEEDS) -> Weights:
    """Learn from pages, in several random orders whose weights are averaged; the same pages give the same weights."""
    sizes = [1 + max(int(page.features[:, family].max()) for page in pages) for family in range(len(FAMILIES))]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    learnt = [_learn_once(pages, starts, sum(sizes), rounds, seed) for seed in range(1, seeds + 1)]
    kept = np.round(np.mean([weights for weights, _ in learnt], axis=0) * (1 - _DROPOUT), 2)
    gaps = np.round(np.mean([gaps for _, gaps in learnt], axis=0), 2)
    table = [
        [tuple(row) for row in kept[start : start + size].tolist()] for start, size in zip(starts, sizes, strict=True)
    ]
    return Weights(table, *gaps.tolist())


def _learn_once(
    pages: Sequence[Example], starts: np.ndarray, size: int, rounds: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Weights (features × parts) and what gaps cost, averaged over the steps of one random order."""
    random = np.random.default_rng(seed)
    weights, gaps = np.zeros((size, len(Part))), np.zeros(2)
    sums, gap_sums = np.zeros_like(weights), np.zeros(2)
    squares, gap_squares = np.ones_like(weights), np.ones(2)
    numbered = [page.features + starts for page in pages]
    for _ in range(rounds):
        for which in random.permutation(len(pages)):
            page = pages[which]
            features = numbered[which][:, random.random(len(FAMILIES)) >= _DROPOUT]
            read = best_roles_against(page, weights[features].sum(1), gaps)
            if (read != page.roles).any():
                gradient, gap_gradient = np.zeros_like(weights), np.zeros(2)
                _count(features, page.roles, 1.0, gradient, gap_gradient)
                _count(features, read, -1.0, gradient, gap_gradient)
                squares += gradient**2
                weights += _RATE * gradient / np.sqrt(squares)
                gap_squares += gap_gradient**2
                gaps += _RATE * gap_gradient / np.sqrt(gap_squares)
                weights *= 1 - _DECAY
            sums += weights
            gap_sums += gaps
    steps = rounds * len(pages)
    return sums / steps, gap_sums / steps


def best_roles_against(page: Example, scores: np.ndarray, gaps: np.ndarray) -> np.ndarray:
    """The best-scoring reading of a page when each wrong line adds its cost to the score: the worst mistake.

    Whether a line outside is BEFORE, AFTER or in a GAP makes no difference to the body, and costs nothing.
    """
    story = page.roles == Role.STORY
    costs = np.where(story, -page.costs, page.costs)  # to read it as story, against to leave it out
    tempting = scores.copy()
    tempting[:, Part.STORY] += costs
    return np.array(best_roles([tuple(row) for row in tempting.tolist()], float(gaps[0]), float(gaps[1])))


def _count(features: np.ndarray, roles: np.ndarray, sign: float, gradient: np.ndarray, gaps: np.ndarray) -> None:
    """Add the features of a reading to a gradient."""
    story = np.flatnonzero(roles == Role.STORY)
    np.add.at(gradient[:, Part.STORY], features[story].ravel(), sign)
    np.add.at(gradient[:, Part.GAP], features[roles == Role.GAP].ravel(), sign)
    np.add.at(gradient[:, Part.START], features[story[0]], sign)
    if story[-1] + 1 < len(roles):
        np.add.at(gradient[:, Part.END], features[story[-1] + 1], sign)
    gaps[0] += sign * np.count_nonzero((roles[:-1] == Role.STORY) & (roles[1:] == Role.GAP))
    gaps[1] += sign * np.count_nonzero((roles[:-1] == Role.GAP) & (roles[1:] == Role.STORY))
