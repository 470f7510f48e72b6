"""The scope of a crawl: the hosts it stays on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from newscrawl.urls import host_of, registered_domain

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERYTHING = "*"
WECHAT = "mp.weixin.qq.com"  # 微信公众号, where many counties publish too


@dataclass(frozen=True, slots=True)
class Scope:
    """The hosts that a crawl may visit: each domain with its subdomains, or all hosts.

    Args:
        domains: host names in lower case, without port; `*` means all hosts.
        excluded: hosts within these domains that are left out, each with its subdomains.
    """

    domains: frozenset[str]
    excluded: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse a user's domains: `a.cn,b.cn`, or `*`. A whole address is accepted for its host."""
        return cls(frozenset(filter(None, map(_host, text.replace(",", " ").split()))))

    @classmethod
    def of_portal(cls, domains: str, start_urls: Iterable[str], excluded: Iterable[str] = ()) -> Self:
        """Return the scope of a portal: its `domains`, else the domains of its start addresses.

        `www.a.cn` and `a.cn` mean all of a.cn; `jishou.a.cn` means only itself, as a county's pages on the province's
        domain are a portal of their own.
        """
        left_out = frozenset(filter(None, map(_host, excluded)))
        named = cls.parse(domains).domains or frozenset(filter(None, map(_stands_for, start_urls)))
        return cls(named, left_out)

    def allows(self, url: str) -> bool:
        """Return whether an absolute http(s) address is within the scope."""
        head, separator, rest = url.partition("://")
        if not separator or head.lower() not in {"http", "https"}:
            return False
        authority = rest.partition("/")[0].partition("?")[0]
        return _within(authority, self.domains) and not (self.excluded and _within(authority, self.excluded))


def _stands_for(url: str) -> str:
    """Return the domain that a start address means."""
    host, domain = _host(url), registered_domain(url)
    return domain if host in (domain, f"www.{domain}") else host.removeprefix("www.")


@lru_cache(maxsize=8192)
def _within(authority: str, domains: frozenset[str]) -> bool:
    """Return whether a host is one of the domains or a subdomain; cached, as a page names few hosts many times."""
    host = _host(authority)
    if not host:
        return False
    if EVERYTHING in domains or host in domains:
        return True
    labels = host.split(".")
    return any(".".join(labels[start:]) in domains for start in range(1, len(labels)))


def _host(text: str) -> str:
    """Return the host of an address, or of a bare `host:port`, in lower case; "*" for `*`; "" if there is none."""
    if text == EVERYTHING:
        return text
    try:
        host = urlsplit(text if "://" in text else f"//{text}").hostname
    except ValueError:
        return ""
    return (host or "").rstrip(".").removeprefix("*.")


def is_wechat(url: str) -> bool:
    """Return whether an address is on WeChat's host."""
    return host_of(url) == WECHAT


def is_wechat_article(url: str) -> bool:
    """Return whether an address is an article on WeChat (`/s/<short id>`, `/s?__biz=…`), not an album or profile."""
    path = urlsplit(url).path if is_wechat(url) else ""
    return path == "/s" or path.startswith("/s/")
