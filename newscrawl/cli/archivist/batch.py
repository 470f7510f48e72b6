"""`newscrawl batch`: extract years of WARC files without an archive."""

from __future__ import annotations

import os
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.archive.warc.shipping import place_of
from newscrawl.errors import NewscrawlError

if TYPE_CHECKING:
    from collections.abc import Callable

    from newscrawl.batch.engine import Done
    from newscrawl.profiles.learning import SeenPage

_EVERY = 10.0  # seconds between two lines of progress
_CGROUP = Path("/sys/fs/cgroup/cpu.max")
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def _side_by_side(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options for reading files in parallel to a command."""
    for option in (
        click.option(
            "--cluster", metavar="ADDRESS", help="A running Ray cluster; all its machines must see the folders."
        ),
        click.option(
            "--jobs", type=click.IntRange(1), help="Files read at once on this machine; by default one for each core."
        ),
    ):
        command = option(command)
    return command


def cores() -> int:
    """Return how many cores this process may use, which a container's CPU limit can lower."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1  # macOS: all
    with suppress(OSError, ValueError):  # no container, no limit ("max"), or another operating system
        quota, period = _CGROUP.read_text("ascii").split()
        allowed = min(allowed, max(1, int(quota) // int(period)))
    return allowed


@click.group()
def batch() -> None:
    """Extract years of WARC files again, on all cores or a cluster, into Parquet files."""


@batch.command()
@click.argument("source")
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--profiles", type=_FOLDER, help="Use the hosts' profiles in this folder.")
@_side_by_side
def extract(source: str, out: Path, profiles: Path | None, jobs: int | None, cluster: str | None) -> None:
    """Extract the articles of all WARC files in SOURCE, a folder or s3://bucket/prefix, into OUT.

    OUT.parquet becomes one file; a name that does not end so becomes a folder, with a Parquet file for each WARC file.
    Each row is an article as one capture shows it, with the same fields as in an archive.

    Start a run again if it was stopped, if files failed, or if WARC files were added to SOURCE: it reads only what is
    missing. Files are also read again after the extraction rules, overrides or profiles have changed.

    Exit status: 1 if files failed or records were damaged; the lines name them.
    """
    from newscrawl.batch.engine import each, left, part_of, profiles_in, read_file  # noqa: PLC0415  it brings Scrapy
    from newscrawl.batch.tables import join  # noqa: PLC0415  as above

    sizes = place_of(source).sizes()
    if not sizes:
        raise NewscrawlError(f"{source} holds no WARC files (*.warc.gz)")
    is_file = out.suffix == ".parquet"
    parts = out.with_name(f"{out.name}.parts") if is_file else out
    if is_file and out.exists() and not parts.exists():
        raise NewscrawlError(f"{out} is there already: remove it, or give a folder, which grows with its source")
    own = str(profiles.resolve()) if profiles else None
    names, done = left(sizes, parts, profiles_in(own))
    if done.outdated:
        click.echo(f"{done.outdated} of {len(sizes)} files were read by other rules, and are read again")
    if names:
        parts.mkdir(parents=True, exist_ok=True)
        tell = _teller(done, len(sizes))
        calls = {name: (source, name, str(parts.resolve()), own) for name in names}
        for name, counts, reason in each(read_file, calls, jobs or cores(), cluster):
            if counts is not None:
                done.read[name] = counts
            else:
                done.failed[name] = reason or ""
            tell()
    if is_file and done.read:
        join((part_of(parts, name)[0] for name in sorted(done.read)), out)
    if is_file and not done.failed:
        shutil.rmtree(parts)
    _tell(done, len(sizes), out)


@batch.command()
@click.argument("articles", type=click.Path(exists=True, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
def reprints(articles: Path, out: Path) -> None:
    """Find reprints among the ARTICLES of `newscrawl batch extract`, into OUT.parquet.

    The rows are those that an archive of the same pages exports as its table `reprints`.
    """
    from newscrawl.batch.tables import reprints as find  # noqa: PLC0415  it brings pyarrow

    click.echo(f"{find(articles, out)} reprints written to {out}")


@batch.command()
@click.argument("articles", type=click.Path(exists=True, path_type=Path))
@click.argument("source")
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--pages", type=click.IntRange(10), default=60, show_default=True, help="Number of articles read for each host."
)
@_side_by_side
def profiles(articles: Path, source: str, out: Path, pages: int, jobs: int | None, cluster: str | None) -> None:
    """Learn each host's profile from the ARTICLES of `newscrawl batch extract` and their pages in SOURCE, into OUT.

    OUT is a folder. It gets a file HOST.json for each host with enough articles: the same profile that
    `newscrawl profile` learns from an archive of these pages. `newscrawl batch extract --profiles OUT` uses them.

    Exit status: 1 if a WARC file could not be read; the lines name it.
    """
    from newscrawl.batch.engine import each, look_at  # noqa: PLC0415  it brings Scrapy
    from newscrawl.batch.tables import samples  # noqa: PLC0415  it brings pyarrow
    from newscrawl.profiles.files import Profiles  # noqa: PLC0415  it brings extraction
    from newscrawl.profiles.learning import learn_from  # noqa: PLC0415  as above

    calls = {name: (source, name, records) for name, records in samples(articles, pages).items()}
    seen: dict[str, list[SeenPage]] = {}
    failed = 0
    for name, found, reason in each(look_at, calls, jobs or cores(), cluster) if calls else ():
        for host, page in found or ():
            seen.setdefault(host, []).append(page)
        if reason is not None:
            failed += 1
            click.echo(f"newscrawl: {name}: {reason}; profiles are learnt without it", err=True)
    learnt = [profile for host in sorted(seen) if (profile := learn_from(host, seen[host])) is not None]
    for profile in learnt:
        Profiles(out).write(profile)
    click.echo(f"{len(learnt)} profiles written to {out}; {len(seen) - len(learnt)} hosts have too few articles")
    sys.exit(1 if failed else 0)


def _teller(done: Done, files: int) -> Callable[[], None]:
    """Return a function that prints the progress of the run every few seconds."""
    last = [time.monotonic()]

    def tell() -> None:
        if time.monotonic() - last[0] >= _EVERY:
            last[0] = time.monotonic()
            click.echo(f"{len(done.read) + len(done.failed)} of {files} files, {done.counts()['article']} articles")

    return tell


def _tell(done: Done, files: int, out: Path) -> None:
    """Print the result, and exit with 1 if anything failed."""
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
