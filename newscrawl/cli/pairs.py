"""Options that give a name and a value, such as Scrapy's `-a` and `-s`."""

from __future__ import annotations

import click


def pairs(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values of an option; end with a usage error if one is not NAME=VALUE."""
    for value in values:
        name, equals, _ = value.partition("=")
        if not (name.strip() and equals):
            raise click.BadParameter(f"{value!r} is not NAME=VALUE")
    return values
