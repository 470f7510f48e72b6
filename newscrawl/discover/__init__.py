"""Which links of a page lead on: article or section, list pagination, feeds, sitemaps, parts of a story."""

from __future__ import annotations

from newscrawl.discover.canonical import canonical_of
from newscrawl.discover.feeds import feed_leads
from newscrawl.discover.lead import Lead
from newscrawl.discover.links import kind_of, links_of
from newscrawl.discover.lists import next_list_page
from newscrawl.discover.papers import is_paper_page, paper_page, without_query
from newscrawl.discover.parts import Parts, parts_of
from newscrawl.discover.scope import Scope

__all__ = [
    "Lead",
    "Parts",
    "Scope",
    "canonical_of",
    "feed_leads",
    "is_paper_page",
    "kind_of",
    "links_of",
    "next_list_page",
    "paper_page",
    "parts_of",
    "without_query",
]
