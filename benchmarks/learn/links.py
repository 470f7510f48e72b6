"""Learn to tell links to other articles from other links, by logistic regression over binary features.

    python -m benchmarks.learn.links FOLDER

FOLDER holds `corpus` and `corpus-wide`. The weights come from `corpus` and from the folds of `corpus-wide` that may be
read, so that the others show what they are worth.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urldefrag, urljoin

import click
import numpy as np

from newscrawl.extract.kind import refusal
from newscrawl.extract.links.blocks import described
from newscrawl.extract.links.features import features_of
from newscrawl.extract.links.groups import groups
from newscrawl.extract.links.weights import ALONE, ALWAYS, IN_BLOCK, score, weights
from newscrawl.extract.page.document import Document
from newscrawl.urls import registered_domain

if TYPE_CHECKING:
    from collections.abc import Sequence

SEEN_FOLDS = (0, 1, 2)
_DECAY = 3.0  # of the weights: what a rare name learns
_LEAST_PAGES = 2  # on which a name must hold to get a weight
# What is known beforehand: such headings announce articles, whatever one site puts under them.
_PRIOR = dict.fromkeys(("heading related", "heading hot", "heading recommended", "heading latest"), 0.6)
_STEPS, _RATE = 300, 0.1
_ROUNDED = 3


class _OfSite(Protocol):
    """A labelled page, of a site."""

    site: str


@dataclass(slots=True)
class Page:
    """A labelled page.

    Attributes:
        document: the page, read once.
        site: the registered domain.
        fold: of the site.
        right: the links to other articles in the gold.
    """

    document: Document
    site: str
    fold: int
    right: set[str]


def pages_of(folder: Path) -> list[Page]:
    """The pages of a corpus whose gold says something of links."""
    found = []
    for entry in json.loads((folder / "manifest.json").read_text("utf-8")):
        gold = json.loads((folder / "gold" / f"{entry['id']}.json").read_text("utf-8"))
        document = Document((folder / "pages" / f"{entry['id']}.html").read_bytes(), entry["url"])
        if "links" in gold.get("fields", ["links"]) and refusal(document) is None:
            hrefs = [link["href"] for block in gold["link_blocks"] for link in block["links"]]
            right = {_key(urljoin(gold["url"], href)) for href in hrefs}
            found.append(Page(document, registered_domain(entry["url"]), entry.get("fold", SEEN_FOLDS[0]), right))
    return found


def learn(pages: list[Page]) -> None:
    """Learn the weights of both stages from pages, and put them in force."""
    known = weights()
    alone = []
    for page in pages:
        features = features_of(page.document)
        alone.append([(features.of_anchor(anchor), _key(anchor.url) in page.right) for anchor in features.anchors])
    known[ALONE] = fit(pages, alone)
    known[IN_BLOCK] = fit(pages, [[(names, url in page.right) for url, names in links_of(page)] for page in pages])


def links_of(page: Page) -> list[tuple[str, list[str]]]:
    """The links of a page's blocks by the weights in force, and what holds for each."""
    page.document.analyses.pop(groups, None)  # they rest on the weights being learnt
    return [
        (_key(anchor.url), [*shared, *names])
        for _, shared, anchors in described(page.document)
        for anchor, names in anchors
    ]


def fit(
    pages: Sequence[_OfSite], labelled: list[list[tuple[list[str], bool]]], decay: float = _DECAY
) -> dict[str, float]:
    """Weights by name; a page counts as the square root of its links, a site as that of its pages."""
    on_pages = Counter(name for links in labelled for name in {name for names, _ in links for name in names})
    of_site = Counter(page.site for page in pages)
    index = {name: number for number, name in enumerate(sorted(n for n, c in on_pages.items() if c >= _LEAST_PAGES))}
    links = [
        (names, right, (len(links) * of_site[page.site]) ** -0.5)
        for page, links in zip(pages, labelled, strict=True)
        for names, right in links
    ]
    rows = np.array([row for row, (names, _, _) in enumerate(links) for name in names if name in index])
    columns = np.array([index[name] for names, _, _ in links for name in names if name in index])
    prior = np.array([_PRIOR.get(name, 0.0) for name in index])
    right, counts = np.array([link[1] for link in links], float), np.array([link[2] for link in links])
    learnt, mean, square = (np.zeros(len(index) + 1) for _ in range(3))  # Adam (Kingma and Ba, 2015)
    for step in range(1, _STEPS + 1):
        scores = np.bincount(rows, learnt[columns], len(links)) + learnt[-1]
        errors = (1 / (1 + np.exp(-scores)) - right) * counts
        slope: np.ndarray = np.append(
            np.bincount(columns, errors[rows], len(index)) + decay * (learnt[:-1] - prior), errors.sum()
        )
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope * slope
        learnt -= _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    rounded = {name: round(float(learnt[number]), _ROUNDED) for name, number in index.items()}
    return {ALWAYS: round(float(learnt[-1]), _ROUNDED)} | {name: weight for name, weight in rounded.items() if weight}


def scored(pages: list[Page]) -> list[float]:
    """Each page's F1 of links by the weights in force."""
    values = []
    for page in pages:
        got = {url for url, names in links_of(page) if score(IN_BLOCK, names) > 0}
        if got or page.right:
            values.append(2 * len(got & page.right) / (len(got) + len(page.right)))
    return values


def _key(url: str) -> str:
    return urldefrag(url)[0].partition(":")[2].rstrip("/")


def write() -> Path:
    """Write the weights in force, of all stages, to the file that is read."""
    path = Path(str(files("newscrawl.extract.links").joinpath("weights.json")))
    path.write_text(json.dumps(weights(), ensure_ascii=False, indent=0) + "\n", "utf-8")
    return path


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(folder: Path) -> None:
    """Print for each fold the F1 of weights learnt from the other folds; write the weights of links."""
    known, wide = pages_of(folder / "corpus"), pages_of(folder / "corpus-wide")
    fold_of = {page.site: page.fold for page in wide}
    known_folds = [fold_of.get(page.site, sum(map(ord, page.site)) % 5) for page in known]
    values = []
    for fold in sorted({page.fold for page in wide}):
        learn(
            [page for page, its in zip(known, known_folds, strict=True) if its != fold]
            + [page for page in wide if page.fold != fold]
        )
        values.append(scored([page for page in wide if page.fold == fold]))
        kept = scored([page for page, its in zip(known, known_folds, strict=True) if its == fold])
        click.echo(f"fold {fold}: {fmean(values[-1]):.3f}, known pages of its sites {fmean(kept or [0]):.3f}")
    click.echo(f"all: {fmean(chain(*values)):.3f}")
    learn([*known, *(page for page in wide if page.fold in SEEN_FOLDS)])
    click.echo(f"{sum(map(len, weights().values()))} weights written to {write()}")


if __name__ == "__main__":
    main()
