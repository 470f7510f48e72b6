"""The row of a crawl: its counts and verdict. The WARC file has a copy, from which a replay restores the row."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Self

from newscrawl.archive.sql.rows import stamp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from newscrawl.text import Json

OBJECTS = ("counts", "drops", "fill", "errors", "measures")  # the columns that hold JSON


@dataclass(slots=True)
class Crawl:
    """A crawl of one portal; times in UTC as `archive.stamp` writes them."""

    portal: str
    started_at: str
    finished_at: str | None = None
    counts: dict[str, int] = field(default_factory=dict)  # pages, articles, new, revised, …
    drops: dict[str, int] = field(default_factory=dict)  # pages that became no article, by reason
    fill: dict[str, float] = field(default_factory=dict)  # share of the new articles that have a field, by field
    errors: dict[str, int] = field(default_factory=dict)  # requests without a usable response, by kind
    measures: dict[str, float] = field(default_factory=dict)  # body_length, dated_today, list_links, list_articles, …
    verdict: str | None = None  # a word of newscrawl.health.verdict; None while it runs, or after it was killed
    detail: str | None = None  # the verdict in a sentence

    @classmethod
    def begun(cls, portal: str, at: datetime) -> Self:
        """Make the row of a crawl that begins."""
        return cls(portal, stamp(at))

    def end(self, at: datetime) -> None:
        """Note that the crawl ended."""
        self.finished_at = stamp(at)

    def payload(self) -> dict[str, Json]:
        """Return the crawl as a JSON object, for `WarcWriter.write_metadata("crawl", …)`."""
        return asdict(self)

    @classmethod
    def from_payload(cls, payload: Mapping[str, Json]) -> Self:
        """Read a crawl back from a metadata record; unknown names are left out."""
        # the record's JSON, whose types nobody has checked
        known: dict[str, Any] = {item.name: payload[item.name] for item in fields(cls) if item.name in payload}
        return cls(**known)

    def row(self) -> dict[str, str | None]:
        """Return the crawl's columns, objects as JSON."""
        return {
            name: json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_row(cls, row: Mapping[str, str | None]) -> Self:
        """Read a crawl from its columns."""
        objects = {name: json.loads(row[name] or "{}") for name in OBJECTS}
        return cls.from_payload({**row, **objects})
