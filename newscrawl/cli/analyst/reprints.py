"""`newscrawl reprints`: the copies of a story by time, with their changes; also for texts from a file."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from newscrawl.archive import diff, families_of_texts
from newscrawl.cli.analyst.differences import differences
from newscrawl.cli.analyst.search import known_article
from newscrawl.cli.folder import open_archive, read_also
from newscrawl.cli.tables import beijing, in_terminal, published, say, show_records, show_table
from newscrawl.errors import NewscrawlError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newscrawl.archive import Member, TextRow

_DAY = len("2023-05-03")


@click.command()
@click.argument("url", required=False)
@read_also
@click.option("--diff/--no-diff", "changes", default=True, show_default=True, help="Show the changes of each copy.")
@click.option("--json", "form", flag_value="json", help="Print a JSON line for each member, with its text.")
@click.option("--rebuild", is_flag=True, help="Find all reprints of the archive again.")
@click.option(
    "--texts",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE.jsonl",
    help="Instead of the archive: texts, {id, body, [published]} a line; prints {id, family, original, …} a line.",
)
def reprints(url: str | None, form: str | None, texts: Path | None, *, changes: bool, rebuild: bool) -> None:
    """Show the family of the article at URL: who published it first, who copied it when, and what each changed."""
    if (url is not None) + (texts is not None) + rebuild != 1:
        raise click.UsageError("give a URL, or --texts FILE.jsonl, or --rebuild")
    if texts is not None:
        show_records(families_of_texts(_texts(texts)), "json")
    elif rebuild:
        _rebuild()
    else:
        assert url is not None
        _show_family(url, form, changes=changes)


def _show_family(url: str, form: str | None, *, changes: bool) -> None:
    with open_archive() as archive:
        known_article(archive, url)
        members = archive.family(url)
    first = members[0]
    if form:
        show_records(({**member, "delay": delay(first, member)} for member in members), form)
        return
    if all(member["relation"] in {"first", "alias"} for member in members):
        click.echo("no copies are known", err=True)
    show_table(_row(first, member) for member in members)
    for member in members[1:] if changes else ():
        _show_changes(first, member)


def _row(first: Member, member: Member) -> dict[str, object]:
    title = "〃" if member is not first and member["title"] == first["title"] else member["title"] or ""
    row: dict[str, object] = {
        "published": published(member) or f"(seen {beijing(member['first_seen'])})",
        "delay": delay(first, member),
        "portal": member["portal"],
        "outlet": member["outlet"],
        "relation": member["relation"],
        "shared": member["containment"],
    }
    if in_terminal():
        return row | {"article": Text("\n").join([Text(title), Text(member["url"], style="dim")])}
    return row | {"title": title, "url": member["url"]}


def delay(first: Member, member: Member) -> str | None:
    """Return how long after the first a copy was published: 3 d, 5 h 20 min; None where a time is unknown.

    Counted in days if one of the times is only a day. An alias is no copy, and has no delay.
    """
    if member is first or member.get("relation") == "alias" or not first["published"] or not member["published"]:
        return None
    if "day" in {first["published_precision"], member["published_precision"]}:
        between = datetime.fromisoformat(member["published"][:_DAY]) - datetime.fromisoformat(first["published"][:_DAY])
        return f"{between.days} d"
    between = datetime.fromisoformat(member["published"]) - datetime.fromisoformat(first["published"])
    sign, minutes = ("−" if between < timedelta() else ""), int(abs(between).total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [f"{number} {unit}" for number, unit in ((days, "d"), (hours, "h"), (minutes, "min")) if number]
    return sign + (" ".join(parts) or "0 min")


def _show_changes(first: Member, member: Member) -> None:
    """Print how a copy's title and text differ from the first's."""
    say(f"\n{member['portal'] or member['outlet']}  {member['url']}", bold=True)
    if member["relation"] in {"contains", "contained"}:
        click.echo("  a digest: compare it with `newscrawl show`")
        return
    pairs = {"title": (first["title"], member["title"]), "body": (first["body"], member["body"])}
    for name, (before, after) in pairs.items():
        if before != after:
            click.echo(f"  {name}:")
            for line in differences(diff(before or "", after or "")):
                click.echo(f"    {line}")
    if all(before == after for before, after in pairs.values()):
        click.echo("  word for word the same")


def _rebuild() -> None:
    with open_archive(to_write=True) as archive:
        archive.rebuild_reprints()
        click.echo(f"{archive.counts()['reprints']} reprints among {archive.counts()['articles']} articles")


def _texts(file: Path) -> Iterator[TextRow]:
    """Read the texts, one at a time.

    Raises:
        NewscrawlError: the file cannot be read, or a line is not what it should be.
    """
    try:
        with sys.stdin if str(file) == "-" else file.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _text(line, f"{file}, line {number}")
    except (OSError, UnicodeDecodeError) as error:
        raise NewscrawlError(f"cannot read {file}: {error}") from error


def _text(line: str, place: str) -> TextRow:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise NewscrawlError(f"{place}: no JSON ({error}); each line is {{id, body, [published]}}") from error
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("body"), str | None):
        raise NewscrawlError(f"{place}: each line is an object with id and body, a text")
    return {"id": row["id"], "body": row.get("body") or "", "published": row.get("published")}
