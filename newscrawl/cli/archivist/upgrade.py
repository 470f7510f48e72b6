"""`newscrawl upgrade`, and the message of other commands about data of an older version."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.archive import Archive
from newscrawl.cli.folder import data_folder
from newscrawl.frontier import Frontier, exists
from newscrawl.frontier import pending as pending_frontier
from newscrawl.health.backup import backup

if TYPE_CHECKING:
    from newscrawl.data_folder import DataFolder


def bring_up_to_date(folder: DataFolder, *, quiet: bool) -> None:
    """Print in a line what will change in data of an older version; on a terminal, offer a backup first."""
    if not (lines := _pending(folder)):
        return
    if sys.stdin.isatty() and click.confirm(f"The data in {folder.root} is of an older version. Copy it first?"):
        _copy(folder, folder.root.with_name(f"{folder.root.resolve().name}-{datetime.now(UTC):%Y%m%d}"))
    _migrate(folder)
    if not quiet:
        names = ", ".join(line.partition(":")[0] for line in lines)
        click.echo(f"the data in {folder.root} was of an older version and is brought up to date ({names})")


@click.command()
@click.option("--backup", "target", type=click.Path(path_type=Path), metavar="DIR", help="Copy the data to DIR first.")
def upgrade(target: Path | None) -> None:
    """Bring data of an older version up to date; a crawl does so too."""
    folder = data_folder()
    if not (lines := _pending(folder)):
        click.echo(f"the data in {folder.root} is up to date")
        return
    with folder.locked():
        if target is not None:
            _copy(folder, target)
        _migrate(folder)
    for line in lines:
        click.echo(f"done: {line}")


def _pending(folder: DataFolder) -> list[str]:
    return [*Archive.pending(folder.archive), *pending_frontier(folder.frontier)]


def _copy(folder: DataFolder, target: Path) -> None:
    for line in backup(folder, target):
        click.echo(f"copied {line} to {target}")


def _migrate(folder: DataFolder) -> None:
    """Open each existing database for writing, which migrates it."""
    if folder.archive.exists():
        Archive.open(folder.archive).close()
    if exists(folder.frontier):
        Frontier.open(folder.frontier).close()
