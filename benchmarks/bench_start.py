"""Measure CPU time and peak memory of the small commands, the minimum of a few runs each.

    python -m benchmarks.bench_start [RUNS]

Over an archive of a few articles, so that what is measured is the start. This process imports nothing of newscrawl:
Linux counts what a process had before its `exec` among its memory.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.bench_commands import cost

URL = "http://hunan-test.test/bridge.html"
COMMANDS = ("--help", "search 大桥", f"show {URL}", f"history {URL}", "report", "stats", "portals")
SEED = "import sys; from pathlib import Path; from tests.cli import seed; seed.make(Path(sys.argv[1]))"


def costs(arguments: list[str], runs: int) -> tuple[float, float]:
    """Run a command several times: its least CPU in seconds, and the least memory in MB."""
    found = [cost(arguments) for _ in range(runs)]
    if any(status for *_, status in found):
        raise SystemExit(f"newscrawl {' '.join(arguments)} failed")
    return min(cpu for _, cpu, _, _ in found), min(memory for _, _, memory, _ in found)


def main() -> None:
    """Print a Markdown table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print("| command | CPU, s | memory, MB |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-c", SEED, Path(folder) / "archive.db"], check=True)
        for command in COMMANDS:
            cpu, memory = costs(["--data", folder, *command.split()], runs)
            print(f"| {command.split()[0]} | {cpu:.2f} | {memory:.0f} |")


if __name__ == "__main__":
    main()
