"""Compare newscrawl and other extractors on the same pages: scores, CPU time relative to a bare parse, peak memory.

    python -m benchmarks.bench_extract [--rounds N] [--limit PAGES]

Over the corpora where NEWSCRAWL_CORPUS names their folder, else over the project's own pages. In every round each page
goes through a bare lxml parse and through each tool, one after the other in turning order; a tool's time is the mean
over the pages of its median over the rounds. A tool that raises has extracted nothing. Peak memory is that of a process
of its own that runs one tool over all pages of the first set. Prints Markdown.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import resource
import subprocess
import sys
import time
import warnings
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from statistics import fmean, median
from typing import TYPE_CHECKING, Any

import click

from benchmarks.peers import ALL, PEERS, Peer, bare_parse, newscrawl
from newscrawl.extract.page.decode import decode
from newscrawl.items import Article
from tests.extract.figures import CORPORA, Figures, averaged, corpus_row, score, shared
from tests.extract.own_pages import own_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from newscrawl.extract.loader import NoArticle

BARE, OWN = "bare parse", "newscrawl"
HEADER = (*ALL, "ms", "× bare", "MB")


@dataclass(frozen=True, slots=True)
class Sample:
    """A page to extract, and what judges the result."""

    content: bytes
    text: str
    url: str
    content_type: str | None
    judge: Callable[[dict[str, Any]], Figures]


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that is measured: `run` gives fields, or nothing for the bare parse."""

    name: str
    figures: tuple[str, ...]
    run: Callable[[Sample], dict[str, Any] | Article | NoArticle]


def sets() -> dict[str, Callable[[], Iterator[Sample]]]:
    """The sets of pages there are, read page by page."""
    folder = shared()
    if folder:
        return {name: partial(_saved, folder / name) for name in CORPORA}
    return {"the project's own pages": _own}


def _own() -> Iterator[Sample]:
    for page in own_pages().values():
        if page.reason is None:
            text = decode(page.content, page.content_type).text
            yield Sample(page.content, text, page.url, page.content_type, partial(score, page.fields))


def _saved(folder: Path) -> Iterator[Sample]:
    for entry in json.loads((folder / "manifest.json").read_text("utf-8")):
        content = (folder / "pages" / f"{entry['id']}.html").read_bytes()
        judge = partial(corpus_row, folder, entry["id"])
        yield Sample(content, decode(content, None).text, entry["url"], None, judge)


BASE = (
    Tool(BARE, (), lambda page: bare_parse(page.text) or {}),
    Tool(OWN, ALL, lambda page: newscrawl(page.content, page.url, page.content_type)),
)


def tools() -> list[Tool]:
    """The bare parse, newscrawl, and the peers that are installed."""
    return [*BASE, *(_tool(peer) for peer in PEERS if peer.release)]


def _tool(peer: Peer) -> Tool:
    extract = peer.make()

    def run(page: Sample) -> dict[str, Any]:
        try:
            return extract(page.text, page.url)
        except Exception:  # noqa: BLE001  # whatever a peer raises, it has extracted nothing
            return {}

    return Tool(peer.release, peer.figures, run)


def measure(samples: list[Sample], measured: list[Tool], rounds: int) -> dict[str, tuple[Figures, float]]:
    """Each tool's figures, and its CPU milliseconds a page."""
    rows: dict[str, list[Figures]] = {tool.name: [] for tool in measured}
    spent: dict[str, list[list[float]]] = {tool.name: [[] for _ in samples] for tool in measured}
    for tool in measured:
        tool.run(samples[0])  # dictionaries and compiled patterns are loaded on first use ...
    gc.collect()
    gc.freeze()  # ... and walking through those of one tool is no work of another
    for turn in range(rounds):
        for number, sample in enumerate(samples):
            shift = (turn + number) % len(measured)
            for tool in measured[shift:] + measured[:shift]:
                began = time.process_time()
                found = tool.run(sample)
                spent[tool.name][number].append((time.process_time() - began) * 1000)
                if turn == 0:
                    rows[tool.name].append(sample.judge(_fields(found)))
    return {
        tool.name: (averaged(rows[tool.name]), fmean(median(times) for times in spent[tool.name])) for tool in measured
    }


def _fields(found: dict[str, Any] | Article | NoArticle) -> dict[str, Any]:
    """What the scorer reads; our own article is turned into it outside of the measured time."""
    if isinstance(found, dict):
        return found
    return asdict(found) if isinstance(found, Article) else {}


def peak_memory(tool: Tool) -> float:
    """Megabytes of a process that runs the tool alone over all pages of the first set."""
    command = [sys.executable, "-m", "benchmarks.bench_extract", "--only", tool.name]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def table(found: dict[str, tuple[Figures, float]], measured: list[Tool], memory: dict[str, float]) -> str:
    """The Markdown table, best body first after newscrawl."""
    lines = [f"| | {' | '.join(HEADER)} |", f"|---|{'---|' * len(HEADER)}"]
    bare = found[BARE][1]
    order = sorted(
        measured, key=lambda tool: (tool.name == BARE, tool.name != OWN, -found[tool.name][0].get("body", 0))
    )
    for tool in order:
        figures, spent = found[tool.name]
        cells = [f"{figures[name]:.3f}" if name in tool.figures and name in figures else "–" for name in ALL]
        cells += [f"{spent:.1f}", f"{spent / bare:.1f}", f"{memory[tool.name]:.0f}" if memory else "–"]
        lines.append(f"| {tool.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def run_alone(name: str) -> None:
    """Run one tool over the first set and print the process's peak memory in megabytes."""
    base = (tool for tool in BASE if tool.name == name)
    tool = next(base, None) or next(_tool(peer) for peer in PEERS if peer.release == name)
    for sample in next(iter(sets().values()))():
        tool.run(sample)
    click.echo(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


@click.command()
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True, help="How often each page is read.")
@click.option("--limit", type=int, help="Only the first pages of each set.")
@click.option("--only", hidden=True, help="Run this tool alone and print its peak memory.")
def main(rounds: int, limit: int | None, only: str | None) -> None:
    """Measure newscrawl and its peers; print a Markdown table for each set of pages."""
    warnings.simplefilter("ignore")  # the peers' own
    logging.disable(logging.CRITICAL)
    if only:
        run_alone(only)
        return
    measured = tools()
    memory = {} if limit else {tool.name: peak_memory(tool) for tool in measured}
    for name, samples in sets().items():
        pages = list(islice(samples(), limit))
        click.echo(f"\n{name}: {len(pages)} pages, {rounds} rounds\n")
        click.echo(table(measure(pages, measured, rounds), measured, memory))


if __name__ == "__main__":
    main()
