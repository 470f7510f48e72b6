"""Values in a page's inline scripts, found by name without reading scripts of megabytes with a regular expression."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

_LEAD = 3  # characters of a name looked for first


def values_after(script: str, names: Iterable[str], value: re.Pattern[str], limit: int = 200) -> Iterator[str]:
    """Give the first group of `value` where it matches right behind a name; `limit` places are tried for a name."""
    leads: dict[str, int] = {}  # where the first is; several names begin alike
    for name in names:
        lead = name[:_LEAD]
        if (first := leads.get(lead)) is None:
            first = leads[lead] = script.find(lead)
        end = first if first >= 0 else len(script)
        for _ in range(limit):
            if (at := script.find(name, end)) < 0:
                break
            end = at + len(name)
            if match := value.match(script, end):
                yield match[1]
