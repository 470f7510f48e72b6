"""The command line: read arguments, call the other packages, print results. It contains no SQL and no rules.

Each command is in a module of its own, which is imported only when the command runs: `newscrawl --help` and small
commands must not wait for Scrapy, extraction or pandas.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from importlib import import_module
from pathlib import Path

import click

from newscrawl.errors import NewscrawlError
from newscrawl.runtime.frames import without_frames
from newscrawl.text import harmless

# Command → the module that defines it (as a function of that name), and its line in `newscrawl --help`.
_COMMANDS = {
    "backup": ("archivist.check", "Copy archive, frontier and raw pages."),
    "batch": ("archivist.batch", "Extract years of WARC files again, on all cores or a cluster."),
    "changes": ("analyst.changes", "Show recent changes: articles new, revised, withdrawn, returned, copied."),
    "check": ("archivist.check", "Check that archive, raw pages and frontier agree."),
    "compact": ("archivist.check", "Remove old captures of list pages."),
    "crawl": ("archivist.crawl", "Crawl portals into the archive."),
    "cron": ("archivist.cron", "Print the crontab lines, or the systemd units, of a nightly crawl."),
    "demo": ("archivist.demo", "Crawl the bundled sample portal four times, and show the changes."),
    "export": ("analyst.export", "Write articles to a file: JSON, CSV, Parquet, an archive."),
    "extract": ("developer.extract", "Extract the article of an HTML file, or of an archived page."),
    "frontier": ("archivist.frontier", "Show addresses by portal and state, and what is due."),
    "health": ("archivist.health", "Show which fields the articles of each portal have."),
    "history": ("analyst.search", "Show what happened to an article."),
    "issues": ("analyst.issues", "Show the days on which a newspaper's issue is missing."),
    "links": ("developer.links", "Show the links that a crawl would follow from a page."),
    "load": ("archivist.load", "Load the WARC files of workers without an archive."),
    "new": ("developer.new", "Make a portal's file from a site's address."),
    "portals": ("developer.portals", "List all portals."),
    "profile": ("developer.profile", "Learn what all pages of a host share, and use it in extraction."),
    "replay": ("archivist.crawl", "Rebuild the archive from the WARC files."),
    "report": ("archivist.report", "Show how each portal's last crawl went."),
    "reprints": ("analyst.reprints", "Show who published an article, and who reprinted it."),
    "search": ("analyst.search", "Search titles and texts."),
    "searches": ("analyst.changes", "List, add and remove saved searches; each has a feed."),
    "serve": ("analyst.serve", "Show the archive in a browser."),
    "show": ("analyst.search", "Show one article for reading."),
    "sources": ("analyst.sources", "List unknown sources, or who reprints from whom."),
    "stats": ("analyst.stats", "Count articles by day, region, portal and source; find gaps."),
    "upgrade": ("archivist.upgrade", "Bring data of an older version up to date."),
    "verify": ("developer.verify", "Crawl a few pages of a portal, and report what works."),
}


class Commands(click.Group):
    """The commands, each imported on demand. A NewscrawlError ends a command with one line and its exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # the base class's signature
        """Return the commands' names."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # as above
        """Import a command; None if there is none of this name."""
        if cmd_name not in _COMMANDS:
            return None
        with without_frames():
            command: click.Command = getattr(import_module(f"newscrawl.cli.{_COMMANDS[cmd_name][0]}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # as above
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in sorted(_COMMANDS.items())])

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except NewscrawlError as error:
            click.echo(harmless(f"newscrawl: {error}"), err=True)
            ctx.exit(error.exit_status)


@click.group(cls=Commands)
@click.version_option(package_name="newscrawl")
@click.option("--data", type=click.Path(path_type=Path), help="The data folder; by default NEWSCRAWL_DATA or ./data.")
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
