"""The frontier's tests run over both of its stores."""

from __future__ import annotations

import pytest

from newscrawl.frontier.store import Frontier


@pytest.fixture(params=["sqlite", "postgres"])
def place(request, tmp_path):
    """Where an empty frontier is to be: a file, and once more a database of a real server."""
    if request.param == "sqlite":
        return tmp_path / "data" / "frontier.db"
    return request.getfixturevalue("postgres").place()


@pytest.fixture
def opening(place):
    """Open the frontier at `place`, as often as a test likes."""
    opened = []

    def open_it(rules=None, clock=None):
        opened.append(Frontier.open(place, rules, clock))
        return opened[-1]

    yield open_it
    for frontier in opened:
        frontier.db.close()
