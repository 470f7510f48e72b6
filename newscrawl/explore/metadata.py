"""What Datasette says about the tables: titles and columns in Chinese and English, and which to hide."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from newscrawl.archive.description import TABLES, meanings
from newscrawl.explore.figures import FIGURES
from newscrawl.explore.reader import DATABASE

_CHINESE = {
    "articles": "文章",
    "captures": "抓取",
    "revisions": "旧版本",
    "events": "撤下与恢复",
    "links": "链接",
    "urls": "网址",
    "reprints": "转载",
    "portals": "门户",
    "crawls": "采集记录",
    "parts": "分页",
    "article_list": "文章一览",
    "reprint_families": "转载关系",
    "withdrawn": "已撤下的文章",
    "article_history": "文章沿革",
    "article_links": "文章链接",
}
# Datasette's own search would take a query for English words and find nonsense in these.
_CLOSED = ("articles_fts", "articles_bigrams", "search_changes")


def _guide() -> str:
    """Return what each table and view holds, as HTML."""
    entries = Markup("").join(
        Markup('<dt><a href="/{}/{}">{}</a></dt><dd>{} · {}</dd>').format(DATABASE, name, name, chinese, TABLES[name])
        for name, chinese in _CHINESE.items()
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
        name: {"title": f"{name} · {chinese}", "description": TABLES[name], "columns": meanings(name)}
        for name, chinese in _CHINESE.items()
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
    tables |= {name: {"hidden": True} for name in TABLES.keys() - _CHINESE.keys()}
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
