"""Mutation testing: mutmut changes one thing at a time in some modules, and their tests should notice.

    python -m tests.mutants [--jobs 1] ["newscrawl.frontier*" …]

pyproject.toml lists the modules and tests. `mutmut results` lists the surviving changes, `mutmut show` shows one.
Constants of a module and functions with a decorator are left as they are: mutmut switches mutants when they are called.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

FLOOR = 0.85  # of each module's mutants
CAUGHT = ("killed", "timeout", "caught by type check")
_RESULT = re.compile(r"\s*(?P<module>[\w.]+)\.x[_ǁ]\S*: (?P<what>.+)")
LOG = Path("mutants") / "run.log"


def tally(results: str) -> dict[str, Counter[str]]:
    """Count the killed and surviving mutants of each module in the output of `mutmut results --all true`."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in results.splitlines():
        if match := _RESULT.match(line):
            found[match["module"]]["caught" if match["what"].strip() in CAUGHT else "alive"] += 1
    return dict(sorted(found.items()))


def table(found: dict[str, Counter[str]]) -> str:
    """Write the counts as Markdown."""
    lines = ["| module | mutants | killed | survived | % |", "|---|---|---|---|---|"]
    for module, counts in [*found.items(), ("all", sum(found.values(), Counter()))]:
        share = counts["caught"] / max(counts.total(), 1)
        lines.append(f"| {module} | {counts.total()} | {counts['caught']} | {counts['alive']} | {share:.1%} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jobs", type=int, help="mutants at a time; as many as there are cores by default")
    parser.add_argument("names", nargs="*", help="patterns of mutants, as `mutmut run` takes them; all by default")
    args = parser.parse_args()
    jobs = ["--max-children", str(args.jobs)] if args.jobs else []
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("w") as log:
        ran = subprocess.run(
            [sys.executable, "-m", "mutmut", "run", *jobs, *args.names], stdout=log, stderr=log, check=False
        )
    shown = subprocess.run(
        [sys.executable, "-m", "mutmut", "results", "--all", "true"], capture_output=True, text=True, check=False
    )
    found = tally(shown.stdout)
    sys.stdout.write(table(found) + "\n")
    if ran.returncode or not found:
        sys.exit(f"mutmut could not run: see {LOG}")
    sys.exit(any(counts["caught"] < FLOOR * counts.total() for counts in found.values()))


if __name__ == "__main__":
    main()
