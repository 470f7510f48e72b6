"""Run crawls of several portals for `newscrawl crawl`, each in a process of its own with a time limit."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Literal, cast

from newscrawl.archive import Archive
from newscrawl.data_folder import LOCKED_BY_PARENT
from newscrawl.errors import ArchiveError
from newscrawl.frontier import Frontier
from newscrawl.health.verdict import MEANINGS, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from newscrawl.data_folder import DataFolder
    from newscrawl.health.progress import Message

# Seconds a crawl gets to finish its requests in flight, each with a timeout of 30 s, after its time limit.
GRACE_SECONDS = 60.0
# Seconds a crawl gets when `newscrawl crawl` itself is told to stop, which must end within 30 s.
STOP_SECONDS = 25.0
# Exit status of a portal whose time limit ended it; its next run goes on where it stopped.
LOG_BYTES, LOG_FILES = 5 << 20, 5  # a portal's log is put aside when it is larger; so many are kept
_COUNTS: tuple[Literal["pages", "new", "revised", "gone"], ...] = ("pages", "new", "revised", "gone")
LAST_LINES = 5  # of a log, shown when a crawl failed
_HELD_UP = "Timeout"  # begins what `faulthandler` says when the watchdog ends a crawl


def check_storage(folder: DataFolder) -> list[str]:
    """See, before anything is fetched, that all a crawl writes to can be written, and that the stores fit one another.

    Give what somebody should know, a line each: what an archive of an older version was brought up to date with, and
    that the archive lacks articles.

    Raises:
        NewscrawlError: the folder or one of its databases cannot be, with what to do.
    """
    folder.prepare()
    with closing(Frontier.open(folder.frontier)) as frontier:
        elsewhere = folder.shared or not folder.has_archive  # other machines have stored articles of it, too
        is_first = os.environ.get(LOCKED_BY_PARENT) is None  # else the process that started this one has looked
        wanted = not elsewhere and (is_first or not folder.archive.exists())
        query = "SELECT count(*) FROM addresses WHERE article_since IS NOT NULL"
        stored = frontier.read(query)[0][0] if wanted else 0
    if stored and not folder.archive.exists():
        raise ArchiveError(
            f"{folder.archive} is missing, though {stored} articles were stored: put it back, or make it anew from"
            " the WARC files with: newscrawl replay"
        )
    if not folder.has_archive:
        return []
    with Archive.open(folder.archive) as archive:
        lines = [f"{folder.archive} is brought up to date: {line}" for line in archive.migrated]
        if (lacking := stored - archive.pages_with_articles()) > 0:
            lines.append(
                f"{folder.archive} lacks {lacking} articles that were stored: is it an older copy?"
                " `newscrawl check --repair` makes it whole from the WARC files"
            )
    return lines


@dataclass(frozen=True, slots=True)
class Run:
    """How the crawl of a portal ended: `counts` are pages, new, revised, gone; `tail` the log's end after a failure."""

    portal: str
    status: int
    verdict: Verdict
    detail: str
    seconds: float
    log: Path
    counts: Mapping[str, int] = field(default_factory=dict)
    tail: Sequence[str] = ()


