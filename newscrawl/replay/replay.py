"""Replay: rebuild the archive from the WARC files, through the same pipelines as a crawl."""

from __future__ import annotations

import heapq
import json
import logging
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self
from zlib import crc32

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.project import get_project_settings

from newscrawl.archive import Archive, Crawl, read_warc
from newscrawl.catalogue.spiderloader import portal_loader
from newscrawl.data_folder import DataFolder
from newscrawl.errors import WarcError
from newscrawl.items import PortalFacts
from newscrawl.profiles.files import Profiles
from newscrawl.replay.recorded import recorded_page
from newscrawl.runtime import counts_of
from newscrawl.urls import host_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from newscrawl.archive import Capture
    from newscrawl.extract.finders import Finder
    from newscrawl.extract.page.guidance import HostProfile
    from newscrawl.items import Page
    from newscrawl.runtime import Stats

logger = logging.getLogger(__name__)

EVERY = 200  # pages after which the place reached is saved


@dataclass(frozen=True, slots=True)
class Choice:
    """Which pages to replay; None means no limit.

    Attributes:
        files: names of WARC files.
        portal: the portal's key.
        host: of the pages' addresses.
        share: one of several equal shares of the addresses: its number, and the number of shares.
    """

    files: frozenset[str] | None = None
    portal: str | None = None
    host: str | None = None
    share: tuple[int, int] | None = None

    def name(self) -> str:
        """Return a text that is the same for the same choice."""
        return json.dumps([sorted(self.files or ()), self.portal, self.host, self.share])

    def allows(self, capture: Capture) -> bool:
        """Return whether a record is to be replayed."""
        if self.share and crc32(capture.url.encode("utf-8", "replace")) % self.share[1] != self.share[0]:
            return False
        if self.portal is not None and portal_of(capture) != self.portal:
            return False
        return self.host is None or (capture.record_type != "metadata" and host_of(capture.url) == self.host)


@dataclass(slots=True)
class Place:
    """How far a replay has come, saved in a file, so that a stopped replay can continue."""

    path: Path
    choice: str
    reached: tuple[str, str, int] = ("", "", 0)  # time, file and offset of the last record
    count: int = 0

    def read(self) -> None:
        """Return the place where a replay of the same choice was stopped."""
        with suppress(OSError, ValueError, TypeError, LookupError):
            kept = json.loads(self.path.read_text("utf-8"))
            if kept["choice"] == self.choice:
                self.reached = (str(kept["reached"][0]), str(kept["reached"][1]), int(kept["reached"][2]))

    def passed(self, capture: Capture) -> bool:
        """Return whether a record was replayed before; else note it as reached."""
        place = (capture.fetched_at.isoformat(timespec="microseconds"), capture.ref.file, capture.ref.offset)
        if place <= self.reached:
            return True
        self.count += 1
        if self.count % EVERY == 0:  # the place before this page, which is not stored yet
            self.path.write_text(json.dumps({"choice": self.choice, "reached": self.reached}), "utf-8")
        self.reached = place
        return False


