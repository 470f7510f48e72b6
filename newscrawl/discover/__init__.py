"""Find the leads of a response: articles, lists, next pages, feeds, sitemaps, data, parts of a story."""

from __future__ import annotations

from newscrawl.discover.answer import Answer, Context
from newscrawl.discover.canonical import canonical_of
from newscrawl.discover.lead import Lead
from newscrawl.discover.link_kind import kind_of
from newscrawl.discover.links import Findings, article_links, links_of
from newscrawl.discover.paging.lists import next_list_page
from newscrawl.discover.paging.parts import Parts, parts_of
from newscrawl.discover.papers import is_paper_page, paper_page, without_query
from newscrawl.discover.reading import read_answer, sitemaps_of
from newscrawl.discover.scope import WECHAT, Scope, is_wechat, is_wechat_article

__all__ = [
    "WECHAT",
    "Answer",
    "Context",
    "Findings",
    "Lead",
    "Parts",
    "Scope",
    "article_links",
    "canonical_of",
    "is_paper_page",
    "is_wechat",
    "is_wechat_article",
    "kind_of",
    "links_of",
    "next_list_page",
    "paper_page",
    "parts_of",
    "read_answer",
    "sitemaps_of",
    "without_query",
]
