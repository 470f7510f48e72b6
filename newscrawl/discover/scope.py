"""Which hosts a crawl stays on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from newscrawl.urls import registered_domain

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class Scope:
    """The hosts a crawl may visit: each domain with its subdomains, or every host there is.

    Args:
        domains: host names in lower case, without port; `*` among them lifts every limit.
    """

    domains: frozenset[str]

    @classmethod
    def parse(cls, text: str | None, start_urls: Iterable[str] = ()) -> Self:
        """Read what a user writes: `a.cn,b.cn`, `*`, or nothing for the registered domains of the start addresses.

        A whole address may stand for its host. The start addresses count only where no domain is given.
        """
        named = [part for part in (text or "").replace(",", " ").split() if part]
        if named:
            return cls(frozenset(filter(None, map(_host, named))))
        return cls(frozenset(filter(None, (registered_domain(url) or _host(url) for url in start_urls))))

    def allows(self, url: str) -> bool:
        """Tell whether an absolute http(s) address lies in the scope."""
        head, separator, rest = url.partition("://")
        if not separator or head.lower() not in {"http", "https"}:
            return False
        return _within(rest.partition("/")[0].partition("?")[0], self.domains)


@lru_cache(maxsize=16_384)
def _within(authority: str, domains: frozenset[str]) -> bool:
    """Tell whether a host is one of the domains or below one; cached, for a page names few hosts many times."""
    host = _host(authority)
    if not host:
        return False
    if EVERYTHING in domains or host in domains:
        return True
    labels = host.split(".")
    return any(".".join(labels[start:]) in domains for start in range(1, len(labels)))


def _host(text: str) -> str:
    """The host of an address, or of a bare `host:port`, in lower case; `*` stays; "" where there is none."""
    if text == EVERYTHING:
        return text
    try:
        host = urlsplit(text if "://" in text else f"//{text}").hostname
    except ValueError:
        return ""
    return (host or "").rstrip(".").removeprefix("*.")
