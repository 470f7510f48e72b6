"""`scrapy list`, which also names files that could not be loaded."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.commands import list as scrapy_list

from newscrawl.catalogue.spiderloader import portal_loader
from newscrawl.errors import BrokenPortalError

if TYPE_CHECKING:
    import argparse


class Command(scrapy_list.Command):
    """Name the spiders of this project."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the names; broken files are named on stderr and change the exit status."""
        super().run(args, opts)
        if complaints := portal_loader().complaints():
            sys.stderr.writelines(f"newscrawl: {complaint}\n" for complaint in complaints)
            self.exitcode = BrokenPortalError.exit_status
