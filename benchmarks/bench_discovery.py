"""Measure recall, precision and requests of crawls of synthetic portals: `make bench-discovery`.

Each replica of `tests.replicas` is crawled by itself through the real settings, three times; before the third run five
articles come out. Nothing is declared: the crawl is given the home page alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.replicas.doubles import DOUBLES
from tests.replicas.drawn import DRAWN, FORMS, LinkForms
from tests.replicas.families import FAMILIES, Long
from tests.replicas.feeds import FEEDS
from tests.replicas.measure import Figures, crawl, figures, verdict
from tests.replicas.papers import PAPERS
from tests.replicas.server import Server
from tests.replicas.traps import TRAPS

if TYPE_CHECKING:
    from tests.replicas.portal import Replica

REPLICAS: tuple[type[Replica], ...] = (*FAMILIES, *DRAWN, *FEEDS, *PAPERS, *FORMS, *DOUBLES, *TRAPS, Long)
NEW = 5
HEAD = (
    "replica             articles  recall   later  precision  requests each  second run  five new"
    "  doubles  trap  verdict"
)


def measured(replica: Replica) -> tuple[list[Figures], str]:
    """Crawl a replica three times; give the figures of each run, and the first one's verdict."""
    runs, said = [], ""
    with tempfile.TemporaryDirectory() as folder, Server([replica]) as server:
        for run in range(3):
            if run == 2:
                replica.publish(NEW)
            crawl(server, Path(folder), replica.home, timeout=1800, checked=False)
            runs.append(figures(server, Path(folder), replica))
            said = said or verdict(Path(folder))
    return runs, said


def row(replica: Replica, runs: list[Figures], said: str) -> str:
    """Write a replica's line of the table."""
    first, second, third = runs
    trapped = sum(run.trapped for run in runs)
    return (
        f"{replica.host:<18}  {first.articles:>8}  {first.recall:>6.3f}  {third.recall:>6.3f}  {first.precision:>9.3f}"
        f"  {first.requests / first.articles:>13.2f}  {second.requests:>10}  {third.requests:>8}"
        f"  {third.doubles:>7}  {trapped:>4}  {said}"
    )


def main() -> None:
    """Measure all replicas, or those named."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("hosts", nargs="*", help="replicas by host; all unless given")
    parser.add_argument("--pages", type=int, default=20, help="pages of six articles a channel")
    asked = parser.parse_args()
    sys.stdout.write(HEAD + "\n")
    for made in REPLICAS:
        if not asked.hosts or made.host in asked.hosts:
            replica = made() if made is LinkForms else made(60) if made is Long else made(asked.pages)
            sys.stdout.write(row(replica, *measured(replica)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
