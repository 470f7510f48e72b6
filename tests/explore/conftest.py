"""Fixtures: the seeded archive, the explorer asked without a server, and `newscrawl serve` as users start it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.explore.seeded import seed

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def archive(tmp_path_factory) -> Path:
    """archive.db with one of everything."""
    return seed(tmp_path_factory.mktemp("seeded"))


@pytest.fixture(scope="session")
def ask_of():
    """Make a function that answers GETs of paths over an archive, without a server."""
    pytest.importorskip("datasette", reason="needs `make analysis`")
    with ExitStack() as ending:
        yield lambda path, *also: ending.enter_context(_answering(path, *also))


@pytest.fixture(scope="session")
def ask(archive, ask_of):
    """Answer a GET of a path over the seeded archive."""
    return ask_of(archive)


@contextmanager
def _answering(archive: Path, *also: Path):
    application = pytest.importorskip("newscrawl.explore.application")
    explored = application.explorer(archive, also=also)
    with asyncio.Runner() as runner:
        runner.run(explored.invoke_startup())
        yield lambda path, **options: runner.run(explored.client.get(path, **options))
    explored.get_database("archive").close()
    explored.executor.shutdown()


def start(archive: Path, *arguments: str, **environment: str) -> tuple[subprocess.Popen[str], str]:
    """Start `newscrawl serve` on a free port; return the process and its address once it listens."""
    process = subprocess.Popen(
        [sys.executable, "-m", "newscrawl", "serve", "--port", "0", *arguments],
        cwd=ROOT,
        env={**os.environ, "NEWSCRAWL_DATA": str(archive.parent), **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, process.stdout.readline().partition(" ")[0].strip()


def stop(process: subprocess.Popen[str]) -> int:
    """End it as Ctrl-C does; return its exit status."""
    process.send_signal(2)
    with process:
        return process.wait(timeout=20)


@pytest.fixture(scope="session")
def served(archive):
    """The address of a running `newscrawl serve` over the seeded archive."""
    pytest.importorskip("datasette", reason="needs `make analysis`")
    process, url = start(archive)
    yield url.rstrip("/")
    stop(process)