@dataclass(slots=True)
class Replayed:
    """The result of a replay.

    Attributes:
        is_whole: whether it came to its end.
        read: the number of recorded pages.
        outcomes: the number of stored pages, by outcome.
        damaged: the number of records that could not be read.
        error: the message of the error that stopped it, if one did.
        exit_status: of that error.
    """

    is_whole: bool = False
    read: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    damaged: int = 0
    error: str | None = None
    exit_status: int | None = None

    @classmethod
    def of(cls, stats: Stats) -> Self:
        """Read the result from the statistics of the replay's crawler."""
        return cls(
            bool(stats.get("replay/whole")),
            stats.get("replay/read", 0),
            Counter(counts_of(stats, "outcome/")),
            stats.get("warc/damaged", 0),
            stats.get("verdict/error"),
            stats.get("verdict/exit_status"),
        )

    def __add__(self, other: Self) -> Self:
        """Join the results of two processes; the whole is whole if both parts are."""
        return type(self)(
            self.is_whole and other.is_whole,
            self.read + other.read,
            self.outcomes + other.outcomes,
            self.damaged + other.damaged,
            other.error or self.error,
            other.exit_status if other.exit_status is not None else self.exit_status,
        )

    def missing(self) -> str | None:
        """Return what it lacks: pages not stored, and records that could not be read; None if it is complete."""
        stored = self.outcomes.total()
        if not self.is_whole:
            return f"the replay stopped after {self.read} pages, {stored} of them stored; the log above says why"
        lacks = [f"{self.read - stored} of {self.read} pages could not be replayed"] if stored < self.read else []
        if self.damaged:
            lacks.append(f"{self.damaged} damaged WARC records were passed over")
        return f"{', '.join(lacks)}; the log above names them" if lacks else None


class Replay(Spider):
    """Yields the recorded pages in the order in which they were fetched.

    Args:
        overrides: gives a spider's finders by its name; an unknown spider has none.
        choice: which pages.
        place: where to begin.
        profiles: those in force.
    """

    name = "replay"

    def __init__(
        self,
        overrides: Callable[[str], dict[str, Finder[object]]],
        choice: Choice,
        place: Place,
        profiles: Profiles,
        **arguments: object,
    ) -> None:
        super().__init__(self.name, **arguments)
        self.overrides = overrides
        self.choice = choice
        self.place = place
        self.profiles = profiles

    async def start(self) -> AsyncIterator[Page]:
        """Yield a `Page` for every recorded response except robots.txt."""
        damaged = "warc/damaged"
        self.crawler.stats.set_value(damaged, 0)
        folder = DataFolder(self.settings["NEWSCRAWL_DATA"]).warc
        for capture in in_order(folder, lambda _: self.crawler.stats.inc_value(damaged), self.choice.files):
            if not self.choice.allows(capture) or self.place.passed(capture):
                continue
            if capture.name == "crawl":
                self.restore(capture)
            elif capture.is_page:
                self.crawler.stats.inc_value("replay/read")
                if (page := self.page(capture)) is not None:
                    yield page
        self.crawler.stats.set_value("replay/whole", True)

    def restore(self, capture: Capture) -> None:
        """Put back the row of a crawl that a WARC file keeps."""
        try:
            crawl = Crawl.from_payload(capture.payload)
        except (KeyError, TypeError, ValueError) as error:
            logger.warning("the row of a crawl in %s is left out: %s", capture.ref.file, error)
            self.crawler.stats.inc_value("warc/damaged")
            return
        with Archive.open(DataFolder(self.settings["NEWSCRAWL_DATA"]).archive) as archive:
            archive.put_crawl(crawl)

    def page(self, capture: Capture) -> Page | None:
        """Make the page of a capture; a page that fails is skipped, and reported at the end."""
        try:
            return page_of(capture, self.overrides, self.profiles.get)
        except Exception:  # whatever a page of ten years ago holds, the others are replayed
            logger.exception("%s, at offset %d of %s", capture.url, capture.ref.offset, capture.ref.file)
            return None


def portal_of(capture: Capture) -> str:
    """Return the portal a record belongs to: from the file's warcinfo, or if that is missing, from the file's name."""
    return capture.info.get("newscrawl-portal") or capture.ref.file.split(".warc")[0].rsplit("-", 3)[0]


def page_of(
    capture: Capture,
    overrides: Callable[[str], dict[str, Finder[object]]],
    profile_of: Callable[[str], HostProfile | None] = lambda _: None,
) -> Page:
    """Make the page of a capture, with the portal its file names, that portal's overrides and its host's profile."""
    info, key = capture.info, portal_of(capture)
    portal = PortalFacts(
        key,
        info.get("newscrawl-title") or key,
        info.get("newscrawl-region") or None,
        info.get("newscrawl-level") or None,
        overrides(info.get("newscrawl-spider", "")),
        info.get("newscrawl-division") or None,
        profile_of,
    )
    return recorded_page(capture, portal)


