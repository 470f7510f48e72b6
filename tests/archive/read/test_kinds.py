"""Real rows have the keys and value types of their TypedDict."""

from __future__ import annotations

from datetime import timedelta
from types import NoneType, UnionType
from typing import NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from newscrawl.archive import BY, Archive, families_of_texts
from newscrawl.archive.read import article_queries, changes, family_query, history, statistics
from newscrawl.archive.read.pages import article, figures, front, hits
from newscrawl.archive.reprints.detect import TextFamily
from newscrawl.archive.search.index import Hit
from newscrawl.archive.sql.columns import ArticleRow, columns
from newscrawl.archive.write.placements import Issue
from newscrawl.urls import url_id
from tests.cli import seed

BRIDGE = seed.url(seed.HUNAN, "bridge")


def fits(value, kind):
    """Whether a value is of a type, a TypedDict with exactly its keys among them."""
    if get_origin(kind) in {Union, UnionType}:
        return any(fits(value, one) for one in get_args(kind))
    if get_origin(kind) is list:
        return isinstance(value, list) and all(fits(one, *get_args(kind)) for one in value)
    if is_typeddict(kind):
        hints, declared = get_type_hints(kind), get_type_hints(kind, include_extras=True)
        needed = {name for name in hints if get_origin(declared[name]) is not NotRequired}
        known = needed <= value.keys() <= hints.keys()
        return known and all(fits(one, hints[name]) for name, one in value.items())
    return isinstance(value, (int, float) if kind is float else kind or NoneType)


def gone(archive):
    """The address of an article that was withdrawn."""
    return next(archive.articles(gone=True))["url"]


KINDS = {
    "summary": (article_queries.PortalSummary, Archive.summary),
    "article": (article_queries.ArticleWithLinks, lambda archive: [archive.article(BRIDGE)]),
    "articles": (ArticleRow, Archive.articles),
    "with links": (article_queries.ArticleWithLinks, lambda archive: archive.articles(with_links=True)),
    "captures": (article_queries.CaptureRow, lambda archive: archive.captures(BRIDGE)),
    "report": (article_queries.PortalReport, Archive.report),
    "versions": (history.Version, lambda archive: history._versions(archive.database, BRIDGE)),
    "events": (history.Event, lambda archive: history._events(archive.database, gone(archive))),
    "changes": (changes.Change, lambda archive: archive.changes(after=seed.START - timedelta(1))),
    "family": (family_query.Member, lambda archive: archive.family(BRIDGE)),
    "search": (Hit, lambda archive: archive.search("大桥")),
    "search by date": (Hit, lambda archive: archive.search("大桥", sort="date")),
    **{f"by {by}": (statistics.Tally, lambda archive, by=by: archive.tally(by)) for by in BY},
    "grid": (statistics.DayCount, Archive.grid),
    "gaps": (statistics.Gap, Archive.gaps),
    "front portals": (front.PortalFigures, lambda archive: archive.pages.summary()),
    "newest": (front.Newest, lambda archive: archive.pages.newest(5)),
    "happened": (front.Happened, lambda archive: archive.pages.happened(5)),
    "portals": (hits.PortalName, lambda archive: archive.pages.portals()),
    "browse": (hits.Listed, lambda archive: archive.pages.browse({}, 5, 0)),
    "fates": (hits.Fate, lambda archive: archive.pages.fates([url_id(BRIDGE)]).values()),
    "surroundings": (
        article.Surroundings,
        lambda archive: [archive.pages.surroundings(url_id(BRIDGE), url_id(BRIDGE), seed.HUNAN.key)],
    ),
    "a capture": (
        article.TitledCapture,
        lambda archive: [archive.pages.capture(archive.captures(BRIDGE)[0]["id"])],
    ),
    **{
        name: (kind, lambda archive, name=name, kind=kind: archive.pages.figure(name, kind))
        for name, kind in {
            "articles_a_day": figures.DayFigure,
            "top_sources": figures.SourceFigure,
            "reprint_network": figures.FlowFigure,
            "withdrawals": figures.WithdrawalFigure,
            "portal_health": figures.CrawlFigure,
        }.items()
    },
}


@pytest.mark.parametrize("name", KINDS)
def test_rows_are_what_their_kind_says(archive, name):
    kind, asked = KINDS[name]
    rows = list(asked(archive))
    assert rows
    assert not [row for row in rows if not fits(row, kind)]


def test_every_figure_has_a_kind():
    assert KINDS.keys() >= figures.FIGURES.keys()


def test_issues_are_what_their_kind_says(tmp_path):
    with Archive.open(tmp_path / "archive.db") as archive:
        archive.database.execute("PRAGMA foreign_keys = OFF")
        archive.database.execute(
            "INSERT INTO placements(article, url, portal, issue, page, section, position, capture, seen_at)"
            " VALUES (1, 'http://a.cn/1', 'a', '2026-03-01', '01', '要闻', 1, 1, '2026')"
        )
        (row,) = archive.issues("a", "2026-03-01", "2026-03-02")
    assert fits(row, Issue)


def test_families_of_texts_are_what_their_kind_says():
    rows = list(families_of_texts([{"id": "a", "body": seed.BRIDGE}, {"id": "b", "body": seed.BRIDGE}]))
    assert len(rows) == 2
    assert all(fits(row, TextFamily) for row in rows)


def test_a_row_of_articles_has_every_column():
    assert list(get_type_hints(ArticleRow)) == [column.name for column in columns()]


def test_what_does_not_fit_is_noticed():
    gap = {"portal": "a", "since": "2026-03-01", "until": "2026-03-02", "days": 2}
    assert fits(gap, statistics.Gap)
    assert not fits({**gap, "days": "2"}, statistics.Gap)
    assert not fits({**gap, "day": 1}, statistics.Gap)
    assert not fits({"portal": "a"}, statistics.Gap)
