"""The command line options that select articles, and the message if nothing is found."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import click

from newscrawl.archive import FILTERS, is_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from newscrawl.archive import Archive

    Command = Callable[..., None]  # the function of a command

_NAMES = tuple(name for name in FILTERS if name != "words")


def _day(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Check a day; raises click's BadParameter for what is none."""
    if value is not None and not is_day(value):
        raise click.BadParameter(f"{value!r} is no day; write 2023, 2023-02 or 2023-02-27")
    return value


_OPTIONS = (
    click.option(
        "--since", callback=_day, metavar="DAY", help="Published on this day or later: 2023, 2023-02 or 2023-02-27."
    ),
    click.option(
        "--until",
        callback=_day,
        metavar="DAY",
        help="Published on this day or earlier; a month or year counts to its end.",
    ),
    click.option("--region", help="Only articles of this province: 上海."),
    click.option("--portal", help="Only articles of this portal, by its name in `newscrawl portals`."),
    click.option("--source", help="Only articles with this 来源, as printed or as the outlet's usual name."),
    click.option("--author", help="Only articles by this author."),
    click.option("--editor", help="Only articles edited by this person."),
    click.option("--channel", help="Only articles with this channel in their breadcrumb."),
    click.option(
        "--form", "story", type=click.Choice(["text", "pictures", "video"]), help="Only articles in this form."
    ),
    click.option(
        "--level",
        type=click.Choice(["nation", "province", "city", "county"]),
        help="Only articles of portals of this level.",
    ),
    click.option("--division", help="Only articles of portals of this division, or within it: 湖南, 长沙, 420106."),
    click.option(
        "--place", help="Only articles that name this division, or a place in it: 湖南, 长沙, 南京市鼓楼区, 320106."
    ),
    click.option("--gone/--not-gone", default=None, help="Only withdrawn articles, or only the others."),
    click.option(
        "--reprints/--no-reprints",
        default=None,
        help="Only copies of other articles, or only the others.",
    ),
    click.option(
        "--complete/--incomplete",
        default=None,
        help="Only articles with all their pages stored, or only incomplete ones.",
    ),
    click.option("--revised/--unrevised", default=None, help="Only revised articles, or only unrevised ones."),
)


def article_filters(command: Command) -> Command:
    """Add the options of `newscrawl.archive.Filters` to a command, as one argument `filters`."""
    return _with_options(command, _OPTIONS, _NAMES)


def filters_but_days(command: Command) -> Command:
    """Like `article_filters`, without --since and --until, which have another meaning in the command."""
    return _with_options(command, _OPTIONS[2:], tuple(name for name in _NAMES if name not in {"since", "until"}))


def _with_options(command: Command, options: Sequence[Callable[[Command], Command]], names: Sequence[str]) -> Command:
    @functools.wraps(command)
    def with_filters(**given: object) -> None:
        filters = {name: given.pop("story" if name == "form" else name) for name in names}
        command(filters=filters, **given)

    decorated: Command = with_filters
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def say_nothing_found(archive: Archive, filters: Mapping[str, object]) -> None:
    """Print to standard error that nothing was found, with the known portals or regions if an unknown one was given."""
    hints = ""
    for column in ("portal", "region"):
        if filters.get(column) and filters[column] not in (known := archive.known(column)):
            hints += f"; there is no {column} {filters[column]}, but {', '.join(known[:12]) or 'none at all'}"
    click.echo(f"nothing found{hints}", err=True)
