"""Find the site's name in `<title>`: the common ending or beginning of its pages' titles."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from newscrawl.extract.zones.host import FEWEST_PAGES
from newscrawl.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEAM = re.compile(r"\s*[-_|｜丨—–―»>]+\s*")
_SEAM_BEHIND = re.compile(r"\s*[-_|｜丨—–―»>：:]+\s*")  # 某某网：headline
_LONGEST, _SHORTEST = 60, 3  # characters, seam and name
_SAME = 0.8  # the share of titles with the site's name
_CHANNEL, _LONGEST_CHANNEL = 0.1, 12  # the share of titles with the same channel before it, its characters
_FEWEST = 5  # such titles
_PROVEN = 0.5  # the share of headlines, of titles without a seam, that are the title without the name


def site_names(titles: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """What to cut from titles, the longest first; each title is given with the headline its page shows, folded."""
    times = Counter(title for title, _ in titles)
    same, count = times.most_common(1)[0]
    if count >= _SAME * len(titles):  # the same on every page
        return (same,) if same else ()
    names = sorted(times.keys() - {""})
    if len(names) < FEWEST_PAGES:
        return ()
    end, start = _common_end(names, titles), _common_start(names)
    found = {end, start, *(_channels(names, end) if end else ())} - {""}
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def _common(names: Sequence[str]) -> str:
    """The longest end that nearly all names share."""
    best = ""
    for length in range(1, _LONGEST):
        ends = Counter(name[-length:] for name in names if len(name) > length)
        end, count = max(ends.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        if count < _SAME * len(names):
            break
        best = end
    return best


def _common_end(names: Sequence[str], titles: Sequence[tuple[str, str]]) -> str:
    end = _common(names)
    if seam := _SEAM.search(end):
        return end[seam.start() :] if len(end) - seam.start() >= _SHORTEST else ""
    for begin in range(len(end) - _SHORTEST + 1):
        cut = end[begin:]
        proven = sum(title.endswith(cut) and fold(title.removesuffix(cut)) == headline for title, headline in titles)
        if proven >= _PROVEN * len(titles):
            return cut
    return ""


def _common_start(names: Sequence[str]) -> str:
    """A common beginning, up to its last seam."""
    start = _common([name[::-1] for name in names])[::-1]
    seams = list(_SEAM_BEHIND.finditer(start))
    cut = start[: seams[-1].end()] if seams else ""
    return cut if len(cut) >= _SHORTEST else ""


def _channels(names: Sequence[str], end: str) -> list[str]:
    """Ends with a channel's name before the site's, as many titles have them."""
    before: Counter[str] = Counter()
    for name in names:
        rest = name.removesuffix(end)
        seams = list(_SEAM.finditer(rest)) if rest != name else []
        if seams and seams[-1].start() > 0 and len(rest) - seams[-1].end() <= _LONGEST_CHANNEL:
            before[rest[seams[-1].start() :] + end] += 1
    return [channel for channel, count in before.items() if count >= max(_FEWEST, _CHANNEL * len(names))]
