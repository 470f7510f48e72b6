"""`newscrawl load`: store the WARC files of workers without an archive in the archive."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import click

from newscrawl.archive import Archive
from newscrawl.archive.warc.shipping import place_of
from newscrawl.cli.folder import data_folder
from newscrawl.errors import FolderLockedError

if TYPE_CHECKING:
    from newscrawl.replay.loading import Loader


@click.command()
@click.argument("source")
@click.option("--follow", is_flag=True, help="Wait for further files and load them, until stopped.")
@click.option(
    "--every", type=click.FloatRange(1), default=30, show_default=True, help="Seconds between two checks for new files."
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes, a core each.")
def load(source: str, every: float, jobs: int, *, follow: bool) -> None:
    """Load the finished WARC files of SOURCE, a folder or s3://bucket/prefix, into the archive.

    Each file is copied to the data folder and replayed, once only. The order of files does not matter, except for
    articles that a site has at several addresses, and several loads may run at once. Workers without an archive are
    crawls with NEWSCRAWL_WARC set.

    Exit status: 1 if records were damaged or pages could not be read; the lines name them.
    """
    from newscrawl.replay.loading import Loader  # noqa: PLC0415  it brings the reactor

    folder = data_folder()
    folder.prepare()
    loader = Loader(folder, place_of(source), jobs)
    amiss = False
    while True:
        try:
            with folder.locked(with_others=True):
                Archive.open(folder.archive).close()
                amiss |= _load(loader)
        except FolderLockedError as error:
            if not follow:
                raise
            click.echo(f"newscrawl: {error}", err=True)  # held by a crawl or a check: try again next time
        if not follow:
            break
        time.sleep(every)
    sys.exit(1 if amiss else 0)


def _load(loader: Loader) -> bool:
    """Load the new files and print the result; return whether anything failed."""
    amiss, count = False, 0
    for loaded in loader.load():
        outcomes = loaded.replayed.outcomes
        click.echo(f"{', '.join(loaded.names)}: {outcomes.total()} pages, {outcomes['article']} articles")
        count += len(loaded.names)
        if lack := loaded.replayed.missing():
            amiss = True
            click.echo(f"newscrawl: {lack}", err=True)
    click.echo(f"{count} files loaded" if count else "nothing new to load")
    return amiss
