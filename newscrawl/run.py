"""Crawls of several portals, each in a process of its own with a time limit: what `newscrawl crawl` starts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newscrawl.archive import Archive
from newscrawl.frontier.store import Frontier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from newscrawl.data_folder import DataFolder

# What a crawl may take to finish its pages in flight once asked to stop; each has a time-out of 30 s itself.
GRACE_SECONDS = 60
# Exit status of a portal whose time limit ended it; its next run goes on where it stopped.
TIMED_OUT = 6


def check_storage(folder: DataFolder) -> None:
    """See, before anything is fetched, that all a crawl writes to can be written.

    Raises:
        NewscrawlError: the folder or one of its databases cannot be, with what to do.
    """
    folder.prepare()
    Archive.open(folder.archive).close()
    Frontier.open(folder.frontier).close()


@dataclass(frozen=True, slots=True)
class Run:
    """How the crawl of a portal ended."""

    portal: str
    status: int
    seconds: float
    message: str
    log: Path


@dataclass(slots=True)
class Runner:
    """Runs portals side by side in the data folder.

    Args:
        folder: where all of them write.
        arguments: spider arguments, `NAME=VALUE`, given to each.
        settings: Scrapy settings, `NAME=VALUE`, given to each.
        limit: seconds a portal may take.
    """

    folder: DataFolder
    arguments: Sequence[str] = ()
    settings: Sequence[str] = ()
    limit: float = 3600
    _running: set[subprocess.Popen[str]] = field(default_factory=set)

    def run(self, portals: Sequence[str], jobs: int) -> Iterator[Run]:
        """Crawl the portals, `jobs` at a time; give each one's end as it comes, in the order asked for."""
        with ThreadPoolExecutor(jobs) as pool:
            try:
                yield from pool.map(self._crawl, portals)
            except BaseException:
                # Ctrl-C or SIGTERM: the crawls end cleanly, those that wait do not begin
                pool.shutdown(wait=False, cancel_futures=True)
                for process in list(self._running):
                    process.send_signal(signal.SIGTERM)
                raise

    def _crawl(self, portal: str) -> Run:
        log, started = self.folder.log / f"{portal}.log", time.monotonic()
        options = [part for pair in self.arguments for part in ("-a", pair)]
        options += [part for pair in self.settings for part in ("-s", pair)]
        process = subprocess.Popen(  # noqa: S603  our own interpreter, and portal names from the spider loader
            [sys.executable, "-m", "scrapy", "crawl", portal, *options, "-s", f"LOG_FILE={log}"],
            env={
                **os.environ,
                "SCRAPY_SETTINGS_MODULE": "newscrawl.settings",
                "NEWSCRAWL_DATA": str(self.folder.root.absolute()),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._running.add(process)
        try:
            status, errors = self._wait(process)
        finally:
            self._running.discard(process)
        said = [line.removeprefix("newscrawl: ") for line in errors.splitlines() if line.startswith("newscrawl: ")]
        message = said[-1] if said else ""
        if status and not message:
            message = f"ended with status {status}; see {log}"
        return Run(portal, status, time.monotonic() - started, message, log)

    def _wait(self, process: subprocess.Popen[str]) -> tuple[int, str]:
        """Wait for a crawl to end; past its limit ask it to stop, then make it."""
        try:
            _, errors = process.communicate(timeout=self.limit)
        except subprocess.TimeoutExpired:
            process.terminate()
            try:
                process.communicate(timeout=GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
            return (
                TIMED_OUT,
                f"newscrawl: stopped after its time limit of {self.limit:.0f} s; the next run goes on from there",
            )
        return process.returncode, errors
