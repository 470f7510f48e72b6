"""`newscrawl demo`: crawl the sample portal at four moments of its life, to have something to look at."""

from __future__ import annotations

import os
import sys

import click

from newscrawl.cli.analyst.reprints import reprints
from newscrawl.cli.analyst.search import history
from newscrawl.cli.analyst.serve import serve as serve_command
from newscrawl.cli.folder import data_folder, typed
from newscrawl.sample import visits

_HAPPENED = {
    "revised": "was changed",
    "withdrawn": "was withdrawn",
    "returned": "went, and came back",
    "copied": "was copied three times",
}


@click.command()
@click.option("--serve/--no-serve", default=None, help="Show it in a browser afterwards; the default on a terminal.")
@click.option(
    "--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 for any free one."
)
@click.pass_context
def demo(context: click.Context, serve: bool | None, port: int) -> None:
    """Crawl the bundled sample portal four times, to show a revision, a withdrawal, a return and reprints.

    Nothing is fetched from the internet. The data folder is ./demo, unless --data or NEWSCRAWL_DATA names another; a
    second run shows the data of the first.
    """
    os.environ.setdefault("NEWSCRAWL_DATA", "demo")
    folder = data_folder()
    for number, run in enumerate(visits.make(folder), 1):
        told = ", ".join(f"{count} {name}" for name, count in run.counts.items())
        click.echo(f"visit {number}: {told} in {run.seconds:.0f} s")
    begin = f"$ {typed('newscrawl')} --data {folder.root}"
    for shown in visits.shown(folder):
        click.echo(f"\n{shown.title} {_HAPPENED[shown.what]}:\n{begin} {shown.command} {shown.url}")
        if shown.command == "reprints":
            context.invoke(reprints, url=shown.url, changes=False)
        else:
            context.invoke(history, url=shown.url)
    click.echo(f"\nAll of it in a browser, page by page:\n{begin} serve --open")
    if sys.stdout.isatty() if serve is None else serve:
        context.invoke(serve_command, port=port)
