"""Score extraction on saved pages by cross-validation, and on pages altered in ways that readers do not notice.

    python -m benchmarks.folds [--unseen] [--altered] [--misses FIELD]

Without NEWSCRAWL_CORPUS, these are the project's own labelled pages; `--misses` names those that miss a field.

With it, the figures are given by fold; a fold holds whole sites. With `--unseen`, every page is read with weights of
the story and of the breadcrumb that were learnt without its fold (needs numpy, and some minutes); those of links are
learnt from folds 0 to 2 alone in any case. Rules are written with folds 0 to 2 of `corpus-wide` in view; folds 3 and 4
are scored and never read, so `--misses` names no page of theirs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from benchmarks.learn.folding import FOLDS, fold_of
from benchmarks.peers import ALL
from newscrawl.extract.loader import read
from newscrawl.extract.page.document import Document
from newscrawl.extract.zones import sequence
from newscrawl.items import Article
from tests.extract.figures import CORPORA, Figures, averaged, corpus_row, own_figures, score, shared
from tests.extract.own_pages import extracted, own_pages

SEEN_FOLDS = (0, 1, 2)
_PUT_IN = "zz-marker.example.com"  # the host of what an alteration puts in
Row = tuple[dict[str, Any], Figures, dict[str, Any]]  # the manifest's entry, the page's figures, what was extracted


def rows(folder: Path, fold: int | None = None) -> list[Row]:
    """Every page of a corpus, or of one fold of it, with its figures."""
    found = []
    for entry in json.loads((folder / "manifest.json").read_text("utf-8")):
        if fold is not None and fold_of(entry) != fold:
            continue
        result = read(Document((folder / "pages" / f"{entry['id']}.html").read_bytes(), entry["url"]))
        got = asdict(result) if isinstance(result, Article) else {}
        got["links"] = [link for link in got.get("links", ()) if _PUT_IN not in link["url"]]
        found.append((entry, corpus_row(folder, entry["id"], got), got))
    return found


def table(sets: dict[str, Figures]) -> str:
    """A Markdown table, a set of pages a row."""
    lines = [f"| | {' | '.join(ALL)} |", f"|---|{'---|' * len(ALL)}"]
    for name, figures in sets.items():
        cells = [f"{figures[field]:.3f}" if field in figures else "–" for field in ALL]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def unseen(folder: Path) -> dict[str, list[Row]]:
    """Every page of the corpora, read with weights learnt from the other folds."""
    from benchmarks.learn import channel  # noqa: PLC0415  # numpy is needed for these alone
    from benchmarks.learn.pages import examples  # noqa: PLC0415
    from benchmarks.learn.train import learn  # noqa: PLC0415

    found: dict[str, list[Row]] = {name: [] for name in CORPORA}
    with tempfile.TemporaryDirectory() as out:
        pages = examples(folder, Path(out))
    crumbs = [*channel.pages_of(folder / "corpus"), *channel.own_pages_of(), *channel.pages_of(folder / "corpus-wide")]
    for fold in range(FOLDS):
        sequence.WEIGHTS = learn([page for page in pages if page.fold != fold])
        channel.learn([page for page in crumbs if page.fold != fold])
        for name in CORPORA:
            found[name] += rows(folder / name, fold)
    return found


def by_fold(corpora: dict[str, list[Row]]) -> dict[str, Figures]:
    """The figures of the known corpora, of each fold and of all folds."""
    sets = {name: averaged([figures for _, figures, _ in corpora[name]]) for name in ("corpus", "corpus-text")}
    wide = corpora["corpus-wide"]
    for fold in sorted({entry["fold"] for entry, _, _ in wide}):
        sets[f"fold {fold}"] = averaged([figures for entry, figures, _ in wide if entry["fold"] == fold])
    sets["folds 3, 4"] = averaged([figures for entry, figures, _ in wide if entry["fold"] not in SEEN_FOLDS])
    return {**sets, "corpus-wide": averaged([figures for _, figures, _ in wide])}


def altered(folder: Path, corpus: str) -> dict[str, Figures]:
    """The change of each figure by each alteration, compared with the same page only parsed and serialised."""
    with tempfile.TemporaryDirectory() as out:
        script = folder / "corpus" / "alter.py"
        subprocess.run([sys.executable, script, folder / corpus, out], check=True, capture_output=True)
        names = sorted(path.name for path in Path(out).iterdir())
        sets = {name: averaged([row for _, row, _ in rows(Path(out) / name)]) for name in names}
    same = sets.pop("same")
    return {"same": same} | {name: {k: v - same[k] for k, v in row.items() if k in same} for name, row in sets.items()}


def misses(folder: Path, field: str) -> list[str]:
    """The pages of the seen folds whose figure of a field is below .995, with gold value and what was extracted."""
    lines = []
    for entry, figures, got in rows(folder / "corpus-wide"):
        figure = figures.get(field)
        if entry["fold"] in SEEN_FOLDS and figure is not None and figure < 0.995:
            gold = json.loads((folder / "corpus-wide" / "gold" / f"{entry['id']}.json").read_text("utf-8"))
            key = "link_blocks" if field in {"links", "sections"} else field.partition(">")[0]
            lines += [
                f"{figure:.2f} {entry['id']}",
                f"   gold {gold.get(key)!r}",
                f"   got  {got.get(field, got.get('links'))!r}",
            ]
    return lines


def own_misses(field: str) -> list[str]:
    """The project's own pages whose figure of a field is below .995."""
    lines = []
    for name, page in own_pages().items():
        result = extracted(name)
        figure = None if page.reason else score(page.fields, asdict(result) if isinstance(result, Article) else {})
        if figure and figure.get(field, 1.0) < 0.995:
            lines.append(f"{figure[field]:.2f} {name}")
    return lines


@click.command()
@click.option("--unseen", "leaving_out", is_flag=True, help="With weights that have not seen the page's site.")
@click.option("--altered", "altering", is_flag=True, help="Also the altered pages' changes.")
@click.option("--misses", "field", type=click.Choice(ALL), help="Name the pages that miss a field (of folds 0 to 2).")
def main(*, leaving_out: bool, altering: bool, field: str | None) -> None:
    """Print the figures of each fold."""
    folder = shared()
    if folder is None:
        if leaving_out or altering:
            raise click.ClickException("--unseen and --altered need NEWSCRAWL_CORPUS, the folder of saved pages")
        click.echo("\n".join(own_misses(field)) if field else table({"own pages": own_figures()}))
        return
    if field:
        click.echo("\n".join(misses(folder, field)))
        return
    corpora = unseen(folder) if leaving_out else {name: rows(folder / name) for name in CORPORA}
    click.echo(table(by_fold(corpora)))
    for corpus in ("corpus", "corpus-wide") if altering else ():
        click.echo(f"\n{corpus}, altered: changes against `same`\n\n{table(altered(folder, corpus))}")


if __name__ == "__main__":
    main()
