"""Fixtures: the seeded archive, the explorer asked without a server, and `newscrawl serve` as users start it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from tests.explore.seeded import seed

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def archive(tmp_path_factory) -> Path:
    """archive.db with one of everything."""
    return seed(tmp_path_factory.mktemp("seeded"))


@pytest.fixture(scope="session")
def ask(archive):
    """Answer a GET of a path without a server."""
    with warnings.catch_warnings():  # what Datasette and its libraries deprecate is theirs to mend
        warnings.simplefilter("ignore")
        pytest.importorskip("datasette", reason="needs the extra newscrawl[analysis]")
        from newscrawl.explore.application import explorer

        loop = asyncio.new_event_loop()
        explored = explorer(archive)
        loop.run_until_complete(explored.invoke_startup())

    def get(path: str, **options):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return loop.run_until_complete(explored.client.get(path, **options))

    yield get
    explored.get_database("archive").close()
    explored.executor.shutdown()
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


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
    pytest.importorskip("datasette", reason="needs the extra newscrawl[analysis]")
    process, url = start(archive)
    yield url.rstrip("/")
    stop(process)
