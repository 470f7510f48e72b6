"""The articles of every family are found once each with few requests; lists end, and later runs are short."""

from __future__ import annotations

import pytest

from tests.replicas.doubles import DOUBLES
from tests.replicas.drawn import DRAWN
from tests.replicas.families import FAMILIES, Long
from tests.replicas.feeds import FEEDS
from tests.replicas.measure import crawl, figures
from tests.replicas.papers import PAPERS
from tests.replicas.server import Server
from tests.replicas.traps import TRAPS

ALL = (*FAMILIES, *DRAWN, *FEEDS, *PAPERS, *TRAPS, *DOUBLES, Long)
NEW = 5


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Three runs over all replicas at once, five new articles before the third: the figures of each by class."""
    folder = tmp_path_factory.mktemp("replicas")
    replicas = [family(2) if family in (*DOUBLES, *TRAPS) else family() for family in ALL]
    found = []
    with Server(replicas) as server:
        for run in range(3):
            if run == 2:
                for replica in replicas:
                    replica.publish(NEW)
            crawl(server, folder)
            found.append({type(replica): figures(server, folder, replica) for replica in replicas})
    return found


@pytest.mark.parametrize("family", ALL, ids=lambda family: family.host)
def test_all_articles_are_found_once_each(runs, family):
    found = runs[0][family]
    assert found.recall >= 0.99
    assert found.precision >= 0.98
    assert found.doubles == 0
    if family not in (*DOUBLES, *PAPERS):  # so small a paper has many pages, and a few doubles are asked for
        assert found.requests - found.trapped <= (1.4 if family in DRAWN else 1.3) * found.articles


@pytest.mark.parametrize("family", ALL, ids=lambda family: family.host)
def test_a_second_run_asks_for_first_pages_and_a_third_for_what_is_new(runs, family):
    files = {**dict.fromkeys(FEEDS, 2), **dict.fromkeys(DRAWN, family.channels)}  # data beside the pages
    assert runs[1][family].requests - runs[1][family].trapped <= 1 + family.channels + files.get(family, 0)
    assert runs[2][family].recall == 1.0
    seconds = NEW if family in (*DOUBLES, *PAPERS) else 2 * files.get(family, 0)
    assert runs[2][family].requests - runs[2][family].trapped <= 1 + family.channels + 2 + NEW + seconds


def test_a_list_of_many_pages_costs_little_once_it_is_known(runs):
    assert runs[1][Long].requests <= 3
    assert runs[2][Long].requests <= 10


@pytest.mark.parametrize("family", TRAPS, ids=lambda family: family.host)
def test_no_crawl_is_lost_in_a_trap(runs, family):
    assert sum(run[family].trapped for run in runs) <= 20
