"""Limit what a registered domain may use of a run, as its owner can create endless hosts and addresses."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newscrawl.urls import registered_domain

if TYPE_CHECKING:
    from newscrawl.frontier.policy import Rules


class Domains:
    """Counts a run's addresses and new hosts by registered domain; `reached` holds the domains that met a limit."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.reached: set[str] = set()
        self._taken: Counter[str] = Counter()
        self._opened: Counter[str] = Counter()

    def room(self, host: str) -> int:
        """Return how many addresses of a host may still be fetched in this run."""
        domain = registered_domain(host)
        left = self.rules.domain_run_limit - self._taken[domain]
        if left <= 0:
            self.reached.add(domain)
        return max(left, 0)

    def take(self, host: str, count: int) -> None:
        """Count addresses of a host that are fetched."""
        self._taken[registered_domain(host)] += count

    def open(self, host: str) -> bool:
        """Count a new host; return whether its domain may still add one in this run."""
        domain = registered_domain(host)
        if self._opened[domain] >= self.rules.domain_new_hosts:
            self.reached.add(domain)
            return False
        self._opened[domain] += 1
        return True
