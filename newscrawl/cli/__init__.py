"""The command line. It holds no SQL and no rules: it reads arguments, calls, and prints.

One module a subject; this one gathers them under `newscrawl`.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from pathlib import Path
from typing import Any

import click

from newscrawl import __version__
from newscrawl.cli import (
    checking,
    crawling,
    demonstrating,
    export,
    extracting,
    frontiers,
    issues,
    linking,
    making,
    portals,
    reading,
    reporting,
    reprinting,
    scheduling,
    serving,
    sourcing,
    statistics,
    verifying,
    watching,
)
from newscrawl.errors import NewscrawlError


class OneLineErrors(click.Group):
    """Prints an error a user can mend as one line and exits with its status."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except NewscrawlError as error:
            click.echo(f"newscrawl: {error}", err=True)
            ctx.exit(error.exit_status)


@click.group(cls=OneLineErrors)
@click.version_option(__version__)
@click.option("--data", type=click.Path(path_type=Path), help="The data folder; NEWSCRAWL_DATA or ./data otherwise.")
def main(data: Path | None) -> None:
    """The archive of Chinese regional news: crawl portals into one SQLite file, and read it."""
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "newscrawl.settings")
    if data is not None:
        os.environ["NEWSCRAWL_DATA"] = str(data)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a GBK terminal has no emoji: show the rest
    for number in (signal.SIGTERM, signal.SIGHUP):  # so that crawls are ended cleanly
        signal.signal(number, lambda got, _: sys.exit(128 + got))


for command in (
    crawling.crawl,
    crawling.replay,
    demonstrating.demo,
    checking.check,
    checking.backup,
    checking.compact,
    checking.upgrade,
    scheduling.cron,
    portals.portals,
    issues.issues,
    verifying.verify,
    making.new,
    linking.links,
    extracting.extract,
    reading.search,
    reading.show,
    reading.history,
    reporting.report,
    statistics.stats,
    reprinting.reprints,
    sourcing.sources,
    export.export,
    frontiers.frontier,
    serving.serve,
    watching.health,
):
    main.add_command(command)
