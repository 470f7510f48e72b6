"""One row a crawl: what it counted and how it was judged. The WARC keeps a copy, so that a replay restores it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(slots=True)
class Crawl:
    """A crawl of one portal; times in UTC as `archive.stamp` writes them."""

    portal: str
    started_at: str
    finished_at: str | None = None
    counts: dict[str, int] = field(default_factory=dict)  # pages, articles, new, revised, …
    drops: dict[str, int] = field(default_factory=dict)  # pages that became no article, by named reason
    fill: dict[str, float] = field(default_factory=dict)  # share of articles that have a field, by its name
    verdict: str | None = None

    def payload(self) -> dict[str, Any]:
        """Return the crawl as a JSON object, for `WarcWriter.write_metadata("crawl", …)`."""
        return asdict(self)

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Self:
        """Read a crawl back from a metadata record; unknown names are left out."""
        return cls(**{item.name: payload[item.name] for item in fields(cls) if item.name in payload})

    def row(self) -> dict[str, Any]:
        """Return the crawl's columns, objects as JSON."""
        return {
            name: json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """Read a crawl from its columns."""
        objects = {name: json.loads(row[name]) for name in ("counts", "drops", "fill")}
        return cls.from_payload({**row, **objects})