@dataclass(slots=True)
class Runner:
    """Runs crawls of portals in parallel, in one data folder.

    Args:
        folder: where all of them write.
        arguments: spider arguments, `NAME=VALUE`, given to each.
        settings: Scrapy settings, `NAME=VALUE`, given to each.
        limit: seconds a portal may take.
        lock: descriptor of the folder's lock, which the crawls inherit.
        progress: is told every two seconds how far a portal is.
    """

    folder: DataFolder
    arguments: Sequence[str] = ()
    settings: Sequence[str] = ()
    limit: float = 3600
    lock: int | None = None
    progress: Callable[[str, Message], None] = lambda *_: None
    _running: set[subprocess.Popen[str]] = field(default_factory=set)

    def run(self, portals: Sequence[str], jobs: int) -> Iterator[Run]:
        """Crawl the portals, `jobs` at a time; yield each result when the crawl ends."""
        ended: queue.Queue[Future[Run]] = queue.Queue()
        with ThreadPoolExecutor(jobs) as pool:
            try:
                for portal in portals:
                    pool.submit(self._crawl, portal).add_done_callback(ended.put)
                for _ in portals:
                    yield ended.get().result()
            except BaseException:
                # Ctrl-C or SIGTERM: the crawls end cleanly, those that wait do not begin
                pool.shutdown(wait=False, cancel_futures=True)
                for process in list(self._running):
                    process.send_signal(signal.SIGTERM)
                    _later(STOP_SECONDS, process.kill)
                raise

    def _crawl(self, portal: str) -> Run:
        log, started, begun = self.folder.log / f"{portal}.log", time.monotonic(), datetime.now(UTC)
        rotate(log)
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
            process = self._start(portal, log, errors)
            self._running.add(process)
            try:
                last = self._follow(portal, process)
            finally:
                self._running.discard(process)
            errors.seek(0)
            said = _last_said([line.rstrip() for line in errors if line.strip()])
        seconds = time.monotonic() - started
        counts: dict[str, int] = {name: last[name] for name in _COUNTS if name in last}
        if "verdict" in last:
            verdict = Verdict(last["verdict"])
            tail = last_lines(log) if verdict is Verdict.FAILED else []
            return Run(portal, last["status"], verdict, last["detail"], seconds, log, counts, tail)
        verdict, detail = self._died(process, seconds, stalled=said[:1] == [_HELD_UP])
        self._complete_row(portal, begun, verdict, detail)
        tail = said or last_lines(log)
        return Run(portal, MEANINGS[verdict].exit_status, verdict, detail, seconds, log, counts, tail)

    def _start(self, portal: str, log: Path, errors: IO[str]) -> subprocess.Popen[str]:
        settings = [f"CLOSESPIDER_TIMEOUT={self.limit}", *self.settings, f"LOG_FILE={log}", "NEWSCRAWL_PROGRESS=1"]
        options = [part for pair in self.arguments for part in ("-a", pair)]
        options += [part for pair in settings for part in ("-s", pair)]
        folder = str(self.folder.root.absolute())
        environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newscrawl.settings", "NEWSCRAWL_DATA": folder}
        environment |= {"NEWSCRAWL_FRONTIER": self.folder.shared, "NEWSCRAWL_WARC": self.folder.target}
        return subprocess.Popen(  # noqa: S603  our own interpreter, and portal names from the spider loader
            [sys.executable, "-m", "scrapy", "crawl", portal, *options],
            env=environment if self.lock is None else {**environment, LOCKED_BY_PARENT: folder},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
            start_new_session=True,
            pass_fds=() if self.lock is None else (self.lock,),
        )

    def _follow(self, portal: str, process: subprocess.Popen[str]) -> Message:
        """Read what a crawl tells until it ends, and make it end when it is too late; give the last it told."""
        timers = [
            _later(self.limit + GRACE_SECONDS, process.terminate),
            _later(self.limit + GRACE_SECONDS + STOP_SECONDS, process.kill),
        ]
        last: Message = {}
        assert process.stdout
        with process.stdout:
            for line in process.stdout:
                try:
                    told = json.loads(line)
                except ValueError:
                    continue  # some library printed a line
                if isinstance(told, dict):
                    last = cast("Message", told)
                    self.progress(portal, last)
        process.wait()
        for timer in timers:
            timer.cancel()
        return last

    def _died(self, process: subprocess.Popen[str], seconds: float, *, stalled: bool) -> tuple[Verdict, str]:
        """Return the verdict on a crawl that ended without reporting one."""
        status = process.returncode
        if seconds > self.limit:
            return Verdict.TIME_LIMIT, f"did not end within its time limit of {self.limit:.0f} s and was ended by force"
        if status in {-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}:
            return Verdict.STOPPED, f"ended by signal {-status}"
        with closing(Frontier.open(self.folder.frontier)) as frontier:
            url = frontier.leases.read_by(process.pid)
        page = f" while it read {url}" if url else ""
        if stalled:
            return Verdict.STALLED, f"was held up{page}, and ended itself"
        how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
        return Verdict.FAILED, how + page

    def _complete_row(self, portal: str, begun: datetime, verdict: Verdict, detail: str) -> None:
        """Write the verdict that the crawl could not write: into its row, or a new row if there is none."""
        if not self.folder.has_archive:
            return
        with Archive.open(self.folder.archive) as archive:
            row = next(iter(archive.crawls(portal, limit=1)), None)
            if row is None or datetime.fromisoformat(row.started_at) < begun:
                row = archive.begin_crawl(portal, begun)
            if row.verdict is None:
                row.verdict, row.detail = str(verdict), detail
                archive.end_crawl(row, datetime.now(UTC))


def _last_said(lines: list[str]) -> list[str]:
    """Return the last of the lines a crawl wrote to its standard error; where it was held up, what it was doing."""
    if not any(line.startswith(_HELD_UP) for line in lines):
        return lines[-LAST_LINES:]
    # one block a thread, the main thread's at the end, its innermost call first
    main = max((number for number, line in enumerate(lines) if line.startswith("Thread ")), default=-1) + 1
    return [_HELD_UP, *lines[main : main + LAST_LINES]]


def _later(seconds: float, act: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), act)
    timer.daemon = True
    timer.start()
    return timer


def rotate(log: Path) -> None:
    """Put a log that has grown large aside: portal.log becomes portal.log.1, that one .2, and the oldest goes."""
    if not log.exists() or log.stat().st_size < LOG_BYTES:
        return
    for number in range(LOG_FILES - 1, -1, -1):
        older = log.with_name(f"{log.name}.{number}") if number else log
        if older.exists():
            older.replace(log.with_name(f"{log.name}.{number + 1}"))


def last_lines(log: Path) -> list[str]:
    """Return a log's last lines; none where it cannot be read."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 8192))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [line for line in lines if line.strip()][-LAST_LINES:]
