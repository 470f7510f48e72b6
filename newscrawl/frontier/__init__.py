"""The frontier: what to fetch next and the outcome of every address, on SQLite or PostgreSQL; a Scrapy scheduler."""

from __future__ import annotations

from newscrawl.frontier.db.copying import copy
from newscrawl.frontier.db.opening import back_up, exists, is_postgres, pending
from newscrawl.frontier.store import Frontier

__all__ = ["Frontier", "back_up", "copy", "exists", "is_postgres", "pending"]
