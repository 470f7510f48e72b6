"""Values in a page's inline scripts, found by name without reading scripts of megabytes with a regular expression."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

_LEAD = 3  # characters of a name looked for first


def values_after(script: str, names: Sequence[str], value: re.Pattern[str], limit: int = 200) -> Iterator[str]:
    """Give the first group of `value` where it matches right behind a name; `limit` places are tried for a name."""
    leads: dict[str, int] = {}  # where the first is
    shared = Counter(name[:_LEAD] for name in names)
    for name in names:
        lead, end = name[:_LEAD], 0
        if shared[lead] > 1:  # several names begin alike: what is not there is looked for once
            if lead not in leads:
                first = script.find(lead)
                leads[lead] = first if first >= 0 else len(script)
            end = leads[lead]
        for _ in range(limit):
            if (at := script.find(name, end)) < 0:
                break
            end = at + len(name)
            if match := value.match(script, end):
                yield match[1]
