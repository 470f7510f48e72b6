"""The data folder of the command line, and the options that name archives."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.archive import Archive
from newscrawl.data_folder import DataFolder

if TYPE_CHECKING:
    from collections.abc import Callable

_ALSO = "newscrawl.also"


def data_folder() -> DataFolder:
    """Return the folder that `--data` or NEWSCRAWL_DATA names, else ./data; its frontier may be a shared one."""
    return DataFolder.of(os.environ)


def typed(command: str) -> str:
    """Return a command as the user can type it: in a checkout set up by `make` it is in .venv/bin."""
    return f".venv/bin/{command}" if Path(".venv/bin/newscrawl").exists() else command


def read_also(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option --also to a command; `open_archive` reads it."""
    return click.option(
        "--also",
        multiple=True,
        expose_value=False,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        callback=lambda context, _, paths: context.meta.update({_ALSO: paths}),
        help="Also read this archive, for example a closed month. May be given several times.",
    )(command)


def others() -> tuple[Path, ...]:
    """Return the further archives that --also names."""
    context = click.get_current_context(silent=True)
    return context.meta.get(_ALSO, ()) if context else ()


def open_archive(*, to_write: bool = False) -> Archive:
    """Open the folder's archive for reading, together with the archives of --also; never creates one.

    Raises:
        ArchiveError: there is none, or it cannot be opened.
    """
    path = data_folder().archive
    archive = Archive.open(path, read_only=True, also=others())
    if not to_write:
        return archive
    archive.close()
    return Archive.open(path)
