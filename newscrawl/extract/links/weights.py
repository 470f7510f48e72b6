"""The learnt weights of links and breadcrumbs; a score is the sum of the weights of all features."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ALWAYS = "always"  # the constant
ALONE, IN_BLOCK, BREADCRUMB = "alone", "in a block", "breadcrumb"


@cache
def weights() -> dict[str, dict[str, float]]:
    """By stage: of links `alone`, before they are put together, and `in a block`; of what may be a breadcrumb."""
    stages: dict[str, dict[str, float]] = json.loads(files(__package__).joinpath("weights.json").read_text("utf-8"))
    return stages


def score(stage: str, names: Iterable[str]) -> float:
    """The sum of its weights; above 0 it is a link to an article, or the breadcrumb."""
    return weights()[stage][ALWAYS] + added(stage, names)


def added(stage: str, names: Iterable[str]) -> float:
    """The sum of the weights of names."""
    known = weights()[stage]
    return sum([known[name] for name in names if name in known])
