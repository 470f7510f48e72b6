"""Run crawls in processes forked from one that has imported Scrapy (`preloaded`), as that takes longer than a crawl."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from pathlib import Path

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.preloaded"])
ROOT = Path(__file__).parent.parent


class Forked:
    """A function call in a process of its own; its output goes to files, and `environment` is added to ours."""

    def __init__(self, function, *arguments, **environment):
        self._folder = tempfile.TemporaryDirectory()
        self.process = _CONTEXT.Process(
            target=_run, args=(function, arguments, {**os.environ, **environment}, self._folder.name)
        )
        self.process.start()

    @property
    def returncode(self) -> int | None:
        return self.process.exitcode

    def kill(self):
        """End it at once, as `kill -9` does."""
        self.process.kill()

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Wait for its end; give what it wrote to stdout and stderr."""
        self.process.join(timeout)
        if self.process.exitcode is None:
            self.kill()
            self.process.join()
        folder = Path(self._folder.name)
        said = [path.read_text("utf-8") if path.exists() else "" for path in (folder / "out", folder / "err")]
        self._folder.cleanup()
        return said[0], said[1]


def scrapy(*arguments: object, **environment: str) -> Forked:
    """Start `scrapy …` from the project's root, as a user would."""
    words = ["scrapy", *map(str, arguments)]
    return Forked(_scrapy, words, SCRAPY_SETTINGS_MODULE="newscrawl.settings", **environment)


def newscrawl(*arguments: object, **environment: str) -> Forked:
    """Start `newscrawl …` from the project's root, as a user would."""
    return Forked(_newscrawl, list(map(str, arguments)), **environment)


def _newscrawl(words):
    from newscrawl.cli import main  # noqa: PLC0415  not in the tests' own process

    main(words)


def _scrapy(words):
    from scrapy.cmdline import execute  # noqa: PLC0415  as above

    execute(words)


def _run(function, arguments, environment, folder):
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    for stream, name in ((sys.stdout, "out"), (sys.stderr, "err")):
        with Path(folder, name).open("wb") as file:
            os.dup2(file.fileno(), stream.fileno())
    function(*arguments)
