"""The seeded archive, for the test modules that do not make their own."""

from __future__ import annotations

import pytest

from newscrawl.archive import Archive
from tests.cli import seed


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return seed.make(tmp_path_factory.mktemp("seeded") / "archive.db")


@pytest.fixture(scope="module")
def archive(path):
    with Archive.open(path, read_only=True) as opened:
        yield opened
