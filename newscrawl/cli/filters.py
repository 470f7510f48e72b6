"""The options by which commands choose articles, and what is said when nothing is found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from newscrawl.archive import Archive

Command = TypeVar("Command", bound="Callable[..., Any]")

_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def _day(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Check a day; raises click's BadParameter for what is none."""
    if value is not None and not _DAY.fullmatch(value):
        raise click.BadParameter(f"{value!r} is no day; write 2023, 2023-02 or 2023-02-27")
    return value


_OPTIONS = (
    click.option(
        "--since", callback=_day, metavar="DAY", help="Published on this day or later: 2023, 2023-02 or 2023-02-27."
    ),
    click.option("--until", callback=_day, metavar="DAY", help="Published on this day or earlier, or within it."),
    click.option("--region", help="Only this province, as in 上海."),
    click.option("--portal", help="Only this portal, by its name as in `newscrawl portals`."),
    click.option("--source", help="Only this 来源, as printed or under the outlet's usual name."),
)


def article_filters(command: Command) -> Command:
    """Give a command the options --since, --until, --region, --portal and --source."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def say_nothing_found(archive: Archive, filters: dict[str, str | None]) -> None:
    """Say on standard error that nothing was found, and which portals and regions there are if that was the reason."""
    hints = ""
    for column in ("portal", "region"):
        if filters.get(column) and filters[column] not in (known := archive.known(column)):
            hints += f"; there is no {column} {filters[column]}, but {', '.join(known[:12]) or 'none at all'}"
    click.echo(f"nothing found{hints}", err=True)
