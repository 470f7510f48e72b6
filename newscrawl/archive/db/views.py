"""Views for people who query the archive: tables joined, with readable names and columns."""

from __future__ import annotations

_ARTICLE_LIST = """
SELECT articles.id, articles.published, articles.published_precision, articles.title, articles.source,
       portals.title AS portal, articles.region,
       length(articles.body) AS characters, articles.word_count, articles.authors, articles.channel, articles.url,
       (SELECT count(*) FROM revisions WHERE revisions.article = articles.id) AS revisions,
       original.url AS reprint_of, articles.first_seen, articles.gone_at
FROM articles
LEFT JOIN portals ON portals.key = articles.portal
LEFT JOIN reprints ON reprints.article = articles.id AND reprints.original = articles.reprint_of
                  AND reprints.relation <> 'alias'
LEFT JOIN articles AS original ON original.id = reprints.original
""".strip()

_REPRINT_FAMILIES = """
SELECT original.title AS original_title, original.source AS original_source, original.published AS original_published,
       copy.title AS copy_title, copy.source AS copy_source, copy.published AS copy_published,
       copy_portal.title AS copy_portal, reprints.relation, round(reprints.containment, 3) AS containment,
       count(*) OVER (PARTITION BY reprints.original) AS copies, original.url AS original_url, copy.url AS copy_url
FROM reprints
JOIN articles AS original ON original.id = reprints.original
JOIN articles AS copy ON copy.id = reprints.article
LEFT JOIN portals AS copy_portal ON copy_portal.key = copy.portal
WHERE reprints.relation <> 'alias'
""".strip()

_WITHDRAWN = """
SELECT articles.title, portals.title AS portal, articles.region, articles.source, articles.published,
       articles.first_seen, articles.last_seen, articles.gone_at, events.evidence, articles.url, articles.body
FROM articles
LEFT JOIN portals ON portals.key = articles.portal
LEFT JOIN events ON events.article = articles.id AND events.at = articles.gone_at AND events.kind = 'gone'
WHERE articles.gone_at IS NOT NULL
""".strip()

_ARTICLE_HISTORY = """
SELECT articles.url, articles.title AS title_now, step.at, step.what, step.detail
FROM (
  SELECT id AS article, first_seen AS at, 'first seen' AS what, NULL AS detail FROM articles
  UNION ALL
  SELECT revisions.article,
         coalesce((SELECT min(later.seen_at) FROM revisions AS later
                   WHERE later.article = revisions.article AND later.seen_at > revisions.seen_at),
                  (SELECT captures.fetched_at FROM captures JOIN articles AS now ON now.capture = captures.id
                   WHERE now.id = revisions.article)),
         'revised', 'before: ' || coalesce(revisions.title, '')
  FROM revisions
  UNION ALL
  SELECT article, at, kind, evidence FROM events
) AS step
JOIN articles ON articles.id = step.article
""".strip()

_ARTICLE_LINKS = """
SELECT articles.title AS article, links.section, links.kind, links.position, links.title, links.snippet, urls.url,
       links.first_seen, links.last_seen, articles.url AS article_url
FROM links
JOIN articles ON articles.id = links.article
JOIN urls ON urls.id = links.url
""".strip()

_ISSUES = """
SELECT placements.portal, portals.title AS paper, placements.issue, count(DISTINCT placements.page) AS pages,
       count(DISTINCT placements.article) AS listed, count(DISTINCT articles.id) AS stored
FROM placements
LEFT JOIN portals ON portals.key = placements.portal
LEFT JOIN articles ON articles.id = placements.article
GROUP BY placements.portal, placements.issue
""".strip()

# The full-text index by article: `words MATCH fts_query('财政 民生')` is a search.
_SEARCH_INDEX = """
SELECT searched.article AS article, articles_fts AS words
FROM articles_fts JOIN searched ON searched.number = articles_fts.rowid
""".strip()

VIEWS = {
    "article_list": _ARTICLE_LIST,
    "reprint_families": _REPRINT_FAMILIES,
    "withdrawn": _WITHDRAWN,
    "article_history": _ARTICLE_HISTORY,
    "article_links": _ARTICLE_LINKS,
    "issues": _ISSUES,
    "search_index": _SEARCH_INDEX,
}
