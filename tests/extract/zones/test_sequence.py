"""The best run of lines: compared with all possible runs, and with the shipped weights."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.zones.features import FAMILIES
from newscrawl.extract.zones.sequence import WEIGHTS, Part, Role, best_roles

NEXT = {
    Role.BEFORE: {Role.BEFORE, Role.STORY},
    Role.STORY: {Role.STORY, Role.GAP, Role.AFTER},
    Role.GAP: {Role.GAP, Role.STORY},
    Role.AFTER: {Role.AFTER},
}
number = st.integers(-9, 9).map(float)


def worth(roles, scores, to_gap, to_story):
    total = 0.0
    for role, score in zip(roles, scores, strict=True):
        total += score[role - 1] if role in {Role.STORY, Role.GAP} else 0.0
    first = roles.index(Role.STORY)
    total += scores[first][Part.START]
    if Role.AFTER in roles:
        total += scores[roles.index(Role.AFTER)][Part.END]
    steps = list(pairwise(roles))
    return total + to_gap * steps.count((Role.STORY, Role.GAP)) + to_story * steps.count((Role.GAP, Role.STORY))


def every_reading(count):
    for roles in product(Role, repeat=count):
        fits = roles[0] in {Role.BEFORE, Role.STORY} and roles[-1] in {Role.STORY, Role.AFTER}
        if fits and all(after in NEXT[before] for before, after in pairwise(roles)):
            yield roles


@given(st.lists(st.tuples(number, number, number, number), min_size=1, max_size=5), number, number)
def test_no_reading_is_worth_more(scores, to_gap, to_story):
    found = best_roles(scores, to_gap, to_story)
    best = max(worth(roles, scores, to_gap, to_story) for roles in every_reading(len(scores)))
    assert worth(found, scores, to_gap, to_story) == pytest.approx(best)


def test_the_weights_fit_the_features():
    assert len(WEIGHTS.of) == len(FAMILIES)
    assert all(table and all(len(weights) == len(Part) for weights in table) for table in WEIGHTS.of)


def test_a_bucket_that_no_page_had_says_nothing():
    assert WEIGHTS.scores((999,) * len(FAMILIES)) == (0.0, 0.0, 0.0, 0.0)
