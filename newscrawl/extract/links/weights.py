"""The learnt weights of what holds for a link: added up, they say whether it leads to another article."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

ALWAYS = "always"  # what holds for any link
ALONE, IN_BLOCK = "alone", "in a block"


@cache
def weights() -> dict[str, dict[str, float]]:
    """By stage: of links `alone`, before they are put together, and `in a block`."""
    stages: dict[str, dict[str, float]] = json.loads(files(__package__).joinpath("weights.json").read_text("utf-8"))
    return stages


def score(stage: str, names: list[str]) -> float:
    """What holds for a link, weighed: above 0 it is rather an article's."""
    return weights()[stage][ALWAYS] + added(stage, names)


def added(stage: str, names: list[str]) -> float:
    """The sum of the weights of names."""
    known = weights()[stage]
    return sum([known[name] for name in names if name in known])
