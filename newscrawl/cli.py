"""The command line. It holds no SQL and no rules: it reads arguments, calls, and prints."""

from __future__ import annotations

import difflib
import json
import os
import signal
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from scrapy.spiderloader import get_spider_loader
from scrapy.utils.project import get_project_settings

from newscrawl import __version__
from newscrawl.archive import Archive
from newscrawl.data_folder import DataFolder
from newscrawl.errors import NewscrawlError, PortalError
from newscrawl.extract.document import Document
from newscrawl.extract.loader import FIELDS, candidates, read
from newscrawl.items import Article
from newscrawl.run import Runner
from newscrawl.tables import show_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newscrawl.run import Run


class OneLineErrors(click.Group):
    """Prints an error a user can mend as one line and exits with its status."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except NewscrawlError as error:
            click.echo(f"newscrawl: {error}", err=True)
            ctx.exit(error.exit_status)


@click.group(cls=OneLineErrors)
@click.version_option(__version__)
@click.option("--data", type=click.Path(path_type=Path), help="The data folder; NEWSCRAWL_DATA or ./data otherwise.")
def main(data: Path | None) -> None:
    """The archive of Chinese regional news: crawl portals into one SQLite file, and read it."""
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "newscrawl.settings")
    if data is not None:
        os.environ["NEWSCRAWL_DATA"] = str(data)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that crawls are ended cleanly


def _folder() -> DataFolder:
    return DataFolder(Path(os.environ.get("NEWSCRAWL_DATA", "data")))


def _archive() -> Archive:
    """The archive, for reading."""
    return Archive.open(_folder().archive, read_only=True)


@main.command()
@click.argument("portals", nargs=-1, metavar="[PORTAL]...")
@click.option("--all", "every", is_flag=True, help="Every portal but the sample.")
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Portals crawled side by side.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0, min_open=True),
    default=60,
    show_default=True,
    help="Minutes a portal may take.",
)
@click.option("--edition", type=click.IntRange(1, 2), help="Which edition the sample portal serves.")
@click.option("-a", "arguments", multiple=True, metavar="NAME=VALUE", help="An argument for the portal's spider.")
@click.option("-s", "settings", multiple=True, metavar="NAME=VALUE", help="A Scrapy setting.")
@click.option("--quiet", is_flag=True, help="Print only what went wrong: for cron.")
def crawl(
    portals: tuple[str, ...],
    every: bool,
    jobs: int,
    time_limit: float,
    edition: int | None,
    arguments: tuple[str, ...],
    settings: tuple[str, ...],
    quiet: bool,
) -> None:
    """Crawl portals into the archive; each run continues all runs before.

    Exit status: 0 all went well, 3 the data folder cannot be written, 4 another crawl is at work in it,
    5 a portal was unreachable, 6 a portal's time limit ended it, 1 anything else.
    """
    names = _portals(portals, every=every)
    folder = _folder()
    folder.prepare()
    if edition is not None:
        arguments = (*arguments, f"edition={edition}")
    runs: list[Run] = []
    with folder.locked():
        for run in Runner(folder, arguments, settings, limit=time_limit * 60).run(names, jobs):
            runs.append(run)
            if run.status:
                click.echo(f"newscrawl: {run.portal}: {run.message}", err=True)
            elif not quiet:
                click.echo(f"{run.portal}: done in {run.seconds:.0f} s")
    if not quiet:
        _after_crawl(folder)
    sys.exit(max((run.status for run in runs), default=0))


def _portals(names: Sequence[str], *, every: bool) -> list[str]:
    """The portals asked for, each known.

    Raises:
        PortalError: one is unknown, or none is named.
    """
    known = get_spider_loader(get_project_settings()).list()
    if every:
        return sorted(set(known) - {"portal", "sample"})
    if not names:
        raise PortalError("name the portals to crawl, or --all; `scrapy list` shows those there are")
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
            hint = f"; did you mean {' or '.join(near)}?" if near else "; `scrapy list` shows those there are"
            raise PortalError(f"there is no portal {name!r}{hint}")
    return list(dict.fromkeys(names))


def _after_crawl(folder: DataFolder) -> None:
    """Say what is in the archive, and what to try next."""
    with Archive.open(folder.archive, read_only=True) as archive:
        show_table(archive.summary(), title=f"{folder.archive}")
        word = archive.a_word()
    click.echo("Next:")
    for command in (
        f"newscrawl search {word}",
        "newscrawl report",
        f"sqlite-utils rows {folder.archive} article_list --limit 5 -t",
    ):
        click.echo(f"  .venv/bin/{command}" if Path(".venv/bin/newscrawl").exists() else f"  {command}")


@main.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), required=False)
@click.option("--url", default="http://unknown.invalid/", help="The page's address.")
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with manifest.json and pages/ID.html.",
)
@click.option(
    "--explain", is_flag=True, help="For each field, what every finder proposes; the first with a value wins."
)
def extract(file: Path | None, url: str, corpus: Path | None, explain: bool) -> None:
    """Extract the article of an HTML file, or of every page of a corpus, as JSON."""
    if (file is None) == (corpus is None):
        raise click.UsageError("give a FILE (or - for standard input), or --corpus DIR")
    if corpus is not None:
        for entry in json.loads((corpus / "manifest.json").read_text("utf-8")):
            content = (corpus / "pages" / f"{entry['id']}.html").read_bytes()
            click.echo(json.dumps({"id": entry["id"], **_extracted(content, entry["url"])}, ensure_ascii=False))
        return
    assert file is not None
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise NewscrawlError(f"cannot read {file}: {error.strerror}") from error
    if explain:
        _explain(Document(content, url))
    else:
        click.echo(json.dumps(_extracted(content, url), ensure_ascii=False, indent=2))


def _extracted(content: bytes, url: str) -> dict[str, Any]:
    """The contract of `newscrawl extract`: one page's fields, and the CPU milliseconds they took."""
    began = time.process_time()
    result = read(Document(content, url))
    article = result if isinstance(result, Article) else Article(url=url)
    spent = (time.process_time() - began) * 1000
    row = asdict(article)
    row["body"] = row["body"] or ""
    row["reason"] = None if isinstance(result, Article) else result.reason
    row["ms"] = round(spent, 2)
    return row


