"""`newscrawl report`: the verdict on each portal's last crawl, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import click

from newscrawl.archive import PortalReport
from newscrawl.catalogue.titles import catalogue
from newscrawl.cli.folder import data_folder, open_archive, read_also
from newscrawl.cli.tables import beijing, show_records, show_table, wrapped
from newscrawl.errors import PortalError
from newscrawl.health.verdict import GOOD, Verdict, meaning_of


class Explained(PortalReport):
    """A portal's report with the meaning of its verdict, and what to do."""

    means: str | None
    advice: str | None


@click.command()
@click.argument("portals", nargs=-1, metavar="[PORTAL]...")
@click.option("--json", "form", flag_value="json", help="Print a JSON line for each portal.")
@read_also
def report(portals: tuple[str, ...], form: str | None) -> None:
    """Show the state of every portal: its last crawl, what it stored and dropped, and the verdict.

    Declared portals that were never crawled are only counted; they get a row if they are named, and in JSON. Times
    are Beijing time; in JSON, UTC.
    """
    with open_archive() as archive:
        rows = {row["portal"]: row for row in archive.report()}
    titles, broken = catalogue(data_folder().root)
    for name, title in titles.items():
        if name != "sample":
            rows.setdefault(name, _never_crawled(name, title))
    for place, problem in broken.items():
        name = Path(place).stem
        rows[name] = rows.get(name) or _never_crawled(name)
        rows[name] |= {"verdict": str(Verdict.MISDECLARED), "detail": f"{place}: {problem}"}
    if unknown := [name for name in portals if name not in rows]:
        raise PortalError(f"there is no portal {unknown[0]!r}; `newscrawl portals` shows those there are")
    chosen = [_explained(row) for name, row in sorted(rows.items()) if not portals or name in portals]
    if form:
        show_records(chosen, form)
        return
    shown = [row for row in chosen if portals or row["verdict"] != Verdict.NEVER]
    show_table(_line(row) for row in shown)
    for row in shown:
        _say_more(row)
    if never := len(chosen) - len(shown):
        click.echo(f"\n{never} more portals were never crawled: newscrawl portals")


def _never_crawled(name: str, title: str | None = None) -> PortalReport:
    return {
        "portal": name,
        "title": title,
        "articles": 0,
        "last_crawl": None,
        "pages": 0,
        "new": 0,
        "revised": 0,
        "gone": 0,
        "dropped": None,
        "errors": None,
        "verdict": str(Verdict.NEVER),
        "detail": None,
    }


def _explained(row: PortalReport) -> Explained:
    """Add the meaning of a verdict and what to do; a verdict of an older version is kept as its own meaning."""
    meaning = meaning_of(row["verdict"])
    return {**row, "means": meaning.means if meaning else None, "advice": meaning.advice if meaning else None}


def _line(row: Explained) -> dict[str, object]:
    verdict = row["verdict"] if row["means"] else str(row["verdict"]).partition(":")[0]
    last = beijing(row["last_crawl"])[len("2026-") :]
    return {
        "portal": row["portal"],
        "verdict": verdict,
        "last crawl": last,
        "pages": row["pages"],
        "new": row["new"],
        "revised": row["revised"],
        "gone": row["gone"],
        "articles": row["articles"],
    }


def _say_more(row: Explained) -> None:
    """Print what does not fit into the table: the verdict as a sentence, dropped pages, and what to do."""
    lines = [row["detail"] or (None if row["means"] else row["verdict"])]
    counts = (("dropped", row["dropped"]), ("errors", row["errors"]))
    lines += [f"{name}: {counted}" for name, counted in counts if counted]
    if row["verdict"] not in GOOD and row["means"]:
        lines += [f"means: {row['means']}", f"do: {row['advice']}"]
    said = [line for line in lines if line]
    if said:
        click.echo(f"\n{row['portal']}: {row['title'] or ''}".rstrip(" :"))
        for line in said:
            click.echo(wrapped(line))
