"""Commands of tests start in processes that have loaded Scrapy and newscrawl, but neither settings nor numpy."""

from __future__ import annotations

import sys

from tests import forked


def is_prepared():
    assert {"tests.preloaded", "newscrawl.frontier.engine.scheduler"} <= sys.modules.keys()
    assert not {"newscrawl.settings", "twisted.internet.reactor", "numpy", "aiohttp"} & sys.modules.keys()


def test_a_command_starts_in_a_prepared_process():
    process = forked.Forked(is_prepared)
    said = process.communicate(60)
    assert process.returncode == 0, said
