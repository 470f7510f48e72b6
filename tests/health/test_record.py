"""How a crawl is judged."""

from __future__ import annotations

from newscrawl.health.record import below


def test_a_field_that_fewer_articles_have_than_expected_is_named():
    assert below({"source": 0.9, "published": 0.5, "editors": 0.2}, {"source": 0.4, "published": 0.5}) == [
        "source 0.40 < 0.90",
        "editors 0.00 < 0.20",
    ]


def test_a_crawl_without_articles_or_expectations_disappoints_nobody():
    assert below({"source": 0.9}, {}) == []
    assert below({}, {"source": 0.1}) == []
