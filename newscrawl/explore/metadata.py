"""Datasette's metadata of the tables, in English like its own pages: titles, columns, hidden tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from newscrawl.archive import FIGURES, TABLE_MEANINGS, column_meanings
from newscrawl.explore.pages.dashboards import TITLES
from newscrawl.explore.reader import DATABASE
from newscrawl.explore.words import english

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# Tables shown to readers, in this order; the others are internal.
_SHOWN = (
    "article_list",
    "articles",
    "article_history",
    "article_links",
    "reprint_families",
    "withdrawn",
    "captures",
    "revisions",
    "events",
    "links",
    "urls",
    "reprints",
    "names",
    "places",
    "divisions",
    "searches",
    "portals",
    "crawls",
    "parts",
)
# Datasette's own search assumes English words, and would find nonsense in these.
_CLOSED = ("search_index", "articles_fts", "articles_bigrams", "search_changes")


def _guide() -> str:
    """Return the meaning of each table and view, as HTML."""
    entries = Markup("").join(
        Markup('<dt><a href="/{}/{}">{}</a></dt><dd>{}</dd>').format(DATABASE, name, name, TABLE_MEANINGS[name])
        for name in _SHOWN
    )
    guide = Markup(
        "<p>Every table can be filtered, and taken as JSON or CSV.</p>"
        '<details><summary>What the tables hold</summary><dl class="guide">{}</dl></details>'
    ).format(entries)
    return str(guide)


def metadata(language: str | None = None, also: Iterable[Path] = ()) -> dict[str, object]:
    """Return Datasette's metadata: descriptions of tables and columns, a query for each figure, our settings."""
    tables: dict[str, dict[str, object]] = {
        name: {"title": name, "description": TABLE_MEANINGS[name], "columns": column_meanings(name)} for name in _SHOWN
    }
    tables["articles"] |= {
        "sort_desc": "published",
        "facets": ["region", "portal"],
        "label_column": "title",
    }
    tables["article_list"] |= {"sort_desc": "published"}
    tables["withdrawn"] |= {"sort_desc": "gone_at"}
    tables["crawls"] |= {"sort_desc": "started_at"}
    tables["portals"] |= {"label_column": "title"}
    tables |= {name: {"hidden": True} for name in TABLE_MEANINGS.keys() - set(_SHOWN)}
    tables |= {name: {"hidden": True, "allow": False} for name in _CLOSED}
    queries = {name: {"sql": sql, "title": english()[TITLES[name]]} for name, sql in FIGURES.items()}
    return {
        "title": "The archive of Chinese regional news",
        "plugins": {"newscrawl": {"language": language, "also": [str(path.absolute()) for path in also]}},
        "databases": {
            DATABASE: {"title": "Tables", "description_html": _guide(), "tables": tables, "queries": queries},
        },
    }
