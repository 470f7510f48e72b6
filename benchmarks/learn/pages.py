"""Convert labelled pages to numbers for learning: a corpus's pages, also altered, with the roles of their lines."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.learn.folding import fold_of
from benchmarks.learn.labels import gold_roles
from newscrawl.extract.page.document import Document
from newscrawl.extract.page.lines import walk
from newscrawl.extract.zones.features import FAMILIES, line_features
from tests.extract.own_pages import own_pages

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

OWN = -1  # the fold of the project's own pages: none
ALTERATIONS = ("classes", "comments", "teasers", "second_article", "side_links", "player", "flat", "script")
_PAGE_COST, _LINE_COST, _MOST_COST = 40.0, 0.1, 8.0


@dataclass
class Example:
    """A page: features (lines × families), the roles of its lines, what a wrong line costs, its fold."""

    features: np.ndarray
    roles: np.ndarray
    costs: np.ndarray
    fold: int


def examples(folder: Path, out: Path) -> list[Example]:
    """The pages of the labelled corpora in a folder, and altered copies, which are written to `out`."""
    found = own_examples()
    for corpus in ("corpus", "corpus-text", "corpus-wide"):
        found += _read(folder / corpus)
        if corpus != "corpus-text":
            alter = [
                sys.executable,
                folder / "corpus" / "alter.py",
                folder / corpus,
                out / corpus,
                "--only",
                *ALTERATIONS,
            ]
            subprocess.run(alter, check=True, capture_output=True)
            for name in ALTERATIONS:
                found += _read(out / corpus / name)
    return found


def own_examples() -> list[Example]:
    """The project's own pages, which belong to no fold."""
    pages = (page for page in own_pages().values() if page.fields.get("body"))
    found = (_example(page.content, page.url, page.fields["body"], OWN) for page in pages)
    return [example for example in found if example]


def _read(folder: Path) -> Iterable[Example]:
    for entry in json.loads((folder / "manifest.json").read_text("utf-8")):
        path = folder / "gold" / f"{entry['id']}.json"
        body = json.loads(path.read_text("utf-8")).get("body") if path.exists() else None
        if not body:
            continue
        content = (folder / "pages" / f"{entry['id']}.html").read_bytes()
        if example := _example(content, entry["url"], body, fold_of(entry)):
            yield example


def _example(content: bytes, url: str, body: list[str], fold: int) -> Example | None:
    document = Document(content, url)
    roles = gold_roles(document, body)
    if not roles:
        return None
    sizes = np.array([min(len(line.text), 400) for line in walk(document).lines])
    costs = np.minimum(_LINE_COST + _PAGE_COST * sizes / (sum(map(len, body)) + 60), _MOST_COST)
    features = np.array(line_features(document)).reshape(-1, len(FAMILIES))
    return Example(features, np.array(roles), costs, fold)
