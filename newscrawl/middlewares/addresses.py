"""Refuse requests to private networks, by IP address or host name, also behind a proxy."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
import unicodedata
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies

from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

from newscrawl.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterable, Sequence
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred

# Our own table: `ipaddress.is_global` differs between Python releases, and ignores embedded IPv4 addresses.
# https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry
_NOT_GLOBAL_4 = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3",
    )
]  # fmt: skip
_GLOBAL_6 = IPv6Network("2000::/3")
# Teredo and similar networks, documentation, and 6to4, which embeds an IPv4 address.
_NOT_GLOBAL_6 = [IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
# Names reserved for the own network (RFC 6761, 6762, 8375), whatever they resolve to.
_INNER_NAME = re.compile(r"(?:.+\.)?(?:localhost|localdomain|local|internal|lan|intranet|home\.arpa)")
# Names that never resolve (RFC 6761): only the proxy of a test knows them.
_NEVER_RESOLVED = (".test", ".example", ".invalid")
_DOTS = str.maketrans("。．｡", "...")
_LOOKUP_SECONDS = 5.0


class PrivateAddressError(IgnoreRequest):
    """The host is in a private network; no request was sent. NEWSCRAWL_ALLOW_PRIVATE permits a host."""

    outcome: ClassVar[Outcome] = Outcome.PRIVATE


class AddressGuard:
    """Refuse private hosts: by their address in any spelling, by their name, by the resolver's answer.

    It runs after HttpProxyMiddleware: for requests through a proxy, names are resolved here, as a proxy would connect
    to any host. Setting NEWSCRAWL_ALLOW_PRIVATE: host names that are permitted.
    """

    def __init__(self, allowed: Iterable[str], crawler: Crawler | None = None) -> None:
        self.allowed = frozenset(host.lower() for host in allowed)
        self.crawler = crawler
        self._outside: dict[str, bool] = {}
        self._has_dns: bool | None = None  # not known yet

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the guard with the hosts the settings allow."""
        return cls(crawler.settings.getlist("NEWSCRAWL_ALLOW_PRIVATE"), crawler)

    def process_request(self, request: Request) -> Awaitable[None] | None:
        """Let a request pass, or raise `PrivateAddressError`; with a proxy, wait until the host name is resolved."""
        host = (urlsplit(request.url).hostname or "").lower()
        if host in self.allowed:
            return None
        if not is_global(host):
            raise self._refused(host)
        return self._look_up(host) if request.meta.get("proxy") else None

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Report a name that the resolver refused; Twisted only reports that it was not found."""
        from twisted.internet import reactor  # noqa: PLC0415  importing it installs one

        host = urlsplit(request.url).hostname or ""
        resolver = getattr(reactor, "resolver", None)
        if isinstance(exception, CannotResolveHostError) and host in getattr(resolver, "refused", ()):
            raise self._refused(host) from exception

    def _refused(self, host: str) -> PrivateAddressError:
        if self.crawler:
            self.crawler.stats.inc_value("addresses/private")
        return PrivateAddressError(f"{host} is a private address")

    async def _look_up(self, host: str) -> None:
        """Refuse a name that has an address which is not global, as far as this machine can resolve it."""
        if host.endswith(_NEVER_RESOLVED) or self._has_dns is False:
            return
        if host not in self._outside:
            self._outside[host] = await self._is_outside(host)
        if not self._outside[host]:
            raise self._refused(host)

    async def _is_outside(self, host: str) -> bool:
        lookup = asyncio.to_thread(socket.getaddrinfo, host, None, type=socket.SOCK_STREAM)
        try:
            found = await asyncio.wait_for(lookup, _LOOKUP_SECONDS)
        except TimeoutError as error:
            if self._has_dns:  # a name that only the proxy can resolve: it may be private
                raise CannotResolveHostError(f"{host} was not resolved within {_LOOKUP_SECONDS:.0f} s") from error
            self._has_dns = False  # many machines behind a proxy have no DNS
            return True
        except OSError:
            return True
        self._has_dns = True
        return all(is_global(str(address[0])) for *_, address in found)


class GlobalResolver(CachingThreadedResolver):
    """Resolve names, and refuse an answer that is not a global address: a page must not reach our own network.

    An address in place of a name is let through: in a URL it is AddressGuard's business, else it is a proxy's. So are
    proxies named by the environment and hosts in NEWSCRAWL_ALLOW_PRIVATE. `refused` holds the names
    that were refused.
    """

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float, allowed: Sequence[str] = ()) -> None:
        super().__init__(reactor, cache_size, timeout)
        proxies = (urlsplit(url).hostname for url in getproxies().values())
        self.allowed = frozenset(allowed) | {host for host in proxies if host}
        self.refused: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Build the resolver with Scrapy's DNS settings and the hosts the settings allow."""
        settings = crawler.settings
        cache_size = settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0
        return cls(reactor, cache_size, settings.getfloat("DNS_TIMEOUT"), settings.getlist("NEWSCRAWL_ALLOW_PRIVATE"))

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802  Twisted's name
        """Resolve a name to an IPv4 address that is global."""
        return super().getHostByName(name, timeout).addCallback(self._guard, name)

    def _guard(self, address: str, name: str) -> str:
        if name == address or name in self.allowed or is_global(address):
            return address
        self.refused.add(name)
        raise DNSLookupError(f"{name} has the private address {address}")


def is_global(host: str) -> bool:
    """Whether a host is a name, or an address on the public internet in any of the spellings that programs take."""
    name = unicodedata.normalize("NFKC", unquote(host)).translate(_DOTS).lower().strip("[]").rstrip(".")
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        if _is_number(name.rpartition(".")[2]):  # 2130706433, 0x7f.1, 0177.0.0.1, 127.1
            return _is_global_number(name)
        return bool(name) and not _INNER_NAME.fullmatch(name)
    return _is_global_address(address)


def _is_global_address(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _NOT_GLOBAL_4)
    if address.ipv4_mapped is not None:
        return _is_global_address(address.ipv4_mapped)
    return address in _GLOBAL_6 and not any(address in network for network in _NOT_GLOBAL_6)


def _is_number(label: str) -> bool:
    """Whether the last label of a host makes it an address (URL standard, "ends in a number")."""
    return label.isdecimal() or re.fullmatch(r"0x[0-9a-f]*", label) is not None


def _is_global_number(name: str) -> bool:
    try:
        return _is_global_address(IPv4Address(socket.inet_aton(name)))
    except (OSError, ValueError):
        return False
