"""Score extraction field by field, on the project's own pages and on saved pages if there are any.

The figures are those of the corpus's scorer: shares of equal titles, times and sources, F1 of the lists, 4-character
shingle F1 of the body. Portal overrides play no part.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
from collections import Counter
from dataclasses import asdict
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any

from newscrawl.extract.loader import NoArticle, read
from newscrawl.extract.page.document import Document
from newscrawl.items import Article
from newscrawl.text import fold
from tests.extract.own_pages import extracted, own_pages

CORPORA = ("corpus", "corpus-wide", "corpus-text")
Figures = dict[str, float]


def shared() -> Path | None:
    """The folder of saved pages, None where the machine has none."""
    folder = os.environ.get("NEWSCRAWL_CORPUS")
    return Path(folder) if folder else None


def own_figures() -> Figures:
    """Figures over the project's own pages."""
    rows, kept, refused = [], [], []
    for name, page in own_pages().items():
        result = extracted(name)
        if page.reason:
            refused.append(float(isinstance(result, NoArticle)))
        else:
            kept.append(float(isinstance(result, Article)))
            rows.append(score(page.fields, asdict(result) if isinstance(result, Article) else {}))
    return {**averaged(rows), "kept": fmean(kept), "refused": fmean(refused)}


def corpus_figures(folder: Path) -> Figures:
    """Figures over a corpus of saved pages with its own scorer; `refused` where it has list pages."""
    rows, kept = [], []
    for entry in json.loads((folder / "manifest.json").read_text("utf-8")):
        result = read(Document((folder / "pages" / f"{entry['id']}.html").read_bytes(), entry["url"]))
        rows.append(corpus_row(folder, entry["id"], asdict(result) if isinstance(result, Article) else {}))
        if entry.get("page_type", "article") == "article":
            kept.append(float(isinstance(result, Article)))
    figures = {**averaged(rows), "kept": fmean(kept)}
    lists = [json.loads(path.read_text("utf-8")) for path in sorted((folder / "lists").glob("*.json"))]
    if lists:
        pages = [Document((folder / "lists" / f"{page['id']}.html").read_bytes(), page["url"]) for page in lists]
        figures["refused"] = fmean(float(isinstance(read(page), NoArticle)) for page in pages)
    return figures


def corpus_row(folder: Path, page: str, got: dict[str, Any]) -> Figures:
    """The scores of one page, as the corpus's scorer computes them."""
    gold = json.loads((folder / "gold" / f"{page}.json").read_text("utf-8"))
    base = gold.get("url") or f"http://{gold.get('site') or 'unknown.invalid'}/"
    return _scorer(shared() / "corpus" / "score.py").score_page(gold, got, base)


@cache
def _scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("corpus_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def corpus_hash(folder: Path) -> str:
    """A corpus's identity: SHA-256 over the names and contents of its pages, gold values and list pages."""
    digest = hashlib.sha256()
    for path in sorted(path for name in ("pages", "gold", "lists") for path in (folder / name).glob("*")):
        digest.update(f"{path.parent.name}/{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def averaged(rows: list[Figures]) -> Figures:
    """The mean of each figure over the pages that have it."""
    names = dict.fromkeys(name for row in rows for name in row)
    values = {name: [row[name] for row in rows if row.get(name) is not None] for name in names}
    return {name: fmean(found) for name, found in values.items() if found}


def score(want: dict[str, Any], got: dict[str, Any]) -> Figures:
    """One own page's figures; a list that is empty on both sides says nothing."""
    row: dict[str, float | None] = {
        name: float(fold(want[name] or "") == fold(got.get(name) or "")) for name in ("title", "source") if name in want
    }
    if "published" in want:
        row["published"] = float(_same_time(want["published"], got.get("published")))
    for name in ("authors", "editors", "channel", "images"):
        if name in want:
            row[name] = _f1(Counter(set(want[name])), Counter(set(got.get(name) or ())))
    if "links" in want:
        links, found = (
            {link["url"]: link["section"] for link in links} for links in (want["links"], got.get("links") or [])
        )
        row["links"] = _f1(Counter(set(links)), Counter(set(found)))
        if both := links.keys() & found.keys():
            row["sections"] = fmean(float(links[url] == found[url]) for url in both)
    body = _f1(_shingles("".join(want["body"])), _shingles(got.get("body") or ""))
    row |= {"body": body, "body>=.95": float((body or 0) >= 0.95)}
    return {name: value for name, value in row.items() if value is not None}


def _same_time(want: str | None, got: str | None) -> bool:
    """Whether two times are equal, at the precision of the expected one; if none is expected, none may be given."""
    if not want or not got:
        return not want and not got
    digits = re.sub(r"\D", "", want)
    return re.sub(r"\D", "", got.removesuffix("+08:00"))[: len(digits)] == digits


def _shingles(text: str) -> Counter[str]:
    text = "".join(text.split())
    return Counter(text[start : start + 4] for start in range(max(1, len(text) - 3))) if text else Counter()


def _f1(want: Counter[str], got: Counter[str]) -> float | None:
    total = want.total() + got.total()
    return 2 * (want & got).total() / total if total else None
