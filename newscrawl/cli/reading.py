"""What reads the archive: search, export, report."""

from __future__ import annotations

import json
from pathlib import Path

import click

from newscrawl.cli.export import write_rows
from newscrawl.cli.folder import open_archive
from newscrawl.cli.tables import show_table


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--since", help="Published on this day or later: 2023-02 or 2023-02-27.")
@click.option("--until", help="Published on this day or earlier.")
@click.option("--region", help="Only this province.")
@click.option("--portal", help="Only this portal.")
@click.option("--source", help="Only this 来源.")
@click.option("--limit", default=20, show_default=True, help="At most so many; 0 for all.")
@click.option("--json", "as_json", is_flag=True, help="A JSON line a hit.")
def search(words: tuple[str, ...], as_json: bool, limit: int, **filters: str | None) -> None:
    """Search titles and texts: words of any length, "phrases", AND, OR, NOT."""
    with open_archive() as archive:
        hits = archive.search(" ".join(words), limit=limit or None, **filters)
        if as_json:
            for hit in hits:
                click.echo(json.dumps(hit, ensure_ascii=False))
            return
        found = [{name: hit[name] for name in ("published", "portal", "title", "snippet", "url")} for hit in hits]
    show_table(found)
    if not found:
        click.echo("nothing found", err=True)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--since", help="Published on this day or later.")
@click.option("--until", help="Published on this day or earlier.")
@click.option("--portal", help="Only this portal.")
def export(file: Path, **filters: str | None) -> None:
    """Write the articles to FILE, by its ending: .jsonl or .csv."""
    with open_archive() as archive:
        count = write_rows(archive.articles(**filters), file)
    click.echo(f"{count} articles → {file}")


@click.command()
def report() -> None:
    """Show the state of every portal: its last crawl, what it stored and dropped, and the verdict."""
    with open_archive() as archive:
        show_table(archive.report())