def overrides_by_spider() -> Callable[[str], dict[str, Finder[object]]]:
    """Return a function that gives a spider's finders by its name; an unknown spider has none."""
    loader = portal_loader()
    for complaint in loader.complaints():
        logger.warning("%s: what its finders read is read by the generic ones alone", complaint)
    portals = loader.portals()
    return lambda name: portals[name].overrides if name in portals else {}


def recorded_files(folder: Path, names: frozenset[str] | None = None) -> dict[str, Path]:
    """Return the WARC files of a folder, all or the named; one that is still written to has the name it will have."""
    there = {path.name.removesuffix(".open"): path for path in folder.glob("*.warc.gz*")}
    return {name: path for name, path in there.items() if names is None or name in names}


def in_order(
    folder: Path, on_damage: Callable[[Exception], None], files: frozenset[str] | None = None
) -> Iterator[Capture]:
    """Yield the captures of WARC files, all or the named, by time; one is opened only when its turn has come."""
    waiting = sorted(recorded_files(folder, files).values(), key=_stamp, reverse=True)
    heap: list[tuple[datetime, str, int, Capture, Iterator[Capture]]] = []

    def advance(captures: Iterator[Capture]) -> None:
        try:
            capture = next(captures, None)
        except WarcError as error:  # the file cannot be opened
            logger.warning("%s", error)
            on_damage(error)
            return
        if capture is not None:
            heapq.heappush(heap, (capture.fetched_at, capture.ref.file, capture.ref.offset, capture, captures))

    while heap or waiting:
        while waiting and (not heap or _stamp(waiting[-1]) <= heap[0][0].strftime("%Y%m%d%H%M%S")):
            advance(read_warc(waiting.pop(), on_damage=on_damage))
        if heap:
            _, _, _, capture, captures = heapq.heappop(heap)
            advance(captures)
            yield capture


def _stamp(path: Path) -> str:
    """The UTC stamp in a WARC file's name, `<portal>-<stamp>-<pid>-<serial>.warc.gz`; "" in another program's."""
    stamp = re.search(r"-(\d{14})-\d+-\d+\.warc", path.name)
    return stamp[1] if stamp else ""


def run_replay(choice: Choice | None = None) -> Replayed:
    """Replay the data folder of the project's settings into its archive.

    A replay that was stopped is taken up where it was, if the same was chosen and the archive is still there.
    """
    settings, choice = get_project_settings(), choice or Choice()
    folder = DataFolder(settings["NEWSCRAWL_DATA"])
    # of several processes at once, each has a place of its own
    own = f"-{crc32(choice.name().encode()):08x}" if choice.share or choice.files else ""
    place = Place(folder.root / f".replay{own}", choice.name())
    if folder.archive.exists():
        place.read()
    # Nothing is fetched and nothing is planned, so neither the frontier nor the crawl's own record takes part.
    for name, value in {
        "NEWSCRAWL_WARC": "",  # replaying the pages of a worker without an archive stores them
        "SCHEDULER": "scrapy.core.scheduler.Scheduler",
        "SPIDER_MIDDLEWARES": {},
        "DOWNLOADER_MIDDLEWARES": {},
        "EXTENSIONS": {"newscrawl.runtime.watchdog.Watchdog": 130},  # a page without end ends it, and is named
        "LOG_LEVEL": "WARNING",
    }.items():
        settings.set(name, value, priority="cmdline")
    overrides = overrides_by_spider()
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Replay)
    process.crawl(crawler, overrides=overrides, choice=choice, place=place, profiles=Profiles(folder.profiles))
    process.start()
    replayed = Replayed.of(crawler.stats.get_stats())
    if replayed.is_whole:
        place.path.unlink(missing_ok=True)
    return replayed
