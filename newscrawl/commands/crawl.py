"""`scrapy crawl`, with one-line errors for what a user can mend, and an exit status that says how it went."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.commands import crawl
from scrapy.exceptions import UsageError

from newscrawl.archive import Archive
from newscrawl.data_folder import DataFolder
from newscrawl.errors import NewscrawlError, PortalError
from newscrawl.frontier.store import Frontier

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
        if name not in self.crawler_process.spider_loader.list():
            raise PortalError(f"there is no portal {name!r}; `scrapy list` shows those there are")
        folder = DataFolder(self.crawler_process.settings["NEWSCRAWL_DATA"])
        folder.prepare()
        Archive.open(folder.archive).close()
        Frontier.open(folder.frontier).close()
        crawler = self._create_crawler(name)
        crawler.spidercls(**opts.spargs)  # a misdeclared portal or wrong argument shows here, before the reactor runs
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        self.exitcode = (
            1 if self.crawler_process.bootstrap_failed else crawler.stats.get_value("verdict/exit_status", 0)
        )
        if self.exitcode:
            sys.stderr.write(f"newscrawl: {name}: {crawler.stats.get_value('verdict', 'failed')}\n")
