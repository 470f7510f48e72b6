"""China's administrative divisions: their codes (GB/T 2260), and the places that a text names."""

from __future__ import annotations

from newscrawl.places.divisions import DIVISIONS, Division, codes_of, division_of, lies_in
from newscrawl.places.finder import Place, find
from newscrawl.places.regions import BY_CODE, NAMES, REGIONS

__all__ = [
    "BY_CODE",
    "DIVISIONS",
    "NAMES",
    "REGIONS",
    "Division",
    "Place",
    "codes_of",
    "division_of",
    "find",
    "lies_in",
]
