"""Raise the floors of extraction, tests/floors.json, to today's figures.

    python -m benchmarks.floors [--allow-regression]

A floor is a figure rounded down to three decimals. None is ever lowered without the flag, and none is lost: the
corpora's are kept where NEWSCRAWL_CORPUS does not name the folder they were measured in.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import click

from tests.extract.figures import CORPORA, corpus_figures, corpus_hash, own_figures, shared

FLOORS = Path(__file__).parent.parent / "tests" / "floors.json"


def today() -> dict[str, dict[str, Any]]:
    """Today's figures of each set of pages, rounded down, with the hash of those that may change outside."""
    sets: dict[str, dict[str, Any]] = {"own": {"floors": rounded(own_figures())}}
    folder = shared()
    for name in CORPORA if folder else ():
        sets[name] = {"sha256": corpus_hash(folder / name), "floors": rounded(corpus_figures(folder / name))}
    return sets


def rounded(figures: dict[str, float]) -> dict[str, float]:
    """Figures rounded down, so that a floor is never above what was measured."""
    return {name: math.floor(value * 1000 + 1e-9) / 1000 for name, value in figures.items()}


def raised(old: dict[str, Any], new: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The raised floors of all sets, and the floors that would have to be lowered."""
    lowered = []
    for name, entry in new.items():
        before = old.get(name, {}).get("floors", {})
        after = entry["floors"]
        lowered += [
            f"{name} {field}: {floor} → {after.get(field, 'none')}"
            for field, floor in before.items()
            if after.get(field, 0) < floor
        ]
        if old.get(name, {}).get("sha256", entry.get("sha256")) != entry.get("sha256"):
            lowered.append(f"{name}: another corpus than the floors were measured on")
    return {**old, **new}, lowered


@click.command()
@click.option("--allow-regression", is_flag=True, help="Also lower floors that are no longer reached.")
@click.option("--file", type=click.Path(path_type=Path, dir_okay=False), default=FLOORS, help="The floors' file.")
def main(*, allow_regression: bool, file: Path) -> None:
    """Raise the floors to today's figures."""
    old = json.loads(file.read_text("utf-8")) if file.exists() else {}
    floors, lowered = raised(old, today())
    if lowered and not allow_regression:
        raise click.ClickException("floors would fall; mend it, or give --allow-regression:\n  " + "\n  ".join(lowered))
    file.write_text(json.dumps(floors, indent=2) + "\n", "utf-8")
    for line in lowered:
        click.echo(f"lowered {line}")
    click.echo(f"wrote {file.name}: {', '.join(floors)}")


if __name__ == "__main__":
    main()
