"""Leases of one running crawl, waiting or in flight; limits the requests in flight per host."""

from __future__ import annotations

import time
from collections import Counter, deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newscrawl.frontier.messages import Lease


class InFlight:
    """Hands out leases, hosts in turn, with at most `per_host` requests of a host in flight."""

    def __init__(self, per_host: int) -> None:
        self.per_host = per_host
        self._held: dict[int, deque[Lease]] = {}
        self._out: dict[int, tuple[Lease, float]] = {}
        self._busy: Counter[int] = Counter()

    def __bool__(self) -> bool:
        return bool(self._held)

    def __contains__(self, address: int) -> bool:
        return address in self._out

    def add(self, leases: Iterable[Lease]) -> None:
        """Add leases to the waiting ones."""
        for lease in leases:
            self._held.setdefault(lease.host_id, deque()).append(lease)

    def pick(self) -> Lease | None:
        """Hand out the next lease of a host that is not busy, and move that host to the end."""
        host = next((host for host in self._held if self._busy[host] < self.per_host), None)
        if host is None:
            return None
        waiting = self._held.pop(host)
        lease = waiting.popleft()
        if waiting:
            self._held[host] = waiting
        self._out[lease.id] = (lease, time.monotonic())
        self._busy[host] += 1
        return lease

    def spent_on(self, address: int) -> float:
        """Return the seconds since an address was handed out."""
        return time.monotonic() - self._out[address][1]

    def kind(self, address: int) -> str | None:
        """Return the kind of an address in flight; None for other addresses."""
        return self._out[address][0].kind if address in self._out else None

    def take_back(self, address: int) -> int:
        """Remove an address that is no longer in flight; return its host."""
        host = self._out.pop(address)[0].host_id
        self._busy[host] -= 1
        if not self._busy[host]:
            del self._busy[host]
        return host

    def drop(self, host: int) -> list[int]:
        """Remove a host's waiting leases; return their addresses, to be released."""
        return [lease.id for lease in self._held.pop(host, ())]

    def clear(self) -> None:
        """Remove all leases."""
        self._held.clear()

    def hosts(self) -> set[int]:
        """Return the hosts to lease no more from now: they have waiting leases, or are at the limit in flight."""
        return {*self._held, *(host for host, out in self._busy.items() if out >= self.per_host)}
