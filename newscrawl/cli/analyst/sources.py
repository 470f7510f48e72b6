"""`newscrawl sources`: sources (来源) that the outlet table lacks, and a graph of who reprints from whom."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import click

from newscrawl.cli.folder import open_archive, read_also
from newscrawl.cli.tables import show_records, show_table
from newscrawl.errors import NewscrawlError
from newscrawl.text import spreadsheet_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Flow = tuple[str, str, int]  # outlet credited, portal that prints it, articles

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"


@click.command()
@click.option(
    "--limit", type=click.IntRange(0), default=30, show_default=True, help="Maximum number of results; 0 for all."
)
@click.option("--json", "form", flag_value="json", help="Print a JSON line for each source.")
@click.option("--csv", "form", flag_value="csv", help="Print comma-separated values.")
@click.option(
    "--graph",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a graph of who reprints from whom: .csv, or .graphml for Gephi and networkx.",
)
@read_also
def sources(limit: int, form: str | None, graph: Path | None) -> None:
    """List the names of sources that the outlet table lacks, the most frequent first."""
    if graph is not None and graph.suffix not in _WRITERS:
        raise click.UsageError(f"the ending of {graph} is none of {', '.join(_WRITERS)}")
    with open_archive() as archive:
        if graph is not None:
            _write(archive.source_flows(), graph)
            return
        names = ("source", "printed_as", "articles")
        rows = [dict(zip(names, row, strict=True)) for row in archive.unknown_sources()[: limit or None]]
    if form:
        show_records(rows, form)
    else:
        show_table(rows)
        if not rows:
            click.echo("every source is in the outlet table", err=True)


def _write(flows: Sequence[Flow], file: Path) -> None:
    """Write the graph by its ending.

    Raises:
        NewscrawlError: the file cannot be written.
    """
    try:
        _WRITERS[file.suffix](flows, file)
    except OSError as error:
        raise NewscrawlError(f"cannot write {file}: {error.strerror}") from error
    click.echo(f"{len(flows)} edges → {file}")


def _write_csv(flows: Sequence[Flow], file: Path) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["outlet", "portal", "articles"])
        writer.writerows([spreadsheet_cell(cell) for cell in flow] for flow in flows)


def _write_graphml(flows: Sequence[Flow], file: Path) -> None:
    """Write a directed graph: an edge from the outlet to the portal that prints it, weighted by articles."""
    root = ET.Element("graphml", xmlns=_GRAPHML)
    for key, kind, of in (("label", "string", "node"), ("weight", "int", "edge")):
        ET.SubElement(root, "key", {"id": key, "for": of, "attr.name": key, "attr.type": kind})
    graph = ET.SubElement(root, "graph", edgedefault="directed")
    ids = {name: f"n{number}" for number, name in enumerate(sorted({end for flow in flows for end in flow[:2]}))}
    for name, node in ids.items():
        ET.SubElement(ET.SubElement(graph, "node", id=node), "data", key="label").text = name
    for outlet, portal, articles in flows:
        edge = ET.SubElement(graph, "edge", source=ids[outlet], target=ids[portal])
        ET.SubElement(edge, "data", key="weight").text = str(articles)
    ET.indent(root)
    ET.ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)


_WRITERS: dict[str, Callable[[Sequence[Flow], Path], None]] = {".csv": _write_csv, ".graphml": _write_graphml}
