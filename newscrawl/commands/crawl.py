"""`scrapy crawl` with one-line errors for mistakes of the user, and the crawl's verdict as exit status."""

from __future__ import annotations

import inspect
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import crawl
from scrapy.exceptions import UsageError

from newscrawl.archive import Archive
from newscrawl.catalogue.spiderloader import PortalLoader
from newscrawl.data_folder import DataFolder
from newscrawl.errors import NewscrawlError, PortalError
from newscrawl.health.progress import brought, say
from newscrawl.health.verdict import MEANINGS, Verdict, closing_line
from newscrawl.run import check_storage
from newscrawl.text import harmless

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from scrapy import Spider


class Command(crawl.Command):
    """Run a portal of this project, by name."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check arguments and storage, crawl, and exit with the status of the crawl's verdict."""
        if len(args) != 1:
            raise UsageError("name one portal: scrapy crawl NAME (`newscrawl portals` shows them)")
        try:
            self._crawl(args[0], opts)
        except NewscrawlError as error:
            sys.stderr.write(f"newscrawl: {error}\n")
            self.exitcode = error.exit_status
            verdict = Verdict.MISDECLARED if isinstance(error, PortalError) else Verdict.STORAGE
            self._report({"verdict": str(verdict), "detail": str(error)})

    def _crawl(self, name: str, opts: argparse.Namespace) -> None:
        assert self.crawler_process
        if isinstance(loader := self.crawler_process.spider_loader, PortalLoader):
            loader.require(name)
        folder = DataFolder.of(self.crawler_process.settings)
        folder.prepare()
        with folder.locked():
            for line in check_storage(folder):
                sys.stderr.write(f"newscrawl: {line}\n")
            crawler = self._create_crawler(name)
            _check_arguments(crawler.spidercls, opts.spargs)
            _tell_of_replacing(opts.overwrite_output or [])
            try:
                crawler.spidercls(**opts.spargs)  # raises for a misdeclared portal, before the reactor runs
            except PortalError as error:
                # with arguments the mistake may be in the command line, so it is not recorded for the portal
                if not opts.spargs and folder.has_archive:
                    _record_misdeclared(folder, name, error)
                raise
            self.crawler_process.crawl(crawler, **opts.spargs)
            self.crawler_process.start()
        stats = crawler.stats.get_stats()
        failed = self.crawler_process.bootstrap_failed or "verdict" not in stats
        verdict = Verdict.FAILED if failed else Verdict(stats["verdict"])
        self.exitcode = stats.get("verdict/exit_status") or MEANINGS[verdict].exit_status
        detail = stats.get("verdict/error") or stats.get("verdict/detail") or ""
        counts = brought(stats)
        sys.stderr.write(harmless(f"newscrawl: {closing_line(verdict, detail, counts)}\n"))
        self._report({"verdict": str(verdict), "detail": detail, **counts})

    def _report(self, message: Mapping[str, object]) -> None:
        """Report the end to `newscrawl crawl`, if it has started this crawl."""
        assert self.settings
        if self.settings.getbool("NEWSCRAWL_PROGRESS"):
            say({"status": self.exitcode, **message})


def _tell_of_replacing(targets: list[str]) -> None:
    """Warn that -O overwrites the output of earlier runs: a run outputs only articles new since the last one."""
    for target in targets:
        file = Path(target.rpartition(":")[0] or target) if not Path(target).exists() else Path(target)
        if file.is_file() and file.stat().st_size:
            sys.stderr.write(
                f"newscrawl: -O replaces {file} by what this run stores, and what earlier runs stored is not fetched"
                " again: -o adds to it; newscrawl export writes all\n"
            )


def _check_arguments(spider: type[Spider], given: dict[str, str]) -> None:
    """Refuse `-a` arguments that the spider does not know; Scrapy would silently make attributes of them.

    Raises:
        PortalError: names the argument, and those there are.
    """
    known: set[str] = set()
    for parent in spider.__mro__:
        if parent.__module__.startswith("scrapy."):
            break
        if "__init__" in vars(parent):
            known |= inspect.signature(vars(parent)["__init__"]).parameters.keys()
    known -= {"self", "name", "arguments", "args", "kwargs"}
    for name in given:
        if name not in known:
            offer = f"it takes {', '.join(sorted(known))}" if known else "it takes none"
            raise PortalError(f"{spider.name} has no argument {name!r} (-a {name}=…): {offer}")


def _record_misdeclared(folder: DataFolder, portal: str, error: PortalError) -> None:
    """Write a row for the crawl that could not begin, so that the report shows it."""
    now = datetime.now(UTC)
    with Archive.open(folder.archive) as archive:
        row = archive.begin_crawl(portal, now)
        row.verdict, row.detail = str(Verdict.MISDECLARED), str(error)
        archive.end_crawl(row, now)
