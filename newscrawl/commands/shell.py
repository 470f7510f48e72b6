"""`scrapy shell` as in any Scrapy project: what is tried there must not enter the frontier or the WARC files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.commands import shell

if TYPE_CHECKING:
    import argparse


class Command(shell.Command):
    """Interactive console, with this project's decoding."""

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take Scrapy's own scheduler in place of the frontier."""
        super().process_options(args, opts)
        self.settings.set("SCHEDULER", "scrapy.core.scheduler.Scheduler", priority="cmdline")