def _explain(document: Document) -> None:
    """Print, field by field, what each finder proposes."""
    result = read(document)
    click.echo(f"charset {document.decoded.charset}, mojibake {document.decoded.mojibake:.3f}")
    if not isinstance(result, Article):
        click.echo(f"no article: {result.reason}")
    for name in FIELDS:
        won = False
        for finder, values in candidates(document, name):
            mark = "=" if values and not won else " "
            won = won or bool(values)
            shown = "; ".join(str(value).replace("\n", " ⏎ ")[:100] for value in values[:5]) or "–"
            click.echo(f"{name:20} {mark} {finder}: {shown}")


@main.command()
def replay() -> None:
    """Make the archive anew from the WARC files, by the pipelines a live page takes."""
    from newscrawl.replay import run_replay  # noqa: PLC0415  it brings the reactor, which other commands do without

    folder = _folder()
    folder.prepare()
    with folder.locked():
        stats = run_replay()
    with Archive.open(folder.archive, read_only=True) as archive:
        show_table(archive.summary(), title=f"{folder.archive}")
    if stats.get("warc/damaged"):
        raise NewscrawlError(f"{stats['warc/damaged']} damaged WARC records were passed over; the log above names them")


@main.command()
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
    with _archive() as archive:
        hits = archive.search(" ".join(words), limit=limit or None, **filters)
        if as_json:
            for hit in hits:
                click.echo(json.dumps(hit, ensure_ascii=False))
            return
        found = [{name: hit[name] for name in ("published", "portal", "title", "snippet", "url")} for hit in hits]
    show_table(found)
    if not found:
        click.echo("nothing found", err=True)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--since", help="Published on this day or later.")
@click.option("--until", help="Published on this day or earlier.")
@click.option("--portal", help="Only this portal.")
def export(file: Path, **filters: str | None) -> None:
    """Write the articles to FILE, by its ending: .jsonl or .csv."""
    from newscrawl.export import write_rows  # noqa: PLC0415

    with _archive() as archive:
        count = write_rows(archive.articles(**filters), file)
    click.echo(f"{count} articles → {file}")


@main.command()
def report() -> None:
    """Show the state of every portal: its last crawl, what it stored and dropped, and the verdict."""
    with _archive() as archive:
        show_table(archive.report())
