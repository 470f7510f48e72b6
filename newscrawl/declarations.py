"""The attributes that a portal may declare, and checks of a declaration."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Protocol
from urllib.parse import urlsplit

from newscrawl.cms import FAMILIES
from newscrawl.extract.finders import NO_FIELDS, Finder
from newscrawl.items import Article, Link
from newscrawl.places import DIVISIONS, REGIONS

LEVELS = frozenset({"nation", "province", "city", "county", "other"})
FIELDS = frozenset(field.name for field in fields(Article)) - {"url", "rules", "profile"}
FAMILY_NAMES = frozenset(family.name for family in FAMILIES)


@dataclass(frozen=True, slots=True)
class ListEndpoint:
    """A request that returns a list page by page, for lists whose pages do not link to the next one.

    Args:
        url: the address, with `{page}` in place of the page number.
        body: sent by POST, with `{page}`; empty for a GET.
        first: the number of the first page.
        step: added for each next page: 1, or the rows of a page if `{page}` is an offset.
        pages: the most pages to request; a page without a new article ends the list sooner.
    """

    url: str
    body: str = ""
    first: int = 1
    step: int = 1
    pages: int = 50

    @property
    def method(self) -> str:
        """The HTTP method."""
        return "POST" if self.body else "GET"

    def at(self, number: int) -> tuple[str, str]:
        """Return address and body of a page."""
        return self.url.replace("{page}", str(number)), self.body.replace("{page}", str(number))

    def after(self, number: int) -> int | None:
        """Return the number of the page after this one, None after the last."""
        following = number + self.step
        return following if following < self.first + self.step * self.pages else None


class Declared(Protocol):
    """What the checks need to know of a portal's type."""

    since: date | None
    until: date | None


def problem_of(portal: type[Declared]) -> str | None:
    """Return what is wrong with a portal's declaration, None if it is correct."""
    for attribute, (is_right, problem) in _RULES.items():
        value = getattr(portal, attribute, None)
        if not is_right(value):
            return f"{attribute} {problem.format(value=value)}"
    if portal.since and portal.until and portal.since > portal.until:
        return f"since is {portal.since}, after until, {portal.until}"
    return _unknown(portal)


def _unknown(portal: type[object]) -> str | None:
    """Return an attribute of the class that looks like a misspelt attribute of `Portal`."""
    known = {name for base in portal.__mro__[1:] for name in (*vars(base), *getattr(base, "__annotations__", ()))}
    for name, value in vars(portal).items():
        if name.startswith("_") or name in known or callable(value):
            continue
        if near := difflib.get_close_matches(name, known, n=1, cutoff=0.8):
            return f"{name} is no attribute of a portal; did you mean {near[0]}?"
    return None


def _are_addresses(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and all(map(_is_address, value))


def _is_address(url: object) -> bool:
    try:
        parts = urlsplit(url) if isinstance(url, str) else None
    except ValueError:
        return False
    return parts is not None and parts.scheme in {"http", "https"} and bool(parts.hostname)


def _is_pattern(value: object) -> bool:
    try:
        return isinstance(value, str | re.Pattern) and re.compile(value) is not None
    except re.error:
        return False


def _is_day(value: object) -> bool:
    return value is None or isinstance(value, date)


def _are_endpoints(value: object) -> bool:
    return isinstance(value, Iterable) and all(
        isinstance(one, ListEndpoint) and "{page}" in one.url + one.body for one in value
    )


def _are_overrides(value: object) -> bool:
    return isinstance(value, dict) and all(
        name in FIELDS | NO_FIELDS and isinstance(finder, Finder) and finder.gives is (Link if name == "links" else str)
        for name, finder in value.items()
    )


def _are_shares(value: object) -> bool:
    return isinstance(value, dict) and all(
        name in FIELDS and isinstance(share, int | float) and 0 <= share <= 1 for name, share in value.items()
    )


_RULES: dict[str, tuple[Callable[[object], bool], str]] = {
    "title": (lambda value: isinstance(value, str) and bool(value.strip()), "is empty"),
    "region": (lambda value: value in REGIONS, "is {value!r}, not one of newscrawl.portal.REGIONS"),
    "level": (lambda value: value in LEVELS, f"is {{value!r}}, not one of {sorted(LEVELS)}"),
    "division": (lambda value: value is None or value in DIVISIONS, "is {value!r}, no code of a division (GB/T 2260)"),
    "start_urls": (_are_addresses, "is empty, or not all of it are http addresses"),
    "domains": (lambda value: isinstance(value, str), "is {value!r}; write hosts as 'a.cn,b.cn'"),
    "excluded_hosts": (lambda value: isinstance(value, list | tuple), "is {value!r}; write a list of hosts"),
    "family": (
        lambda value: value == "" or value in FAMILY_NAMES,
        f"is {{value!r}}, not one of {sorted(FAMILY_NAMES)}",
    ),
    "article_url": (_is_pattern, "is {value!r}, which is no regular expression"),
    "drawn": (_is_pattern, "is {value!r}, which is no regular expression"),
    "lists": (_are_endpoints, "holds something other than ListEndpoints with {{page}} in url or body"),
    "wechat": (lambda value: isinstance(value, bool), "is {value!r}; write True or False"),
    "since": (_is_day, "is {value!r}; write date(2020, 1, 31)"),
    "until": (_is_day, "is {value!r}; write date(2020, 1, 31)"),
    "overrides": (
        _are_overrides,
        "must give finders by field, of text or for links of Link; the fields are "
        + ", ".join(sorted(FIELDS | NO_FIELDS)),
    ),
    "expects": (_are_shares, "must give shares from 0 to 1 by field"),
    "verified": (_is_day, "is {value!r}; write date(2020, 1, 31)"),
}
