"""Learn how a site's duplicate addresses differ, and no longer fetch duplicates of a known kind."""

from __future__ import annotations

import json
from dataclasses import astuple
from typing import TYPE_CHECKING

from newscrawl.twins import Rule, rule_of, site_of, strangeness
from newscrawl.urls import url_id

if TYPE_CHECKING:
    from newscrawl.frontier.db.database import Connection
    from newscrawl.frontier.messages import Lead

ENOUGH = 3  # duplicates of one kind that make a rule for the site


class Twins:
    """Reads and writes `twins`; the caller holds the transaction."""

    def __init__(self, db: Connection) -> None:
        self.db = db
        self._rules: dict[str, list[Rule]] = {}

    def begin_run(self) -> None:
        """Load the rules; other processes may have added some."""
        self._rules.clear()
        for site, rule in self.db.execute("SELECT site, rule FROM twins WHERE seen >= ?", (ENOUGH,)):
            self._rules.setdefault(site, []).append(Rule(*json.loads(rule)))

    def learn(self, alias: str, url: str) -> None:
        """Record that two addresses show the same article."""
        rule = rule_of(alias, url)
        if rule is None:
            return
        site, text = site_of(url), json.dumps(astuple(rule), ensure_ascii=False)
        self.db.execute(
            "INSERT INTO twins VALUES (?, ?, 1) ON CONFLICT (site, rule) DO UPDATE SET seen = twins.seen + 1",
            (site, text),
        )
        seen: int = self.db.execute("SELECT seen FROM twins WHERE site = ? AND rule = ?", (site, text)).fetchone()[0]
        if seen == ENOUGH:
            self._rules.setdefault(site, []).append(rule)
            self._sweep(alias, url)

    def has_rules(self, lead: Lead) -> bool:
        """Return whether there are rules for an address's site."""
        return bool(self._rules) and site_of(lead.url) in self._rules

    def is_double(self, lead: Lead) -> bool:
        """Return whether an address differs only by a rule from a known article or from an address to be fetched."""
        return bool(self._rules) and self._is_double(lead.url, lead.kind)

    def _is_double(self, url: str, kind: str) -> bool:
        for rule in self._rules.get(site_of(url), ()):
            applies = kind in ("article", "unknown") or (kind == "list" and rule.left == "^")
            if applies and any(self._stands_for(other, url) for other in rule.others(url)):
                return True
        return False

    def _stands_for(self, other: str, url: str) -> bool:
        """Return whether a known article or an address to be fetched makes its twin needless.

        Of two that were never fetched the less strange one stays: `http://example.cn/c/` may be missing where
        `http://www.example.cn/c/` is the channel.
        """
        query = "SELECT state, article_since FROM addresses WHERE id = ?"
        row = self.db.execute(query, (url_id(other),)).fetchone()
        if row is None or row["article_since"] is not None:
            return row is not None
        if row["state"] not in ("pending", "leased"):
            return False
        if strangeness(other) <= strangeness(url):
            return True
        self.db.execute(
            "UPDATE addresses SET state = 'done' WHERE id = ? AND state = 'pending' AND due IS NULL"
            " AND last_fetched IS NULL",
            (url_id(other),),
        )
        return False

    def _sweep(self, *urls: str) -> None:
        """Drop pending addresses on these addresses' hosts that are duplicates by the rules."""
        for url in urls:
            waiting = self.db.execute(
                "SELECT rowid AS place, url, kind FROM addresses WHERE state = 'pending' AND due IS NULL"
                " AND last_fetched IS NULL AND host = (SELECT host FROM addresses WHERE id = ?)",
                (url_id(url),),
            ).fetchall()
            for row in waiting:
                if self._is_double(row["url"], row["kind"]):
                    self.db.execute("UPDATE addresses SET state = 'done' WHERE rowid = ?", (row["place"],))
