"""Values in a page's inline scripts, found by name without reading scripts of megabytes with a regular expression."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator


def values_after(script: str, names: Iterable[str], value: re.Pattern[str], limit: int = 20) -> Iterator[str]:
    """Give the first group of `value` where it matches right behind one of the names; at most `limit` for a name."""
    for name in names:
        given, at = 0, script.find(name)
        while at >= 0 and given < limit:
            end = at + len(name)
            if match := value.match(script, end):
                given += 1
                yield match[1]
            at = script.find(name, end)
