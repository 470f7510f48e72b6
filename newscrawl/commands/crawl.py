"""`scrapy crawl`, with one-line errors for what a user can mend, and an exit status that says how it went."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from scrapy.commands import crawl
from scrapy.exceptions import UsageError

from newscrawl.data_folder import DataFolder
from newscrawl.errors import NewscrawlError
from newscrawl.run import check_storage
from newscrawl.spiderloader import PortalLoader

if TYPE_CHECKING:
    import argparse


class Command(crawl.Command):
    """Run a portal of this project, by name."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check what can be checked beforehand, crawl, and take the crawl's verdict for the exit status."""
        if len(args) != 1:
            raise UsageError("name one portal: scrapy crawl NAME (`scrapy list` shows them)")
        try:
            self._crawl(args[0], opts)
        except NewscrawlError as error:
            sys.stderr.write(f"newscrawl: {error}\n")
            self.exitcode = error.exit_status

    def _crawl(self, name: str, opts: argparse.Namespace) -> None:
        assert self.crawler_process
        if isinstance(loader := self.crawler_process.spider_loader, PortalLoader):
            loader.require(name)
        check_storage(DataFolder(self.crawler_process.settings["NEWSCRAWL_DATA"]))
        crawler = self._create_crawler(name)
        crawler.spidercls(**opts.spargs)  # a misdeclared portal or wrong argument shows here, before the reactor runs
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        self.exitcode = (
            1 if self.crawler_process.bootstrap_failed else crawler.stats.get_value("verdict/exit_status", 0)
        )
        sys.stderr.write(f"newscrawl: {closing_line(crawler.stats.get_stats())}\n")


def closing_line(stats: dict[str, Any]) -> str:
    """Say in a line how a crawl went: what is wrong, or what it brought."""
    verdict = stats.get("verdict/error") or stats.get("verdict", "failed, see the log")
    counts = ", ".join(f"{stats.get(f'stored/{what}', 0)} {what}" for what in ("new", "revised", "gone"))
    brought = f"{stats.get('downloader/response_count', 0)} pages, {counts}"
    return brought if verdict == "ok" else f"{verdict} ({brought})"
