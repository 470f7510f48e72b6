"""Names of the hostile suite: its hosts lie on loopback, `inner.evil.test` is refused as any private address is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twisted.internet.defer import succeed

from newscrawl.middlewares import GlobalResolver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twisted.internet.defer import Deferred

LOOPBACK = "127.0.0.1"


class LocalResolver(GlobalResolver):
    """The crawl's own resolver, with the suite's names in place of the world's."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802  Twisted's name
        if name == "inner.evil.test":
            return succeed(LOOPBACK).addCallback(self._guard, name)
        if name == "honest.test" or name.endswith("evil.test"):
            return succeed(LOOPBACK)
        return super().getHostByName(name, timeout)
