"""One crawl meets many attacks at once; `make hostile` has all of them, one by one, with memory and time."""

from __future__ import annotations

import re
import time

import pytest

from tests.hostile import content, neighbour, wire  # noqa: F401  they register their attacks
from tests.hostile.attack import ATTACKS
from tests.hostile.run import crawl, replay_differs, rows, serve, told, unsound

# The attacks that need no long wait, no large response and no server of their own.
TOGETHER = [
    *("reset-after-request", "tls-reset", "close-empty", "length-too-long", "length-huge", "chunk-bad"),
    *("header-endless", "continue-endless", "status-garbage", "header-values", "gzip-lie", "encodings-stacked"),
    *("content-type-html", "charset-lie", "table-huge", "redirect-self", "redirect-malformed", "redirect-raw-bytes"),
    *("redirect-private", "redirect-credentials", "link-ports", "text-controls", "robots-503", "robots-loop"),
    *("robots-elsewhere", "cookie-redirect"),
]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """A data folder after one crawl against all of them, and how often an inner address was asked."""
    data = tmp_path_factory.mktemp("hostile") / "data"
    data.mkdir()
    with serve([ATTACKS[name] for name in TOGETHER]) as server:
        began = time.monotonic()
        process = crawl(server, data, {"FRONTIER_WAIT": "0"})
        process.wait(60)
        assert time.monotonic() - began < 60
        return data, server.requests["canary"]


def test_the_neighbour_is_complete_and_no_inner_address_was_asked(crawled):
    data, canaries = crawled
    query = f"select count(*) from articles where host = '{neighbour.HOST}'"
    assert rows(data / "archive.db", query) == [(neighbour.ARTICLES,)]
    assert canaries == 0


@pytest.mark.parametrize("name", TOGETHER)
def test_the_fault_is_named_and_what_is_sound_beside_it_is_stored(crawled, name):
    data, _ = crawled
    assert re.search(ATTACKS[name].named, told(data))
    query = f"select count(*) from articles where host = '{name}.evil.test'"
    assert rows(data / "archive.db", query)[0][0] >= ATTACKS[name].stored


def test_the_files_are_sound_and_a_replay_is_equal(crawled):
    data, _ = crawled
    assert unsound(data) == []
    assert replay_differs(data) == []
