"""The garbage collector in a crawl, and after it."""

from __future__ import annotations

import gc

from newscrawl.runtime.collector import THRESHOLDS, Collector


def test_the_collector_is_set_while_the_engine_runs_and_put_back_behind_it():
    usual, frozen = gc.get_threshold(), gc.get_freeze_count()
    collector = Collector()
    collector.begin()
    try:
        assert gc.get_threshold() == THRESHOLDS
        assert gc.get_freeze_count() > frozen
    finally:
        collector.end()
    assert gc.get_threshold() == usual
    assert gc.get_freeze_count() == 0
