"""`newscrawl portals`: list the portals, each with the verdict on its last crawl."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypedDict

import click

from newscrawl.archive import Archive
from newscrawl.catalogue.spiderloader import portal_loader
from newscrawl.cli.folder import data_folder
from newscrawl.cli.tables import beijing, show_records, show_table
from newscrawl.epaper import EpaperPortal
from newscrawl.errors import BrokenPortalError
from newscrawl.places import division_of

if TYPE_CHECKING:
    from newscrawl.archive import Crawl
    from newscrawl.catalogue.spiderloader import PortalLoader


@click.command()
@click.option("--region", help="Of this province: 湖南.")
@click.option("--level", help="Of this level: province, city, county.")
@click.option("--json", "form", flag_value="json", help="Print a JSON line for each portal.")
def portals(region: str | None, level: str | None, form: str | None) -> None:
    """List all portals: of this package, of plug-ins, and of the folders in NEWSCRAWL_PORTALS.

    Exit status: 7 if a portal's file is broken; the file is named, and the other portals are listed.
    """
    loader = portal_loader()
    rows = [
        row
        for row in _rows(loader)
        if (region is None or row["region"] == region) and (level is None or row["level"] == level)
    ]
    if form:
        show_records(rows, form)
    else:
        show_table({**row, "last_crawl": beijing(row["last_crawl"])} for row in rows)
        click.echo(f"{len(rows)} portals")
    for complaint in loader.complaints():
        click.echo(f"newscrawl: {complaint}", err=True)
    if loader.broken:
        sys.exit(BrokenPortalError.exit_status)


class PortalRow(TypedDict):
    """The facts of a portal, and the end of its last crawl in the data folder, if any."""

    name: str
    title: str
    region: str
    level: str
    division: str | None
    family: str | None
    verified: str | None
    last_crawl: str | None
    verdict: str | None


def _rows(loader: PortalLoader) -> list[PortalRow]:
    last = _last_crawls(list(loader.portals()))
    rows: list[PortalRow] = []
    for name, portal in loader.portals().items():
        crawl = last.get(name)
        rows.append(
            {
                "name": name,
                "title": portal.title,
                "region": portal.region,
                "level": portal.level,
                "division": portal.division or division_of(portal.title, portal.region, portal.level),
                "family": portal.family or ("epaper" if issubclass(portal, EpaperPortal) else None),
                "verified": portal.verified.isoformat() if portal.verified else None,
                "last_crawl": crawl.started_at if crawl else None,
                "verdict": (crawl.verdict or "unfinished") if crawl else None,
            }
        )
    return rows


def _last_crawls(names: list[str]) -> dict[str, Crawl]:
    path = data_folder().archive
    if not path.exists():
        return {}
    with Archive.open(path, read_only=True) as archive:
        return {name: crawls[0] for name in names if (crawls := archive.crawls(name, 1))}
