"""Learn to tell the breadcrumb from menus and other lines, by logistic regression over binary features.

    python -m benchmarks.learn.channel FOLDER

FOLDER holds `corpus` and `corpus-wide`. The weights printed for a fold are learnt from the others, those
written from all, the project's own pages among them.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import fmean

import click

from benchmarks.learn.folding import FOLDS, fold_of
from benchmarks.learn.links import fit, write
from newscrawl.extract.fields.channel import breadcrumb
from newscrawl.extract.fields.crumbs import candidates
from newscrawl.extract.kind import refusal
from newscrawl.extract.links.weights import ALWAYS, BREADCRUMB, weights
from newscrawl.extract.page.document import Document
from newscrawl.text import fold
from newscrawl.urls import registered_domain
from tests.extract.own_pages import own_pages

_DECAY = 2.0
# A page has sixty candidates and one breadcrumb, so logistic regression expects none. Out of fold, F1 is level from
# 1.75 to 2 and falls on both sides.
_ONE_OF_MANY = 2.0


@dataclass(slots=True)
class Page:
    """A labelled page: its site, its site's fold, the breadcrumb of the gold, folded."""

    document: Document
    site: str
    fold: int
    gold: set[str]


def pages_of(folder: Path) -> list[Page]:
    """The pages of a corpus whose gold says something of the breadcrumb."""
    found = []
    for entry in json.loads((folder / "manifest.json").read_text("utf-8")):
        gold = json.loads((folder / "gold" / f"{entry['id']}.json").read_text("utf-8"))
        document = Document((folder / "pages" / f"{entry['id']}.html").read_bytes(), entry["url"])
        if "channel" in gold.get("fields", ["channel"]) and refusal(document) is None:
            site = registered_domain(entry["url"])
            found.append(Page(document, site, fold_of(entry), {fold(item) for item in gold.get("channel") or []}))
    return found


def own_pages_of() -> list[Page]:
    """The project's own pages, each a site of its own: small menus stand near their headlines."""
    return [
        Page(
            page.document, page.url, zlib.crc32(name.encode()) % FOLDS, {fold(item) for item in page.fields["channel"]}
        )
        for name, page in own_pages().items()
        if "channel" in page.fields
    ]


def _agreement(gold: set[str], items: tuple[str, ...] | list[str]) -> float:
    """F1 of the items as a set."""
    got = {fold(item) for item in items}
    return 2 * len(got & gold) / (len(got) + len(gold)) if got or gold else 1.0


def learn(pages: list[Page]) -> None:
    """Learn the weights from pages, and put them in force."""
    labelled = [
        [(list(crumbs.names), _agreement(page.gold, crumbs.items) == 1) for crumbs in candidates(page.document)]
        for page in pages
    ]
    learnt = fit(pages, labelled, _DECAY)
    learnt[ALWAYS] = round(learnt[ALWAYS] + _ONE_OF_MANY, 3)
    weights()[BREADCRUMB] = learnt


def scored(pages: list[Page]) -> list[float]:
    """Each page's F1 by the weights in force, where gold or reading is not empty."""
    values = []
    for page in pages:
        got = breadcrumb(page.document)
        if got or page.gold:
            values.append(_agreement(page.gold, got))
    return values


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(folder: Path) -> None:
    """Print for each fold the F1 of weights learnt from the other folds; write the weights."""
    known, wide = [*pages_of(folder / "corpus"), *own_pages_of()], pages_of(folder / "corpus-wide")
    values = []
    for number in range(FOLDS):
        learn([page for page in [*known, *wide] if page.fold != number])
        values.append(scored([page for page in wide if page.fold == number]))
        kept = scored([page for page in known if page.fold == number])
        click.echo(f"fold {number}: {fmean(values[-1]):.3f}, known pages of the fold {fmean(kept or [0]):.3f}")
    click.echo(f"all: {fmean(chain(*values)):.3f}")
    learn([*known, *wide])
    click.echo(f"{len(weights()[BREADCRUMB])} weights written to {write()}")


if __name__ == "__main__":
    main()
