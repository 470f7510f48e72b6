"""`newscrawl batch`: years of WARC files read anew without an archive."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.archive.warc.shipping import place_of
from newscrawl.errors import NewscrawlError

if TYPE_CHECKING:
    from collections.abc import Callable

    from newscrawl.batch.engine import Done

_EVERY = 10.0  # seconds between two lines of progress


@click.group()
def batch() -> None:
    """Read years of WARC files anew, on all cores or a cluster, into Parquet files."""


@batch.command()
@click.argument("source")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--jobs", type=click.IntRange(1), help="Files at once on this machine; as many as it has cores.")
@click.option("--cluster", metavar="ADDRESS", help="A running Ray cluster; all its machines must see OUT's folder.")
def extract(source: str, out: Path, jobs: int | None, cluster: str | None) -> None:
    """Extract the articles of all WARC files in SOURCE, a folder or s3://bucket/prefix, into OUT.

    OUT.parquet becomes one file; a name that does not end so becomes a folder, with a Parquet file for each WARC file.
    A row is an article as one capture shows it, with the fields an archive has of it.

    A run that was stopped, or in which files failed, goes on when it is started again; so does a folder to which WARC
    files were added.

    Exit status: 1 if files failed or records were damaged; the lines name them.
    """
    from newscrawl.batch.engine import left, part_of, read_all  # noqa: PLC0415  it brings Scrapy
    from newscrawl.batch.tables import join  # noqa: PLC0415  as above

    sizes = place_of(source).sizes()
    if not sizes:
        raise NewscrawlError(f"{source} holds no WARC files (*.warc.gz)")
    is_file = out.suffix == ".parquet"
    parts = out.with_name(f"{out.name}.parts") if is_file else out
    if is_file and out.exists() and not parts.exists():
        raise NewscrawlError(f"{out} is there already: remove it, or give a folder, which grows with its source")
    names, done = left(sizes, parts)
    if names:
        cores = jobs or len(os.sched_getaffinity(0))
        read_all(source, names, parts, cores, cluster, done, _teller(done, len(sizes)))
    if is_file and done.read:
        join((part_of(parts, name)[0] for name in sorted(done.read)), out)
    if is_file and not done.failed:
        shutil.rmtree(parts)
    _tell(done, len(sizes), out)


@batch.command()
@click.argument("articles", type=click.Path(exists=True, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
def reprints(articles: Path, out: Path) -> None:
    """Find who reprinted whom among the ARTICLES of `newscrawl batch extract`, into OUT.parquet.

    The rows are those that an archive of the same pages exports as its table `reprints`.
    """
    from newscrawl.batch.tables import reprints as find  # noqa: PLC0415  it brings pyarrow

    click.echo(f"{find(articles, out)} reprints written to {out}")


def _teller(done: Done, files: int) -> Callable[[], None]:
    """Give a function that shows how far the run is, every few seconds."""
    last = [time.monotonic()]

    def tell() -> None:
        if time.monotonic() - last[0] >= _EVERY:
            last[0] = time.monotonic()
            click.echo(f"{len(done.read) + len(done.failed)} of {files} files, {done.counts()['article']} articles")

    return tell


def _tell(done: Done, files: int, out: Path) -> None:
    """Say what came of it, and end with the status that says whether all went well."""
    counts = done.counts()
    for name, reason in sorted(done.failed.items()):
        click.echo(f"newscrawl: {name}: {reason}; left for the next run", err=True)
    for name, found in sorted(done.read.items()):
        for fault in ("damaged", "unreadable"):
            if found.get(fault):
                click.echo(f"newscrawl: {name}: {found[fault]} {fault} records were passed over", err=True)
    pages = sum(count for what, count in counts.items() if what != "damaged" and not what.startswith("error in "))
    click.echo(f"{len(done.read)} of {files} files, {pages} pages, {counts['article']} articles: {out}")
    others = [f"{what} {count}" for what, count in counts.most_common() if what != "article"]
    if others:
        click.echo(f"no articles: {', '.join(others)}")
    sys.exit(1 if done.failed or counts["damaged"] or counts["unreadable"] else 0)
