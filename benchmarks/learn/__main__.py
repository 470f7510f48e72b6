"""Learn the weights of the zones, and score them on sites that were not used for learning.

    python -m benchmarks.learn [--folds]

Needs numpy, and NEWSCRAWL_CORPUS naming the folder of labelled pages. Writes newscrawl/extract/zones/weights.json.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import click

from benchmarks.learn.pages import examples
from benchmarks.learn.train import learn
from newscrawl.extract.zones import sequence
from newscrawl.extract.zones.features import FAMILIES

FILE = Path(sequence.__file__).with_name("weights.json")


@click.command()
@click.option("--leave-out", type=int, help="A fold not to learn from: its pages are then unseen.")
@click.option("--out", type=click.Path(path_type=Path), default=FILE, help="The file of the weights.")
def main(leave_out: int | None, out: Path) -> None:
    """Learn the weights and write them."""
    folder = os.environ.get("NEWSCRAWL_CORPUS")
    if not folder:
        raise click.ClickException("set NEWSCRAWL_CORPUS to the folder of labelled pages")
    with tempfile.TemporaryDirectory() as altered:
        pages = [page for page in examples(Path(folder), Path(altered)) if page.fold != leave_out]
    write(learn(pages), out)
    click.echo(f"learnt from {len(pages)} pages, wrote {out.name}")


def write(weights: sequence.Weights, path: Path) -> None:
    """Write weights as JSON, a bucket a line."""
    families = dict(zip(FAMILIES, weights.of, strict=True))
    text = json.dumps({"gap": [weights.to_gap, weights.to_story], "families": families})
    path.write_text(text.replace(']], "', ']],\n"').replace("], [", "],\n ["), "utf-8")


if __name__ == "__main__":
    main()
