"""What Datasette says about the tables: titles and columns in Chinese and English, and which to hide."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from newscrawl.archive import columns
from newscrawl.explore.figures import FIGURES
from newscrawl.explore.reader import DATABASE

_TABLES = {
    "articles": "文章 · Every article, as it last stood",
    "captures": "抓取 · Every fetch of an article's address, and where its raw page lies in the WARC files",
    "revisions": "旧版本 · The texts an article had before",
    "events": "撤下与恢复 · When an article was missed, gone, or back",
    "links": "链接 · The links around each article, by block",
    "urls": "网址 · The addresses the links lead to",
    "reprints": "转载 · Which article is a copy of which, or its alias",
    "portals": "门户 · The news sites crawled",
    "crawls": "采集记录 · One row a crawl: counts, drops by reason, share of articles with each field, verdict",
    "parts": "分页 · The pages of stories over several pages",
}
_VIEWS = {
    "article_list": "文章一览 · Articles with readable names",
    "reprint_families": "转载关系 · Originals and their copies",
    "withdrawn": "已撤下的文章 · Articles that are gone from their sites, with their text",
    "article_history": "文章沿革 · What happened to each article, in order",
    "article_links": "文章链接 · Links with their articles' titles",
}
_MACHINERY = ("texts", "placed", "sketch", "overlaps", "searched", "_sqlite_migrations")
# Datasette's own search would take a query for English words and find nonsense in these.
_CLOSED = ("articles_fts", "articles_bigrams")
_COLUMNS = {
    "captures": {
        "fetched_at": "When, UTC",
        "status": "HTTP status",
        "outcome": "article, or the reason there is none",
        "warc": "The WARC file with the raw page; offset and length in it beside",
        "mojibake": "Share of wrongly decoded characters",
    },
    "events": {"kind": "suspected, gone or returned", "evidence": "What showed it"},
    "reprints": {
        "relation": "What the article is to the original: same, cut, extended, edited; alias for the same article at "
        "another address; contains for a digest",
        "containment": "Share of the shorter text found in the longer",
    },
    "crawls": {
        "counts": "pages, articles, new, revised …, as JSON",
        "drops": "Pages that became no article, by reason, as JSON",
        "fill": "Share of articles that have a field, as JSON",
        "verdict": "ok, or what went wrong",
    },
}


def _guide() -> str:
    """Return what each table and view holds, as HTML."""
    entries = Markup("").join(
        Markup('<dt><a href="/{}/{}">{}</a></dt><dd>{}</dd>').format(DATABASE, name, name, text)
        for name, text in (_TABLES | _VIEWS).items()
    )
    guide = Markup(
        "<p>各表均可筛选，并可取 JSON、CSV。"
        '<span lang="en">Every table can be filtered, and taken as JSON or CSV.</span></p>'
        '<details><summary>各表内容 · What the tables hold</summary><dl class="guide">{}</dl></details>'
    ).format(entries)
    return str(guide)


def metadata() -> dict[str, Any]:
    """Return Datasette's metadata: descriptions of tables and columns, and a query for each figure."""
    tables: dict[str, dict[str, Any]] = {
        name: {"title": f"{name} · {text.partition(' · ')[0]}", "description": text.partition(" · ")[2]}
        for name, text in (_TABLES | _VIEWS).items()
    }
    for name, described in _COLUMNS.items():
        tables[name]["columns"] = described
    tables["articles"] |= {
        "columns": {column.name: column.doc for column in columns()},
        "sort_desc": "published",
        "facets": ["region", "portal"],
        "label_column": "title",
    }
    tables["article_list"] |= {"sort_desc": "published"}
    tables["withdrawn"] |= {"sort_desc": "gone_at"}
    tables["crawls"] |= {"sort_desc": "started_at"}
    tables["portals"] |= {"label_column": "title"}
    tables |= {name: {"hidden": True} for name in _MACHINERY}
    tables |= {name: {"hidden": True, "allow": False} for name in _CLOSED}
    queries = {
        name: {"sql": figure.sql, "title": figure.title, "description": figure.english}
        for name, figure in FIGURES.items()
    }
    return {
        "title": "地方新闻档案",
        "description": "中国地方新闻档案，只读 · The archive of Chinese regional news, read-only",
        "databases": {
            DATABASE: {
                "title": "数据表 · Tables",
                "description_html": _guide(),
                "tables": tables,
                "queries": queries,
            }
        },
    }
