"""Where the command line works: its data folder, and how its commands are typed there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newscrawl.archive import Archive
from newscrawl.data_folder import DataFolder

if TYPE_CHECKING:
    from collections.abc import Callable

_ALSO = "newscrawl.also"


def data_folder() -> DataFolder:
    """The folder that `--data` or NEWSCRAWL_DATA names, else ./data; its frontier may be one that is shared."""
    return DataFolder.of(os.environ)


def typed(command: str) -> str:
    """A command as it is typed here: in a checkout that `make` has set up it stands in .venv/bin."""
    return f".venv/bin/{command}" if Path(".venv/bin/newscrawl").exists() else command


def read_also(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option --also, which `open_archive` heeds."""
    return click.option(
        "--also",
        multiple=True,
        expose_value=False,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        callback=lambda context, _, paths: context.meta.update({_ALSO: paths}),
        help="Read this archive too, as one with the first: a closed month, say. May be given again.",
    )(command)


def others() -> tuple[Path, ...]:
    """The further archives that --also names."""
    context = click.get_current_context(silent=True)
    return context.meta.get(_ALSO, ()) if context else ()


def open_archive(*, to_write: bool = False) -> Archive:
    """The folder's archive, for reading with those of --also; where there is none, none is made.

    Raises:
        ArchiveError: there is none, or it cannot be opened.
    """
    path = data_folder().archive
    archive = Archive.open(path, read_only=True, also=others())
    if not to_write:
        return archive
    archive.close()
    return Archive.open(path)
