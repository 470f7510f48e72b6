"""The seeded archive, made once, and the command line over it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from newscrawl.cli import main
from tests.cli import seed


@pytest.fixture(scope="session")
def seeded(tmp_path_factory):
    """A data folder with the seeded archive; nobody may write to it."""
    folder = tmp_path_factory.mktemp("seeded")
    seed.make(folder / "archive.db")
    return folder


@pytest.fixture
def run(seeded):
    """Run a command over the seeded archive: its exit status, output and errors."""

    def call(*arguments: object, data=seeded, **options):
        return CliRunner().invoke(main, ["--data", str(data), *map(str, arguments)], **options)

    return call


@pytest.fixture(autouse=True)
def _folder(monkeypatch):
    """`--data` sets the environment of this process: put it back."""
    monkeypatch.setenv("NEWSCRAWL_DATA", "nowhere")
