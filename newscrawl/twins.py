"""Recognise twins, different addresses of one article: mobile or print pages, with or without www, other channels."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from newscrawl.urls import canonical, host_of, is_twin, registered_domain

_FRONT = re.compile(r"(?:www|m|3g|amp|h5|mip|mobile|wap|touch)\d?\.(?=[^.]+\.)")
_TAIL = re.compile(r"[_-](?:0|print|wap|m|amp|mip|share)$", re.IGNORECASE)
_EXTENSION = re.compile(r"\.\w{2,5}$")
_ID = re.compile(r"[0-9a-f]{16,}|\d{4,}")
_WORD = re.compile(r"[^\W_]|-")
_MEANING = re.compile(r"\d{3}")  # in a value of a query: an id rather than a switch
_PRINTED = re.compile(r"[/_.?&=-](?:print(?:page|able)?|dayin)(?:[/_.?&=-]|$)", re.IGNORECASE)


def site_of(url: str) -> str:
    """Return the host without what marks its phone's pages or `www.`."""
    return _FRONT.sub("", host_of(url), count=1)


def twin_key(url: str) -> tuple[str, ...]:
    """Return the key that twin addresses share: the site, the article's id, and ids in the query.

    It is a hint, no proof: `t20240511_4821.html` has the same key in any folder, with `_0`, as `print/…`, at `m.` and
    `www.`.
    """
    parts = urlsplit(canonical(url))
    segments = [segment for segment in parts.path.split("/") if segment]
    name = _TAIL.sub("", _EXTENSION.sub("", segments[-1])) if segments else ""
    ids = _ID.findall(name)
    named = ids[-1] if ids else "/".join([*segments[-2:-1], name])
    return site_of(url), named, *sorted(pair for pair in parts.query.split("&") if _MEANING.search(pair))


def strangeness(url: str) -> int:
    """Count marks of a secondary address; of two twins, the one with fewer marks is kept."""
    parts = urlsplit(canonical(url))
    host = host_of(url)
    name = _EXTENSION.sub("", parts.path.rpartition("/")[2])
    switches = [pair for pair in parts.query.split("&") if pair and not _MEANING.search(pair)]
    marks = (is_twin(url), _PRINTED.search(url) is not None, name.endswith("_0"), host == registered_domain(host))
    return sum(marks) + len(switches)


@dataclass(frozen=True, slots=True)
class Rule:
    """How the addresses of two pages with one article differ: `one` stands in the place of `other`.

    Attributes:
        left: the character before, `w` for a letter or digit, `^` for the address's beginning.
        right: the character behind, `$` for the address's end.
    """

    left: str
    one: str
    other: str
    right: str

    def others(self, url: str) -> list[str]:
        """Return the addresses that an address would have at the other side of the rule."""
        scheme, _, rest = url.partition("://")
        found = (
            rest[:place] + new + rest[place + len(old) :]
            for old, new in ((self.one, self.other), (self.other, self.one))
            for place in self._places(rest, old)
        )
        return [f"{scheme}://{other}" for other in found]

    def _places(self, rest: str, old: str) -> list[int]:
        """Return where a text stands between the rule's characters; where nothing does, only one place is looked at."""
        if old:
            places = [match.start() for match in re.finditer(re.escape(old), rest)]
        elif self.left == "^":
            places = [0]
        else:
            places = [len(rest)] if self.right == "$" else [rest.rfind(self.right)] if self.right == "." else []
        return [place for place in places if _sides(rest, place, len(old)) == (self.left, self.right)]


def rule_of(alias: str, url: str) -> Rule | None:
    """Return the rule by which two addresses differ in one place; None where it is a number that names an article."""
    one, other = (address.partition("://")[2].partition("#")[0] for address in (alias, url))
    start = _shared(one, other)
    longest = min(len(one), len(other)) - start
    behind = min(_shared(one[::-1], other[::-1]), longest)
    while start and _WORD.match(one[start - 1]) and any(_WORD.match(text, start) for text in (one, other)):
        start -= 1
    while behind and _WORD.match(one[-behind]) and any(_WORD.match(text[start:-behind][-1:]) for text in (one, other)):
        behind -= 1
    ends = (len(one) - behind, len(other) - behind)
    if one == other or _ID.search(one[start : ends[0]]) or _ID.search(other[start : ends[1]]):
        return None
    left, right = _sides(one, start, ends[0] - start)
    return Rule(left, one[start : ends[0]], other[start : ends[1]], right)


def _shared(one: str, other: str) -> int:
    """Count the characters that two texts begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _sides(text: str, start: int, length: int) -> tuple[str, str]:
    left = text[start - 1] if start else "^"
    right = text[start + length : start + length + 1] or "$"
    return "w" if left.isalnum() else left, "w" if right.isalnum() else right
