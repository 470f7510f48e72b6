"""Families whose rows no anchor shows, crawled through the real settings by somebody who declares nothing."""

from __future__ import annotations

import pytest

from tests.replicas.drawn import DRAWN
from tests.replicas.measure import crawl, figures
from tests.replicas.server import Server


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """All families crawled together, and the figures of each by class."""
    folder = tmp_path_factory.mktemp("drawn")
    replicas = [family() for family in DRAWN]
    with Server(replicas) as server:
        crawl(server, folder)
        return {type(replica): figures(server, folder, replica) for replica in replicas}


@pytest.mark.parametrize("family", DRAWN, ids=lambda family: family.host)
def test_a_familys_articles_are_found(crawled, family):
    found = crawled[family]
    assert found.recall >= 0.99
    assert found.precision >= 0.98
    assert found.doubles == 0
    assert found.requests <= 1.4 * found.articles  # lists as short as these have many pages an article
