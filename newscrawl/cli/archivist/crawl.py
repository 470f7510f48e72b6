"""`newscrawl crawl` and `newscrawl replay`, which fill a data folder from the web or from WARC files."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from scrapy.utils.project import get_project_settings

from newscrawl.archive import Archive
from newscrawl.archive.warc.shipping import place_of
from newscrawl.catalogue.spiderloader import portal_loader
from newscrawl.catalogue.titles import remember
from newscrawl.cli.archivist.health import judged, tell_of
from newscrawl.cli.archivist.progress import shown_progress
from newscrawl.cli.archivist.upgrade import bring_up_to_date
from newscrawl.cli.folder import data_folder, typed
from newscrawl.cli.pairs import pairs
from newscrawl.cli.tables import show_table
from newscrawl.errors import BrokenPortalError, NewscrawlError, PortalError
from newscrawl.health.notices import is_wanted
from newscrawl.health.verdict import Verdict, closing_line, is_alarming, worst
from newscrawl.run import Runner, check_storage
from newscrawl.text import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newscrawl.catalogue.spiderloader import PortalLoader
    from newscrawl.data_folder import DataFolder
    from newscrawl.run import Run


@click.command()
@click.argument("portals", nargs=-1, metavar="[PORTAL]...")
@click.option("--all", "every", is_flag=True, help="Every portal but the sample.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="How many portals to crawl at once."
)
@click.option(
    "--time-limit",
    type=click.FloatRange(0, min_open=True),
    default=60,
    show_default=True,
    help="Time limit for each portal, in minutes.",
)
@click.option("--revisit", is_flag=True, help="Fetch every known list and article again now.")
@click.option("--edition", type=click.IntRange(1, 2), help="Which edition the sample portal serves.")
@click.option(
    "-a", "arguments", multiple=True, metavar="NAME=VALUE", callback=pairs, help="An argument for the portal's spider."
)
@click.option("-s", "settings", multiple=True, metavar="NAME=VALUE", callback=pairs, help="A Scrapy setting.")
@click.option("--quiet", is_flag=True, help="Print only problems, for cron.")
def crawl(
    portals: tuple[str, ...],
    every: bool,
    jobs: int,
    time_limit: float,
    revisit: bool,
    edition: int | None,
    arguments: tuple[str, ...],
    settings: tuple[str, ...],
    quiet: bool,
) -> None:
    """Crawl portals into the archive; each run continues the earlier runs.

    Exit status: 0 success; 3 the data folder cannot be written; 4 another crawl is using it; 5 a portal was
    unreachable, blocked or left alone; 6 a time limit ended a crawl; 7 with --all: a portal's file is broken (the
    others are crawled); 8 a crawl was stopped; 1 anything else. With several portals, the worst of their statuses.
    docs/operating.md lists the verdicts.
    """
    loader = portal_loader()
    names = _portals(loader, portals, every=every)
    folder = data_folder()
    folder.prepare()
    if not folder.has_archive:
        place_of(folder.target)  # raises for a wrong address before anything is fetched
    remember(loader, folder.root)
    if edition is not None:
        arguments = (*arguments, f"edition={edition}")
    if revisit:
        settings = (*settings, "FRONTIER_REVISIT_NOW=1")
    runs: list[Run] = []
    with folder.locked() as lock:
        bring_up_to_date(folder, quiet=quiet)
        for line in check_storage(folder):
            click.echo(f"newscrawl: {line}", err=True)
        with shown_progress(quiet=quiet) as progress:
            runner = Runner(folder, arguments, settings, time_limit * 60, lock, progress)
            for run in runner.run(names, jobs):
                runs.append(run)
                _tell(run, quiet=quiet)
    if len(runs) > 1 and all(run.verdict is Verdict.UNREACHABLE for run in runs):
        click.echo("newscrawl: no portal could be reached: is this machine online?", err=True)
    if is_wanted(get_project_settings()):
        tell_of({row["portal"]: row["alarms"] for row in judged() if row["alarms"]})
    for complaint in loader.complaints():
        click.echo(f"newscrawl: {complaint}", err=True)
    broken = [BrokenPortalError.exit_status] if every and loader.broken else []
    status = worst([*broken, *(run.status for run in runs)])
    if not quiet and folder.has_archive and any(run.counts.get("pages") for run in runs):
        _after_crawl(folder)
    sys.exit(status)


def _tell(run: Run, *, quiet: bool) -> None:
    """Print how a portal's crawl ended; to standard error if somebody should look at it."""
    line = harmless(f"{run.portal}: {closing_line(run.verdict, run.detail, run.counts, run.seconds)}")
    if not is_alarming(run.verdict):
        if not quiet:
            click.echo(line)
        return
    click.echo(f"newscrawl: {line}; log: {run.log}", err=True)
    for said in run.tail:
        click.echo(f"    {harmless(said)}", err=True)


def _portals(loader: PortalLoader, names: Sequence[str], *, every: bool) -> list[str]:
    """Return the portals that the user names, after checking that each is known.

    Raises:
        PortalError: one is unknown or broken, or none is named.
    """
    if every:
        if not (declared := sorted(set(loader.portals()) - {"sample"})):
            raise PortalError("--all finds no portal to crawl; `newscrawl portals` shows those there are")
        return declared
    if not names:
        raise PortalError("name the portals to crawl, or --all; `newscrawl portals` shows those there are")
    for name in names:
        loader.require(name)
    return list(dict.fromkeys(names))


def _after_crawl(folder: DataFolder) -> None:
    """Print what is in the archive, and commands to try next."""
    with Archive.open(folder.archive, read_only=True) as archive:
        show_table(archive.summary(), title=f"{folder.archive}")
        word = archive.a_word()
    click.echo("Next:")
    for command in (
        f"newscrawl search {word}",
        "newscrawl report",
        f"sqlite-utils rows {folder.archive} article_list --limit 5 -t",
    ):
        click.echo(f"  {typed(command)}")


@click.command()
@click.option("--portal", help="Only the pages of this portal.")
@click.option("--host", help="Only the pages of this host.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes, a core each.")
def replay(portal: str | None, host: str | None, jobs: int) -> None:
    """Rebuild the archive from the WARC files, through the same pipelines as a crawl.

    A replay that was stopped continues when the same command is given again.
    """
    from newscrawl.replay.replay import Choice, run_replay  # noqa: PLC0415  it brings the reactor
    from newscrawl.replay.several import replay_at_once  # noqa: PLC0415  as above

    folder = data_folder()
    if not folder.warc.exists():  # a misspelt folder is not made
        raise NewscrawlError(f"there are no raw pages: no folder {folder.warc}")
    folder.prepare()
    with folder.locked():
        choice = Choice(portal=portal, host=host)
        replayed = replay_at_once(folder.warc, choice, jobs) if jobs > 1 else run_replay(choice)
    if replayed.error:
        click.echo(f"newscrawl: {replayed.error}", err=True)
        sys.exit(replayed.exit_status)
    if not folder.archive.exists():
        raise NewscrawlError(f"no recorded page is of what was asked for; the raw pages lie in {folder.warc}")
    with Archive.open(folder.archive, read_only=True) as archive:
        show_table(archive.summary(), title=f"{folder.archive}")
    if lack := replayed.missing():
        raise NewscrawlError(lack)
