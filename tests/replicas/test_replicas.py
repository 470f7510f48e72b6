"""Every family's articles are found, once each and at a fair price; later runs ask for little."""

from __future__ import annotations

import pytest

from tests.replicas.families import FAMILIES
from tests.replicas.measure import crawl, figures
from tests.replicas.server import Server


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """All families crawled together, and the figures of each by class."""
    folder = tmp_path_factory.mktemp("replicas")
    replicas = [family() for family in FAMILIES]
    with Server(replicas) as server:
        crawl(server, folder)
        return {type(replica): figures(server, folder, replica) for replica in replicas}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.host)
def test_a_familys_articles_are_found(crawled, family):
    found = crawled[family]
    assert found.recall >= 0.99
    assert found.precision >= 0.98
    assert found.doubles == 0
    assert found.requests <= 1.3 * found.articles
