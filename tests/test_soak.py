"""The short form of `make soak`."""

from __future__ import annotations

from tests.soak import soak


def test_crawls_that_die_again_and_again_end_as_undisturbed_ones(tmp_path):
    counts = soak(tmp_path, pages=30, kills=4)
    assert counts.faults == []
    assert counts.kills == 4
    assert counts.killed_in_hand, "no kill fell into a crawl: the test shows nothing"
    assert counts.articles == 2 * (30 - 1 - 1)
