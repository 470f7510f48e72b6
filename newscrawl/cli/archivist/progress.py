"""Show the progress of crawls: on a terminal a live line for each portal, elsewhere a plain line every minute."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from newscrawl.health.progress import Message

EVERY = 60.0  # seconds between two plain lines about a portal


@contextmanager
def shown_progress(*, quiet: bool) -> Iterator[Callable[[str, Message], None]]:
    """Yield a function that shows a portal's progress; it may be called from any thread."""
    console = Console(stderr=True)
    if quiet:
        yield lambda _portal, _counts: None
    elif console.is_terminal:
        with _live(console) as tell:
            yield tell
    else:
        yield _plain()


@contextmanager
def _live(console: Console) -> Iterator[Callable[[str, Message], None]]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        tasks = {}

        def tell(portal: str, counts: Message) -> None:
            if portal not in tasks:
                tasks[portal] = progress.add_task(portal, total=None)
            progress.update(tasks[portal], description=_line(portal, counts), visible="verdict" not in counts)

        yield tell


def _plain() -> Callable[[str, Message], None]:
    told: dict[str, float] = {}

    def tell(portal: str, counts: Message) -> None:
        now = time.monotonic()
        if "verdict" not in counts and now - told.setdefault(portal, now) >= EVERY:
            told[portal] = now
            click.echo(_line(portal, counts))

    return tell


def _line(portal: str, counts: Message) -> str:
    return f"{portal}: {counts.get('pages', 0)} pages, {counts.get('new', 0)} new so far"
