"""`newscrawl check`, `backup` and `compact`: maintenance of a data folder."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.cli.archivist.upgrade import bring_up_to_date
from newscrawl.cli.folder import data_folder, open_archive
from newscrawl.cli.tables import show_records, wrapped
from newscrawl.errors import ArchiveError, DataFolderError, FolderLockedError, NewscrawlError
from newscrawl.frontier import exists
from newscrawl.health import backup as backups
from newscrawl.health.checking import check as check_folder
from newscrawl.health.checking import repair as repair_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.archive import Fault, Mend
    from newscrawl.data_folder import DataFolder

_SHOWN = 20  # faults that are printed singly for each remedy


@click.command()
@click.option("--repair", is_flag=True, help="Repair what can be repaired.")
@click.option("--json", "form", flag_value="json", help="Print a JSON line for each fault.")
def check(form: str | None, *, repair: bool) -> None:
    """Check that archive, raw pages and frontier agree, and print every fault.

    Reads every record and every text, which takes some minutes for a million pages. No crawl may run meanwhile.

    Exit status: 1 if there are faults, or with --repair faults that remain.
    """
    folder = data_folder()
    if not any(map(exists, (folder.archive, folder.frontier, folder.warc))):
        raise ArchiveError(f"nothing to check in {folder.root}; make an archive with: newscrawl crawl")
    with _held(folder, needed=repair) as writable:
        if writable:
            bring_up_to_date(folder, quiet=bool(form))
        faults = list(check_folder(folder, writable=writable))
        if repair and faults:
            _show(faults, form)
            for line in repair_folder(folder, faults, _replay):
                click.echo(line, err=bool(form))
            remaining = list(check_folder(folder, writable=writable))
            click.echo(f"{len(faults)} faults found, {len(remaining)} remain", err=bool(form))
            faults = remaining
    _show(faults, form)
    if not faults and not form:
        click.echo("no faults")
    sys.exit(1 if faults else 0)


@contextmanager
def _held(folder: DataFolder, *, needed: bool) -> Iterator[bool]:
    """Hold the folder's lock, unless the folder is read only: then no crawl can run, and checking needs no lock."""
    with ExitStack() as held:
        writable = True
        try:
            held.enter_context(folder.locked())
        except FolderLockedError:
            raise
        except DataFolderError:
            if needed:
                raise
            writable = False
        yield writable


def _show(faults: list[Fault], form: str | None) -> None:
    if form:
        show_records(({"place": fault.place, "what": fault.what, "mend": str(fault.mend)} for fault in faults), form)
        return
    told: Counter[tuple[str, Mend]] = Counter()
    for fault in faults:
        kind = (fault.what.partition(":")[0] if fault.place.startswith("http") else fault.place, fault.mend)
        told[kind] += 1
        if told[kind] <= _SHOWN:
            click.echo(fault.place)
            click.echo(wrapped(fault.what))
    for (what, _), count in told.items():
        if count > _SHOWN:
            click.echo(f"… and {count - _SHOWN} more: {what}")


def _replay(files: frozenset[str] | None) -> None:
    """Store the pages of WARC files again, in a process of its own: a reactor can run only once in a process."""
    from newscrawl.replay.replay import Choice, run_replay  # noqa: PLC0415  it brings the reactor

    if error := run_replay(Choice(files)).error:
        raise NewscrawlError(error)


@click.command()
@click.argument("target", type=click.Path(path_type=Path), metavar="DIR")
def backup(target: Path) -> None:
    """Copy archive, frontier and raw pages to DIR, which can then replace the data folder.

    A crawl may run meanwhile. WARC files that are already in DIR are not copied again.
    """
    for line in backups.backup(data_folder(), target):
        click.echo(f"copied {line}")


@click.command()
@click.option(
    "--older",
    type=click.IntRange(1),
    default=365,
    show_default=True,
    metavar="DAYS",
    help="Keep captures younger than so many days.",
)
@click.option("--apply", is_flag=True, help="Remove them; without this option, only list them.")
def compact(older: int, *, apply: bool) -> None:
    """Remove old captures of list pages from archive and WARC files: they grow with every crawl.

    Captures of articles and newspaper pages are kept, and the newest capture of each address. Removed captures cannot
    be replayed.
    """
    folder, before = data_folder(), datetime.now(UTC) - timedelta(days=older)
    with folder.locked(), open_archive(to_write=apply) as archive:
        thinned = list(archive.thin(folder.warc, before, apply=apply))
    captures, size = sum(file.captures for file in thinned), sum(file.size for file in thinned)
    said = "removed" if apply else "could be removed; do it with --apply, after newscrawl backup"
    click.echo(f"{captures} captures in {len(thinned)} WARC files, {size / 1e6:.1f} MB: {said}")
