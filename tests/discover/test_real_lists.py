"""Links of real list pages, where NEWSCRAWL_CORPUS names their folder."""

from __future__ import annotations

import os
import statistics
from pathlib import Path

import pytest

from benchmarks.bench_links import list_pages, score

FLOOR = 0.97  # of F1 in the mean; .980 was measured


@pytest.mark.skipif("NEWSCRAWL_CORPUS" not in os.environ, reason="NEWSCRAWL_CORPUS names no folder of saved pages")
def test_links_to_articles_are_told_from_others():
    scores = [score(page).f1 for page in list_pages(Path(os.environ["NEWSCRAWL_CORPUS"]))]
    assert statistics.fmean(scores) >= FLOOR
